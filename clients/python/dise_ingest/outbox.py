"""What an emitter has taken over and not yet delivered, in memory and on disk, in one order; and the books of it."""

from __future__ import annotations

import re
import time
from collections import deque
from typing import Any, Callable, Deque, Dict, List, Optional, Set, Tuple, Union

from . import drops
from .books import EmitterStats, FlushReport
from .drops import Drops, Loss
from .gate import Gate
from .segment import Record, Segment
from .settings import Settings
from .spool import Spool

_OBJECT_BYTES = 200
_NEVER = 1 << 62
_ID = re.compile(rb'"id":"((?:[^"\\]|\\.)*)"')


class Outbox:
    """One queue out of three parts, each older than the next: what dead processes left, memory, this process' spool.

    Events go to memory. Once that is full, or its oldest event waits too long, new ones go to the spool until all is
    delivered, and what is in memory is written in front of them. ``offer`` and ``refuse`` are for any thread;
    everything else is for one other.
    """

    def __init__(self, settings: Settings, wake: Callable[[], None]) -> None:
        self._settings = settings
        self._wake = wake
        self._gate = Gate()
        self._drops = Drops()
        self._memory: Deque[Record] = deque()
        self._memory_bytes = 0
        self._in_flight = 0
        self._wake_at = _NEVER
        self._spool: Optional[Spool] = None
        self._spilling = False
        self._closed = False
        self._seq = 0
        self._accepted = 0
        self._delivered = 0

    # For any thread.

    def offer(self, event_id: str, line: bytes, last_try: bool = True) -> str:
        """Takes an event over and returns an empty text, or counts it as dropped and returns the reason.

        With ``last_try`` False a full buffer counts nothing: ask again.
        """
        # None: it is done once the work that this call interrupted is over.
        return self._gate.run(self._offer, event_id, line, last_try) or ""

    def _offer(self, event_id: str, line: bytes, last_try: bool) -> str:
        reason = self._place(line)
        if reason == drops.BUFFER_FULL and not last_try:
            return reason
        self._accepted += 1
        if reason:
            self._drops.add(reason, event_id)
        return reason

    def _place(self, line: bytes) -> str:
        now = time.monotonic()
        if self._closed:
            return drops.CLOSED
        size = len(line) + _OBJECT_BYTES
        if self._settings.overflow == "drop_oldest":
            self._evict_for(size)
        fits = self._memory_bytes + size <= self._settings.buffer_bytes
        spool = self._spool
        if spool is None:
            return self._keep(line, size, now) if fits else drops.BUFFER_FULL
        if fits and not self._is_spooling(spool, now):
            return self._keep(line, size, now)
        reason = self._append(spool, line)
        may_keep = reason and fits and not spool.segments and not self._spilling
        return self._keep(line, size, now) if may_keep else reason

    def _is_spooling(self, spool: Spool, now: float) -> bool:
        overdue = self._memory and now - self._memory[0].born > self._settings.spool_after
        return bool(overdue or self._spilling or spool.segments)

    def _keep(self, line: bytes, size: int, now: float) -> str:
        self._seq += 1
        self._memory.append(Record(line, self._seq, now))
        self._memory_bytes += size
        if len(self._memory) >= self._wake_at:
            self._wake_up()
        return ""

    def _append(self, spool: Spool, line: bytes) -> str:
        if not spool.has_room(len(line) + self._memory_bytes):
            return drops.SPOOL_FULL
        try:
            spool.append(line, self._seq + 1)
        except OSError:
            return drops.SPOOL_FAILED
        self._seq += 1
        if self._wake_at <= len(self._memory) + 1 or self._settings.fsync == "always":
            self._wake_up()
        return ""

    def _wake_up(self) -> None:
        self._wake_at = _NEVER
        self._wake()

    def _evict_for(self, size: int) -> None:
        while len(self._memory) > self._in_flight and self._memory_bytes + size > self._settings.buffer_bytes:
            record = self._memory[self._in_flight]
            del self._memory[self._in_flight]
            self._memory_bytes -= len(record.line) + _OBJECT_BYTES
            self._drops.add(drops.EVICTED, event_id(record.line))

    def refuse(self, reason: str, event_id: str, message: str) -> None:
        """Counts an event that cannot be taken over."""
        self._gate.run(self._refuse, reason, event_id, message)

    def _refuse(self, reason: str, event_id: str, message: str) -> None:
        self._accepted += 1
        self._drops.add(reason, event_id, message)

    def stats(self) -> EmitterStats:
        # None: asked by what interrupted this very thread in the middle of its work here.
        found: Optional[EmitterStats] = self._gate.run(self._stats)
        return found or self._stats()

    def _stats(self) -> EmitterStats:
        spool = self._spool
        unforced = spool.unforced() if spool and self._settings.fsync == "always" else 0
        return EmitterStats(
            self._accepted,
            spool.recovered if spool else 0,
            self._delivered,
            dict(self._drops.counts),
            len(self._memory) + unforced,
            spool.remaining() - unforced if spool else 0,
            self._memory_bytes,
            spool.bytes if spool else 0,
        )

    def report(self, seq: int) -> FlushReport:
        """What was taken over up to then and is not delivered, and what was dropped since the last report."""
        found: Optional[FlushReport] = self._gate.run(self._report, seq)
        return found or self._report(seq)

    def _report(self, seq: int) -> FlushReport:
        dropped, losses = self._drops.take_fresh()
        buffered = sum(1 for each in self._memory if each.seq <= seq)
        segments = self._spool.segments if self._spool else ()
        spooled = sum(each.remaining() for each in segments if _first_seq(each) <= seq)
        return FlushReport(buffered, spooled, dropped, tuple(losses))

    def last_seq(self) -> int:
        return self._seq

    def is_settled(self, seq: int) -> bool:
        """Whether nothing that was taken over up to then is still here."""
        return bool(self._gate.run(self._is_settled, seq))

    def has_leftovers(self) -> bool:
        """Whether there is still something of dead processes."""
        return self._spool is not None and bool(self._spool.leftovers)

    def _is_settled(self, seq: int) -> bool:
        if self._memory and self._memory[0].seq <= seq:
            return False
        segments = self._spool.segments if self._spool else ()
        return not segments or _first_seq(segments[0]) > seq

    def take_warning(self) -> str:
        return str(self._gate.run(self._drops.take_warning) or "")

    def take_report(self, source: str) -> Optional[Dict[str, Any]]:
        """The data of an event about losses that none was about, see Drops."""
        report: Optional[Dict[str, Any]] = self._gate.run(self._drops.take_report, source)
        return report

    def give_back(self, report: Dict[str, Any]) -> None:
        self._gate.run(self._drops.give_back, report)

    # For the sender.

    def open_spool(self) -> None:
        """Raises OSError; then there is memory only."""
        spool = Spool(self._settings)
        spool.open()
        self._gate.run(self._set_spool, spool)

    def _set_spool(self, spool: Spool) -> None:
        self._spool = spool

    def has_spool(self) -> bool:
        return self._spool is not None

    def adopt(self) -> None:
        """Takes over what died since. Raises OSError."""
        if self._spool is not None:
            self._gate.run(self._spool.adopt, self._spool.find_abandoned())

    def arm(self, count: int) -> bool:
        """Asks to be woken once that many events wait in memory; True if there are already, or others on disk."""
        return bool(self._gate.run(self._arm, count))

    def _arm(self, count: int) -> bool:
        on_disk = self._spool is not None and bool(self._spool.leftovers or self._spool.segments)
        ready = on_disk or len(self._memory) >= count or self._memory_bytes >= self._settings.batch_bytes
        self._wake_at = _NEVER if ready else count
        return ready

    def disarm(self) -> None:
        self._wake_at = _NEVER

    def next_batch(self) -> List[Record]:
        """The oldest events, for one request; they stay here until they are settled."""
        while True:
            found: Union[Segment, List[Record]] = self._gate.run(self._peek)
            if isinstance(found, list):
                return found
            self._load(found)

    def _peek(self) -> Union[Segment, List[Record]]:
        spool = self._spool
        segment = spool.leftovers[0] if spool and spool.leftovers else None
        if segment is None and self._memory:
            batch = self._cut(self._memory)
            self._in_flight = len(batch)
            return batch
        segment = segment or (spool.first() if spool else None)
        if segment is None:
            return []
        return segment if segment.loaded is None else self._cut(segment.loaded)

    def _cut(self, records: Any) -> List[Record]:
        batch: List[Record] = []
        size = 0
        for record in records:
            size += len(record.line) + 1
            if batch and (len(batch) >= self._settings.batch_events or size > self._settings.batch_bytes):
                break
            batch.append(record)
        return batch

    def _load(self, segment: Segment) -> None:
        try:
            records, damaged = segment.read()
        except OSError:
            self._gate.run(self._lose, segment)
            return
        self._gate.run(self._set_loaded, segment, records, damaged)

    def _set_loaded(self, segment: Segment, records: List[Record], damaged: List[int]) -> None:
        assert self._spool is not None
        self._spool.set_loaded(segment, records, damaged)
        for _ in damaged:
            self._drops.add(drops.DAMAGED, "", f"in {segment.path.name}")
        self._finish_if_done(segment)

    def _lose(self, segment: Segment) -> None:
        """The file stays for a person to look at; a later process tries it again."""
        assert self._spool is not None
        for _ in range(segment.remaining()):
            self._drops.add(drops.SPOOL_FAILED, "", f"{segment.path.name} cannot be read")
        self._spool.forget(segment)

    def _finish_if_done(self, segment: Segment) -> None:
        if segment.remaining() == 0 and self._spool is not None:
            self._spool.finish(segment)

    def settle(self, batch: List[Record], kept: Set[int], losses: Dict[int, Loss]) -> None:
        """Removes the batch but for what is to be sent again; what is neither kept nor lost is delivered."""
        self._gate.run(self._settle, batch, kept, losses)

    def _settle(self, batch: List[Record], kept: Set[int], losses: Dict[int, Loss]) -> None:
        self._delivered += len(batch) - len(kept) - len(losses)
        for index, loss in losses.items():
            is_report = b'"tool_id":"dise.emitter"' in batch[index].line
            self._drops.add(loss.reason, loss.event_id, loss.message, report=not is_report)
        self._remove_from_memory(batch, kept)
        self._remove_from_disk([each for index, each in enumerate(batch) if index not in kept])
        self._in_flight = 0

    def _remove_from_memory(self, batch: List[Record], kept: Set[int]) -> None:
        if not batch or batch[0].segment is not None:
            return
        for record in batch:
            self._memory.popleft()
            self._memory_bytes -= len(record.line) + _OBJECT_BYTES
        for index in sorted(kept, reverse=True):
            self._memory.appendleft(batch[index])
            self._memory_bytes += len(batch[index].line) + _OBJECT_BYTES

    def _remove_from_disk(self, gone: List[Record]) -> None:
        touched: Dict[int, Segment] = {}
        for record in gone:
            if record.segment is not None:
                record.segment.gone.add(record.index)
                touched[id(record.segment)] = record.segment
        for segment in touched.values():
            if segment.loaded is not None:
                segment.loaded = [each for each in segment.loaded if each.index not in segment.gone]
            self._finish_if_done(segment)

    def is_overdue(self, age: float) -> bool:
        """Whether the oldest event in memory waits for longer than that."""
        memory = self._memory
        try:
            return bool(memory) and time.monotonic() - memory[0].born > age
        except IndexError:
            return False

    def spill(self) -> bool:
        """Writes what is in memory to the spool; False if that was not possible, and it stays in memory."""
        records: List[Record] = self._gate.run(self._begin_spill)
        if not records or self._spool is None:
            return not self._memory
        try:
            segments = self._spool.write_front(records)
        except OSError:
            self._spilling = False
            return False
        self._gate.run(self._end_spill, self._spool, segments, records)
        return True

    def _begin_spill(self) -> List[Record]:
        if self._spool is None or not self._memory or not self._spool.has_room(self._memory_bytes):
            return []
        self._spilling = True
        self._spool.begin()
        return list(self._memory)

    def _end_spill(self, spool: Spool, segments: List[Segment], records: List[Record]) -> None:
        spool.put_front(segments, records)
        self._memory.clear()
        self._memory_bytes = 0
        self._in_flight = 0
        self._spilling = False

    def is_unforced(self) -> bool:
        return self._spool is not None and self._spool.is_unforced()

    def force(self) -> None:
        """Forces the spool to the disk. Raises OSError."""
        if self._spool is None:
            return
        rolled, current, mark = self._gate.run(self._spool.begin_force)
        self._spool.force(rolled, current)
        self._gate.run(self._spool.end_force, mark)

    def shut(self) -> None:
        """Takes no more events."""
        self._closed = True

    def abandon(self) -> None:
        """Counts what is left in memory as lost, and leaves the spool to the next process."""
        self._gate.run(self._abandon)

    def _abandon(self) -> None:
        for record in self._memory:
            self._drops.add(drops.CLOSED, event_id(record.line), "not acknowledged in time")
        self._memory.clear()
        self._memory_bytes = 0
        self.close_spool()

    def close_spool(self) -> None:
        """Closes the files. In a forked child this is all that may be done with what came from the parent."""
        if self._spool is not None:
            self._spool.close()


def event_id(line: bytes) -> str:
    """The id of an event that is written as a line."""
    match = _ID.search(line)
    return match.group(1).decode("utf-8", "replace") if match else ""


def _first_seq(segment: Segment) -> int:
    return segment.loaded[0].seq if segment.loaded else segment.first_seq
