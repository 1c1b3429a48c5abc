from __future__ import annotations

import json
import re
import unittest
from datetime import datetime, timedelta, timezone
from pathlib import Path

from dise_ingest import events
from dise_ingest.errors import InvalidEvent

SCHEMAS = Path(__file__).resolve().parents[3] / "schemas/src/main/resources/dev/dise/schemas"


class EventsTest(unittest.TestCase):
    @unittest.skipUnless(SCHEMAS.is_dir(), "the JSON Schemas are not here")
    def test_requires_what_the_schemas_require(self) -> None:
        schemas = {path.name.split(".")[0]: json.loads(path.read_text()) for path in SCHEMAS.glob("*.v1.json")}
        self.assertEqual({k: sorted(v["required"]) for k, v in schemas.items()},
                         {k: sorted(v) for k, v in events.REQUIRED.items()})  # fmt: skip

    @unittest.skipUnless(SCHEMAS.is_dir(), "the JSON Schemas are not here")
    def test_knows_which_texts_may_be_empty(self) -> None:
        for path in SCHEMAS.glob("*.v1.json"):
            schema = json.loads(path.read_text())
            for name in schema["required"]:
                rule = schema["properties"][name]
                if rule["type"] == "string" and "enum" not in rule:
                    self.assertEqual(rule.get("minLength", 0) == 0, name in events._MAY_BE_EMPTY, (path.name, name))

    def test_ids_are_uuid7_and_sort_by_time(self) -> None:
        ids = [events.new_id() for _ in range(2000)]
        self.assertEqual(len(set(ids)), 2000)
        for each in ids:
            self.assertRegex(each, r"^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$")
        self.assertLess(events.new_id(1_700_000_000_000_000_000), events.new_id(1_700_000_000_000_001_000))

    def test_times_are_utc_with_microseconds(self) -> None:
        self.assertRegex(events.time_text(), r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$")
        self.assertEqual(events.time_text(1.5), "1970-01-01T00:00:01.500000Z")
        moment = datetime(2026, 1, 2, 3, 4, 5, 6, timezone(timedelta(hours=2)))
        self.assertEqual(events.time_text(moment), "2026-01-02T01:04:05.000006Z")
        self.assertEqual(events.time_text("2026-01-02T01:04:05Z"), "2026-01-02T01:04:05Z")

    def test_says_which_field_breaks_which_rule(self) -> None:
        for kind, data, rule in [
            ("nope", {}, "type must be one of"),
            ("log", {"tool_id": "t", "message": "m"}, "log_level is required"),
            ("log", {"tool_id": " ", "log_level": "info", "message": ""}, "tool_id must not be empty"),
            ("log", {"tool_id": "t" * 501, "log_level": "info", "message": ""}, "at most 500"),
            ("log", {"tool_id": "t", "log_level": "loud", "message": ""}, "one of debug, info"),
            ("log", {"tool_id": 7, "log_level": "info", "message": ""}, "must be a text"),
            ("perf_data", {"tool_id": "t", "metric_name": "m", "metric_value": "NaN"}, "finite number"),
        ]:
            with self.assertRaisesRegex(InvalidEvent, re.escape(rule)):
                events.check(kind, dict(data))

    def test_words_are_put_into_their_usual_form(self) -> None:
        data = {"bug_id": "b", "tool_id": "t", "severity": " Blocker ", "message": "m"}
        events.check("bug_report", data)
        self.assertEqual(data["severity"], "critical")

    def test_a_line_is_one_json_object_whatever_is_in_it(self) -> None:
        for text in ["a\nb\r\u2028", "\ud800", "\x00", "ü€😀", '"\\']:
            line = events.line({"type": "log", "id": text}, {"message": text})
            self.assertNotIn(b"\n", line)
            self.assertEqual(json.loads(line), {"type": "log", "id": text, "data": {"message": text}})

    def test_what_is_too_large_is_no_event(self) -> None:
        with self.assertRaises(events.TooLarge):
            events.line({"type": "log"}, {"message": "x" * events.MAX_DATA_BYTES})


if __name__ == "__main__":
    unittest.main()
