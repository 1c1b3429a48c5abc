"""Emits typed events of LLM-driven tools, and never makes the tool wait: the Python client of dise.

``Emitter`` sends, ``EmitterHandler`` and ``traced`` send for you, ``QueryClient`` asks, and ``DatabaseStorage`` does
both in the way that DiSE is used to.
"""

import logging as _logging

from .books import EmitterStats, FlushReport
from .database_storage import DatabaseStorage
from .drops import Loss
from .emitter import Emitter, default_emitter, traceparent
from .errors import InvalidEvent, QueryError
from .handler import EmitterHandler
from .query import QueryClient
from .settings import Settings
from .traced import traced

__version__ = "0.1.0.dev0"
__all__ = [
    "DatabaseStorage",
    "Emitter",
    "EmitterHandler",
    "EmitterStats",
    "FlushReport",
    "InvalidEvent",
    "Loss",
    "QueryClient",
    "QueryError",
    "Settings",
    "default_emitter",
    "traceparent",
    "traced",
]

_logging.getLogger("dise_ingest").addHandler(_logging.NullHandler())
