"""The emitter."""

from __future__ import annotations

import atexit
import os
import queue
import sys
import threading
import time
import weakref
from contextvars import ContextVar
from typing import Any, Mapping, Optional

from . import drops, events
from .books import EmitterStats, FlushReport
from .errors import InvalidEvent, Withheld
from .outbox import Outbox
from .redaction import Redaction
from .sender import Sender
from .settings import Settings, valid_traceparent
from .typed import TypedEvents

#: The W3C trace context of what the current task does; events emitted in it carry it.
traceparent: "ContextVar[Optional[str]]" = ContextVar("dise_traceparent", default=None)

_STOP_PATIENCE = 0.5
_FLUSH_TIMEOUT = 5.0
_POLL = 0.002


class Emitter(TypedEvents):
    """Sends events to the gateway without ever making the caller wait: emit and forget. Thread-safe; one per process.

    The gateway may be absent, dead, frozen or slow: events wait in memory, bounded in bytes, and what does not fit or
    is not acknowledged in time goes to a spool on disk, from where the next start takes it if this process dies.
    Everything that is dropped is counted by reason. A process that is killed loses what is in memory alone: at most
    about the last ``spool_after`` seconds, plus a connection attempt. A forked child has a queue, a thread and a
    spool slot of its own.
    """

    def __init__(self, settings: Optional[Settings] = None, **given: Any) -> None:
        """Settings by name, see Settings; those that are not given come from the environment.

        Needs no server and waits for nothing. Raises ValueError for settings that make no sense.
        """
        self.settings = settings or Settings.from_environment(**given)
        self._redaction = Redaction(self.settings.secret_names, self.settings.redact)
        self._closing = threading.Lock()
        self._last_report: Optional[FlushReport] = None
        self._build()
        self._sender.start()
        _emitters.add(self)
        atexit.register(self.close)
        _close_with_worker(self)

    def _build(self) -> None:
        wake: "queue.SimpleQueue[None]" = queue.SimpleQueue()
        self._outbox = Outbox(self.settings, lambda: wake.put(None))
        self._sender = Sender(self.settings, self._outbox, wake, self._emit_report)

    def emit(
        self,
        kind: str,
        data: Mapping[str, Any],
        *,
        event_id: Optional[str] = None,
        time: Optional[events.Moment] = None,
        run_id: Optional[str] = None,
        trace: Optional[str] = None,
    ) -> Optional[str]:
        """Emits the data as a new event of that type, happening now unless a time is given. Returns within
        microseconds.

        Returns the event's id; None if it was dropped, which is counted. Never raises: data that is no event is dropped
        and counted like what cannot be delivered. The data is copied. Under the policy ``block`` alone it may wait, for
        ``block_timeout`` at most.
        """
        name = event_id or events.new_id()
        try:
            plain = self._redaction.apply(kind, data)
            events.check(kind, plain)
            line = self._line(kind, plain, name, time, run_id, trace)
        except Withheld as e:
            return self._refuse(drops.WITHHELD, name, str(e))
        except events.TooLarge as e:
            return self._refuse(drops.TOO_LARGE, name, str(e))
        except InvalidEvent as e:
            return self._refuse(drops.INVALID, name, str(e))
        except Exception as e:
            # Data that changes while it is copied, or is odd beyond description. A log line is not worth a crash.
            return self._refuse(drops.INVALID, name, type(e).__name__)
        self._sender.start()
        return name if self._hand_over(name, line) else None

    def _line(
        self,
        kind: str,
        plain: Mapping[str, Any],
        name: str,
        moment: Optional[events.Moment] = None,
        run_id: Optional[str] = None,
        trace: Optional[str] = None,
    ) -> bytes:
        attributes = {"type": kind, "id": name, "source": self.settings.source, "time": events.time_text(moment)}
        run = run_id or self.settings.run_id
        if run:
            attributes["runid"] = run
        context = valid_traceparent(trace or traceparent.get() or self.settings.traceparent)
        if context:
            attributes["traceparent"] = context
        if len(name) > events.MAX_ID or (run and len(run) > events.MAX_ID):
            raise InvalidEvent(f"an id has at most {events.MAX_ID} characters")
        return events.line(attributes, plain)

    def _refuse(self, reason: str, name: str, message: str) -> Optional[str]:
        self._outbox.refuse(reason, name, message)
        return None

    def _hand_over(self, name: str, line: bytes) -> bool:
        if self.settings.overflow != "block":
            return not self._outbox.offer(name, line)
        deadline = time.monotonic() + self.settings.block_timeout
        while True:
            last_try = time.monotonic() >= deadline
            reason = self._outbox.offer(name, line, last_try)
            if last_try or reason != drops.BUFFER_FULL:
                return not reason
            time.sleep(_POLL)

    def _emit_report(self) -> None:
        """Tells those who read the logs what was lost; kept for later if it cannot even be buffered."""
        report = self._outbox.take_report(self.settings.source)
        if report is None:
            return
        name = events.new_id()
        # Not shown to the hook, which might want it away: it has nothing of any event in it.
        line = self._line("log", report, name)
        if self._outbox.offer(name, line, last_try=False):
            self._outbox.give_back(report)

    def stats(self) -> EmitterStats:
        """What happened so far."""
        return self._outbox.stats()

    def flush(self, timeout: float = _FLUSH_TIMEOUT) -> FlushReport:
        """Waits until the gateway has acknowledged what was emitted before this call, and what dead processes have
        left, or the time in seconds is over.

        What is not acknowledged then stays under way. The report counts what is undelivered at its end.
        """
        target = self._outbox.last_seq()
        self._await(target, time.monotonic() + timeout, patient=True)
        return self._outbox.report(target)

    def close(self, timeout: Optional[float] = None) -> FlushReport:
        """Takes no more events, waits for acknowledgements like ``flush``, and leaves the rest to the spool.

        Waits no longer where the gateway fails and there is a spool. Without a spool the rest is dropped and counted.
        Calling it again changes nothing and returns the same report. Called at the end of the process.
        """
        with self._closing:
            if self._last_report is None:
                self._last_report = self._shut_down(self.settings.exit_timeout if timeout is None else timeout)
            return self._last_report

    def _shut_down(self, timeout: float) -> FlushReport:
        atexit.unregister(self.close)
        _emitters.discard(self)
        self._emit_report()
        self._outbox.shut()
        target = self._outbox.last_seq()
        self._await(target, time.monotonic() + timeout, patient=False)
        self._sender.stop(_STOP_PATIENCE)
        self._outbox.spill()
        try:
            self._outbox.force()
        except OSError:
            # It is in the files, and the system writes them when it can; only a power cut before that takes it.
            pass
        self._outbox.abandon()
        return self._outbox.report(target)

    def _await(self, target: int, deadline: float, patient: bool) -> None:
        self._sender.hurry(target)

        def is_over() -> bool:
            if not patient and self._sender.is_failing() and self._outbox.has_spool():
                return True
            settled = self._outbox.is_settled(target) and not (patient and self._outbox.has_leftovers())
            return settled or time.monotonic() >= deadline

        if not self._sender.start():
            self._sender.drive(is_over)
        while not is_over():
            time.sleep(_POLL)

    def __enter__(self) -> Emitter:
        return self

    def __exit__(self, *_: Any) -> None:
        self.close()

    def _after_fork(self) -> None:
        """In the child: leaves to the parent what is the parent's, and begins anew."""
        self._outbox.close_spool()
        self._sender.transport.abandon()
        self._closing = threading.Lock()
        self._build()
        _close_with_worker(self, forked=True)


_emitters: "weakref.WeakSet[Emitter]" = weakref.WeakSet()
_default: Optional[Emitter] = None
_default_lock = threading.Lock()


def default_emitter(**given: Any) -> Emitter:
    """The emitter of this process, made at the first call: with these settings, else with those of the environment."""
    global _default
    with _default_lock:
        if _default is None or _default._last_report is not None:
            _default = Emitter(**given)
        return _default


def _after_fork_in_child() -> None:
    global _default_lock
    _default_lock = threading.Lock()
    for emitter in list(_emitters):
        emitter._after_fork()


def _close_with_worker(emitter: Emitter, forked: bool = False) -> None:
    """The workers of multiprocessing end without ``atexit``, but run finalizers of their own."""
    util: Any = sys.modules.get("multiprocessing.util")
    if util is None:
        return
    if forked:
        # The worker forgets the finalizers of its parent a moment later, and then calls this.
        util.register_after_fork(emitter, _finalize_worker)
    elif sys.modules["multiprocessing.process"].parent_process() is not None:
        _finalize_worker(emitter)


def _finalize_worker(emitter: Emitter) -> None:
    util: Any = sys.modules["multiprocessing.util"]
    util.Finalize(None, emitter.close, exitpriority=0)


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork_in_child)
