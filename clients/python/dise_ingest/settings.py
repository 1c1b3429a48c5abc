"""The settings of an emitter, and the one place that reads the environment for it."""

from __future__ import annotations

import hashlib
import os
import re
import sys
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Dict, Iterable, List, Mapping, Optional
from urllib.parse import urlsplit

from .redaction import Hook

DEFAULT_GATEWAY = "http://localhost:8080"
DEFAULT_QUERY = "http://localhost:8081"
OVERFLOWS = ("spool", "drop_newest", "drop_oldest", "block")
FSYNCS = ("interval", "always")

_MIB = 1024 * 1024
_TRACEPARENT = re.compile(r"^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}(-.*)?$")


@dataclass(frozen=True)
class Settings:
    """What an emitter needs to know. Sizes are bytes, times are seconds.

    A wrong setting is a mistake of the program: it raises ValueError, with every mistake at once.
    """

    gateway_url: str = DEFAULT_GATEWAY
    api_key: Optional[str] = field(default=None, repr=False)
    #: Who emits, a URI reference.
    source: str = "urn:dise:python"
    run_id: Optional[str] = None
    traceparent: Optional[str] = None

    #: The most that waits in memory.
    buffer_bytes: int = 16 * _MIB
    #: What happens to what does not fit: spool | drop_newest | drop_oldest | block.
    overflow: str = "spool"
    #: The longest that ``emit`` waits for room under the policy ``block``.
    block_timeout: float = 1.0

    #: The parent folder of the spool's slots; under the policy ``spool`` only.
    spool_dir: Path = Path("dise-spool")
    #: The most that waits on disk, of this process.
    spool_bytes: int = 256 * _MIB
    #: How old an event in memory may get without an acknowledgement before it goes to disk.
    spool_after: float = 1.0
    fsync: str = "interval"
    fsync_interval: float = 0.2

    batch_events: int = 500
    batch_bytes: int = _MIB
    #: How long a first event waits for others to share its request.
    linger: float = 0.05
    gzip: bool = True
    connect_timeout: float = 3.0
    #: The gateway itself waits up to 10 s for Kafka.
    request_timeout: float = 15.0
    backoff: float = 0.1
    backoff_max: float = 30.0
    #: The pause where trying again can help only after somebody has acted: a wrong key, a wrong address.
    backoff_refused: float = 30.0

    #: How long the end of the process waits for acknowledgements.
    exit_timeout: float = 5.0
    redact: Optional[Hook] = field(default=None, repr=False)
    secret_names: Iterable[str] = ()

    def __post_init__(self) -> None:
        mistakes = _mistakes(self)
        if mistakes:
            raise ValueError(f"{len(mistakes)} invalid setting(s): " + "; ".join(mistakes))

    @staticmethod
    def from_environment(environment: Mapping[str, str] = os.environ, **given: Any) -> Settings:
        """The given settings, over those of the environment (``DISE_…``), over the defaults."""
        settings: Dict[str, Any] = {"source": _default_source()}
        settings.update(_from(environment))
        settings.update({name: value for name, value in given.items() if value is not None})
        settings["spool_dir"] = Path(settings.get("spool_dir") or _default_spool(settings, environment))
        _require_known(settings)
        return Settings(**settings)


def query_url(environment: Mapping[str, str] = os.environ) -> str:
    """Where the query service is."""
    return environment.get("DISE_QUERY_URL") or DEFAULT_QUERY


def valid_traceparent(text: Optional[str]) -> Optional[str]:
    """The text if it is a W3C trace context, else None: a broken one is not worth an event."""
    return text if text is not None and len(text) <= 200 and _TRACEPARENT.match(text) else None


def _from(environment: Mapping[str, str]) -> Dict[str, Any]:
    found: Dict[str, Any] = {}
    for name, variable, read in _VARIABLES:
        text = environment.get(variable, "")
        if text.strip():
            try:
                found[name] = read(text.strip())
            except ValueError:
                raise ValueError(f"{variable} must be {_KINDS[read]} but is '{text}'") from None
    if found.get("traceparent") is not None:
        found["traceparent"] = valid_traceparent(found["traceparent"])
    return found


def _flag(text: str) -> bool:
    if text.lower() in ("1", "true", "yes", "on"):
        return True
    if text.lower() in ("0", "false", "no", "off"):
        return False
    raise ValueError(text)


_KINDS: Dict[Any, str] = {str: "a text", int: "a whole number", float: "a number", _flag: "true or false"}
_VARIABLES: List[Any] = [
    ("gateway_url", "DISE_GATEWAY_URL", str),
    ("api_key", "DISE_API_KEY", str),
    ("source", "DISE_SOURCE", str),
    ("run_id", "DISE_RUN_ID", str),
    ("traceparent", "TRACEPARENT", str),
    ("overflow", "DISE_OVERFLOW", str),
    ("buffer_bytes", "DISE_BUFFER_BYTES", int),
    ("spool_dir", "DISE_SPOOL_DIR", str),
    ("spool_bytes", "DISE_SPOOL_BYTES", int),
    ("fsync", "DISE_FSYNC", str),
    ("gzip", "DISE_GZIP", _flag),
    ("exit_timeout", "DISE_EXIT_TIMEOUT", float),
]


def _default_source() -> str:
    script = os.path.basename(sys.argv[0] if sys.argv else "") or "interactive"
    return "urn:dise:python:" + re.sub(r"[^A-Za-z0-9._-]", "_", script)[:200]


def _default_spool(settings: Mapping[str, Any], environment: Mapping[str, str]) -> Path:
    """One folder for each gateway, so that what was meant for one is never sent to another.

    Beside the folder of the Java emitter, whose files have another format.
    """
    url = str(settings.get("gateway_url", DEFAULT_GATEWAY))
    place = re.sub(r"[^A-Za-z0-9.-]", "-", url.split("://")[-1])[:60]
    name = f"{place}-{hashlib.sha256(url.encode()).hexdigest()[:8]}"
    state = environment.get("XDG_STATE_HOME")
    return (Path(state) if state else Path(os.path.expanduser("~")) / ".local" / "state") / "dise" / "spool-python" / name


def _require_known(settings: Mapping[str, Any]) -> None:
    known = {each.name for each in fields(Settings)}
    unknown = sorted(set(settings) - known)
    if unknown:
        raise TypeError(f"no such setting: {', '.join(unknown)}; there are {', '.join(sorted(known))}")


def _mistakes(settings: Settings) -> List[str]:
    mistakes = []
    if not _is_http(settings.gateway_url):
        mistakes.append(f"gateway_url must be like {DEFAULT_GATEWAY}, without a user or a query")
    if settings.overflow not in OVERFLOWS:
        mistakes.append(f"overflow must be one of {', '.join(OVERFLOWS)} but is '{settings.overflow}'")
    if settings.fsync not in FSYNCS:
        mistakes.append(f"fsync must be one of {', '.join(FSYNCS)} but is '{settings.fsync}'")
    if not settings.source.strip() or len(settings.source) > 500:
        mistakes.append("source must have 1 to 500 characters")
    if settings.run_id is not None and not 0 < len(settings.run_id) <= 200:
        mistakes.append("run_id must have 1 to 200 characters")
    if settings.api_key is not None and not (settings.api_key.isascii() and settings.api_key.isprintable()):
        mistakes.append("api_key must be printable ASCII")
    for name in ("buffer_bytes", "spool_bytes", "batch_events", "batch_bytes", "connect_timeout", "request_timeout"):
        if getattr(settings, name) <= 0:
            mistakes.append(f"{name} must be above 0 but is {getattr(settings, name)}")
    return mistakes


def _is_http(url: str) -> bool:
    try:
        address = urlsplit(url)
        plain = not (address.username or address.password or address.query or address.fragment)
        return address.scheme in ("http", "https") and bool(address.hostname) and address.port != 0 and plain
    except ValueError:
        return False
