"""The line to the gateway."""

from __future__ import annotations

import gzip
import http.client
from typing import Callable, Dict, List, Optional
from urllib.parse import urlsplit

from . import answer as answers
from .answer import Answer
from .patience import PatientSocket
from .settings import Settings

_WORTH_COMPRESSING = 1024
_LONGEST_ANSWER = 8 * 1024 * 1024


class Transport:
    """Posts events and says what became of each. For one thread; a call takes no longer than the two timeouts together.

    ``idle`` is called now and then while an answer is awaited; what it raises ends the call.
    """

    def __init__(self, settings: Settings, idle: Callable[[], None]) -> None:
        self._settings = settings
        self._idle = idle
        self._address = urlsplit(settings.gateway_url)
        self._path = self._address.path.rstrip("/") + "/v1/events"
        self._compresses = settings.gzip
        self._connection: Optional[http.client.HTTPConnection] = None
        self._socket: Optional[PatientSocket] = None
        self._failure = ""
        self._was_cut = False

    def send(self, lines: List[bytes]) -> Answer:
        """Never raises but what ``idle`` raises."""
        body = b"\n".join(lines)
        reused = self._connection is not None
        found = self._attempt(body, len(lines))
        if found is None and reused and self._was_cut:
            # An idle connection that the gateway has closed meanwhile says nothing about the gateway.
            found = self._attempt(body, len(lines))
        if found is None:
            return Answer.none(len(lines), self._failure)
        if found.again == answers.PLAIN:
            self._compresses = False
            return self.send(lines)
        return found

    def _attempt(self, body: bytes, count: int) -> Optional[Answer]:
        """None if there is no answer."""
        compressed = self._compresses and len(body) >= _WORTH_COMPRESSING
        try:
            response = self._request(gzip.compress(body, 1) if compressed else body, compressed)
            content = response.read(_LONGEST_ANSWER)
            if not response.isclosed() or response.will_close:
                self.close()
            return answers.read(response.status, content, response.getheader("Retry-After"), count, compressed)
        except (OSError, http.client.HTTPException) as e:
            self._failure = f"{type(e).__name__}: {e}"
            self._was_cut = isinstance(e, ConnectionError)
            self.close()
            return None
        except BaseException:
            self.close()
            raise

    def _request(self, body: bytes, compressed: bool) -> http.client.HTTPResponse:
        connection = self._connection or self._connect()
        assert self._socket is not None
        self._socket.begin(self._settings.request_timeout)
        connection.request("POST", self._path, body, self._headers(compressed))
        return connection.getresponse()

    def _headers(self, compressed: bool) -> Dict[str, str]:
        headers = {"Content-Type": "application/x-ndjson", "User-Agent": "dise-ingest-python"}
        if compressed:
            headers["Content-Encoding"] = "gzip"
        if self._settings.api_key:
            headers["Authorization"] = f"Bearer {self._settings.api_key}"
        return headers

    def _connect(self) -> http.client.HTTPConnection:
        kind = http.client.HTTPSConnection if self._address.scheme == "https" else http.client.HTTPConnection
        assert self._address.hostname is not None
        connection = kind(self._address.hostname, self._address.port, timeout=self._settings.connect_timeout)
        connection.connect()
        self._idle()
        self._socket = PatientSocket(connection.sock, self._idle)
        connection.sock = self._socket
        self._connection = connection
        return connection

    def close(self) -> None:
        connection, self._connection, self._socket = self._connection, None, None
        if connection is not None:
            connection.close()

    def abandon(self) -> None:
        """In a forked child: the connection stays the parent's."""
        socket, self._connection, self._socket = self._socket, None, None
        if socket is not None:
            socket.abandon()
