"""Against a running stack: DISE_GATEWAY_URL and DISE_QUERY_URL say where; without them nothing is run."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
import tempfile
import time
import unittest
import uuid
from typing import Any, Callable, Dict

import dise_ingest
from dise_ingest import DatabaseStorage, Emitter, EmitterHandler, QueryClient, QueryError, traced

READY = bool(os.environ.get("DISE_GATEWAY_URL") and os.environ.get("DISE_QUERY_URL"))
PATIENCE = 30.0


class Enabled:
    def get(self, key: str, default: Any = None) -> Any:
        return True if key == "database.enabled" else default


@unittest.skipUnless(READY, "no stack: set DISE_GATEWAY_URL and DISE_QUERY_URL to run the live suite")
class LiveTest(unittest.TestCase):
    def setUp(self) -> None:
        self.run_id = f"py-{uuid.uuid4().hex[:12]}"
        self.spool = tempfile.TemporaryDirectory(prefix="dise-live-")
        self.addCleanup(self.spool.cleanup)
        self.emitter = Emitter(run_id=self.run_id, spool_dir=self.spool.name)
        self.addCleanup(self.emitter.close)
        self.queries = QueryClient()

    def name(self, kind: str) -> str:
        return f"{kind}-{self.run_id}"

    def eventually(self, test: Callable[[], Any]) -> Any:
        deadline = time.monotonic() + PATIENCE
        while True:
            found = test()
            if found or time.monotonic() > deadline:
                return found
            time.sleep(0.1)

    def assert_all_arrive(self) -> None:
        report = self.emitter.flush(20)
        self.assertTrue(report.is_complete(), report)

    def test_every_type_is_taken_and_becomes_visible(self) -> None:
        e, n = self.emitter, self.name
        e.log(n("t"), "info", "hello", {"n": 1})
        e.failure(n("t"), "scenario", "broke", severity="high", failure_type="ValueError", stack_trace="s", details={})
        e.bug_report(n("bug"), n("t"), "low", "odd", details={"a": 1}, resolved=False)
        e.debug_data("tool", n("ctx"), status="success", request={"q": 1}, response=[1], duration_ms=1.5)
        e.perf_data(n("t"), "latency", 12.5, "ms")
        e.conversation(n("c"), "user", "hi", message_id=n("m"))
        e.ancestry(n("t"), n("child"), "derived_from")
        e.generated_tool(n("t"), "Tool", "llm", tool_yaml="name: t", metadata={"k": [1]})
        for kind in ("plan", "function", "sub_workflow", "workflow", "tool", "prompt", "pattern", "code_fix"):
            e.artifact(kind, n(kind), f"A {kind}", f"text of a {kind}", tags=["live"], quality_score=0.5)
        e.performance(n("performance"), n("t"), "figures", {"token": 5, "p95": 1.5})
        e.evaluation(n("evaluation"), "verdict", "good", verdict="good", overall_score=0.9, scores={"a": 1})
        self.assert_all_arrive()

        def all_there() -> Dict[str, Dict[str, int]]:
            counts = self.queries.counts(self.run_id)
            rows, points = counts["postgres"], counts["qdrant"]
            return counts if all(rows.values()) and all(points.values()) else {}

        self.assertTrue(self.eventually(all_there), self.queries.counts(self.run_id))
        self.assertEqual(self.queries.artifact("plan", n("plan"))["name"], "A plan")
        self.assertEqual(self.queries.tools({"tool_id": n("t")})[0]["metadata"], {"k": [1]})

    def test_a_deletion_removes(self) -> None:
        self.emitter.generated_tool(self.name("gone"), "Tool", "llm")
        self.assert_all_arrive()
        filters = {"tool_id": self.name("gone")}
        self.assertTrue(self.eventually(lambda: self.queries.tools(filters)))
        self.emitter.deletion("generated_tool", self.name("gone"))
        self.assert_all_arrive()
        self.assertTrue(self.eventually(lambda: not self.queries.tools(filters)))

    def test_a_burst_arrives_once_each(self) -> None:
        for number in range(5000):
            self.emitter.log(self.name("burst"), "info", f"line {number}", {"n": number})
        self.assert_all_arrive()
        self.assertTrue(self.eventually(lambda: self.queries.counts(self.run_id)["postgres"]["log"] == 5000))
        rows = self.queries.logs({"run_id": self.run_id}, limit=6000)
        self.assertEqual(sorted(row["details"]["n"] for row in rows), list(range(5000)))

    def test_what_breaks_the_schema_is_told_with_its_reason(self) -> None:
        name = self.emitter.emit("log", {"tool_id": "t", "log_level": "info", "message": "m", "typo": 1})
        (loss,) = self.emitter.flush(10).losses
        self.assertEqual((loss.event_id, loss.reason), (name, "REFUSED"))
        self.assertIn("typo", loss.message)

    def test_odd_texts_come_back_as_they_went(self) -> None:
        text = 'ü€😀 "\\\n\t\u2028 end'
        self.emitter.log(self.name("odd"), "info", text, {"deep": {"text": text, "infinite": float("inf")}})
        self.assert_all_arrive()
        (row,) = self.eventually(lambda: self.queries.logs({"tool_id": self.name("odd")}))
        self.assertEqual((row["message"], row["details"]), (text, {"deep": {"text": text, "infinite": "inf"}}))

    def test_handler_and_decorator(self) -> None:
        logger = logging.getLogger(self.name("logger"))
        logger.addHandler(EmitterHandler(self.emitter))

        @traced(tool_id=self.name("traced"), emitter=self.emitter)
        def fails() -> None:
            raise RuntimeError("as planned")

        logger.warning("careful", extra={"user": {"id": 7}})
        with self.assertRaises(RuntimeError):
            fails()
        self.assert_all_arrive()
        filters = {"tool_id": logger.name, "details": {"user": {"id": 7}}}
        self.assertTrue(self.eventually(lambda: self.queries.logs(filters)))
        self.assertTrue(self.eventually(lambda: self.queries.rows("/v1/failures", {"tool_id": self.name("traced")})))
        self.assertTrue(self.eventually(lambda: self.queries.performance({"tool_id": self.name("traced")})))

    def test_the_drop_in_goes_round(self) -> None:
        storage, n = DatabaseStorage(Enabled()), self.name
        self.addCleanup(dise_ingest.default_emitter(spool_dir=self.spool.name).close)
        self.assertTrue(storage.store_log(n("t"), "ERROR", "failed", {"a": 1}))
        self.assertTrue(storage.store_bug(n("bug"), n("t"), "critical", "bad", "trace", {"b": 2}))
        self.assertTrue(storage.store_bug(n("bug"), n("t"), "critical", "bad", resolved=True))
        self.assertTrue(storage.store_ancestry(n("parent"), n("t"), "optimized_from", {"x": 1}))
        self.assertTrue(storage.store_ancestry(n("t"), n("child"), "derived_from"))
        self.assertTrue(storage.store_performance_data(n("t"), "latency", 3, "ms"))
        self.assertTrue(storage.store_generated_tool(n("t"), "Tool", "executable", tool_code="pass"))
        (log,) = self.eventually(lambda: storage.query_logs({"tool_id": n("t"), "log_level": "error"}))
        self.assertEqual((log["message"], log["details"]), ("failed", {"a": 1}))
        (bug,) = self.eventually(lambda: storage.query_bugs({"bug_id": n("bug"), "resolved": True}))
        self.assertEqual((bug["stack_trace"], bug["details"]), ("trace", {"b": 2}))

        def whole_family() -> Any:
            family = storage.get_tool_ancestry(n("t"))
            return family if family and family["parents"] and family["children"] else None

        family = self.eventually(whole_family)
        self.assertEqual(family["parents"][0]["details"], {"x": 1})
        self.assertEqual((family["parents"][0]["level"], family["children"][0]["child_tool_id"]), (1, n("child")))
        figures = self.eventually(lambda: storage.query_performance({"tool_id": n("t")}))
        self.assertEqual(figures[0]["metric_value"], 3)

    def call(self, tool: str, request: Dict[str, Any]) -> Dict[str, Any]:
        found = subprocess.run(
            [sys.executable, "-m", f"dise_ingest.tools.{tool}"], input=json.dumps(request), capture_output=True,
            text=True, timeout=60, env={**os.environ, "DISE_SPOOL_DIR": self.spool.name},
        )  # fmt: skip
        answer: Dict[str, Any] = json.loads(found.stdout)
        self.assertEqual((found.returncode, answer["success"]), (0, True), (answer, found.stderr))
        return answer

    def test_sql_goes_to_the_query_service_where_that_is_on(self) -> None:
        try:
            self.queries.sql("SELECT 1")
        except QueryError as e:
            self.assertEqual(e.status, 403)
            self.skipTest("SQL is switched off in this stack")
        text = "SELECT n, %(tool)s AS tool, '%%' AS share FROM generate_series(1, %(n)s::int) AS n ORDER BY n"
        query = {"operation": "query", "sql": text, "params": {"tool": "it's", "n": 2}}
        rows = [{"n": 1, "tool": "it's", "share": "%"}, {"n": 2, "tool": "it's", "share": "%"}]
        answer = self.call("postgres_client", query)
        self.assertEqual((answer["data"], answer["rows_affected"]), (rows, 2))
        self.assertEqual(self.call("postgres_client", {**query, "fetch_one": True})["data"], rows[:1])
        self.assertEqual(self.call("postgres_client", {"operation": "query", "sql": "SELECT 7 % 4 AS n"})["data"], [{"n": 3}])

    def test_the_command_tools(self) -> None:
        n, bulk = self.name, "bulk_data_store"
        self.assertEqual(self.call(bulk, {"operation": "initialize_schema"})["count"], 5)
        self.call(bulk, {"operation": "store_log", "tool_id": n("bt"), "log_level": "info", "message": "by tool"})
        tool = {"operation": "store_tool", "tool_id": n("bt"), "tool_name": "T", "tool_type": "llm"}
        self.assertEqual(self.call(bulk, tool)["action"], "inserted")
        query = {"operation": "query_logs", "filters": {"tool_id": n("bt")}}
        self.assertTrue(self.eventually(lambda: self.call(bulk, query)["count"] == 1))
        self.assertTrue(self.eventually(lambda: self.call(bulk, tool)["action"] == "updated"))
        self.assertEqual(self.call(bulk, {"operation": "get_ancestry", "tool_id": n("bt")})["count"], 0)
        row = {"bug_id": n("pb"), "tool_id": n("bt"), "severity": "low", "message": "m", "details": '{"a": 1}'}
        self.call("postgres_client", {"operation": "insert", "table": "tool_bugs", "data": row})
        where = {"bug_id": n("pb")}
        update = {"operation": "update", "table": "tool_bugs", "data": {"resolved": True}, "where": where}
        self.assertTrue(self.eventually(lambda: self.call("postgres_client", update)["rows_affected"]))
        self.assertTrue(self.eventually(lambda: self.queries.bugs({**where, "resolved": True})))
        self.call("postgres_client", {"operation": "delete", "table": "tool_bugs", "where": where})
        self.assertTrue(self.eventually(lambda: not self.queries.bugs(where)))
