"""The background thread of an emitter."""

from __future__ import annotations

import logging
import queue
import random
import threading
import time
from typing import Callable, List, Optional

from . import answer as answers
from .answer import Answer
from .drops import Loss, Warnings
from .outbox import Outbox, event_id
from .segment import Record
from .settings import Settings
from .transport import Transport

log = logging.getLogger("dise_ingest")

_BUSY_WAIT = 0.1
_IDLE_WAIT = 30.0
_AFTER_A_BUG = 1.0

_here = threading.local()


def is_sending_thread() -> bool:
    """Whether the calling thread is the one that delivers: what it logs must not become an event."""
    return getattr(_here, "sends", False)


class Stopped(Exception):
    """The emitter is being closed; what is under way is given up."""


class Sender:
    """Takes the oldest events, posts them, waits and tries again, and keeps the spool in order meanwhile.

    One thread, one loop, no queue of its own. Whatever goes wrong, it goes on until ``stop``.
    """

    def __init__(
        self, settings: Settings, outbox: Outbox, wake: "queue.SimpleQueue[None]", emit_report: Callable[[], None]
    ) -> None:
        self._settings = settings
        self._outbox = outbox
        self._wake = wake
        self._emit_report = emit_report
        self.transport = Transport(settings, self._housekeep)
        self._warnings = Warnings()
        self._starting = threading.Lock()
        self._thread: Optional[threading.Thread] = None
        self._stopping = False
        self._hurry_to = 0
        self._not_before = 0.0
        self._asked_to_wait = False
        self._most = settings.batch_events
        self._failures = 0
        self._last_force = 0.0
        self._last_adopt = 0.0
        self._spool_tried = False

    def start(self) -> bool:
        """Opens the spool and starts the thread, once; False if this process has no more threads to give."""
        if self._thread is not None:
            return True
        if not self._starting.acquire(blocking=False):
            # Another thread is at it, or this one was interrupted while it was.
            return True
        try:
            return self._thread is not None or self._start()
        finally:
            self._starting.release()

    def _start(self) -> bool:
        self._open_spool()
        thread = threading.Thread(target=self._run, name="dise-ingest", daemon=True)
        try:
            thread.start()
        except RuntimeError:
            return False
        self._thread = thread
        return True

    def is_failing(self) -> bool:
        """Whether the last attempt did not succeed."""
        return self._failures > 0

    def hurry(self, seq: int) -> None:
        """Sends what was taken over up to then without lingering, and tries at once unless the gateway asked to
        wait."""
        self._hurry_to = max(self._hurry_to, seq)
        if not self._asked_to_wait:
            self._not_before = 0.0
        self._wake.put(None)

    def stop(self, patience: float) -> None:
        """Ends the thread, also in the middle of a request."""
        self._stopping = True
        self._wake.put(None)
        if self._thread is not None:
            self._thread.join(patience)
        if self._thread is None or not self._thread.is_alive():
            self.transport.close()

    def drive(self, until: Callable[[], bool]) -> None:
        """Does the work of the thread in the calling one, where no thread can be started."""
        while not until():
            self._guarded_turn(_BUSY_WAIT)

    def _run(self) -> None:
        _here.sends = True
        while not self._stopping:
            self._guarded_turn(_IDLE_WAIT)

    def _guarded_turn(self, idle_wait: float) -> None:
        try:
            self._turn(idle_wait)
        except Stopped:
            pass
        except Exception:
            log.exception("the sender has a bug and goes on")
            self._sleep(_AFTER_A_BUG)

    def _turn(self, idle_wait: float) -> None:
        self._housekeep()
        left = self._not_before - time.monotonic()
        if left > 0:
            self._outbox.disarm()
            self._sleep(min(left, _BUSY_WAIT))
        elif not self._outbox.arm(1):
            self._adopt()
            self._sleep(_BUSY_WAIT if self._outbox.is_unforced() else idle_wait)
        else:
            self._linger()
            self._send(self._outbox.next_batch()[: self._most])

    def _sleep(self, seconds: float) -> None:
        try:
            self._wake.get(timeout=seconds)
        except queue.Empty:
            pass

    def _linger(self) -> None:
        hurried = self._hurry_to > 0 and not self._outbox.is_settled(self._hurry_to)
        if not hurried and not self._outbox.arm(self._settings.batch_events):
            self._sleep(self._settings.linger)
        self._outbox.disarm()

    def _send(self, batch: List[Record]) -> None:
        if not batch:
            return
        answer = self.transport.send([each.line for each in batch])
        if answer.again == answers.HALVES:
            self._most = max(1, len(batch) // 2)
            return
        self._most = self._settings.batch_events
        losses = {
            index: Loss(event_id(batch[index].line), reason, message)
            for index, (reason, message) in answer.refused.items()
        }
        self._outbox.settle(batch, answer.kept, losses)
        self._after(answer, arrived=len(answer.kept) < len(batch))

    def _after(self, answer: Answer, arrived: bool) -> None:
        if answer.problem:
            self._failures = 1 if arrived else self._failures + 1
            self._not_before = time.monotonic() + self._pause(answer)
            self._asked_to_wait = answer.wait > 0
            self._warn("line", f"{self._settings.gateway_url}: {answer.problem}; events are kept and tried again")
            return
        if self._failures:
            log.info("%s takes events again", self._settings.gateway_url)
        self._failures = 0
        self._asked_to_wait = False
        self._emit_report()

    def _pause(self, answer: Answer) -> float:
        """Full jitter: many emitters that were cut off together do not come back together."""
        settings = self._settings
        most = min(settings.backoff_max, settings.backoff * 2 ** min(self._failures, 30))
        pause = random.uniform(0, most)
        if answer.slow:
            pause = settings.backoff_refused * random.uniform(0.5, 1.0)
        return max(pause, answer.wait)

    def _housekeep(self) -> None:
        """Also called while an answer is awaited."""
        if self._stopping:
            raise Stopped
        if self._outbox.has_spool() and self._outbox.is_overdue(self._settings.spool_after):
            if not self._outbox.spill():
                self._warn("spill", "the spool does not take what waits in memory: it is full, or the disk is")
        self._force()
        if self._warnings.due("look"):
            sentence = self._outbox.take_warning()
            if sentence:
                log.warning("%s", sentence)

    def _force(self) -> None:
        now = time.monotonic()
        due = self._settings.fsync == "always" or now - self._last_force >= self._settings.fsync_interval
        if due and self._outbox.is_unforced():
            self._last_force = now
            self._on_disk("the disk does not confirm what is in the spool", self._outbox.force)

    def _open_spool(self) -> None:
        if self._settings.overflow == "spool" and not self._spool_tried:
            self._spool_tried = True
            self._on_disk("there is no spool, so what does not fit into memory is dropped", self._outbox.open_spool)

    def _adopt(self) -> None:
        now = time.monotonic()
        if now - self._last_adopt >= _IDLE_WAIT:
            self._last_adopt = now
            self._on_disk("the spools of other processes cannot be looked at", self._outbox.adopt)

    def _on_disk(self, trouble: str, work: Callable[[], None]) -> None:
        try:
            work()
        except OSError as e:
            self._warn(trouble, f"{trouble}: {e}")

    def _warn(self, kind: str, text: str) -> None:
        if self._warnings.due(kind):
            log.warning("%s", text)
