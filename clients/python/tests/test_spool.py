from __future__ import annotations

import os
import random
import stat
import time
import unittest
from pathlib import Path
from typing import List
from unittest import mock

from dise_ingest import segment
from dise_ingest.settings import Settings
from dise_ingest.slots import Slot
from dise_ingest.spool import Spool

from .gateway import EmitterTest, Request, accept, dead_url, emit_logs, freeze, status

EVENTS = [b'{"id":"%d","data":{"m":"%s"}}' % (n, b"x" * (n * 7 % 40)) for n in range(12)]


class SegmentTest(unittest.TestCase):
    def test_a_tail_that_is_torn_at_any_byte_is_cut(self) -> None:
        content = b"".join(segment.encode(event) for event in EVENTS)
        ends: List[int] = []
        for event in EVENTS:
            ends.append((ends[-1] if ends else 0) + len(segment.encode(event)))
        for length in range(len(content) + 1):
            whole = sum(1 for end in ends if end - 1 <= length)
            self.assertEqual(segment.decode(content[:length]), EVENTS[:whole], length)

    def test_a_flipped_bit_costs_its_record_and_no_neighbour_but_one(self) -> None:
        content = b"".join(segment.encode(event) for event in EVENTS)
        for place in range(len(content)):
            for bit in range(8):
                damaged = bytearray(content)
                damaged[place] ^= 1 << bit
                found = [event for event in segment.decode(bytes(damaged)) if event is not None]
                self.assertTrue(set(found) <= set(EVENTS), (place, bit))
                # A break that goes joins two records, and no more.
                self.assertGreaterEqual(len(found), len(EVENTS) - 2, (place, bit))

    def test_damage_of_any_kind_is_survived(self) -> None:
        seed = random.randrange(1 << 30)
        chance = random.Random(seed)
        content = b"".join(segment.encode(event) for event in EVENTS)
        for _ in range(500):
            damaged = bytearray(content)
            start = chance.randrange(len(damaged))
            damaged[start : start + chance.randrange(60)] = bytes(chance.choices(range(256), k=chance.randrange(60)))
            found = [event for event in segment.decode(bytes(damaged)) if event is not None]
            self.assertTrue(set(found) <= set(EVENTS), f"seed {seed}")


class SlotTest(EmitterTest):
    def test_a_slot_belongs_to_one_at_a_time(self) -> None:
        first, second = Slot.take(self.folder), Slot.take(self.folder)
        self.assertEqual([first.folder.name, second.folder.name], ["slot-1", "slot-2"])
        first.release()
        third = Slot.take(self.folder)
        self.assertEqual(third.folder.name, "slot-1")
        second.release()
        third.release()

    @unittest.skipUnless(hasattr(os, "geteuid"), "no owners here")
    def test_is_for_its_owner_alone(self) -> None:
        parent = self.folder / "open"
        parent.mkdir(mode=0o777)
        slot = Slot.take(parent)
        self.addCleanup(slot.release)
        for path, mode in [(parent, 0o700), (slot.folder, 0o700), (slot.folder / "lock", 0o600)]:
            self.assertEqual(stat.S_IMODE(os.stat(path).st_mode), mode, path)

    def test_a_folder_that_is_a_link_is_not_used(self) -> None:
        (self.folder / "real").mkdir()
        (self.folder / "link").symlink_to(self.folder / "real")
        with self.assertRaises(OSError):
            Slot.take(self.folder / "link")


class SpoolTest(EmitterTest):
    def spool(self, size: int = 1 << 20) -> Spool:
        spool = Spool(Settings(spool_dir=self.folder, spool_bytes=size))
        spool.open()
        self.addCleanup(spool.close)
        return spool

    def files(self) -> List[Path]:
        return sorted(self.folder.glob("slot-*/*" + segment.SUFFIX))

    def test_a_write_that_fails_leaves_the_file_as_it_was(self) -> None:
        spool = self.spool()
        spool.append(EVENTS[0], 1)
        real = os.write

        def half(descriptor: int, data: bytes) -> int:
            if len(data) < 10:
                raise OSError(28, "No space left on device")
            return real(descriptor, data[:-5])

        with mock.patch("os.write", half), self.assertRaises(OSError):
            spool.append(EVENTS[1], 2)
        spool.append(EVENTS[2], 3)
        self.assertEqual(segment.decode(self.files()[0].read_bytes()), [EVENTS[0], EVENTS[2]])

    def test_files_are_for_the_owner_alone(self) -> None:
        self.spool().append(EVENTS[0], 1)
        self.assertEqual(stat.S_IMODE(os.stat(self.files()[0]).st_mode), 0o600)


class SpooledEventsTest(EmitterTest):
    def test_what_is_not_acknowledged_in_time_goes_to_disk_and_then_out_in_order(self) -> None:
        gateway = self.gateway(status(503))
        emitter = self.emitter(gateway.url, spool_after=0.05)
        ids = emit_logs(emitter, 50)
        self.assert_eventually(lambda: emitter.stats().spooled == 50)
        ids += emit_logs(emitter, 50, first=50)
        gateway.script = accept
        self.assertTrue(emitter.flush(10).is_complete())
        self.assertEqual(gateway.ids(), ids)
        self.assertEqual(list(self.folder.glob("slot-*/*.events")), [])
        self.assert_books_balance(emitter)

    def test_a_frozen_gateway_holds_nothing_up_and_the_disk_gets_what_waits(self) -> None:
        gateway = self.gateway(freeze)
        emitter = self.emitter(gateway.url, spool_after=0.05, request_timeout=30)
        ids = emit_logs(emitter, 20)
        self.assert_eventually(lambda: emitter.stats().spooled == 20)
        ids += emit_logs(emitter, 20, first=20)
        self.assert_eventually(lambda: emitter.stats().spooled == 40)
        report = emitter.close(0.2)
        self.assertEqual((report.spooled, report.dropped), (40, {}))
        next_gateway = self.gateway()
        successor = self.emitter(next_gateway.url)
        self.assert_eventually(lambda: successor.stats().delivered == 40)
        self.assertEqual(next_gateway.ids(), ids)
        self.assert_books_balance(successor)

    def test_what_is_acknowledged_after_it_went_to_disk_is_not_sent_again(self) -> None:
        def slowly(request: Request) -> None:
            time.sleep(0.3)
            events = request.events()
            request.server.taken.extend(events[::2])
            items = [{"index": i, "status": "unavailable"} for i in range(1, len(events), 2)]
            request.answer(202, {"items": items})

        gateway = self.gateway(slowly)
        emitter = self.emitter(gateway.url, spool_after=0.05)
        ids = emit_logs(emitter, 20)
        self.assert_eventually(lambda: emitter.stats().spooled == 20)
        ids += emit_logs(emitter, 20, first=20)
        self.assert_eventually(lambda: emitter.stats().delivered > 0)
        gateway.script = accept
        self.assertTrue(emitter.flush(10).is_complete())
        self.assertEqual(sorted(gateway.ids()), sorted(str(each) for each in ids))
        self.assertEqual(list(self.folder.glob("slot-*/*.events")), [])
        self.assert_books_balance(emitter)

    def test_what_does_not_fit_into_memory_goes_to_disk_behind_it(self) -> None:
        gateway = self.gateway(status(503))
        emitter = self.emitter(gateway.url, buffer_bytes=5000, spool_after=60)
        ids = emit_logs(emitter, 100)
        stats = emitter.stats()
        self.assertGreater(stats.buffered, 5)
        self.assertGreater(stats.spooled, 50)
        gateway.script = accept
        self.assertTrue(emitter.flush(10).is_complete())
        self.assertEqual(gateway.ids(), ids)

    def test_memory_that_is_spilled_sorts_before_what_the_disk_has(self) -> None:
        emitter = self.emitter(dead_url(), buffer_bytes=5000, spool_after=0.3)
        ids = emit_logs(emitter, 100)
        self.assert_eventually(lambda: emitter.stats().spooled == 100)
        ids += emit_logs(emitter, 10, first=100)
        emitter.close(0)
        gateway = self.gateway()
        self.emitter(gateway.url)
        self.assert_eventually(lambda: len(gateway.taken) == 110)
        self.assertEqual(gateway.ids(), ids)

    def test_a_full_spool_refuses_the_new_and_keeps_the_old(self) -> None:
        gateway = self.gateway(status(503))
        emitter = self.emitter(gateway.url, buffer_bytes=4000, spool_bytes=20_000, spool_after=0.05)
        ids = [each for each in emit_logs(emitter, 300) if each]
        stats = emitter.stats()
        self.assertGreater(stats.dropped["SPOOL_FULL"], 100)
        self.assertLessEqual(stats.spool_bytes, 20_000)
        gateway.script = accept
        report = emitter.flush(10)
        self.assertEqual(report.buffered + report.spooled, 0)
        self.assertEqual(gateway.ids()[: len(ids)], ids)
        self.assert_books_balance(emitter)

    def test_losses_are_reported_when_the_line_is_back(self) -> None:
        gateway = self.gateway(status(503))
        emitter = self.emitter(gateway.url, buffer_bytes=4000, spool_bytes=20_000, spool_after=0.05, source="urn:s")
        emit_logs(emitter, 300)
        emitter.emit("nope", {})
        gateway.script = accept
        self.assert_eventually(lambda: any(e["data"]["tool_id"] == "dise.emitter" for e in gateway.taken))
        report = next(e["data"] for e in gateway.taken if e["data"]["tool_id"] == "dise.emitter")
        self.assertEqual((report["log_level"], report["message"]), ("warning", "events were dropped"))
        self.assertEqual(report["details"]["counts"], emitter.stats().dropped)
        self.assertEqual((report["details"]["source"], report["details"]["pid"]), ("urn:s", os.getpid()))
        self.assertLessEqual(report["details"]["since"], report["details"]["until"])

    def test_damage_on_disk_costs_its_record_and_is_counted(self) -> None:
        first = self.emitter(dead_url())
        ids = emit_logs(first, 10)
        first.close(0)
        path = next(self.folder.glob("slot-1/*.events"))
        lines = path.read_bytes().split(b"\n")
        lines[3] = lines[3].replace(b"message", b"messagf")
        path.write_bytes(b"\n".join(lines) + b"deadbeef {torn")
        gateway = self.gateway()
        second = self.emitter(gateway.url)
        self.assert_eventually(lambda: second.stats().delivered >= 9)
        self.assertEqual(gateway.ids()[:9], ids[:3] + ids[4:])
        self.assertEqual(second.stats().dropped, {"DAMAGED": 1})
        self.assert_books_balance(second)

    def test_two_emitters_share_a_folder_and_adopt_what_the_dead_have_left(self) -> None:
        first, second = self.emitter(dead_url()), self.emitter(dead_url())
        ids = emit_logs(first, 5) + emit_logs(second, 5)
        first.close(0)
        second.close(0)
        self.assertEqual(len(list(self.folder.glob("slot-*/*.events"))), 2)
        gateway = self.gateway()
        third = self.emitter(gateway.url)
        self.assert_eventually(lambda: third.stats().delivered == 10)
        self.assertEqual(sorted(gateway.ids()), sorted(each for each in ids if each))
        self.assertEqual(list(self.folder.glob("slot-*/*.events")), [])

    def test_without_a_usable_folder_there_is_memory(self) -> None:
        (self.folder / "file").write_text("in the way")
        emitter = self.emitter(dead_url(), spool_dir=self.folder / "file" / "spool", buffer_bytes=5000)
        emit_logs(emitter, 100)
        stats = emitter.stats()
        self.assertEqual(stats.buffered + stats.dropped["BUFFER_FULL"], 100)
        report = emitter.close(0.1)
        self.assertEqual(sum(report.dropped.values()), 100)
        self.assert_books_balance(emitter)

    def test_forced_events_count_as_spooled_and_others_as_buffered(self) -> None:
        emitter = self.emitter(dead_url(), fsync="always", spool_after=0.02)
        emit_logs(emitter, 5)
        self.assert_eventually(lambda: emitter.stats().spooled == 5)
        with mock.patch("os.fsync", side_effect=OSError(5, "Input/output error")):
            emit_logs(emitter, 3)
            stats = emitter.stats()
            self.assertEqual((stats.buffered, stats.spooled), (3, 5))
        self.assert_eventually(lambda: emitter.stats().spooled == 8)
