"""What emits by itself: the logging handler and the decorator."""

from __future__ import annotations

import asyncio
import logging
from typing import Any, Dict, List

from dise_ingest import EmitterHandler, traced

from .gateway import EmitterTest, FakeGateway, dead_url


class SourceTest(EmitterTest):
    def setUp(self) -> None:
        super().setUp()
        self.fake: FakeGateway = self.gateway()
        self.emits = self.emitter(self.fake.url)

    def emitted(self, kind: str) -> List[Dict[str, Any]]:
        self.emits.flush()
        return [event["data"] for event in self.fake.taken if event["type"] == kind]


class HandlerTest(SourceTest):
    def logger(self, name: str, handler: logging.Handler) -> logging.Logger:
        logger = logging.getLogger(name)
        logger.setLevel(logging.DEBUG)
        logger.propagate = False
        logger.addHandler(handler)
        self.addCleanup(logger.removeHandler, handler)
        return logger

    def test_a_record_becomes_a_log_event(self) -> None:
        logger = self.logger("app.db", EmitterHandler(self.emits))
        logger.warning("lost %d of %s", 2, "x", extra={"user_id": 7, "api_key": "canary"})
        logger.debug("fine", extra={"tool_id": "other"})
        first, second = self.emitted("log")
        self.assertEqual((first["tool_id"], first["log_level"], first["message"]), ("app.db", "warning", "lost 2 of x"))
        details = first["details"]
        self.assertEqual((details["user_id"], details["api_key"], details["logger"]), (7, "****", "app.db"))
        self.assertEqual(details["function"], "test_a_record_becomes_a_log_event")
        self.assertEqual((second["tool_id"], second["log_level"]), ("other", "debug"))

    def test_an_exception_goes_along(self) -> None:
        logger = self.logger("app", EmitterHandler(self.emits, tool_id="tool"))
        try:
            raise KeyError("k")
        except KeyError:
            logger.exception("failed")
        (event,) = self.emitted("log")
        self.assertEqual((event["tool_id"], event["details"]["exception"]["type"]), ("tool", "KeyError"))
        self.assertIn("Traceback", event["details"]["exception"]["stack_trace"])

    def test_what_the_client_logs_itself_never_comes_back(self) -> None:
        emitter = self.emitter(dead_url(), overflow="drop_newest", buffer_bytes=1000)
        handler = EmitterHandler(emitter)
        root = logging.getLogger()
        root.addHandler(handler)
        try:
            for number in range(50):
                logging.getLogger("elsewhere").warning("%d", number)
            emitter.flush(0.2)
        finally:
            root.removeHandler(handler)
        self.assertEqual(emitter.stats().accepted, 50)

    def test_a_record_that_cannot_be_written_is_no_crash(self) -> None:
        logger = self.logger("app.bad", EmitterHandler(self.emits))
        before, logging.raiseExceptions = logging.raiseExceptions, False
        try:
            logger.info("%d", "no number")
        finally:
            logging.raiseExceptions = before
        self.assertEqual(self.emitted("log"), [])


class TracedTest(SourceTest):
    def test_tells_how_long_a_call_takes(self) -> None:
        @traced(tool_id="adder", emitter=self.emits)
        def add(a: int, b: int) -> int:
            """Adds."""
            return a + b

        self.assertEqual((add(1, b=2), add.__name__, add.__doc__), (3, "add", "Adds."))
        (event,) = self.emitted("perf_data")
        self.assertEqual((event["tool_id"], event["metric_name"], event["unit"]), ("adder", "duration_ms", "ms"))
        self.assertGreaterEqual(event["metric_value"], 0)
        self.assertEqual(event["details"]["outcome"], "ok")

    def test_tells_how_it_fails_and_lets_the_failure_go_on(self) -> None:
        @traced(tool_id="t", scenario="divide", severity="high", emitter=self.emits)
        def divide() -> float:
            return 1 / 0

        with self.assertRaises(ZeroDivisionError):
            divide()
        (event,) = self.emitted("failure")
        self.assertEqual(
            [event[name] for name in ("tool_id", "scenario", "error_message", "failure_type", "severity")],
            ["t", "divide", "division by zero", "ZeroDivisionError", "high"],
        )
        self.assertIn("in divide", event["stack_trace"])
        self.assertEqual(self.emitted("perf_data")[0]["details"]["outcome"], "error")

    def test_coroutines_are_measured_to_their_end(self) -> None:
        @traced(tool_id="t", emitter=self.emits)
        async def nap(fail: bool) -> str:
            await asyncio.sleep(0.02)
            if fail:
                raise ValueError
            return "rested"

        self.assertEqual(asyncio.run(nap(False)), "rested")
        with self.assertRaises(ValueError):
            asyncio.run(nap(True))
        self.assertGreaterEqual(self.emitted("perf_data")[0]["metric_value"], 15)
        self.assertEqual(self.emitted("failure")[0]["error_message"], "ValueError")

    def test_an_interrupt_is_no_failure(self) -> None:
        @traced(tool_id="t", emitter=self.emits)
        def leave() -> None:
            raise SystemExit(3)

        with self.assertRaises(SystemExit):
            leave()
        self.assertEqual(self.emitted("failure"), [])
        self.assertEqual(self.emitted("perf_data")[0]["details"]["outcome"], "interrupted")

    def test_generators_are_not_measured(self) -> None:
        with self.assertRaises(TypeError):

            @traced
            def numbers() -> Any:
                yield 1
