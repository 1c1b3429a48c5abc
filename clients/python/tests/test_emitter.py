from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import threading
import time
import unittest
from pathlib import Path
from unittest import mock

from dise_ingest import Emitter, Settings, traceparent

from .gateway import (
    EmitterTest, FakeGateway, Request, accept, cut, dead_url, emit_logs, freeze, one_after_another, refuse_where,
    status, unavailable,
)  # fmt: skip

ROOT = Path(__file__).resolve().parents[1]
TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"


class DeliveryTest(EmitterTest):
    def test_delivers_in_the_order_of_emission(self) -> None:
        gateway = self.gateway()
        emitter = self.emitter(gateway.url)
        ids = emit_logs(emitter, 1200)
        self.assertTrue(emitter.flush().is_complete())
        self.assertEqual(gateway.ids(), ids)
        self.assertLessEqual(max(len(request.events()) for request in gateway.requests), 500)
        self.assertEqual(emitter.stats().delivered, 1200)

    def test_says_who_when_which_run_and_which_trace(self) -> None:
        gateway = self.gateway()
        emitter = self.emitter(gateway.url, source="urn:dise:tool:t", run_id="r1", traceparent=TRACE)
        emitter.emit("log", {"tool_id": "t", "log_level": "WARN", "message": "m"}, event_id="own-id", time=1.5)
        token = traceparent.set(TRACE.replace("0af7", "ffff"))
        emitter.log("t", "info", "m")
        traceparent.reset(token)
        emitter.emit("log", {"tool_id": "t", "log_level": "info", "message": "m"}, run_id="r2", trace="broken")
        emitter.flush()
        first, second, third = gateway.taken
        self.assertEqual(
            first,
            {
                "type": "log", "id": "own-id", "source": "urn:dise:tool:t", "time": "1970-01-01T00:00:01.500000Z",
                "runid": "r1", "traceparent": TRACE, "data": {"tool_id": "t", "log_level": "warning", "message": "m"},
            },
        )  # fmt: skip
        self.assertEqual(second["traceparent"], TRACE.replace("0af7", "ffff"))
        self.assertEqual((third["runid"], "traceparent" in third), ("r2", False))

    def test_nothing_secret_leaves_the_process(self) -> None:
        gateway = self.gateway()
        emitter = self.emitter(gateway.url, redact=lambda kind, data: {**data, "message": data["message"].upper()})
        emitter.log("t", "info", "hello", {"api_key": "canary", "nested": [{"Password": "canary", "max_tokens": 5}]})
        emitter.flush()
        self.assertNotIn(b"canary", gateway.requests[0].raw)
        self.assertEqual(gateway.taken[0]["data"]["message"], "HELLO")
        self.assertEqual(gateway.taken[0]["data"]["details"]["nested"], [{"Password": "****", "max_tokens": 5}])

    def test_sends_the_key_and_compresses(self) -> None:
        gateway = self.gateway()
        emitter = self.emitter(gateway.url + "/base/", api_key="k1")
        emit_logs(emitter, 100)
        emitter.flush()
        request = gateway.requests[0]
        self.assertEqual(request.path, "/base/v1/events")
        self.assertEqual(request.headers["Authorization"], "Bearer k1")
        self.assertEqual(request.headers["Content-Encoding"], "gzip")
        self.assertEqual(request.headers["Content-Type"], "application/x-ndjson")

    def test_goes_on_uncompressed_where_that_is_not_taken(self) -> None:
        def plain_only(request: Request) -> None:
            (status(415) if request.headers["Content-Encoding"] else accept)(request)

        gateway = self.gateway(plain_only)
        emitter = self.emitter(gateway.url)
        ids = emit_logs(emitter, 600)
        self.assertTrue(emitter.flush().is_complete())
        self.assertEqual(gateway.ids(), ids)
        self.assertEqual(sum(1 for request in gateway.requests if request.headers["Content-Encoding"]), 1)

    def test_a_refused_event_costs_itself_and_is_told(self) -> None:
        gateway = self.gateway(refuse_where(lambda event: event["data"].get("details", {}).get("n") == 3))
        emitter = self.emitter(gateway.url)
        ids = emit_logs(emitter, 10)
        report = emitter.flush()
        self.assertEqual(gateway.ids()[:9], ids[:3] + ids[4:])
        self.assertEqual(report.dropped, {"REFUSED": 1})
        self.assertEqual((report.losses[0].event_id, report.losses[0].message), (ids[3], "SCHEMA: /x is bad"))
        self.assert_eventually(lambda: emitter.stats().buffered == 0)
        self.assert_books_balance(emitter)

    def test_a_report_of_losses_that_is_refused_brings_forth_no_other(self) -> None:
        gateway = self.gateway(refuse_where(lambda event: True))
        emitter = self.emitter(gateway.url)
        emit_logs(emitter, 3)
        self.assert_eventually(lambda: emitter.stats().dropped.get("REFUSED") == 4)
        emitter.flush()
        self.assertEqual(emitter.stats().accepted, 4)

    def test_tries_again_until_the_gateway_takes_them(self) -> None:
        for trouble in [status(503), status(500), status(502, b"<html>"), unavailable, cut,
                        status(429, headers={"Retry-After": "0"}), status(401), status(404), status(200, b"hello"),
                        status(302, headers={"Location": "http://x"})]:  # fmt: skip
            with self.subTest(trouble):
                gateway = self.gateway(one_after_another(trouble, trouble, accept))
                emitter = self.emitter(gateway.url)
                ids = emit_logs(emitter, 20)
                self.assertTrue(emitter.flush(10).is_complete())
                self.assertEqual(set(gateway.ids()), set(ids))
                self.assert_books_balance(emitter)
                emitter.close()

    def test_sends_again_only_what_was_not_acknowledged(self) -> None:
        def half(request: Request) -> None:
            events = request.events()
            request.server.taken.extend(events[::2])
            items = [{"index": i, "status": "unavailable"} for i in range(1, len(events), 2)]
            request.answer(202, {"items": items})

        gateway = self.gateway(one_after_another(half, half, accept))
        emitter = self.emitter(gateway.url)
        ids = emit_logs(emitter, 64)
        self.assertTrue(emitter.flush().is_complete())
        self.assertEqual(sorted(gateway.ids()), sorted(each for each in ids if each))

    def test_waits_as_long_as_the_gateway_asks(self) -> None:
        gateway = self.gateway(one_after_another(status(429, headers={"Retry-After": "1"}), accept))
        emitter = self.emitter(gateway.url)
        emit_logs(emitter, 1)
        begun = time.monotonic()
        self.assertTrue(emitter.flush(5).is_complete())
        self.assertGreaterEqual(time.monotonic() - begun, 0.9)

    def test_a_body_that_is_too_large_goes_in_parts(self) -> None:
        def few(request: Request) -> None:
            events = request.events()
            too_large = len(events) > 3 or any(event["data"]["details"].get("n") == 7 for event in events)
            (status(413) if too_large else accept)(request)

        gateway = self.gateway(few)
        emitter = self.emitter(gateway.url)
        ids = emit_logs(emitter, 20)
        emitter.flush()
        self.assert_eventually(lambda: emitter.stats().dropped == {"TOO_LARGE": 1})
        self.assertEqual([each for each in gateway.ids() if each in ids], ids[:7] + ids[8:])

    def test_comes_back_after_the_gateway_was_away(self) -> None:
        gateway = FakeGateway()
        emitter = self.emitter(gateway.url)
        ids = emit_logs(emitter, 5)
        emitter.flush()
        port = gateway.server_address[1]
        gateway.close()
        emitter._sender.transport.close()
        ids += emit_logs(emitter, 5, first=5)
        self.assertFalse(emitter.flush(0.2).is_complete())
        again = self.gateway(port=port)
        self.assertTrue(emitter.flush(10).is_complete())
        self.assertEqual(gateway.ids() + again.ids(), ids)

    def test_a_frozen_gateway_costs_the_request_timeout_only(self) -> None:
        gateway = self.gateway(one_after_another(freeze, accept))
        emitter = self.emitter(gateway.url, request_timeout=0.3)
        ids = emit_logs(emitter, 5)
        self.assertTrue(emitter.flush(10).is_complete())
        self.assertEqual(gateway.ids(), ids)


class PromisesTest(EmitterTest):
    def test_never_raises_whatever_it_is_given(self) -> None:
        emitter = self.emitter(dead_url())
        for kind, data in [("log", None), ("log", []), (None, {}), ("log", {"tool_id": object()}), ("log", {1: 2}),
                           ("perf_data", {"tool_id": "t", "metric_name": "m", "metric_value": float("inf")})]:  # fmt: skip
            self.assertIsNone(emitter.emit(kind, data))  # type: ignore[arg-type]
        self.assertIsNone(emitter.log("t", "info", "x" * 1_000_000))
        self.assertEqual(emitter.stats().dropped, {"INVALID": 6, "TOO_LARGE": 1})
        self.assert_books_balance(emitter)

    def test_a_hook_that_withholds_is_a_counted_loss(self) -> None:
        emitter = self.emitter(dead_url(), redact=lambda kind, data: None)
        emit_logs(emitter, 2)
        self.assertEqual(emitter.stats().dropped, {"WITHHELD": 2})

    def test_drop_newest_keeps_the_first(self) -> None:
        gateway = self.gateway(status(503))
        emitter = self.emitter(gateway.url, overflow="drop_newest", buffer_bytes=5000)
        ids = [each for each in emit_logs(emitter, 100) if each]
        self.assertEqual(emitter.stats().dropped, {"BUFFER_FULL": 100 - len(ids)})
        gateway.script = accept
        emitter.flush()
        self.assertEqual(gateway.ids()[: len(ids)], ids)
        self.assert_books_balance(emitter)

    def test_drop_oldest_keeps_the_last(self) -> None:
        gateway = self.gateway(freeze)
        emitter = self.emitter(gateway.url, overflow="drop_oldest", buffer_bytes=5000)
        ids = emit_logs(emitter, 100)
        self.assertNotIn(None, ids)
        stats = emitter.stats()
        self.assertEqual(stats.dropped, {"EVICTED": 100 - stats.buffered})
        gateway.script = accept
        self.assert_eventually(lambda: ids[-1] in gateway.ids())
        self.assert_books_balance(emitter)

    def test_block_waits_for_room_and_not_for_ever(self) -> None:
        gateway = self.gateway(status(503))
        emitter = self.emitter(gateway.url, overflow="block", block_timeout=0.2, buffer_bytes=3000)
        full = [each for each in emit_logs(emitter, 8) if each]
        self.assertEqual(emitter.stats().dropped["BUFFER_FULL"], 8 - len(full))
        gateway.script = accept
        emitter._sender.hurry(0)
        ids = emit_logs(emitter, 100, first=8)
        self.assertNotIn(None, ids)
        emitter.flush()
        self.assertEqual([each for each in gateway.ids() if each in ids], ids)
        self.assert_books_balance(emitter)

    def test_without_a_spool_closing_tells_what_is_lost(self) -> None:
        emitter = self.emitter(dead_url(), overflow="drop_newest")
        emit_logs(emitter, 12)
        report = emitter.close(0.1)
        self.assertEqual((report.dropped, report.undelivered(), len(report.losses)), ({"CLOSED": 12}, 12, 10))
        self.assertIs(emitter.close(), report)
        self.assertIsNone(emitter.log("t", "info", "late"))
        self.assertEqual(emitter.stats().dropped, {"CLOSED": 13})
        self.assert_books_balance(emitter)

    def test_closing_does_not_wait_for_a_dead_gateway_when_there_is_a_spool(self) -> None:
        emitter = self.emitter(dead_url())
        emit_logs(emitter, 5)
        self.assertEqual(emitter.close(60).spooled, 5)

    def test_eight_threads_lose_nothing_and_keep_their_order(self) -> None:
        flaky = one_after_another(*[status(503), accept, cut, accept] * 5, accept)
        gateway = self.gateway(flaky)
        emitter = self.emitter(gateway.url, buffer_bytes=60_000, spool_after=0.05)
        threads = [threading.Thread(target=emit_logs, args=(emitter, 500, f"tool-{number}")) for number in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertTrue(emitter.flush(20).is_complete())
        self.assert_books_balance(emitter)
        for number in range(8):
            seen = [e["data"]["details"]["n"] for e in gateway.taken if e["data"]["tool_id"] == f"tool-{number}"]
            firsts = list(dict.fromkeys(seen))
            self.assertEqual(firsts, list(range(500)))

    @unittest.skipUnless(hasattr(signal, "setitimer"), "no timers here")
    def test_a_signal_handler_may_emit_in_the_middle_of_an_emit(self) -> None:
        gateway = self.gateway()
        emitter = self.emitter(gateway.url)
        rung = []

        def ring(*_: object) -> None:
            rung.append(emitter.log("signal", "info", "ring"))

        before = signal.signal(signal.SIGALRM, ring)
        signal.setitimer(signal.ITIMER_REAL, 0.0005, 0.0005)
        try:
            ids = emit_logs(emitter, 3000)
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)
        self.assertTrue(emitter.flush().is_complete())
        self.assertEqual(sorted(gateway.ids()), sorted(str(each) for each in ids + rung))
        self.assert_books_balance(emitter)

    def test_warns_once_in_a_while_and_not_about_each_loss(self) -> None:
        with self.assertLogs("dise_ingest", logging.WARNING) as logs:
            emitter = self.emitter(dead_url(), overflow="drop_newest", buffer_bytes=1000)
            emit_logs(emitter, 200)
            emitter.flush(0.3)
            self.assertLess(len(logs.output), 5)


class SettingsTest(unittest.TestCase):
    def test_the_environment_is_below_what_is_given(self) -> None:
        environment = {"DISE_GATEWAY_URL": "http://a:1", "DISE_RUN_ID": "r", "DISE_GZIP": "off", "TRACEPARENT": "x"}
        settings = Settings.from_environment(environment, gateway_url="http://b:2")
        self.assertEqual((settings.gateway_url, settings.run_id, settings.gzip), ("http://b:2", "r", False))
        self.assertIsNone(settings.traceparent)

    def test_every_mistake_is_told_at_once(self) -> None:
        with self.assertRaisesRegex(ValueError, "3 invalid.*gateway_url.*overflow.*fsync"):
            Settings(gateway_url="ftp://x", overflow="never", fsync="maybe")
        with self.assertRaisesRegex(ValueError, "DISE_BUFFER_BYTES must be a whole number"):
            Settings.from_environment({"DISE_BUFFER_BYTES": "many"})
        with self.assertRaisesRegex(TypeError, "no such setting: gatewayurl"):
            Settings.from_environment({}, gatewayurl="x")

    def test_each_gateway_has_its_own_spool(self) -> None:
        folders = {Settings.from_environment({"DISE_GATEWAY_URL": f"http://h:{p}"}).spool_dir for p in (1, 2)}
        self.assertEqual(len(folders), 2)

    def test_a_key_is_not_printed(self) -> None:
        with self.assertRaises(ValueError) as raised:
            Settings(gateway_url="http://user:canary@host")
        self.assertNotIn("canary", str(raised.exception))
        self.assertNotIn("canary", repr(Settings(api_key="canary")))


class ProcessEndTest(EmitterTest):
    def run_python(self, code: str, url: str, wait: float = 20) -> "subprocess.CompletedProcess[str]":
        environment = {
            **os.environ,
            "DISE_GATEWAY_URL": url,
            "DISE_SPOOL_DIR": str(self.folder),
            "PYTHONPATH": str(ROOT),
        }
        return subprocess.run(
            [sys.executable, "-c", code], env=environment, timeout=wait, capture_output=True, text=True, check=True
        )

    def test_the_end_of_the_process_delivers(self) -> None:
        gateway = self.gateway()
        self.run_python(
            "import dise_ingest as d; e = d.Emitter()\nfor n in range(700): e.log('t','info',str(n))", gateway.url
        )
        self.assertEqual([e["data"]["message"] for e in gateway.taken], [str(n) for n in range(700)])

    def test_the_end_with_a_dead_gateway_is_quick_and_the_next_start_delivers(self) -> None:
        code = "import dise_ingest as d; d.default_emitter().log('t','info','kept')"
        self.run_python(code, dead_url(), wait=4)
        gateway = self.gateway()
        self.run_python("import dise_ingest as d; d.Emitter().flush()", gateway.url)
        self.assert_eventually(lambda: [e["data"]["message"] for e in gateway.taken] == ["kept"])

    def test_threads_that_cannot_be_started_hold_nothing_up(self) -> None:
        gateway = self.gateway()
        real = threading.Thread.start

        def start(thread: threading.Thread) -> None:
            if thread.name == "dise-ingest":
                raise RuntimeError("can't start new thread")
            real(thread)

        with mock.patch("threading.Thread.start", start):
            emitter = Emitter(gateway_url=gateway.url, spool_dir=self.folder)
            ids = emit_logs(emitter, 3)
            self.assertTrue(emitter.close().is_complete())
        self.assertEqual(gateway.ids(), ids)
