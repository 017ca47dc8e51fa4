"""Entries of the record put into words for the gallery: who did what, and the first of their words.

Why in the third person: it is what was recorded, not what somebody claims about it.
"""

from collections.abc import Callable, Mapping
from typing import Any

from polylogue.vocabulary import TextState
from server.demo.stage import Line, OnStage, Stage

Said = Mapping[str, Any]
Telling = Callable[[Stage, OnStage | None, Said], tuple[str, str, str]]
"""What was done, the words that go with it, and the tone in which a screen may show it."""

HOLDS = {
    "SUPPORT": "supports",
    "ACCEPT": "can live with",
    "NEUTRAL": "is neutral on",
    "RESERVE": "has reservations on",
    "OBJECT": "cannot live with",
}

OFFICES = {"CHAIR": "Chair", "SECRETARIAT": "Secretariat", "ORGANISER": "Organiser", "WORKER": "Worker"}


def told(stage: Stage, entry: Mapping[str, Any]) -> Line | None:
    """A line for an entry that the stage has heard; nothing for what would only be noise, such as every admission."""
    if "kind" not in entry:
        return Line(entry["seq"], "", "an entry that is not for the gallery", tone="dim")
    telling = TELLINGS.get(entry["kind"])
    if telling is None:
        return None
    said: Said = entry["detail"]
    item = _item(stage, said)
    who = entry["seat"] or OFFICES.get(entry["actor"]["role"], "")
    if entry["kind"] == "StancesStated" and item and item.text == TextState.CALLED:
        return None  # it goes with an objection raised or withdrawn, which has its own line
    did, words, tone = telling(stage, item, said)
    return Line(entry["seq"], who, did, words, _english(said), item.number if item else 0, tone)


def _item(stage: Stage, said: Said) -> OnStage | None:
    if isinstance(said.get("item"), str):
        return stage.items.get(said["item"])
    provision = said.get("provision") or stage.of_clause.get(said.get("amendment", ""))
    return stage.item_of(provision) if provision else None


def _words(text: Said | None) -> str:
    return (text or {}).get("text") or ""


def _english(said: Said) -> str:
    return next((text["text"] for text in said.get("translations", ()) if text["language"] == "en"), None) or ""


def _position(_stage: Stage, item: OnStage | None, said: Said) -> tuple[str, str, str]:
    return f"takes a position on item {_number(item)}", _words(said["text"]), "position"


def _stances(stage: Stage, item: OnStage | None, said: Said) -> tuple[str, str, str]:
    stances = said["stances"]
    reason = next((_words(s["reason"]) for s in stances if s["reason"]), "")
    if len(stances) > 1:
        levels = [s["level"] for s in stances]
        counted = ", ".join(f"{levels.count(level)} {level.lower()}" for level in dict.fromkeys(levels))
        return f"takes {len(stances)} stances on item {_number(item)}: {counted}", reason, "stance"
    (one,) = stances
    wording = f" in the wording of {stage.proposed.get(one['chosen'], 'the draft')}" if one["chosen"] else ""
    tone = "objection" if one["level"] == "OBJECT" else "stance"
    return f"{HOLDS[one['level']]} clause {stage.clause(one['provision'])}{wording}", reason, tone


def _alternative(stage: Stage, _item: OnStage | None, said: Said) -> tuple[str, str, str]:
    words = said["versions"][0]["text"] or ""
    return f"proposes another wording of clause {stage.clause(said['provision'])}", words, "wording"


def _amendment(stage: Stage, _item: OnStage | None, said: Said) -> tuple[str, str, str]:
    words = said["versions"][0]["text"] or ""
    return f"proposes to amend clause {stage.clause(said['provision'])}", words, "wording"


def _accepted(stage: Stage, _item: OnStage | None, said: Said) -> tuple[str, str, str]:
    seat, clause = stage.proposed.get(said["amendment"], "?"), stage.clause(stage.of_clause.get(said["amendment"], ""))
    return f"accepts the amendment of {seat} to clause {clause}", "", "good"


def _closed(stage: Stage, _item: OnStage | None, said: Said) -> tuple[str, str, str]:
    seat = stage.proposed.get(said["chosen"]) if said["chosen"] else None
    wording = f"the wording of {seat}" if seat else "the present text"
    return f"closes the bracket of clause {stage.clause(said['provision'])} with {wording}", "", "good"


def _draft(_stage: Stage, item: OnStage | None, said: Said) -> tuple[str, str, str]:
    alternatives = sum(len(clause["alternatives"]) for clause in said["clauses"])
    brackets = sum(bool(clause["alternatives"]) for clause in said["clauses"])
    done = f"tables draft {said['number']} of item {_number(item)}"
    return done, f"alternative wordings: {alternatives}; brackets: {brackets}; each with its backers", "worker"


def _call(_stage: Stage, item: OnStage | None, said: Said) -> tuple[str, str, str]:
    standing = ", ".join(sorted({s["seat"] for s in said["standing"]}))
    return f"calls for consensus on item {_number(item)}", f"objections stand of {standing}" if standing else "", "call"


def _objection(stage: Stage, _item: OnStage | None, said: Said) -> tuple[str, str, str]:
    words = f"{_words(said['reason'])} It would be removed by: {_words(said['wouldBeRemovedBy'])}"
    return f"objects to clause {stage.clause(said['provision'])}", words, "objection"


def _call_closed(_stage: Stage, item: OnStage | None, said: Said) -> tuple[str, str, str]:
    outcome = said["outcome"].lower().replace("_", " ")
    seats = ", ".join(sorted({o["seat"] for o in said["verdict"]["objections"]}))
    tone = "good" if outcome == "adopted" else "objection"
    return f"closes the call on item {_number(item)}: {outcome}", f"objection of {seats}" if seats else "", tone


def _opinion(_stage: Stage, item: OnStage | None, said: Said) -> tuple[str, str, str]:
    return f"puts on record, on item {_number(item)}: {said['opinion'].lower()}", _words(said["text"]), "opinion"


def _roll(stage: Stage, _item: OnStage | None, said: Said) -> tuple[str, str, str]:
    absent = ", ".join(said["absent"])
    present = f"{len(said['present'])} of {len(stage.names)} delegations present"
    return "calls the roll", f"{present}; absent: {absent}" if absent else present, ""


def _number(item: OnStage | None) -> str:
    return str(item.number) if item else "?"


def _bare(did: str, tone: str = "") -> Telling:
    """A telling that names the item, and the reason if one was given."""
    return lambda _stage, item, said: (did.format(number=_number(item)), _words(said.get("reason")), tone)


def _about(did: str, tone: str = "") -> Telling:
    """A telling that names a clause."""
    return lambda stage, _item, said: (did.format(clause=stage.clause(said["provision"])), "", tone)


TELLINGS: Mapping[str, Telling] = {
    "SessionScheduled": lambda stage, _item, _said: ("schedules the session", stage.title, ""),
    "SessionOpened": _bare("opens the sitting"),
    "SessionClosed": _bare("closes the session"),
    "SessionSealed": _bare("seals the record", "good"),
    "RollCallRecorded": _roll,
    "ItemOpened": _bare("takes up item {number}"),
    "ItemDeferred": _bare("defers item {number}", "objection"),
    "PositionPosted": _position,
    "StancesStated": _stances,
    "ProvisionProposed": lambda stage, _item, said: (
        f"proposes a new clause {stage.clause(said['provision'])}",
        said["versions"][0]["text"] or "",
        "wording",
    ),
    "ProvisionWithdrawn": _about("withdraws clause {clause}"),
    "AlternativeProposed": _alternative,
    "BracketClosed": _closed,
    "AmendmentProposed": _amendment,
    "AmendmentAccepted": _accepted,
    "DraftRequested": _bare("asks for a draft of item {number}"),
    "DraftTabled": _draft,
    "TextCirculated": _bare("circulates the text of item {number}"),
    "TextCleaned": _bare("declares the text of item {number} clean"),
    "TextReopened": _bare("reopens the text of item {number}"),
    "CallOpened": _call,
    "ObjectionRaised": _objection,
    "ObjectionMaintained": _about("maintains the objection to clause {clause}", "objection"),
    "ObjectionWithdrawn": _about("withdraws the objection to clause {clause}", "good"),
    "OpinionPlaced": _opinion,
    "CallClosed": _call_closed,
    "TextAdopted": lambda _stage, item, said: (
        f"the text of item {_number(item)} is adopted as decision {said['number']}",
        "",
        "good",
    ),
}
"""How each kind of entry is told; kinds that are not here are not."""
