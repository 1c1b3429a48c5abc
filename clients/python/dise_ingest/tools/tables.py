"""DiSE's tables as what they are in the event line: which event a row is, and what identifies it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Dict, Mapping, Optional, Tuple

from .contract import ToolError


@dataclass(frozen=True)
class Table:
    """``kind``: the type of event that makes a row. ``identity``: the column that newer versions share; empty if rows
    have none and are never changed. ``path``: where the query service lists them."""

    kind: str
    columns: Tuple[str, ...]
    identity: str = ""
    path: str = ""


TABLES: Dict[str, Table] = {
    "tool_logs": Table("log", ("tool_id", "log_level", "message", "details")),
    "tool_failures": Table(
        "failure",
        ("tool_id", "scenario", "error_message", "severity", "failure_type", "stack_trace", "details"),
    ),
    "tool_bugs": Table(
        "bug_report",
        ("bug_id", "tool_id", "severity", "message", "stack_trace", "details", "resolved", "resolved_at"),
        "bug_id",
        "/v1/bugs",
    ),
    "tool_ancestry": Table("ancestry", ("parent_tool_id", "child_tool_id", "relationship_type", "details")),
    "tool_performance": Table("perf_data", ("tool_id", "metric_name", "metric_value", "unit", "details")),
    "generated_tools": Table(
        "generated_tool",
        ("tool_id", "tool_name", "tool_type", "tool_yaml", "tool_code", "metadata"),
        "tool_id",
        "/v1/tools",
    ),
    "tool_debug_data": Table(
        "debug_data",
        (
            "context_type", "context_id", "context_name", "parent_context", "status", "error", "request", "response",
            "duration_ms", "memory_mb", "cpu_percent", "code_hash", "metadata",
        ),
    ),
    "conversations": Table("conversation", ("conversation_id", "role", "content", "message_id", "tool_id", "details")),
    "tool_evaluations": Table(
        "evaluation",
        (
            "artifact_id", "name", "content", "tool_id", "verdict", "overall_score", "scores", "results", "tags",
            "metadata",
        ),
        "artifact_id",
        "/v1/evaluations",
    ),
}  # fmt: skip

_OBJECTS = ("details", "metadata", "scores", "request", "response", "results", "tags")
_MADE_BY_THE_STORE = ("created_at", "updated_at")


def table(name: Any) -> Table:
    """Raises ToolError with the tables that there are."""
    found = TABLES.get(str(name).split(".")[-1])
    if found is None:
        raise ToolError(f"no event makes rows of {name}; tables that can be written are {', '.join(TABLES)}")
    return found


def event_data(place: Table, row: Mapping[str, Any]) -> Dict[str, Any]:
    """The row as the data of an event; texts in columns of JSON are read as JSON. Raises ToolError for other
    columns."""
    unknown = [name for name in row if name not in place.columns and name not in _MADE_BY_THE_STORE]
    if unknown:
        raise ToolError(f"no such column: {', '.join(unknown)}; there are {', '.join(place.columns)}")
    return {name: _parsed(name, value) for name, value in row.items() if name in place.columns}


def event_time(row: Mapping[str, Any]) -> Optional[Any]:
    """When it happened: what DiSE calls ``created_at``, if it says its zone."""
    moment = row.get("created_at")
    return moment if isinstance(moment, str) and "T" in moment and moment.endswith("Z") else None


def _parsed(name: str, value: Any) -> Any:
    if name not in _OBJECTS or not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return {"value": value}
