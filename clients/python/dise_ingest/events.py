"""Events as the gateway takes them: types and their fields, ids, times, and the line that goes over the wire."""

from __future__ import annotations

import json
import os
import time
from datetime import datetime, timezone
from typing import Any, Dict, Mapping, Optional, Tuple, Union

from .errors import InvalidEvent

MAX_DATA_BYTES = 900 * 1024
MAX_NAME = 500
MAX_ID = 200

Moment = Union[datetime, float, int, str]

_ARTIFACT = ("artifact_id", "name", "content")

#: The event types and the fields that each must have; the first one is the subject but for ancestry and debug data.
REQUIRED: Dict[str, Tuple[str, ...]] = {
    "log": ("tool_id", "log_level", "message"),
    "failure": ("tool_id", "scenario", "error_message"),
    "bug_report": ("bug_id", "tool_id", "severity", "message"),
    "debug_data": ("context_type", "context_id"),
    "perf_data": ("tool_id", "metric_name", "metric_value"),
    "conversation": ("conversation_id", "role", "content"),
    "ancestry": ("parent_tool_id", "child_tool_id", "relationship_type"),
    "generated_tool": ("tool_id", "tool_name", "tool_type"),
    "plan": _ARTIFACT,
    "function": _ARTIFACT,
    "sub_workflow": _ARTIFACT,
    "workflow": _ARTIFACT,
    "tool": _ARTIFACT,
    "prompt": _ARTIFACT,
    "pattern": _ARTIFACT,
    "code_fix": _ARTIFACT,
    "performance": ("artifact_id", "tool_id", "name", "metrics"),
    "evaluation": _ARTIFACT,
    "deletion": ("target_type", "target_id"),
}

LOG_LEVELS = ("debug", "info", "warning", "error", "critical")
SEVERITIES = ("low", "medium", "high", "critical")

_LEVEL_SYNONYMS = {
    "trace": "debug", "verbose": "debug", "notice": "info", "information": "info", "warn": "warning", "err": "error",
    "severe": "error", "fatal": "critical", "crit": "critical", "alert": "critical", "emergency": "critical",
    "panic": "critical",
}  # fmt: skip
_SEVERITY_SYNONYMS = {
    "trivial": "low", "minor": "low", "info": "low", "moderate": "medium", "normal": "medium", "warning": "medium",
    "warn": "medium", "major": "high", "error": "high", "err": "high", "blocker": "critical", "fatal": "critical",
    "crit": "critical",
}  # fmt: skip

_WORDS = {"log_level": (LOG_LEVELS, _LEVEL_SYNONYMS), "severity": (SEVERITIES, _SEVERITY_SYNONYMS)}
_NO_TEXT = {"metric_value", "metrics"}
_MAY_BE_EMPTY = {"message", "scenario", "error_message", "content"}


def check(kind: str, data: Dict[str, Any]) -> None:
    """Checks what can be checked without the schema, and puts ``log_level`` and ``severity`` into their usual words.

    The gateway checks the rest. Raises InvalidEvent with the field and its rule.
    """
    required = REQUIRED.get(kind)
    if required is None:
        raise InvalidEvent(f"type must be one of {', '.join(REQUIRED)}")
    for field in required:
        value = data.get(field)
        if value is None:
            raise InvalidEvent(f"{field} is required")
        if field not in _NO_TEXT:
            _check_text(field, value)
    if kind == "perf_data":
        _check_number("metric_value", data["metric_value"])
    for field in ("log_level", "severity"):
        if data.get(field) is not None:
            data[field] = usual_word(field, data[field])


def usual_word(field: str, value: Any) -> str:
    """The value of ``log_level`` or ``severity`` as the stores have it, from any case and the usual synonyms.

    Raises InvalidEvent with the list of what is allowed.
    """
    allowed, synonyms = _WORDS[field]
    word = str(value).strip().lower()
    word = synonyms.get(word, word)
    if word not in allowed:
        raise InvalidEvent(f"{field} must be one of {', '.join(allowed)}")
    return word


def _check_text(field: str, value: Any) -> None:
    if not isinstance(value, str):
        raise InvalidEvent(f"{field} must be a text")
    if not value.strip() and field not in _MAY_BE_EMPTY:
        raise InvalidEvent(f"{field} must not be empty")
    if field.endswith("_id") and len(value) > MAX_NAME:
        raise InvalidEvent(f"{field} must have at most {MAX_NAME} characters")


def _check_number(field: str, value: Any) -> None:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise InvalidEvent(f"{field} must be a finite number")


def new_id(now_ns: Optional[int] = None) -> str:
    """A UUIDv7: sorted by time, to a quarter of a microsecond, and random in the rest. Safe in forked children."""
    millis, rest = divmod(time.time_ns() if now_ns is None else now_ns, 1_000_000)
    fraction = rest * 4096 // 1_000_000
    noise = int.from_bytes(os.urandom(8), "big")
    return (
        f"{millis >> 16 & 0xFFFFFFFF:08x}-{millis & 0xFFFF:04x}-7{fraction:03x}"
        f"-{0x8000 | noise >> 48 & 0x3FFF:04x}-{noise & 0xFFFFFFFFFFFF:012x}"
    )


def time_text(moment: Optional[Moment] = None) -> str:
    """RFC 3339 in UTC with microseconds; now if no moment is given.

    A number is seconds since 1970, a text is passed on as it is, and a ``datetime`` without a zone is local time.
    """
    if isinstance(moment, str):
        return moment
    if isinstance(moment, datetime):
        return moment.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    nanos = time.time_ns() if moment is None else int(moment * 1_000_000) * 1000
    seconds, rest = divmod(nanos, 1_000_000_000)
    return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(seconds)) + f".{rest // 1000:06d}Z"


def json_bytes(value: Any) -> bytes:
    """Compact JSON in UTF-8; half of a surrogate pair, which UTF-8 has no bytes for, goes as its escape."""
    text = _ENCODE(value)
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError:
        return _ENCODE_ASCII(value).encode("ascii")


def line(attributes: Mapping[str, str], data: Mapping[str, Any]) -> bytes:
    """One event in the gateway's native form, without a line break. Raises InvalidEvent if the data is too large."""
    body = json_bytes(data)
    if len(body) > MAX_DATA_BYTES:
        raise TooLarge(f"an event has at most {MAX_DATA_BYTES} bytes but this one has {len(body)}")
    return b'%b,"data":%b}' % (json_bytes(attributes)[:-1], body)


class TooLarge(InvalidEvent):
    """The data has more bytes than an event may have."""


_ENCODE = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode
_ENCODE_ASCII = json.JSONEncoder(ensure_ascii=True, allow_nan=False, separators=(",", ":")).encode
