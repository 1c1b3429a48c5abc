"""The client of the query service."""

from __future__ import annotations

import json
import os
import urllib.error
import urllib.request
from itertools import islice
from typing import Any, Dict, Iterator, List, Mapping, Optional, Tuple
from urllib.parse import quote, urlencode

from .errors import QueryError
from .settings import query_url

_LARGEST_PAGE = 1000


class QueryClient:
    """Asks the query service. Thread-safe; every call waits for its answer, for ``timeout`` seconds at most.

    Raises QueryError if there is no answer. Filters are those of the service; a list is any of its values, a dict the
    paths inside of a JSON column, as in ``logs({"tool_id": "t", "details": {"user": {"id": 7}}})``. Lists are read page by
    page, each behind the last row of the one before.
    """

    def __init__(self, url: Optional[str] = None, api_key: Optional[str] = None, timeout: float = 30.0) -> None:
        self.url = (url or query_url()).rstrip("/")
        self._api_key = api_key or os.environ.get("DISE_API_KEY") or None
        self._timeout = timeout
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    def logs(self, filters: Optional[Mapping[str, Any]] = None, limit: int = 100) -> List[Any]:
        return self.rows("/v1/logs", filters, limit)

    def bugs(self, filters: Optional[Mapping[str, Any]] = None, limit: int = 100) -> List[Any]:
        return self.rows("/v1/bugs", filters, limit)

    def performance(self, filters: Optional[Mapping[str, Any]] = None, limit: int = 100) -> List[Any]:
        return self.rows("/v1/performance", filters, limit)

    def tools(self, filters: Optional[Mapping[str, Any]] = None, limit: int = 100) -> List[Any]:
        return self.rows("/v1/tools", filters, limit)

    def rows(self, path: str, filters: Optional[Mapping[str, Any]] = None, limit: int = 100) -> List[Any]:
        """Rows of any list of the service, newest first, over as many of its pages as it takes."""
        return list(islice(self.each(path, filters, limit), max(limit, 0)))

    def each(
        self, path: str, filters: Optional[Mapping[str, Any]] = None, page: int = _LARGEST_PAGE
    ) -> Iterator[Dict[str, Any]]:
        """Every row of a list, newest first, asked for page by page; what comes in meanwhile moves none of them."""
        parameters = list(_parameters(filters or {}))
        parameters.append(("limit", str(min(max(page, 1), _LARGEST_PAGE))))
        after: List[Tuple[str, str]] = []
        while True:
            answer = self.get(path, parameters + after)
            yield from answer["items"]
            if not answer.get("next"):
                return
            after = [("after", answer["next"])]

    def ancestry(self, tool_id: str, depth: int = 10) -> Dict[str, Any]:
        """Parents and children of a tool, up to that many steps away, 1 to 100."""
        return self.get(f"/v1/ancestry/{quote(tool_id, safe='')}", [("depth", str(min(max(depth, 1), 100)))])

    def artifact(self, kind: str, artifact_id: str) -> Dict[str, Any]:
        return self.get(f"/v1/artifacts/{quote(kind, safe='')}/{quote(artifact_id, safe='')}")

    def similar(self, text: str, **filters: Any) -> Dict[str, Any]:
        """Artifacts by meaning and words."""
        return self.get("/v1/artifacts/similar", [("text", text), *_parameters(filters)])

    def counts(self, run_id: Optional[str] = None) -> Dict[str, Any]:
        return self.get("/v1/counts", [("run_id", run_id)] if run_id else [])

    def status(self) -> Dict[str, Any]:
        """Whether the stores can be reached, and what they hold."""
        return self.get("/v1/status")

    def sql(self, statement: str, parameters: Optional[Mapping[str, Any]] = None) -> Dict[str, Any]:
        """Asks by SQL, where the service offers that."""
        body = json.dumps({"sql": statement, "params": dict(parameters or {})}, default=str).encode("utf-8")
        return self._answer(self._request("/v1/sql", body))

    def get(self, path: str, parameters: Optional[List[Tuple[str, str]]] = None) -> Dict[str, Any]:
        return self._answer(self._request(path + ("?" + urlencode(parameters) if parameters else ""), None))

    def _request(self, path: str, body: Optional[bytes]) -> urllib.request.Request:
        request = urllib.request.Request(self.url + path, data=body)
        if body is not None:
            request.add_header("Content-Type", "application/json")
        if self._api_key:
            request.add_header("Authorization", f"Bearer {self._api_key}")
        return request

    def _answer(self, request: urllib.request.Request) -> Dict[str, Any]:
        try:
            with self._opener.open(request, timeout=self._timeout) as response:
                parsed = json.load(response)
        except urllib.error.HTTPError as e:
            raise QueryError(_detail(e), e.code) from None
        except (OSError, ValueError) as e:
            raise QueryError(f"no query service answers at {self.url}: {e}") from None
        if not isinstance(parsed, dict):
            raise QueryError(f"what answers at {self.url} is no query service: check the address")
        return parsed


def _detail(error: urllib.error.HTTPError) -> str:
    try:
        problem = json.load(error)
    except (OSError, ValueError):
        problem = None
    detail = problem.get("detail") if isinstance(problem, dict) else None
    return f"{detail} (status {error.code})" if detail else f"status {error.code}"


def _parameters(filters: Mapping[str, Any], prefix: str = "") -> Iterator[Tuple[str, str]]:
    for name, value in filters.items():
        if isinstance(value, Mapping):
            yield from _parameters(value, f"{_path(prefix, name)}.")
        elif isinstance(value, (list, tuple, set, frozenset)):
            yield from ((_path(prefix, name), _text(each)) for each in value)
        else:
            yield _path(prefix, name), _text(value)


def _path(prefix: str, name: str) -> str:
    """A dot inside of a name below a column is told from one between names by a backslash."""
    return prefix + name.replace("\\", "\\\\").replace(".", "\\.") if prefix else name


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else str(value)
