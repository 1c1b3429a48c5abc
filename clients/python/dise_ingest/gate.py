"""A lock that does not lock up a thread that meets itself."""

from __future__ import annotations

import threading
from collections import deque
from typing import Any, Callable, Deque, Optional, Tuple


class Gate:
    """Runs one piece of work at a time.

    A signal handler or a finaliser may run in the middle of such work, in the same thread, and want in as well: waiting
    would be for ever. Its work is done right after the one that it interrupted.
    """

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._owner: Optional[int] = None
        self._late: Deque[Tuple[Callable[..., Any], Tuple[Any, ...]]] = deque()

    def run(self, work: Callable[..., Any], *args: Any) -> Any:
        """What the work returns; None if it is to be done a moment later. The work must be short and wait for
        nothing."""
        me = threading.get_ident()
        if self._owner == me:
            self._late.append((work, args))
            return None
        with self._lock:
            self._owner = me
            try:
                result = work(*args)
                while self._late:
                    later, its_args = self._late.popleft()
                    later(*its_args)
                return result
            finally:
                self._owner = None
