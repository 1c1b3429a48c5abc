"""What an answer of the gateway means for each event of the request."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import Any, Dict, List, Optional, Set

from . import drops

_LONGEST_WAIT = 300.0


@dataclass
class Answer:
    """What became of a request. Events that are neither kept nor refused are delivered.

    ``kept``: to be sent again. ``refused``: never as they are; for each the reason and a sentence. ``again``: at
    once, once what ``again`` names is done. ``wait``: seconds that the gateway asks for. ``slow``: trying again helps
    only after somebody has acted. ``problem``: what is wrong, for a person; empty if nothing is.
    """

    kept: Set[int] = field(default_factory=set)
    refused: Dict[int, "tuple[str, str]"] = field(default_factory=dict)
    again: str = ""
    wait: float = 0.0
    slow: bool = False
    problem: str = ""

    @staticmethod
    def none(count: int, problem: str, wait: float = 0.0, slow: bool = False, again: str = "") -> Answer:
        """Nothing of the request has arrived, for all that is known."""
        return Answer(kept=set(range(count)), problem=problem, wait=wait, slow=slow, again=again)


HALVES = "send the halves"
PLAIN = "send it uncompressed"


def read(status: int, body: bytes, retry_after: Optional[str], count: int, compressed: bool) -> Answer:
    """The meaning of an answer to a request with that many events."""
    parsed = _parse(body)
    items = parsed.get("items")
    if 200 <= status < 300:
        if isinstance(items, list) or isinstance(parsed.get("accepted"), int):
            return _of_items(items if isinstance(items, list) else [], count, retry_after)
        return Answer.none(count, f"what answers is no gateway (status {status})", slow=True)
    if status == 503 and isinstance(items, list):
        return _with_all(_of_items(items, count, retry_after), count, "unavailable")
    if status == 400 and isinstance(items, list):
        return _with_all(_of_items(items, count, retry_after), count, "refused")
    return _without_items(status, parsed, retry_after, count, compressed)


def _without_items(
    status: int, parsed: Dict[str, Any], retry_after: Optional[str], count: int, compressed: bool
) -> Answer:
    reason, detail = str(parsed.get("reason") or ""), str(parsed.get("detail") or "")
    if compressed and status in (400, 415):
        return Answer.none(count, "", again=PLAIN)
    if status == 413 or (status in (400, 422) and reason):
        if count > 1:
            return Answer.none(count, "", again=HALVES)
        return Answer(refused={0: (drops.TOO_LARGE if status == 413 else drops.REFUSED, detail or reason)})
    if status in (401, 403):
        return Answer.none(count, f"the gateway does not accept the API key (status {status})", slow=True)
    if status in (408, 425, 429) or status >= 500:
        return Answer.none(count, f"status {status} {detail}".strip(), wait=_seconds(retry_after))
    return Answer.none(count, f"what answers takes no events (status {status}): check the address", slow=True)


def _of_items(items: List[Any], count: int, retry_after: Optional[str]) -> Answer:
    answer = Answer()
    for item in items:
        index = item.get("index") if isinstance(item, dict) else None
        if isinstance(index, int) and 0 <= index < count:
            _note(answer, index, item)
    if answer.kept:
        answer.wait = _seconds(retry_after)
        answer.problem = "the gateway could not pass on all events"
    return answer


def _note(answer: Answer, index: int, item: Dict[str, Any]) -> None:
    if item.get("status") == "refused":
        reason, message = item.get("reason") or "", item.get("message") or ""
        kind = drops.TOO_LARGE if reason == "TOO_LARGE" else drops.REFUSED
        answer.refused[index] = (kind, f"{reason}: {message}")
    elif item.get("status") == "unavailable":
        answer.kept.add(index)


def _with_all(answer: Answer, count: int, status: str) -> Answer:
    """Of an answer that no event was accepted: those that are not listed are like the others."""
    for index in range(count):
        if index not in answer.kept and index not in answer.refused:
            _note(answer, index, {"status": status})
    if status == "unavailable":
        answer.problem = "the gateway has no Kafka that acknowledges"
    return answer


def _parse(body: bytes) -> Dict[str, Any]:
    try:
        parsed = json.loads(body)
    except ValueError:
        return {}
    return parsed if isinstance(parsed, dict) else {}


def _seconds(retry_after: Optional[str]) -> float:
    """Of a Retry-After header, a number or a date; 0 if there is none that makes sense."""
    if not retry_after:
        return 0.0
    try:
        seconds = float(retry_after)
    except ValueError:
        try:
            seconds = parsedate_to_datetime(retry_after).timestamp() - time.time()
        except (TypeError, ValueError):
            return 0.0
    return min(max(seconds, 0.0), _LONGEST_WAIT) if seconds == seconds else 0.0
