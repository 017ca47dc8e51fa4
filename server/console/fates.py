"""What has become of a session and of the item in focus, as a seat is told it above all that is asked.

Why told and not left to what is open: forms that have gone say nothing of why, and a delegate must not wait for a
sitting that has ended.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from polylogue.vocabulary import CallOutcome, ItemPhase, SessionPhase, TextState
from server.console.concerns import Concern
from server.console.pages import Answer
from server.console.wordings import Wording, said

TAKEN_BACK = (CallOutcome.NO_QUORUM, CallOutcome.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class Fate:
    """A kind of thing that has come about, with the reason given, a decision's number, and the concerns that stayed."""

    kind: str
    reason: Wording | None = None
    number: int | None = None
    concerns: tuple[Concern, ...] = ()


def fates(room: Answer, item: Answer | None, concerns: Sequence[Concern]) -> Iterator[Fate]:
    """Of the session first, then of the item; none while the room is at work on it."""
    if room["phase"] != SessionPhase.OPEN:
        suspended = room["phase"] == SessionPhase.SUSPENDED
        yield Fate(room["phase"], _reason(room, "SessionSuspended") if suspended else None)
    if item:
        yield from _of_item(room, item, concerns)


def _of_item(room: Answer, item: Answer, concerns: Sequence[Concern]) -> Iterator[Fate]:
    last = item["calls"][-1] if item["calls"] else None
    if item["decision"]:
        yield Fate("ADOPTED", number=item["decision"]["number"])
        return
    if item["rescinded"]:
        yield Fate("RESCINDED", _reason(room, "AdoptionRescinded", item["id"]), item["rescinded"][-1]["number"])
    if item["phase"] == ItemPhase.DEFERRED:
        yield Fate("DEFERRED", said(item["deferredReason"]))
    elif item["phase"] == ItemPhase.LISTED and room["phase"] == SessionPhase.OPEN:
        yield Fate("LISTED")
    elif item["text"]["state"] == TextState.BLOCKED:
        yield Fate("BLOCKED", last and said(last["reason"]), concerns=tuple(each for each in concerns if each.state))
    elif last and last["outcome"] in TAKEN_BACK and item["phase"] in (ItemPhase.NEGOTIATION, ItemPhase.DECISION):
        yield Fate(last["outcome"], said(last["reason"]))


def _reason(room: Answer, kind: str, item: str | None = None) -> Wording | None:
    """As the newest entry of this kind, and about this item, among the last of the record gives it."""
    details = (each["detail"] for each in room["record"] if each.get("kind") == kind)
    found = [each for each in details if item is None or each["item"] == item]
    return said(found[-1]["reason"]) if found else None
