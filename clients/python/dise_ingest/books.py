"""What an emitter tells about itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Dict, Tuple

from .drops import Loss


@dataclass(frozen=True)
class EmitterStats:
    """The books of an emitter: ``accepted + recovered = delivered + dropped + buffered + spooled``.

    ``accepted``: given to ``emit``. ``recovered``: read from what dead processes have left; what is not read yet
    counts in ``spool_bytes`` only. ``dropped``: by reason. ``buffered``: in memory, or not forced to the disk yet
    where that is promised. ``spooled``: on disk.
    """

    accepted: int
    recovered: int
    delivered: int
    dropped: Dict[str, int]
    buffered: int
    spooled: int
    buffered_bytes: int
    spool_bytes: int


@dataclass(frozen=True)
class FlushReport:
    """What was not delivered of the events emitted before.

    ``spooled`` may count some that came a moment later. ``dropped``, and the first few as ``losses``, are those since
    the report before this one.
    """

    buffered: int
    spooled: int
    dropped: Dict[str, int]
    losses: Tuple[Loss, ...]

    def undelivered(self) -> int:
        return self.buffered + self.spooled + sum(self.dropped.values())

    def is_complete(self) -> bool:
        """Whether the gateway has acknowledged every event."""
        return self.undelivered() == 0
