"""Turns whatever a tool has at hand into plain JSON values, so that an odd object in the details never loses a log
line."""

from __future__ import annotations

import dataclasses
import math
import numbers
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any, Callable, Dict, Iterable, List, Mapping, Set

from .errors import InvalidEvent

MASK = "****"
_MAX_DEPTH = 60
_MAX_CONTAINERS = 50_000
_BIG = 10**120


class Plain:
    """Copies data as plain JSON: dicts with text keys, lists, texts, finite numbers, booleans and None.

    Values whose key is a secret become a mask. What JSON has no form for becomes a text. Keeps nothing of the original,
    which may change afterwards.
    """

    def __init__(self, is_secret: Callable[[str], bool]) -> None:
        self._is_secret = is_secret

    def copy(self, data: Mapping[str, Any]) -> Dict[str, Any]:
        """Raises InvalidEvent if it is no mapping or has more values than an event may have."""
        if not isinstance(data, Mapping):
            raise InvalidEvent("the data must be a dict")
        return _Copy(self._is_secret).mapping(data, 1)


class _Copy:
    """One copy under way; counts containers, so that one that is in many places does not become endless copies."""

    def __init__(self, is_secret: Callable[[str], bool]) -> None:
        self._is_secret = is_secret
        self._left = _MAX_CONTAINERS
        self._inside_of: Set[int] = set()

    def mapping(self, data: Mapping[Any, Any], depth: int) -> Dict[str, Any]:
        self._count()
        result: Dict[str, Any] = {}
        for key, value in data.items():
            name = key if type(key) is str else str(key)
            if self._is_secret(name) and value is not None and not isinstance(value, bool):
                result[name] = MASK
            else:
                result[name] = self.value(value, depth)
        return result

    def value(self, value: Any, depth: int) -> Any:
        kind = type(value)
        if kind is str or value is None or kind is bool:
            return value
        if kind is int:
            return value if -_BIG < value < _BIG else hex(value)
        if kind is float:
            return value if math.isfinite(value) else str(value)
        if isinstance(value, (Mapping, list, tuple, set, frozenset)):
            return self._container(value, depth + 1)
        return self._other(value, depth)

    def _container(self, value: Any, depth: int) -> Any:
        me = id(value)
        if depth > _MAX_DEPTH or me in self._inside_of:
            return "…"
        self._inside_of.add(me)
        try:
            return self.mapping(value, depth) if isinstance(value, Mapping) else self._list(value, depth)
        finally:
            self._inside_of.discard(me)

    def _list(self, value: Iterable[Any], depth: int) -> List[Any]:
        self._count()
        return [self.value(item, depth) for item in value]

    def _other(self, value: Any, depth: int) -> Any:
        if isinstance(value, Enum):
            return self.value(value.value, depth)
        if isinstance(value, str):
            return str(value)
        if isinstance(value, numbers.Integral):
            return self.value(int(value), depth)
        if isinstance(value, (numbers.Real, Decimal)):
            return self.value(_number(value), depth)
        if isinstance(value, (datetime, date)):
            return value.isoformat()
        if isinstance(value, (bytes, bytearray)):
            return bytes(value).decode("utf-8", "replace")
        if dataclasses.is_dataclass(value) and not isinstance(value, type):
            fields = {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
            return self._container(fields, depth + 1)
        return _text(value)

    def _count(self) -> None:
        self._left -= 1
        if self._left < 0:
            raise InvalidEvent("the data has more values than an event may have")


def _number(value: Any) -> Any:
    whole = isinstance(value, Decimal) and value.is_finite() and value == value.to_integral_value()
    return int(value) if whole and abs(value.adjusted()) < 100 else float(value)


def _text(value: Any) -> str:
    try:
        return f"{type(value).__name__}: {value}" if isinstance(value, BaseException) else str(value)
    except Exception:
        # A broken __str__ of somebody's object is not worth a log line.
        return f"<{type(value).__name__}>"
