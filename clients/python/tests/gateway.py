"""A gateway of a test: a real HTTP server that does what a script says and remembers what it took."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import socket
import tempfile
import threading
import time
import unittest
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Callable, Dict, List, Optional
from unittest import mock

from dise_ingest import Emitter

Script = Callable[["Request"], None]
PATIENCE = 10.0


class Seen:
    """A request as it came; the handler itself is used again for the next one of its connection."""

    def __init__(self, request: Request) -> None:
        self.path = request.path
        self.headers = request.headers
        self.raw = request.raw

    def events(self) -> List[Dict[str, Any]]:
        body = gzip.decompress(self.raw) if self.headers.get("Content-Encoding") == "gzip" else self.raw
        return [json.loads(line) for line in body.split(b"\n") if line.strip()]


class Request(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: "FakeGateway"

    def do_POST(self) -> None:
        self.raw = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.requests.append(Seen(self))
        self.server.script(self)

    def do_GET(self) -> None:
        self.raw = b""
        self.server.requests.append(Seen(self))
        self.server.script(self)

    def events(self) -> List[Dict[str, Any]]:
        return Seen(self).events()

    def answer(self, status: int, body: Any, headers: Optional[Dict[str, str]] = None) -> None:
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *args: Any) -> None:
        pass


class FakeGateway(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, script: Optional[Script] = None, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), Request)
        self.script = script or accept
        self.requests: List[Seen] = []
        self.taken: List[Dict[str, Any]] = []
        self.ended = threading.Event()
        self.url = f"http://127.0.0.1:{self.server_address[1]}"
        threading.Thread(target=self.serve_forever, args=(0.01,), daemon=True).start()

    def ids(self) -> List[str]:
        return [event["id"] for event in self.taken]

    def handle_error(self, *args: Any) -> None:
        pass  # a client that gave up, as some tests want it to

    def close(self) -> None:
        self.ended.set()
        self.shutdown()
        self.server_close()


def accept(request: Request) -> None:
    """Takes everything."""
    events = request.events()
    request.server.taken.extend(events)
    items = [{"index": i, "id": e["id"], "status": "accepted"} for i, e in enumerate(events)]
    request.answer(202, {"items": items})


def freeze(request: Request) -> None:
    """Never answers."""
    request.server.ended.wait(60)


def cut(request: Request) -> None:
    """Ends in the middle of its answer, after it has taken the events."""
    request.server.taken.extend(request.events())
    request.wfile.write(b'HTTP/1.1 202 Accepted\r\nContent-Length: 1000\r\n\r\n{"items":[')
    request.close_connection = True


def status(code: int, body: Any = b"", headers: Optional[Dict[str, str]] = None) -> Script:
    return lambda request: request.answer(code, body, headers)


def unavailable(request: Request) -> None:
    items = [{"index": i, "status": "unavailable", "reason": "CLOSED"} for i in range(len(request.events()))]
    request.answer(503, {"reason": "UNAVAILABLE", "items": items})


def refuse_where(test: Callable[[Dict[str, Any]], bool]) -> Script:
    """Refuses some and lists nothing else, as a gateway may with many events."""

    def script(request: Request) -> None:
        events = request.events()
        bad = [i for i, event in enumerate(events) if test(event)]
        request.server.taken.extend(event for i, event in enumerate(events) if i not in bad)
        items = [{"index": i, "status": "refused", "reason": "SCHEMA", "message": "/x is bad"} for i in bad]
        code = 400 if len(bad) == len(events) else 202
        request.answer(code, {"items": items, "accepted": len(events) - len(bad)})

    return script


def one_after_another(*scripts: Script) -> Script:
    """Each for one request, the last one for all others."""
    left = list(scripts)
    return lambda request: (left.pop(0) if len(left) > 1 else left[0])(request)


def dead_url() -> str:
    """An address where nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{probe.getsockname()[1]}"


def eventually(test: Callable[[], Any], patience: float = PATIENCE) -> bool:
    """Whether it becomes true in time."""
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        if test():
            return True
        time.sleep(0.01)
    return bool(test())


class EmitterTest(unittest.TestCase):
    """Has a folder, gateways and emitters that are gone after each test."""

    def setUp(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="dise-test-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        foreign = [name for name in os.environ if name.startswith("DISE_") or name == "TRACEPARENT"]
        clean = mock.patch.dict(os.environ)
        clean.start()
        self.addCleanup(clean.stop)
        for name in foreign:
            del os.environ[name]

    def gateway(self, script: Optional[Script] = None, port: int = 0) -> FakeGateway:
        gateway = FakeGateway(script, port)
        self.addCleanup(gateway.close)
        return gateway

    def emitter(self, url: str, **given: Any) -> Emitter:
        settings: Dict[str, Any] = dict(
            gateway_url=url, spool_dir=self.folder, linger=0.01, backoff=0.01, backoff_max=0.1, backoff_refused=0.2,
            connect_timeout=1.0, request_timeout=1.0, exit_timeout=1.0,
        )  # fmt: skip
        settings.update(given)
        emitter = Emitter(**settings)
        self.addCleanup(emitter.close, 0)
        return emitter

    def assert_books_balance(self, emitter: Emitter) -> None:
        s = emitter.stats()
        right = s.delivered + sum(s.dropped.values()) + s.buffered + s.spooled
        self.assertEqual(s.accepted + s.recovered, right, s)

    def assert_eventually(self, test: Callable[[], Any], message: str = "") -> None:
        self.assertTrue(eventually(test), message)


def emit_logs(emitter: Emitter, count: int, tool: str = "t", first: int = 0) -> List[Optional[str]]:
    return [emitter.log(tool, "info", f"message {n}", {"n": n}) for n in range(first, first + count)]
