"""Keeps secrets in the process: values whose key says that they are one are masked before anything is written or
sent."""

from __future__ import annotations

import re
from typing import Any, Callable, Dict, Iterable, Mapping, Optional, Tuple

from .errors import Withheld
from .plain import Plain

#: Gets the type and the masked data of an event; returns the data to send, or None to send nothing.
Hook = Callable[[str, Dict[str, Any]], Optional[Dict[str, Any]]]

SECRET_NAMES = (
    "password", "passwd", "pwd", "passphrase", "secret", "secrets", "token", "authorization", "cookie", "cookies",
    "credential", "credentials", "bearer", "jwt", "api key", "apikey", "private key", "privatekey", "access key",
    "accesskey",
)  # fmt: skip

#: What follows the word "token" where it is counted and not told.
_COUNTING = frozenset("count counts limit usage budget total size length type rate cost price index".split())
_BORDER = re.compile(r"[^A-Za-z0-9]+|(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_REMEMBERED = 4096


class SecretNames:
    """Tells by the words of a key whether its value is a secret.

    ``api-key``, ``X_API_KEY`` and ``apiKey`` are the same words; ``max_tokens`` and ``token_count`` are no secrets.
    """

    def __init__(self, more: Iterable[str] = ()) -> None:
        self._phrases = {self._words(name) for name in (*SECRET_NAMES, *more)}
        self._longest = max(len(phrase) for phrase in self._phrases)
        self._known: Dict[str, bool] = {}

    def __call__(self, key: str) -> bool:
        known = self._known.get(key)
        if known is None:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            known = self._known[key] = self._is_secret(self._words(key))
        return known

    def _is_secret(self, words: Tuple[str, ...]) -> bool:
        for start in range(len(words)):
            if words[start] == "token" and words[start + 1 : start + 2] and words[start + 1] in _COUNTING:
                continue
            for end in range(start + 1, min(start + self._longest, len(words)) + 1):
                if words[start:end] in self._phrases:
                    return True
        return False

    @staticmethod
    def _words(name: str) -> Tuple[str, ...]:
        return tuple(word.lower() for word in _BORDER.split(name) if word)


class Redaction:
    """Makes of a caller's data what may leave the process: a plain copy, masked, then shown to the caller's hook."""

    def __init__(self, more_names: Iterable[str] = (), hook: Optional[Hook] = None) -> None:
        self._masked = Plain(SecretNames(more_names))
        self._whole = Plain(lambda key: False)
        self._hook = hook

    def apply(self, kind: str, data: Mapping[str, Any]) -> Dict[str, Any]:
        """Raises Withheld if the hook wants it so or fails: what it could not look at is not sent."""
        plain = self._masked.copy(data)
        if kind == "performance" and isinstance(plain.get("metrics"), dict):
            # All of them are numbers by the schema, and one of them may well be called "token".
            plain["metrics"] = self._whole.copy(data["metrics"])
        return plain if self._hook is None else self._shown(self._hook, kind, plain)

    @staticmethod
    def _shown(hook: Hook, kind: str, plain: Dict[str, Any]) -> Dict[str, Any]:
        try:
            result = hook(kind, plain)
        except Exception as e:
            raise Withheld(f"the redaction hook failed: {type(e).__name__}") from None
        if result is None:
            raise Withheld("the redaction hook withholds it")
        return Plain(lambda key: False).copy(result)
