from __future__ import annotations

import dataclasses
import enum
import unittest
from datetime import datetime, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any, Dict

from dise_ingest.errors import InvalidEvent, Withheld
from dise_ingest.plain import Plain
from dise_ingest.redaction import Redaction, SecretNames


class Colour(enum.Enum):
    RED = "red"


@dataclasses.dataclass
class Point:
    x: int
    password: str


class Broken:
    def __str__(self) -> str:
        raise RuntimeError


class SecretNamesTest(unittest.TestCase):
    def test_goes_by_whole_words(self) -> None:
        is_secret = SecretNames(["internal code"])
        for key in ["password", "DB_PASSWORD", "dbPassword", "api-key", "apiKey", "X-API-Key", "apikey", "accessToken",
                    "token", "auth_token", "Authorization", "set-cookie", "private_key", "AWSAccessKeyId",
                    "client.secret", "credentials", "aws_credential", "passwd", "PWD", "internalCode"]:  # fmt: skip
            self.assertTrue(is_secret(key), key)
        for key in ["max_tokens", "total_tokens", "maxTokens", "token_count", "tokenUsage", "tokenizer", "secretary",
                    "key", "api", "keyboard", "private", "access", "compass", "passwordless_x", "author", "",
                    "message"]:  # fmt: skip
            self.assertFalse(is_secret(key), key)


class RedactionTest(unittest.TestCase):
    def test_masks_at_any_depth(self) -> None:
        data = {"details": [{"headers": {"Authorization": "Bearer x", "n": 1}}], "token": None, "secret": {"a": "b"}}
        self.assertEqual(
            Redaction().apply("log", data),
            {"details": [{"headers": {"Authorization": "****", "n": 1}}], "token": None, "secret": "****"},
        )

    def test_leaves_the_callers_data_alone(self) -> None:
        data = {"details": {"password": "x", "list": [1]}}
        result = Redaction().apply("log", data)
        result["details"]["list"].append(2)
        self.assertEqual(data, {"details": {"password": "x", "list": [1]}})

    def test_metrics_may_be_called_token(self) -> None:
        data = {"metrics": {"token": 5}, "metadata": {"token": "x"}}
        self.assertEqual(
            Redaction().apply("performance", data), {"metrics": {"token": 5}, "metadata": {"token": "****"}}
        )

    def test_the_hook_sees_masked_data_and_may_change_it(self) -> None:
        def hook(kind: str, data: Dict[str, Any]) -> Dict[str, Any]:
            self.assertEqual(data["password"], "****")
            return {**data, "message": kind}

        self.assertEqual(Redaction(hook=hook).apply("log", {"password": "x"}), {"password": "****", "message": "log"})

    def test_what_the_hook_cannot_look_at_is_not_sent(self) -> None:
        for hook in (lambda kind, data: None, lambda kind, data: 1 / 0):
            with self.assertRaises(Withheld):
                Redaction(hook=hook).apply("log", {"a": 1})  # type: ignore[arg-type]


class PlainTest(unittest.TestCase):
    def copy(self, value: Any) -> Any:
        return Plain(SecretNames()).copy({"v": value})["v"]

    def test_makes_json_of_odd_things(self) -> None:
        for value, expected in [
            (float("nan"), "nan"),
            (float("-inf"), "-inf"),
            (10**200, hex(10**200)),
            (Decimal("3"), 3),
            (Decimal("1.5"), 1.5),
            (Colour.RED, "red"),
            (Path("/a"), str(Path("/a"))),
            (b"\xffa", "\ufffda"),
            ((1, 2), [1, 2]),
            (frozenset(["a"]), ["a"]),
            (Point(1, "x"), {"x": 1, "password": "****"}),
            ({1: {None: 2}}, {"1": {"None": 2}}),
            (ValueError("no"), "ValueError: no"),
            (datetime(2026, 1, 1, tzinfo=timezone.utc), "2026-01-01T00:00:00+00:00"),
            (Broken(), "<Broken>"),
        ]:
            self.assertEqual(self.copy(value), expected)

    def test_comes_to_an_end_with_data_that_contains_itself(self) -> None:
        loop: Dict[str, Any] = {}
        loop["again"] = [loop, {"twice": loop}]
        self.assertEqual(self.copy(loop), {"again": ["…", {"twice": "…"}]})
        shared: Any = []
        for _ in range(40):
            shared = [shared, shared]
        with self.assertRaises(InvalidEvent):
            self.copy(shared)

    def test_only_a_mapping_is_data(self) -> None:
        with self.assertRaises(InvalidEvent):
            Plain(SecretNames()).copy([1])  # type: ignore[arg-type]
