"""The ledger of losses."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from typing import Any, Dict, List, Optional

from .events import time_text

#: More was waiting than the buffer may hold.
BUFFER_FULL = "BUFFER_FULL"
#: Made room for a newer event, under the policy ``drop_oldest``.
EVICTED = "EVICTED"
#: More was waiting than the spool may hold.
SPOOL_FULL = "SPOOL_FULL"
#: The disk did not take it.
SPOOL_FAILED = "SPOOL_FAILED"
#: What came back from the disk was not what went there.
DAMAGED = "DAMAGED"
#: The data is no event.
INVALID = "INVALID"
#: Larger than an event or a request may be.
TOO_LARGE = "TOO_LARGE"
#: The redaction hook wanted it so, or failed.
WITHHELD = "WITHHELD"
#: The gateway will never take it as it is.
REFUSED = "REFUSED"
#: Emitted after the emitter was closed, or not acknowledged by then and there was no spool.
CLOSED = "CLOSED"

MAX_TOLD = 10


@dataclass(frozen=True)
class Loss:
    """One event that was dropped, and why."""

    event_id: str
    reason: str
    message: str


class Drops:
    """Counts dropped events by reason and remembers the first few for the next report. Not thread-safe by itself."""

    def __init__(self) -> None:
        self.counts: Dict[str, int] = {}
        self._fresh: Dict[str, int] = {}
        self._first: List[Loss] = []
        self._untold: Dict[str, int] = {}
        self._since = ""
        self._until = ""
        self._unwarned = 0
        self._latest: Optional[Loss] = None

    def add(self, reason: str, event_id: str, message: str = "", report: bool = True) -> None:
        """Counts one loss; ``report`` is False for a report of losses, which would else bring forth the next one."""
        self.counts[reason] = self.counts.get(reason, 0) + 1
        self._fresh[reason] = self._fresh.get(reason, 0) + 1
        self._latest = Loss(event_id, reason, message)
        self._unwarned += 1
        if len(self._first) < MAX_TOLD:
            self._first.append(self._latest)
        if report:
            self._untold[reason] = self._untold.get(reason, 0) + 1
            self._until = time_text()
            self._since = self._since or self._until

    def total(self) -> int:
        return sum(self.counts.values())

    def take_fresh(self) -> "tuple[Dict[str, int], List[Loss]]":
        """The losses since this was asked last: all by reason, and the first few."""
        fresh, first = self._fresh, self._first
        self._fresh, self._first = {}, []
        return fresh, first

    def take_warning(self) -> str:
        """A sentence about the losses that no sentence has told yet; empty if there are none."""
        if not self._unwarned or self._latest is None:
            return ""
        count, self._unwarned = self._unwarned, 0
        latest = f"{self._latest.reason} {self._latest.message}".strip()
        return f"{count} events were dropped, the latest for {latest}; in all {self.counts}"

    def take_report(self, source: str) -> Optional[Dict[str, Any]]:
        """The data of a ``log`` event about the losses that none has told yet."""
        if not self._untold:
            return None
        untold, since = self._untold, self._since
        self._untold, self._since = {}, ""
        details = {"source": source, "pid": os.getpid(), "counts": untold, "since": since, "until": self._until}
        return {
            "tool_id": "dise.emitter",
            "log_level": "warning",
            "message": "events were dropped",
            "details": details,
        }

    def give_back(self, report: Dict[str, Any]) -> None:
        """Keeps for later what could not be reported."""
        details = report["details"]
        for reason, count in details["counts"].items():
            self._untold[reason] = self._untold.get(reason, 0) + count
        self._since = details["since"]


class Warnings:
    """Lets a warning of the same kind through once in a while. For one thread."""

    def __init__(self, interval: float = 10.0) -> None:
        self._interval = interval
        self._next: Dict[str, float] = {}

    def due(self, kind: str) -> bool:
        now = time.monotonic()
        if now < self._next.get(kind, 0.0):
            return False
        self._next[kind] = now + self._interval
        return True
