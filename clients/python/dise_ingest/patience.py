"""A socket that waits until a deadline and not longer, and lets its thread do other work meanwhile."""

from __future__ import annotations

import io
import selectors
import socket
import time
from typing import Any, Callable

_SLICE = 0.05
_CHUNK = 64 * 1024


class PatientSocket:
    """What ``http.client`` needs of a socket.

    A request has one deadline for all of its parts, so that a peer which sends a byte now and then cannot stretch it.
    ``idle`` is called about every 50 ms of waiting and may raise to give up. A TLS record that arrives in pieces is
    waited for without ``idle``, yet not beyond the deadline.
    """

    def __init__(self, wrapped: socket.socket, idle: Callable[[], None]) -> None:
        self._socket = wrapped
        self._idle = idle
        self._deadline = 0.0

    def begin(self, seconds: float) -> None:
        """The next request has that long."""
        self._deadline = time.monotonic() + seconds

    def sendall(self, data: bytes) -> None:
        left = memoryview(data)
        while left:
            self.wait(selectors.EVENT_WRITE)
            left = left[self._socket.send(left[:_CHUNK]) :]

    def makefile(self, mode: str = "rb", buffering: int = -1) -> io.BufferedReader:
        return io.BufferedReader(_Reader(self, self._socket.makefile("rb", buffering=0)))

    def wait(self, event: int) -> None:
        """Until the socket is ready. Raises TimeoutError after the deadline."""
        if getattr(self._socket, "pending", int)():
            return
        with selectors.DefaultSelector() as selector:
            selector.register(self._socket, event)
            while not selector.select(min(_SLICE, self._left())):
                self._idle()
        self._socket.settimeout(self._left())

    def _left(self) -> float:
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError("no answer in time")
        return left

    def close(self) -> None:
        self._socket.close()

    def abandon(self) -> None:
        """Closes the copy of a forked child without a word to the peer."""
        descriptor = self._socket.detach()
        if descriptor >= 0:
            socket.close(descriptor)


class _Reader(io.RawIOBase):
    def __init__(self, patient: PatientSocket, raw: Any) -> None:
        self._patient = patient
        self._raw = raw

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> Any:
        self._patient.wait(selectors.EVENT_READ)
        return self._raw.readinto(buffer)

    def close(self) -> None:
        self._raw.close()
        super().close()
