"""The drop-in and the command tools, against a scripted gateway and a scripted query service."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, Dict, List, Tuple
from unittest import mock
from urllib.parse import parse_qsl, urlsplit

import dise_ingest.emitter
from dise_ingest import DatabaseStorage

from .gateway import EmitterTest, Request, dead_url

ROOT = Path(__file__).resolve().parents[1]
ROW = {"id": 1, "bug_id": "b", "tool_id": "t", "severity": "high", "message": "m", "details": None, "resolved": False}
EDGE = {"parent_tool_id": "a", "child_tool_id": "t", "relationship_type": "derived_from", "details": None, "level": 1}


def query_service(request: Request) -> None:
    path = urlsplit(request.path)
    given = dict(parse_qsl(path.query))
    if path.path == "/v1/status":
        counts = dict.fromkeys(["log", "bug_report", "ancestry", "perf_data", "generated_tool"], 0)
        request.answer(200, {"postgresql": {"reachable": True, "reason": ""}, "counts": {"postgres": counts}})
    elif path.path.startswith("/v1/ancestry/"):
        request.answer(
            200, {"tool_id": path.path[13:], "parents": [EDGE], "children": [], "count": 1, "truncated": False}
        )
    elif request.command == "POST":
        request.answer(405, {"detail": "use GET"})
    elif "nope" in given:
        request.answer(400, {"detail": "'nope' is not a filter here"})
    else:
        told = int(given.get("after", "0"))
        page = [{**ROW, "id": told + i} for i in range(min(int(given["limit"]), 1500 - told))]
        more = {"next": str(told + len(page))} if told + len(page) < 1500 else {}
        request.answer(200, {"items": page, **more} if path.path == "/v1/logs" else {"items": [ROW]})


class Config:
    """As DiSE's ConfigManager."""

    def __init__(self, **values: Any) -> None:
        self._values = values

    def get(self, key: str, default: Any = None) -> Any:
        return self._values.get(key.replace(".", "_"), default)


class DiseTest(EmitterTest):
    def setUp(self) -> None:
        super().setUp()
        self.fake = self.gateway()
        self.queries = self.gateway(query_service)
        self.environment = {
            "DISE_GATEWAY_URL": self.fake.url,
            "DISE_QUERY_URL": self.queries.url,
            "DISE_SPOOL_DIR": str(self.folder / "spool"),
        }


class DatabaseStorageTest(DiseTest):
    def setUp(self) -> None:
        super().setUp()
        patch = mock.patch.dict(os.environ, self.environment)
        patch.start()
        self.addCleanup(patch.stop)
        self.emits = self.emitter(self.fake.url, spool_dir=self.folder / "spool")
        default = mock.patch.object(dise_ingest.emitter, "_default", self.emits)
        default.start()
        self.addCleanup(default.stop)
        self.storage = DatabaseStorage(Config(database_enabled=True), self.folder / "tools")

    def stored(self) -> List[Tuple[str, Dict[str, Any]]]:
        self.emits.flush()
        return [(event["type"], event["data"]) for event in self.fake.taken]

    def test_has_the_constructor_and_attributes_of_dise(self) -> None:
        plain = DatabaseStorage()
        self.assertEqual((plain.enabled, plain.store_generated_tools, plain.tools_path), (False, True, Path("./tools")))
        config = Config(database_enabled="true", database_storage_strategy_store_generated_tools=False)
        other = DatabaseStorage(config_manager=config, tools_path=Path("/x"))
        self.assertEqual((other.enabled, other.store_generated_tools, other.tools_path), (True, False, Path("/x")))
        self.assertIs(other.store_generated_tool("t", "n", "llm"), False)

    def test_does_nothing_while_disabled(self) -> None:
        plain = DatabaseStorage()
        self.assertIs(plain.store_log("t", "info", "m"), False)
        self.assertEqual((plain.query_logs(), plain.query_bugs(), plain.get_tool_ancestry("t")), ([], [], None))
        self.assertEqual(self.stored(), [])

    def test_storing_emits(self) -> None:
        s = self.storage
        self.assertIs(s.store_log("t", "ERROR", "m", {"q": 1}), True)
        self.assertIs(s.store_bug("b", "t", "High", "m", stack_trace="s", details={}), True)
        self.assertIs(s.store_ancestry("a", "b", "derived_from"), True)
        self.assertIs(s.store_performance_data("t", "latency", 1.5, unit="ms"), True)
        self.assertIs(s.store_generated_tool("t", "n", "llm", metadata={"k": 1}), True)
        self.assertEqual(
            self.stored(),
            [
                ("log", {"tool_id": "t", "log_level": "error", "message": "m", "details": {"q": 1}}),
                ("bug_report", {"bug_id": "b", "tool_id": "t", "severity": "high", "message": "m", "stack_trace": "s",
                                "details": {}}),
                ("ancestry", {"parent_tool_id": "a", "child_tool_id": "b", "relationship_type": "derived_from"}),
                ("perf_data", {"tool_id": "t", "metric_name": "latency", "metric_value": 1.5, "unit": "ms"}),
                ("generated_tool", {"tool_id": "t", "tool_name": "n", "tool_type": "llm", "metadata": {"k": 1}}),
            ],
        )  # fmt: skip

    def test_what_is_invalid_is_false_and_told(self) -> None:
        with self.assertLogs("dise_ingest", "WARNING") as logs:
            self.assertIs(self.storage.store_log("t", "loud", "m"), False)
            self.assertIs(self.storage.store_log("", "info", "m"), False)
            self.assertIs(self.storage.store_performance_data("t", "m", float("nan")), False)
        self.assertIn("log_level must be one of", logs.output[0])

    def test_a_tool_takes_its_yaml_and_code_from_the_folder_and_from_nowhere_else(self) -> None:
        folder = self.folder / "tools" / "llm"
        folder.mkdir(parents=True)
        (folder / "t.yaml").write_bytes(b"\xef\xbb\xbfname: t")
        (self.folder / "out.py").write_text("secret")
        self.storage.store_generated_tool("t", "n", "llm")
        self.storage.store_generated_tool("../../out", "n", "llm")
        (_, first), (_, second) = self.stored()
        self.assertEqual((first["tool_yaml"], "tool_code" in first), ("name: t", False))
        self.assertNotIn("tool_code", second)

    def test_queries_ask_the_query_service(self) -> None:
        self.assertEqual(self.storage.query_bugs({"tool_id": "t", "resolved": False}), [ROW])
        self.assertEqual(self.queries.requests[-1].path, "/v1/bugs?tool_id=t&resolved=false&limit=100")
        self.assertEqual([row["id"] for row in self.storage.query_logs(limit=5000)], list(range(1500)))
        self.assertEqual([row["id"] for row in self.storage.query_logs(limit=3, offset=1100)], [1100, 1101, 1102])
        self.assertEqual(self.storage.query_logs(offset=1500), [])
        self.storage.query_bugs({"details": {"http.status": {"code": 7}}})
        self.assertIn("details.http%5C.status.code=7", self.queries.requests[-1].path)
        found = self.storage.get_tool_ancestry("t", depth=0)
        self.assertEqual(found, {"tool_id": "t", "parents": [EDGE], "children": []})
        self.assertTrue(self.queries.requests[-1].path.endswith("?depth=1"))

    def test_a_query_without_an_answer_is_empty_as_in_dise(self) -> None:
        with self.assertLogs("dise_ingest", "WARNING"):
            self.assertEqual(self.storage.query_logs({"nope": 1}), [])
            with mock.patch.dict(os.environ, {"DISE_QUERY_URL": dead_url()}):
                self.assertEqual(self.storage.query_bugs(), [])
                self.assertIsNone(self.storage.get_tool_ancestry("t"))

    def test_needs_no_server(self) -> None:
        with mock.patch.dict(os.environ, {"DISE_GATEWAY_URL": dead_url()}):
            DatabaseStorage(Config(database_enabled=True))


class ToolsTest(DiseTest):
    def call(self, tool: str, request: Any, code: int = 0, **environment: str) -> Dict[str, Any]:
        path = ROOT / "dise_ingest" / "tools" / f"{tool}.py"
        found = subprocess.run(
            [sys.executable, str(path)], input=request if isinstance(request, str) else json.dumps(request),
            env={**os.environ, **self.environment, **environment}, capture_output=True, text=True, timeout=30,
            cwd=str(self.folder),
        )  # fmt: skip
        self.assertEqual(found.returncode, code, (found.stdout, found.stderr))
        answer: Dict[str, Any] = json.loads(found.stdout)
        self.assertEqual(answer["success"], code == 0)
        return answer

    def bulk(self, operation: str, code: int = 0, **fields: Any) -> Dict[str, Any]:
        return self.call("bulk_data_store", {"operation": operation, **fields}, code)

    def pg(self, operation: str, code: int = 0, **fields: Any) -> Dict[str, Any]:
        return self.call("postgres_client", {"operation": operation, **fields}, code)

    def taken(self) -> Tuple[str, Dict[str, Any]]:
        event = self.fake.taken.pop()
        return event["type"], event["data"]

    def test_bulk_data_store_stores(self) -> None:
        self.assertEqual(self.bulk("store_log", tool_id="t", log_level="Warn", message="m", details=[1]),
                         {"success": True, "count": 1})  # fmt: skip
        details = {"value": [1]}
        self.assertEqual(
            self.taken(), ("log", {"tool_id": "t", "log_level": "warning", "message": "m", "details": details})
        )
        self.assertEqual(self.bulk("store_tool", tool_id="t", tool_name="n", tool_type="llm"),
                         {"success": True, "count": 1, "action": "updated"})  # fmt: skip

    def test_bulk_data_store_says_what_is_wrong(self) -> None:
        self.assertIn("log_level", self.bulk("store_log", 1, tool_id="t", message="m")["error"])
        self.assertIn("must be one of", self.bulk("store_log", 1, tool_id="t", message="m", log_level="loud")["error"])
        self.assertTrue(self.bulk("explode", 1)["error"].startswith("Unknown operation: explode"))
        self.assertIn("not JSON", self.call("bulk_data_store", "{", 1)["error"])

    def test_bulk_data_store_queries(self) -> None:
        self.assertEqual(self.bulk("query_logs", filters={"tool_id": "t"}, limit=2)["data"], [{**ROW, "id": 0}, ROW])
        self.assertEqual(self.bulk("get_ancestry", tool_id="t")["data"]["parents"], [EDGE])
        schema = self.bulk("initialize_schema")
        self.assertEqual((schema["count"], schema["data"][0]), (5, {"table": "tool_logs", "status": "ready"}))

    def test_a_schema_that_cannot_be_reached_is_no_success(self) -> None:
        answer = self.call("bulk_data_store", {"operation": "initialize_schema"}, 1, DISE_QUERY_URL=dead_url())
        self.assertIn("no query service answers", answer["error"])

    def test_with_a_dead_gateway_an_event_is_kept_for_the_next_one(self) -> None:
        request = {"operation": "store_log", "tool_id": "t", "log_level": "info", "message": "kept"}
        self.call("bulk_data_store", request, DISE_GATEWAY_URL=dead_url())
        self.bulk("store_log", tool_id="t", log_level="info", message="later")
        self.assertEqual([event["data"]["message"] for event in self.fake.taken], ["kept", "later"])

    def test_rows_become_events(self) -> None:
        row = {"tool_id": "t", "log_level": "info", "message": "m", "details": "{\"a\": 1}",
               "created_at": "2026-01-02T03:04:05Z"}  # fmt: skip
        self.assertEqual(self.pg("insert", table="tool_logs", data=row), {"success": True, "rows_affected": 1})
        self.assertEqual(self.fake.taken[-1]["time"], "2026-01-02T03:04:05Z")
        self.assertEqual(self.taken()[1]["details"], {"a": 1})
        self.pg("update", table="tool_bugs", data={"resolved": True}, where={"bug_id": "b"})
        kind, data = self.taken()
        self.assertEqual((kind, data["resolved"], data["message"], data["severity"]), ("bug_report", True, "m", "high"))
        self.pg("delete", table="generated_tools", where={"tool_id": "t"})
        self.assertEqual(self.taken(), ("deletion", {"target_type": "generated_tool", "target_id": "t"}))

    def test_what_has_no_event_says_what_to_do_instead(self) -> None:
        self.assertIn("does not offer SQL: use bulk_data_store", self.pg("query", 1, sql="SELECT 1")["error"])
        self.assertIn("the schema belongs to the service", self.pg("execute", 1, sql="DROP TABLE x")["error"])
        self.assertIn("retention", self.pg("delete", 1, table="tool_logs", where={"id": 1})["error"])
        self.assertIn("bug_id", self.pg("update", 1, table="tool_bugs", data={}, where={"tool_id": "t"})["error"])
        self.assertIn("no such column: x", self.pg("insert", 1, table="tool_logs", data={"x": 1})["error"])
        self.assertIn("tool_logs", self.pg("insert", 1, table="users", data={})["error"])
        self.assertTrue(self.pg("transaction", 1)["error"].startswith("Unknown operation"))

    def test_works_as_a_file_that_was_copied_elsewhere(self) -> None:
        copy = self.folder / "bulk_data_store.py"
        shutil.copy(ROOT / "dise_ingest" / "tools" / "bulk_data_store.py", copy)
        found = subprocess.run(
            [sys.executable, str(copy)], input="{}", capture_output=True, text=True, timeout=30,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )  # fmt: skip
        self.assertEqual(json.loads(found.stdout), {"success": False, "error": "Missing required field: operation"})
