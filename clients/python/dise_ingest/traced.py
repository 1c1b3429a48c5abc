"""A decorator that tells how long a function takes and how it fails."""

from __future__ import annotations

import functools
import inspect
import time
import traceback
from typing import Any, Callable, Optional, TypeVar, overload

from .emitter import Emitter, default_emitter

F = TypeVar("F", bound=Callable[..., Any])


@overload
def traced(function: F) -> F: ...


@overload
def traced(
    *, tool_id: Optional[str] = None, scenario: Optional[str] = None, severity: Optional[str] = None,
    emitter: Optional[Emitter] = None,
) -> Callable[[F], F]: ...  # fmt: skip


def traced(
    function: Any = None, *, tool_id: Optional[str] = None, scenario: Optional[str] = None,
    severity: Optional[str] = None, emitter: Optional[Emitter] = None,
) -> Any:  # fmt: skip
    """Emits ``duration_ms`` as perf data for each call, and a ``failure`` for each exception, which goes on as it was.

    For functions and coroutine functions; raises TypeError for generators, whose calls take no time. The tool is the
    module's and function's name unless given, the scenario the function's.
    """
    if function is None:
        given: Any = {"tool_id": tool_id, "scenario": scenario, "severity": severity, "emitter": emitter}
        return lambda each: traced(each, **given)
    if inspect.isgeneratorfunction(function) or inspect.isasyncgenfunction(function):
        raise TypeError("traced is for functions and coroutine functions, not for generators")
    name = getattr(function, "__qualname__", type(function).__name__)
    tool = tool_id or f"{getattr(function, '__module__', '')}.{name}"

    def begin() -> _Call:
        return _Call(emitter or default_emitter(), tool, scenario or name, severity)

    if inspect.iscoroutinefunction(function):

        @functools.wraps(function)
        async def traced_coroutine(*args: Any, **kwargs: Any) -> Any:
            with begin():
                return await function(*args, **kwargs)

        return traced_coroutine

    @functools.wraps(function)
    def traced_function(*args: Any, **kwargs: Any) -> Any:
        with begin():
            return function(*args, **kwargs)

    return traced_function


class _Call:
    """One call under way."""

    def __init__(self, emitter: Emitter, tool_id: str, scenario: str, severity: Optional[str]) -> None:
        self._emitter = emitter
        self._tool_id = tool_id
        self._scenario = scenario
        self._severity = severity

    def __enter__(self) -> None:
        self._begun = time.perf_counter()

    def __exit__(self, kind: Any, error: Any, trace: Any) -> None:
        took = (time.perf_counter() - self._begun) * 1000
        # An exit, an interrupt or a cancelled task is how a call ends and no failure of the tool.
        failed = isinstance(error, Exception)
        outcome = "ok" if error is None else "error" if failed else "interrupted"
        self._emitter.perf_data(
            self._tool_id, "duration_ms", took, "ms", {"function": self._scenario, "outcome": outcome}
        )
        if failed:
            self._emitter.failure(
                self._tool_id,
                self._scenario,
                str(error) or kind.__name__,
                severity=self._severity,
                failure_type=kind.__name__[:200],
                stack_trace="".join(traceback.format_exception(kind, error, trace)),
            )
