"""A file of the spool.

A record is a line: its CRC-32 in eight hexadecimal digits, a space, the event. An event has no line break in it, so
that reading finds the next record behind whatever is damaged.
"""

from __future__ import annotations

import os
import zlib
from pathlib import Path
from typing import List, Optional, Set, Tuple

SUFFIX = ".events"
OVERHEAD = 10


def encode(event: bytes) -> bytes:
    """A record."""
    return b"%08x %b\n" % (zlib.crc32(event), event)


def decode(content: bytes) -> List[Optional[bytes]]:
    """The events of a file in their order, None for each damaged record.

    What stands behind the last line break is a record that was being written when its process died. It is cut off,
    unless only its line break is missing.
    """
    lines = content.split(b"\n")
    tail = _event(lines.pop())
    events = [_event(each) for each in lines]
    return events if tail is None else [*events, tail]


def _event(record: bytes) -> Optional[bytes]:
    event = record[9:]
    return event if event and record[:9] == b"%08x " % zlib.crc32(event) else None


class Record:
    """An event on its way: its line, and its place while it is on disk. What is not known of it is asked from the
    line."""

    __slots__ = ("line", "seq", "born", "segment", "index")

    def __init__(self, line: bytes, seq: int, born: float, segment: Optional[Segment] = None, index: int = 0) -> None:
        self.line = line
        self.seq = seq
        self.born = born
        self.segment = segment
        self.index = index


class Segment:
    """A file of the spool that is complete or being written, and which of its records are done with."""

    def __init__(self, path: Path, first_seq: int) -> None:
        self.path = path
        self.first_seq = first_seq
        self.count = 0
        self.bytes = 0
        self.gone: Set[int] = set()
        self.loaded: Optional[List[Record]] = None

    @staticmethod
    def found(path: Path) -> Segment:
        """Of an earlier process; how many records it has shows when it is read."""
        segment = Segment(path, 0)
        segment.bytes = path.stat().st_size
        return segment

    def remaining(self) -> int:
        return self.count - len(self.gone)

    def read(self) -> Tuple[List[Record], List[int]]:
        """The records that are not gone, and the places of the damaged ones. Raises OSError."""
        events = decode(self.path.read_bytes())
        records, damaged = [], []
        for index, event in enumerate(events):
            if index in self.gone:
                continue
            if event is None:
                damaged.append(index)
            else:
                records.append(Record(event, self.first_seq + index, 0.0, self, index))
        return records, damaged

    def delete(self) -> None:
        try:
            self.path.unlink()
        except OSError:
            # It will be sent again by a later process; the same id twice is the same event.
            pass


class Writer:
    """Appends to a new file that only its owner can read. Raises OSError; then the file is as it was, or ``broken``."""

    def __init__(self, segment: Segment) -> None:
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND | getattr(os, "O_BINARY", 0)
        self.segment = segment
        self.descriptor = os.open(segment.path, flags, 0o600)
        self.broken = False

    def append(self, records: bytes, count: int) -> None:
        written = 0
        try:
            while written < len(records):
                written += os.write(self.descriptor, records[written:] if written else records)
        except OSError:
            self._cut()
            raise
        self.segment.count += count
        self.segment.bytes += len(records)

    def _cut(self) -> None:
        try:
            os.ftruncate(self.descriptor, self.segment.bytes)
        except OSError:
            self.broken = True

    def sync(self) -> None:
        os.fsync(self.descriptor)

    def close(self) -> None:
        os.close(self.descriptor)


def sync_folder(folder: Path) -> None:
    """Makes names of files survive a power cut; a system that cannot do that does not need it."""
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(descriptor)
    except OSError:
        pass
    finally:
        os.close(descriptor)
