"""Folders that belong to one process at a time: the parts of a spool folder that several processes share."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import List, Optional

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]
    import msvcrt

_PREFIX = "slot-"
_MOST = 10_000


class Slot:
    """A folder that this process has to itself until ``release`` or its death, however it dies."""

    def __init__(self, folder: Path, lock: int) -> None:
        self.folder = folder
        self._lock = lock

    @staticmethod
    def take(parent: Path) -> Slot:
        """The first slot that nobody has, made if need be, for the owner alone. Raises OSError."""
        _own(parent)
        for number in range(1, _MOST):
            slot = Slot._try(parent / f"{_PREFIX}{number}", create=True)
            if slot is not None:
                return slot
        raise OSError(f"no free slot in {parent}")

    @staticmethod
    def abandoned(parent: Path) -> List[Slot]:
        """Takes every slot that no living process has and that is not empty. Raises OSError."""
        found = []
        for folder in sorted(parent.glob(_PREFIX + "*")):
            slot = Slot._try(folder, create=False) if _has_segments(folder) else None
            if slot is not None:
                found.append(slot)
        return found

    @staticmethod
    def _try(folder: Path, create: bool) -> Optional[Slot]:
        if create:
            _own(folder)
        lock = os.open(folder / "lock", os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600)
        if _locked(lock):
            return Slot(folder, lock)
        os.close(lock)
        return None

    def release(self) -> None:
        """Leaves the slot to others. In a forked child it closes the child's copy only, and the parent keeps its
        slot."""
        lock, self._lock = self._lock, -1
        if lock >= 0:
            os.close(lock)


def _has_segments(folder: Path) -> bool:
    return any(name.endswith(".events") for name in os.listdir(folder))


def _own(folder: Path) -> None:
    """Makes the folder, for its owner alone; what somebody else has put there is not used."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    status = os.stat(folder, follow_symlinks=False)
    if not stat.S_ISDIR(status.st_mode):
        raise OSError(f"{folder} is no folder of its own")
    if hasattr(os, "geteuid"):
        if status.st_uid != os.geteuid():
            raise PermissionError(f"{folder} belongs to somebody else")
        if stat.S_IMODE(status.st_mode) != 0o700:
            os.chmod(folder, 0o700)


def _locked(descriptor: int) -> bool:
    """Whether the lock is ours now. It belongs to the open file, so it goes with the last process that has it open."""
    try:
        if fcntl is not None:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        else:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        return True
    except OSError:
        return False
