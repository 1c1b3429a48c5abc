"""The drop-in for DiSE's ``DatabaseStorage``."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any, Dict, List, Optional

from .emitter import Emitter, default_emitter
from .errors import InvalidEvent, QueryError
from .events import check
from .query import QueryClient

log = logging.getLogger("dise_ingest.database_storage")

Details = Optional[Dict[str, Any]]
_BEFORE_A_QUERY = 1.0


class DatabaseStorage:
    """DiSE's storage with the same constructor, methods and return values, over the event line.

    Storing emits: it returns within microseconds, True if the event was taken over, False if storage is disabled or the
    event is invalid; the log says why. Querying asks the query service and returns what is stored by then, which for an
    event of a moment ago may be a second later. Needs no server to be made, and no call raises for want of one.
    """

    def __init__(self, config_manager: Optional[Any] = None, tools_path: Optional[Path] = None) -> None:
        """``config_manager`` has ``get(key, default)``; without one the storage is disabled, as in DiSE."""
        self.config_manager = config_manager
        self.tools_path = Path(tools_path or Path("./tools"))
        self.enabled = False
        self.store_generated_tools = True
        if config_manager is not None:
            self.enabled = _flag(config_manager.get("database.enabled", False))
            stores = config_manager.get("database.storage_strategy.store_generated_tools", True)
            self.store_generated_tools = _flag(stores)

    @property
    def emitter(self) -> Emitter:
        """That of the process."""
        return default_emitter()

    def store_generated_tool(
        self,
        tool_id: str,
        tool_name: str,
        tool_type: str,
        tool_yaml: Optional[str] = None,
        tool_code: Optional[str] = None,
        metadata: Details = None,
    ) -> bool:
        """Reads YAML and code that are not given from ``tools_path/{tool_type}/{tool_id}.yaml`` and ``.py``, if they
        are there. What is in neither place stays what it was in the store."""
        if not self.store_generated_tools:
            return False
        fields = {
            "tool_id": tool_id,
            "tool_name": tool_name,
            "tool_type": tool_type,
            "tool_yaml": tool_yaml if tool_yaml is not None else self._file(tool_type, tool_id, ".yaml"),
            "tool_code": tool_code if tool_code is not None else self._file(tool_type, tool_id, ".py"),
            "metadata": _object(metadata),
        }
        return self._store("generated_tool", fields)

    def store_log(self, tool_id: str, log_level: str, message: str, details: Details = None) -> bool:
        fields = {"tool_id": tool_id, "log_level": log_level, "message": message, "details": _object(details)}
        return self._store("log", fields)

    def store_bug(
        self,
        bug_id: str,
        tool_id: str,
        severity: str,
        message: str,
        stack_trace: Optional[str] = None,
        details: Details = None,
        resolved: Optional[bool] = None,
    ) -> bool:
        """The same ``bug_id`` again is a newer version of the bug; what it leaves out stays as it was."""
        fields = {
            "bug_id": bug_id,
            "tool_id": tool_id,
            "severity": severity,
            "message": message,
            "stack_trace": stack_trace,
            "details": _object(details),
            "resolved": resolved,
        }
        return self._store("bug_report", fields)

    def store_ancestry(
        self, parent_tool_id: str, child_tool_id: str, relationship_type: str, details: Details = None
    ) -> bool:
        fields = {
            "parent_tool_id": parent_tool_id,
            "child_tool_id": child_tool_id,
            "relationship_type": relationship_type,
            "details": _object(details),
        }
        return self._store("ancestry", fields)

    def store_performance_data(
        self, tool_id: str, metric_name: str, metric_value: float, unit: str = "", details: Details = None
    ) -> bool:
        fields = {
            "tool_id": tool_id,
            "metric_name": metric_name,
            "metric_value": _number(metric_value),
            "unit": unit,
            "details": _object(details),
        }
        return self._store("perf_data", fields)

    def query_logs(self, filters: Details = None, limit: int = 100, offset: int = 0) -> List[Dict[str, Any]]:
        return self._rows("/v1/logs", filters, limit, offset)

    def query_bugs(self, filters: Details = None, limit: int = 100, offset: int = 0) -> List[Dict[str, Any]]:
        return self._rows("/v1/bugs", filters, limit, offset)

    def query_performance(self, filters: Details = None, limit: int = 100, offset: int = 0) -> List[Dict[str, Any]]:
        """In DiSE's documents, though not in its code."""
        return self._rows("/v1/performance", filters, limit, offset)

    def get_tool_ancestry(self, tool_id: str, depth: int = 10) -> Optional[Dict[str, Any]]:
        """Each edge once, at its shortest distance; None if there is no answer."""
        if not self.enabled:
            return None
        try:
            found = self._client().ancestry(str(tool_id), depth)
            return {name: found[name] for name in ("tool_id", "parents", "children")}
        except (QueryError, KeyError) as e:
            log.warning("the ancestry cannot be told: %s", e)
            return None

    def _store(self, kind: str, fields: Dict[str, Any]) -> bool:
        if not self.enabled:
            return False
        data = {name: value for name, value in fields.items() if value is not None}
        for name in ("tool_id", "bug_id", "parent_tool_id", "child_tool_id", "message"):
            if name in data:
                data[name] = str(data[name])
        taken = self.emitter.emit(kind, data)
        if taken is None:
            log.warning("a %s was not stored: %s", kind, _why(kind, data))
        return taken is not None

    def _rows(self, path: str, filters: Details, limit: int, offset: int) -> List[Dict[str, Any]]:
        if not self.enabled:
            return []
        try:
            # DiSE counts rows to pass over; the service goes on behind a row.
            return self._client().rows(path, filters, offset + limit)[offset:]
        except (QueryError, KeyError) as e:
            log.warning("nothing could be found at %s: %s", path, e)
            return []

    def _client(self) -> QueryClient:
        if self.emitter.stats().buffered:
            self.emitter.flush(_BEFORE_A_QUERY)
        return QueryClient()

    def _file(self, tool_type: str, tool_id: str, suffix: str) -> Optional[str]:
        path = (self.tools_path / str(tool_type) / f"{tool_id}{suffix}").resolve()
        try:
            path.relative_to(self.tools_path.resolve())
            return path.read_text(encoding="utf-8-sig")
        except (OSError, ValueError):
            # Not there, not a text, or not below the folder of tools: then the store keeps what it has.
            return None


def _why(kind: str, data: Dict[str, Any]) -> str:
    try:
        check(kind, dict(data))
    except InvalidEvent as e:
        return str(e)
    return "the emitter's statistics name the reason"


def _flag(value: Any) -> bool:
    return value.strip().lower() in ("true", "1", "yes", "on") if isinstance(value, str) else bool(value)


def _object(value: Any) -> Any:
    """DiSE takes any JSON for details; the stores take objects, so another value gets a name."""
    return value if value is None or isinstance(value, dict) else {"value": value}


def _number(value: Any) -> Any:
    try:
        return float(value) if isinstance(value, str) else value
    except ValueError:
        return value
