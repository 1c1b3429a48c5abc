"""DiSE's ``postgres_client``, over the event line: what writes rows emits events, what reads them asks the query
service.

    echo '{"operation":"insert","table":"tool_logs","data":{"tool_id":"t","log_level":"info","message":"hello"}}' \
        | python -m dise_ingest.tools.postgres_client

SQL is read by nobody here. ``query`` hands it to the query service, which answers it only where that is switched on.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, Dict, Mapping

try:
    import dise_ingest  # noqa: F401
except ImportError:  # a plain file in its folder
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from dise_ingest.errors import QueryError
from dise_ingest.events import time_text
from dise_ingest.query import QueryClient
from dise_ingest.tools.contract import Answer, ToolError, emit, main, require
from dise_ingest.tools.tables import Table, event_data, event_time, table

Request = Dict[str, Any]

_NO_SQL = (401, 403, 404, 405, 501)
_INSTEAD = (
    "use bulk_data_store with query_logs, query_bugs or get_ancestry, or the lists of the query service: /v1/logs, "
    "/v1/failures, /v1/bugs, /v1/tools, /v1/performance, /v1/debug, /v1/conversations, /v1/evaluations"
)


def query(request: Request) -> Answer:
    client = QueryClient()
    try:
        found = client.sql(require(request, "sql"), _object(request, "params", {}))
    except QueryError as e:
        if e.status in _NO_SQL:
            raise ToolError(f"the query service at {client.url} does not offer SQL: {_INSTEAD}") from None
        raise
    rows = found.get("items")
    if not isinstance(rows, list):
        raise ToolError(f"the query service at {client.url} has answered without rows")
    return {"success": True, "data": rows[:1] if request.get("fetch_one") else rows, "rows_affected": len(rows)}


def execute(request: Request) -> Answer:
    require(request, "sql")
    raise ToolError(
        "statements are not executed: the schema belongs to the service; write rows with insert, change bugs and tools "
        "with update, remove them with delete"
    )


def insert(request: Request) -> Answer:
    """A row becomes an event of its table's type; of a row with an identity that is there it is a newer version."""
    row = _object(request, "data")
    place = table(require(request, "table"))
    return _affected(emit(place.kind, event_data(place, row), event_time(row)))


def update(request: Request) -> Answer:
    """The row as it is, changed, becomes a newer version of it."""
    place, identity = _one_entity(request, "update", "emit the event anew: insert")
    changes = event_data(place, _object(request, "data"))
    rows = QueryClient().rows(place.path, {place.identity: identity}, limit=1)
    if not rows:
        return {"success": True, "rows_affected": 0}
    if changes.get("resolved") and not changes.get("resolved_at"):
        changes["resolved_at"] = time_text()
    known = {name: rows[0].get(name) for name in place.columns if rows[0].get(name) is not None}
    return _affected(emit(place.kind, {**known, **changes}))


def delete(request: Request) -> Answer:
    """Becomes a deletion, after which an older version does not come back."""
    place, identity = _one_entity(request, "delete", "their retention removes them")
    return _affected(emit("deletion", {"target_type": place.kind, "target_id": identity}))


def _one_entity(request: Request, verb: str, instead: str) -> "tuple[Table, str]":
    name = require(request, "table")
    place = table(name)
    where = _object(request, "where")
    if not place.identity:
        raise ToolError(f"rows of {name} have no identity to {verb} them by: {instead}")
    if list(where) != [place.identity] or not isinstance(where[place.identity], str):
        raise ToolError(f'where must be {{"{place.identity}": …}} and nothing else: name the row to {verb}')
    return place, where[place.identity]


def _object(request: Mapping[str, Any], field: str, default: Any = None) -> Dict[str, Any]:
    value = request.get(field, default) if default is not None else require(request, field)
    if not isinstance(value, dict):
        raise ToolError(f"{field} must be an object")
    return value


def _affected(answer: Answer) -> Answer:
    return {"success": answer["success"], "rows_affected": answer["count"]}


OPERATIONS = {"query": query, "execute": execute, "insert": insert, "update": update, "delete": delete}


def run() -> int:
    return main(OPERATIONS)


if __name__ == "__main__":
    sys.exit(run())
