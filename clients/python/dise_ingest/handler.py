"""Python's logging as a source of ``log`` events."""

from __future__ import annotations

import logging
import traceback
from typing import Any, Dict, Optional

from .emitter import Emitter, default_emitter
from .sender import is_sending_thread

_OWN = "dise_ingest"
_USUAL = frozenset(logging.makeLogRecord({}).__dict__) | {"message", "asctime", "taskName", "tool_id"}


class EmitterHandler(logging.Handler):
    """Emits each log record as a ``log`` event, and returns at once whatever the gateway does.

    The tool is the record's ``extra={"tool_id": …}``, else that of this handler, else the name of the logger. Other
    extras, the place in the code and the exception become details. What the client itself logs is left out.
    """

    def __init__(
        self, emitter: Optional[Emitter] = None, tool_id: Optional[str] = None, level: int = logging.NOTSET
    ) -> None:
        super().__init__(level)
        self._emitter = emitter
        self._tool_id = tool_id

    def emit(self, record: logging.LogRecord) -> None:
        if record.name.split(".", 1)[0] == _OWN or is_sending_thread():
            return
        try:
            data = {
                "tool_id": str(getattr(record, "tool_id", None) or self._tool_id or record.name),
                "log_level": _level(record.levelno),
                "message": self.format(record) if self.formatter else record.getMessage(),
                "details": _details(record),
            }
            (self._emitter or default_emitter()).emit("log", data, time=record.created)
        except Exception:
            # As in every handler of the standard library: told on stderr, and the program goes on.
            self.handleError(record)


def _level(number: int) -> str:
    for least, name in ((50, "critical"), (40, "error"), (30, "warning"), (20, "info")):
        if number >= least:
            return name
    return "debug"


def _details(record: logging.LogRecord) -> Dict[str, Any]:
    details: Dict[str, Any] = {
        "logger": record.name,
        "module": record.module,
        "function": record.funcName,
        "line": record.lineno,
        "thread": record.threadName,
        "pid": record.process,
    }
    details.update((name, value) for name, value in record.__dict__.items() if name not in _USUAL)
    if record.exc_info and record.exc_info[0] is not None:
        details["exception"] = {
            "type": record.exc_info[0].__name__,
            "message": str(record.exc_info[1]),
            "stack_trace": "".join(traceback.format_exception(*record.exc_info)),
        }
    return details
