"""What can be wrong with what a caller gives; nothing here is ever raised for the transport's sake."""

from __future__ import annotations


class InvalidEvent(ValueError):
    """The data is no event and never will be; the message says which field and why, without its value."""


class Withheld(Exception):
    """The redaction hook wants the event not to be sent at all."""


class QueryError(Exception):
    """The query service gave no answer; the message is for a person and says what to do.

    ``status`` is the HTTP status, 0 if nothing answered at all.
    """

    def __init__(self, message: str, status: int = 0) -> None:
        super().__init__(message)
        self.status = status
