"""DiSE's ``bulk_data_store``: stores by emitting, and queries the query service.

    echo '{"operation":"store_log","tool_id":"t","log_level":"info","message":"hello"}' \\
        | python -m dise_ingest.tools.bulk_data_store

Also runs as a plain file, where ``dise_ingest`` is installed or beside it. DISE_GATEWAY_URL and DISE_QUERY_URL say
where the services are.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, Dict, List

try:
    import dise_ingest  # noqa: F401
except ImportError:  # a plain file in its folder
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from dise_ingest.errors import QueryError
from dise_ingest.query import QueryClient
from dise_ingest.tools.contract import Answer, ToolError, emit, main, require, whole_number

Request = Dict[str, Any]

#: The tables that DiSE made, by the names that the query service counts them by.
TABLES = {
    "tool_logs": "log",
    "tool_bugs": "bug_report",
    "tool_ancestry": "ancestry",
    "tool_performance": "perf_data",
    "generated_tools": "generated_tool",
}
_A_LOOK = 3.0


def initialize_schema(request: Request) -> Answer:
    """The schema belongs to the service; this tells whether it is there."""
    found = QueryClient().status()
    store = found.get("postgresql") or {}
    if not store.get("reachable"):
        raise ToolError(f"the store cannot be reached: {store.get('reason') or 'no reason given'}")
    rows = (found.get("counts") or {}).get("postgres") or {}
    data = [{"table": table, "status": "ready" if kind in rows else "missing"} for table, kind in TABLES.items()]
    answer: Answer = {"success": True, "data": data, "count": len(data)}
    missing = [each["table"] for each in data if each["status"] == "missing"]
    if missing:
        answer.update(success=False, error=f"the service has no {', '.join(missing)}")
    return answer


def store_log(request: Request) -> Answer:
    return emit("log", _fields(request, ["tool_id", "log_level", "message"], ["details"]))


def store_bug(request: Request) -> Answer:
    required = ["bug_id", "tool_id", "severity", "message"]
    return emit("bug_report", _fields(request, required, ["stack_trace", "details", "resolved"]))


def store_ancestry(request: Request) -> Answer:
    return emit("ancestry", _fields(request, ["parent_tool_id", "child_tool_id", "relationship_type"], ["details"]))


def store_perf_data(request: Request) -> Answer:
    return emit("perf_data", _fields(request, ["tool_id", "metric_name", "metric_value"], ["unit", "details"]))


def store_tool(request: Request) -> Answer:
    """``action`` is ``inserted`` or ``updated``, or ``accepted`` where the query service cannot tell which."""
    fields = _fields(request, ["tool_id", "tool_name", "tool_type"], ["tool_yaml", "tool_code", "metadata"])
    try:
        known = QueryClient(timeout=_A_LOOK).tools({"tool_id": fields["tool_id"]}, limit=1)
        action = "updated" if known else "inserted"
    except QueryError:
        action = "accepted"
    return {**emit("generated_tool", fields), "action": action}


def query_logs(request: Request) -> Answer:
    return _rows("/v1/logs", request)


def query_bugs(request: Request) -> Answer:
    return _rows("/v1/bugs", request)


def get_ancestry(request: Request) -> Answer:
    found = QueryClient().ancestry(str(require(request, "tool_id")), whole_number(request, "depth", 10))
    data = {name: found[name] for name in ("tool_id", "parents", "children")}
    return {"success": True, "data": data, "count": len(data["parents"]) + len(data["children"])}


def _rows(path: str, request: Request) -> Answer:
    filters = request.get("filters") or {}
    if not isinstance(filters, dict):
        raise ToolError("filters must be an object")
    limit, offset = whole_number(request, "limit", 100), whole_number(request, "offset", 0)
    # DiSE counts rows to pass over; the service goes on behind a row.
    data = QueryClient().rows(path, filters, offset + limit)[offset:]
    return {"success": True, "data": data, "count": len(data)}


def _fields(request: Request, required: List[str], optional: List[str]) -> Dict[str, Any]:
    fields = {name: require(request, name) for name in required}
    fields.update({name: request[name] for name in optional if request.get(name) is not None})
    for name in ("details", "metadata"):
        if name in fields and not isinstance(fields[name], dict):
            fields[name] = {"value": fields[name]}
    if isinstance(fields.get("metric_value"), str):
        fields["metric_value"] = _number(fields["metric_value"])
    return fields


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise ToolError("metric_value must be a number") from None


OPERATIONS = {
    "initialize_schema": initialize_schema,
    "store_log": store_log,
    "store_bug": store_bug,
    "store_ancestry": store_ancestry,
    "store_perf_data": store_perf_data,
    "store_tool": store_tool,
    "query_logs": query_logs,
    "query_bugs": query_bugs,
    "get_ancestry": get_ancestry,
}


def run() -> int:
    return main(OPERATIONS)


if __name__ == "__main__":
    sys.exit(run())
