"""Events on disk: first in, first out, bounded in bytes, there again after the death of the process."""

from __future__ import annotations

import os
from collections import deque
from typing import Deque, Dict, List, Optional, Tuple

from . import segment as files
from .segment import Record, Segment, Writer
from .settings import Settings
from .slots import Slot

_SEGMENT_BYTES = 1024 * 1024
_SEGMENTS_AT_LEAST = 8


class Spool:
    """The segments of this process and those that dead processes have left, which come first.

    A segment is deleted once all of its records are acknowledged. A process that dies in the middle of one sends its
    records again, with the same ids. Not thread-safe by itself: one thread at a time, but for ``write_front``,
    ``force`` and ``Segment.read``, which may run beside ``append``.
    """

    def __init__(self, settings: Settings) -> None:
        self._parent = settings.spool_dir
        self._limit = settings.spool_bytes
        self._segment_bytes = min(_SEGMENT_BYTES, max(1, settings.spool_bytes // _SEGMENTS_AT_LEAST))
        self._slot: Optional[Slot] = None
        self._adopted: Dict[str, Slot] = {}
        self._writer: Optional[Writer] = None
        self._rolled: List[Writer] = []
        self._epoch = 0
        self._files = 0
        self._appended = 0
        self._forced = 0
        self.leftovers: Deque[Segment] = deque()
        self.segments: Deque[Segment] = deque()
        self.bytes = 0
        self.recovered = 0

    def open(self) -> None:
        """Takes a slot and what dead processes have left in it and in others. Raises OSError."""
        self._slot = Slot.take(self._parent)
        left = _segments_in(self._slot)
        self._epoch = max((int(each.path.name.split("-")[0]) for each in left), default=0)
        self._add(left)
        self.adopt(self.find_abandoned())

    def find_abandoned(self) -> List[Tuple[Slot, List[Segment]]]:
        """Takes the slots of processes that died since, with what they left; to be given to ``adopt``. Raises
        OSError."""
        return [(slot, _segments_in(slot)) for slot in Slot.abandoned(self._parent)]

    def adopt(self, found: List[Tuple[Slot, List[Segment]]]) -> None:
        for slot, segments in found:
            self._adopted[str(slot.folder)] = slot
            self._add(segments)

    def _add(self, segments: List[Segment]) -> None:
        self.leftovers.extend(segments)
        self.bytes += sum(each.bytes for each in segments)

    def has_room(self, size: int) -> bool:
        return self.bytes + size + files.OVERHEAD <= self._limit

    def append(self, line: bytes, seq: int) -> None:
        """Writes one record behind all others. It survives the process at once, a power cut once forced. Raises
        OSError."""
        record = files.encode(line)
        writer = self._open_writer(seq)
        writer.append(record, 1)
        self.bytes += len(record)
        self._appended += 1

    def _open_writer(self, seq: int) -> Writer:
        writer = self._writer
        if writer is not None and not writer.broken and writer.segment.bytes < self._segment_bytes:
            return writer
        self._roll()
        self.begin()
        writer = Writer(self._new_segment(part=1, seq=seq))
        self.segments.append(writer.segment)
        self._writer = writer
        return writer

    def begin(self) -> None:
        """From here on what is written sorts behind all that was; what is put in front within that still sorts
        before."""
        if not self.segments:
            self._epoch += 1

    def _new_segment(self, part: int, seq: int) -> Segment:
        if self._slot is None:
            raise OSError("the spool is not open")
        self._files += 1
        return Segment(self._slot.folder / f"{self._epoch:010d}-{part}-{self._files:08d}{files.SUFFIX}", seq)

    def _roll(self) -> None:
        if self._writer is not None:
            self._rolled.append(self._writer)
            self._writer = None

    def write_front(self, records: List[Record]) -> List[Segment]:
        """Writes records that are older than all segments; ``put_front`` makes them part. Raises OSError and leaves
        nothing."""
        written: List[Writer] = []
        try:
            for part in _parts(records, self._segment_bytes):
                writer = Writer(self._new_segment(part=0, seq=part[0].seq))
                written.append(writer)
                writer.append(b"".join(files.encode(each.line) for each in part), len(part))
                writer.sync()
        except OSError:
            for each in written:
                each.segment.delete()
            raise
        finally:
            for each in written:
                each.close()
        return [each.segment for each in written]

    def put_front(self, segments: List[Segment], records: List[Record]) -> None:
        places = [(each, index) for each in segments for index in range(each.count)]
        for record, (segment, index) in zip(records, places):
            record.segment, record.index = segment, index
        self.segments.extendleft(reversed(segments))
        self.bytes += sum(each.bytes for each in segments)

    def first(self) -> Optional[Segment]:
        """The oldest segment of this process; nothing is appended to it any more."""
        if not self.segments:
            return None
        if self._writer is not None and self._writer.segment is self.segments[0]:
            self._roll()
        return self.segments[0]

    def set_loaded(self, segment: Segment, records: List[Record], damaged: List[int]) -> None:
        if segment.count == 0:
            segment.count = len(segment.gone) + len(records) + len(damaged)
            self.recovered += segment.count
        segment.gone.update(damaged)
        segment.loaded = records

    def finish(self, segment: Segment) -> None:
        """Deletes a segment whose records are all gone, and leaves a slot that has no more of them."""
        segment.delete()
        self.forget(segment)

    def forget(self, segment: Segment) -> None:
        self.bytes -= segment.bytes
        if segment in self.leftovers:
            self.leftovers.remove(segment)
            self._leave(str(segment.path.parent))
        elif segment in self.segments:
            self.segments.remove(segment)

    def _leave(self, folder: str) -> None:
        if folder in self._adopted and all(str(each.path.parent) != folder for each in self.leftovers):
            self._adopted.pop(folder).release()

    def remaining(self) -> int:
        return sum(each.remaining() for each in self.segments) + sum(each.remaining() for each in self.leftovers)

    def unforced(self) -> int:
        """How many of the appended events a power cut could still take, at most."""
        return min(self._appended - self._forced, sum(each.remaining() for each in self.segments))

    def is_unforced(self) -> bool:
        return self._appended != self._forced

    def begin_force(self) -> Tuple[List[Writer], List[Writer], int]:
        """What ``force`` is to be called with."""
        rolled, self._rolled = self._rolled, []
        return rolled, [self._writer] if self._writer is not None else [], self._appended

    def force(self, rolled: List[Writer], current: List[Writer]) -> None:
        """Forces what was appended to the disk. Raises OSError."""
        try:
            for each in (*rolled, *current):
                each.sync()
            if self._slot is not None:
                files.sync_folder(self._slot.folder)
        finally:
            for each in rolled:
                each.close()

    def end_force(self, mark: int) -> None:
        self._forced = mark

    def close(self) -> None:
        """Leaves everything to the next process. In a forked child it closes the child's copies only."""
        self._roll()
        for writer in self._rolled:
            try:
                writer.close()
            except OSError:
                # Closed by the process that it came from.
                pass
        self._rolled = []
        for slot in (*self._adopted.values(), *([self._slot] if self._slot else [])):
            slot.release()
        self._adopted = {}
        self._slot = None


def _segments_in(slot: Slot) -> List[Segment]:
    names = sorted(name for name in os.listdir(slot.folder) if name.endswith(files.SUFFIX))
    return [Segment.found(slot.folder / name) for name in names if name.split("-")[0].isdigit()]


def _parts(records: List[Record], limit: int) -> List[List[Record]]:
    parts: List[List[Record]] = []
    size = limit
    for record in records:
        if size >= limit:
            parts.append([])
            size = 0
        parts[-1].append(record)
        size += len(record.line) + files.OVERHEAD
    return parts
