"""What both command tools have in common."""

from __future__ import annotations

import json
import sys
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Callable, Dict, Mapping, Optional

from .. import events
from ..emitter import Emitter
from ..errors import InvalidEvent, QueryError

Answer = Dict[str, Any]
Operation = Callable[[Dict[str, Any]], Answer]


class ToolError(Exception):
    """The request cannot be done; the message says what to do about it."""


def main(operations: Mapping[str, Operation]) -> int:
    """Reads a request from stdin, writes the answer to stdout; returns the exit code."""
    answer = _answer(operations)
    json.dump(answer, sys.stdout, default=as_json)
    sys.stdout.write("\n")
    return 0 if answer.get("success") else 1


def _answer(operations: Mapping[str, Operation]) -> Answer:
    try:
        request = _request()
        name = require(request, "operation")
        if name not in operations:
            raise ToolError(f"Unknown operation: {name}; there are {', '.join(operations)}")
        return operations[name](request)
    except (ToolError, InvalidEvent, QueryError, ValueError, TypeError) as e:
        return {"success": False, "error": str(e)}


def _request() -> Dict[str, Any]:
    try:
        request = json.loads(sys.stdin.buffer.read().decode("utf-8-sig"))
    except ValueError as e:
        raise ToolError(f"stdin is not JSON: {e}") from None
    if not isinstance(request, dict):
        raise ToolError("stdin must be one JSON object")
    return request


def require(request: Mapping[str, Any], field: str) -> Any:
    """The value of a field. Raises ToolError if it is missing."""
    if request.get(field) is None:
        raise ToolError(f"Missing required field: {field}")
    return request[field]


def whole_number(request: Mapping[str, Any], field: str, default: int) -> int:
    value = request.get(field, default)
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise ToolError(f"{field} must be a whole number from 0 on")
    return value


def emit(kind: str, data: Mapping[str, Any], time: Optional[Any] = None) -> Answer:
    """Emits one event and waits until it is safe: acknowledged, or in the spool. Raises ToolError if it was dropped."""
    events.check(kind, dict(data))
    name = events.new_id()
    emitter = Emitter()
    emitter.emit(kind, data, event_id=name, time=time)
    report = emitter.close()
    for loss in report.losses:
        # Others are of events that an earlier process has left in the spool.
        if loss.event_id == name:
            raise ToolError(f"the event was dropped, {loss.reason}: {loss.message}")
    if report.spooled:
        print("the gateway does not answer: the event is in the spool and goes with a later one", file=sys.stderr)
    return {"success": True, "count": 1}


def as_json(value: Any) -> Any:
    """What the store has and JSON has not."""
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    return str(value)
