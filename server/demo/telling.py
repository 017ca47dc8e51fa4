"""Entries of the record put into words for the gallery: who did what, and the first of their words.

Why in the third person: it is what was recorded, not what somebody claims about it.
"""

from collections.abc import Callable, Mapping
from typing import Any

from polylogue.vocabulary import TextState
from server.demo.candidates import beside, first, listed
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

ORDER = tuple(HOLDS)
"""Levels from support to objection."""

OFFICES = {"CHAIR": "Chair", "SECRETARIAT": "Secretariat", "ORGANISER": "Organiser", "WORKER": "Server"}

LANGUAGES = {"en": "English", "ru": "Russian", "zh": "Chinese"}

NOBODYS = ("TextAdopted",)
"""Kinds of entries that are nobody's act: what follows from the rules."""

OUTCOMES = {
    "ADOPTED": "nobody objects",
    "BLOCKED": "no consensus",
    "NO_QUORUM": "too few are present to decide",
    "WITHDRAWN": "it is taken back",
}


STOPS = {
    "NO_OBJECTION": "Another round is held only when something has changed.",
    "WINNER_UNCHANGED": "The same text has won three times: another round is held only when something has changed.",
}


ADVICE = "Candidates are advice: delegations speak, and the chair takes one or none."

OF_A_MODEL = {
    "ANSWERED": "it answers",
    "UNREADABLE": "its answer cannot be read",
    "REPLY_TOO_LONG": "its answer is too long",
    "AGREED_ALTERED": "it alters agreed clauses",
    "FAILED": "it does not answer",
    "TIMED_OUT": "it does not answer in time",
    "PROMPT_TOO_LONG": "a clause is too long to ask about",
    "BUDGET_SPENT": "the session may not ask any more",
    "NOT_CONFIGURED": "none is set up",
}
"""What came of asking a language model."""


def told(stage: Stage, entry: Mapping[str, Any]) -> Line | None:
    """A line for an entry that the stage has heard; nothing for what would only be noise, such as every admission, nor
    for what was withheld from the gallery: that is counted, and explained at the end.
    """
    telling = TELLINGS.get(entry.get("kind", ""))
    if telling is None:
        return None
    said: Said = entry["detail"]
    item = _item(stage, said)
    who = "" if entry["kind"] in NOBODYS else entry["seat"] or OFFICES.get(entry["actor"]["role"], "")
    if entry["kind"] == "StancesStated" and item and item.text == TextState.CALLED:
        return None  # it goes with an objection raised or withdrawn, which has its own line
    did, words, tone = telling(stage, item, said)
    if _met(stage, entry):
        did = f"{did}: it says what had been asked for"
    return Line(who, did, words, _english(said), tone, entry["seq"])


def _item(stage: Stage, said: Said) -> OnStage | None:
    if isinstance(said.get("item"), str):
        return stage.items.get(said["item"])
    if amendment := stage.amendments.get(said.get("amendment", "")):
        return stage.items.get(amendment["item"])
    return stage.item_of(stage.about(said))


def _met(stage: Stage, entry: Mapping[str, Any]) -> bool:
    """Whether a seat that objected in a call can live with the other words that its clause has been given since."""
    said = entry["detail"]
    if entry["kind"] == "ObjectionWithdrawn":
        held = (said["provision"],)
    elif entry["kind"] == "StancesStated":
        held = tuple(s["provision"] for s in said["stances"] if s["level"] != "OBJECT" and not s["chosen"])
    else:
        return False
    asked = [stage.asked[provision] for provision in held if provision in stage.asked]
    return any(each.seat == entry["seat"] and each.reworded for each in asked)


def _words(text: Said | None) -> str:
    return (text or {}).get("text") or ""


def _english(said: Said) -> str:
    return next((text["text"] for text in said.get("translations", ()) if text["language"] == "en"), None) or ""


def _position(stage: Stage, item: OnStage | None, said: Said) -> tuple[str, str, str]:
    on = f"position on item {_number(item)}"
    taken = f"takes a {on}" if stage.sitting else f"submits a {on} in advance"
    return f"revises its {on}" if said["revision"] > 1 else taken, _words(said["text"]), "position"


def _stances(stage: Stage, item: OnStage | None, said: Said) -> tuple[str, str, str]:
    """One stance by what is held on what; several by their counts, with the reason of the gravest that has one."""
    stances = sorted(said["stances"], key=lambda stance: ORDER.index(stance["level"]))
    tone = "objection" if stances[-1]["level"] == "OBJECT" else "stance"
    if len(stances) == 1:
        return f"{HOLDS[stances[0]['level']]} {_wording(stage, stances[0])}", _words(stances[0]["reason"]), tone
    levels = [stance["level"] for stance in stances]
    counted = ", ".join(f"{levels.count(level)} {level.lower()}" for level in dict.fromkeys(levels))
    grave = next((stance for stance in reversed(stances) if stance["reason"]), None)
    reason = f"On {_wording(stage, grave)}: {_words(grave['reason'])}" if grave else ""
    return f"takes {len(stances)} stances on item {_number(item)}: {counted}", reason, tone


def _wording(stage: Stage, stance: Said) -> str:
    """The wording that a stance is on: a clause as it stands, or as somebody would have it."""
    instead = f" in the wording of {stage.proposed.get(stance['chosen'], 'the draft')}" if stance["chosen"] else ""
    return f"clause {stage.clause(stance['provision'])}{instead}"


def _alternative(stage: Stage, _item: OnStage | None, said: Said) -> tuple[str, str, str]:
    words = said["versions"][0]["text"] or ""
    return f"proposes another wording of clause {stage.clause(said['provision'])}", words, "wording"


def _version(stage: Stage, _item: OnStage | None, said: Said) -> tuple[str, str, str]:
    (given,) = said["versions"]
    clause = f"clause {stage.clause(said['provision'])}"
    gives = (
        f"rewords the {_language(given['language'])} version of {clause}"
        if said["stale"]
        else f"gives {clause} in {_language(given['language'])}"
    )
    return gives, given["text"] or "", "wording"


def _language(tag: str) -> str:
    """A language by its English name; by its tag where it has none here."""
    return LANGUAGES.get(tag.partition("-")[0], tag)


def _amendment(stage: Stage, _item: OnStage | None, said: Said) -> tuple[str, str, str]:
    words = (said["versions"][0]["text"] or "") if said["versions"] else ""
    return f"proposes to {_would(stage, said)}", words, "wording"


def _would(stage: Stage, said: Said) -> str:
    """What an amendment would do, in words."""
    clause = f"clause {stage.clause(said['provision'])}"
    behind = f"behind clause {stage.clause(said['behind'])}" if said["behind"] else "at the beginning"
    if said["amends"]:
        return f"reword the amendment of {stage.proposed.get(said['amends'], '?')}"
    match said["would"]:
        case "INSERT_AFTER":
            return f"put in a clause {behind}"
        case "DELETE":
            return f"take out {clause}"
        case "MOVE":
            return f"have {clause} stand {behind}"
        case _:
            return f"amend {clause}"


def _revised(stage: Stage, _item: OnStage | None, said: Said) -> tuple[str, str, str]:
    words = (said["versions"][0]["text"] or "") if said["versions"] else ""
    return f"revises its amendment to {_would(stage, stage.amendments[said['amendment']])}", words, "wording"


def _accepted(stage: Stage, _item: OnStage | None, said: Said) -> tuple[str, str, str]:
    """Whose amendment it was; and, after an objection to the clause, the words by which that would be settled."""
    amendment = stage.amendments[said["amendment"]]
    provision = stage.about(said)
    seat = stage.proposed.get(said["amendment"], "?")
    asked = stage.asked.get(provision)
    had_asked = (
        f"{stage.names.get(asked.seat, asked.seat)} had asked for: {asked.words}" if asked and asked.words else ""
    )
    plain = amendment["would"] == "REPLACE" and not amendment["amends"]
    what = f"amendment of {seat} to clause {stage.clause(provision)}"
    did = f"accepts the {what if plain else f'proposal of {seat} to {_would(stage, amendment)}'}"
    return (did, had_asked, "good") if said["final"] else (f"{did}; other sponsors are still asked", "", "")


def _closed(stage: Stage, item: OnStage | None, said: Said) -> tuple[str, str, str]:
    seat = stage.proposed.get(said["chosen"]) if said["chosen"] else None
    wording = f"the wording of {seat}" if seat else "the present text"
    did = f"closes the bracket of clause {stage.clause(said['provision'])} with {wording}"
    return did, _instead(stage, item, said["provision"], said["chosen"] or ""), "good"


def _instead(stage: Stage, item: OnStage | None, provision: str, chosen: str) -> str:
    """What the first candidate of the last round would have done with a clause."""
    last = stage.rounds.get(item.id) if item else None
    if last is None:
        return ""
    best = next((way for way in last.ways(last.order[0]) if way["provision"] == provision), None)
    seat = stage.proposed.get((best or {}).get("alternative") or "", "a member")
    return beside(best, last.order[0], chosen, seat)


def _draft(_stage: Stage, item: OnStage | None, said: Said) -> tuple[str, str, str]:
    brackets = [clause for clause in said["clauses"] if clause["alternatives"]]
    wordings = sum(len(clause["alternatives"]) for clause in brackets)
    found = f"{_counted(len(brackets), 'bracket')}, {_counted(wordings, 'other wording')}, each with its backers"
    return f"tables draft {said['number']} of item {_number(item)}", found, "worker"


def _candidates(stage: Stage, item: OnStage | None, said: Said) -> tuple[str, str, str]:
    order, candidates = said["choice"]["order"], said["candidates"]
    shown = first(
        candidates[order[0] - 1],
        said["wordings"],
        stage.clause,
        lambda id: (stage.worded.get(id, ""), stage.proposed.get(id, "")),
    )
    found = f"{listed(order, candidates)}\n{shown}"
    stop = STOPS.get(said["stop"] or "", "")
    did = f"proposes {_counted(len(said['candidates']), 'candidate')} for item {_number(item)}, round {said['number']}"
    return did, "\n".join(filter(None, (ADVICE, found, stop))), "worker"


def _consulted(_stage: Stage, item: OnStage | None, said: Said) -> tuple[str, str, str]:
    outcome: str = said["answered"]
    taken = f"wordings taken: {said['consulted']}, refused: {len(said['refused'])}"
    came = f"{OF_A_MODEL.get(outcome, outcome)}; {taken if outcome == 'ANSWERED' else 'no wording is taken'}"
    return f"asks a language model for wordings of item {_number(item)}", came, "worker"


def _ranking(_stage: Stage, item: OnStage | None, said: Said) -> tuple[str, str, str]:
    order = said["choice"]["order"]
    return f"ranks the candidates for item {_number(item)}", f"Candidate {order[0]} is first now.", "stance"


def _answered(stage: Stage, item: OnStage | None, said: Said) -> tuple[str, str, str]:
    """Of words on the table a seat states stances, which have a line of their own."""
    stances = sorted(said["stances"], key=lambda stance: ORDER.index(stance["level"]))
    levels = [f"{HOLDS[stance['level']]} clause {stage.clause(stance['provision'])}" for stance in stances]
    grave = next((stance for stance in reversed(stances) if stance["reason"]), None)
    did = f"answers candidate {stage.number_of(said['item'], said['taken'])} for item {_number(item)}"
    return f"{did}: it {', '.join(levels)}" if levels else did, _words(grave["reason"]) if grave else "", "stance"


def _taken(stage: Stage, item: OnStage | None, said: Said) -> tuple[str, str, str]:
    kept = sorted(stage.clause(clause["provision"]) for clause in said["clauses"] if clause["becomes"])
    gone = sorted(stage.clause(clause["provision"]) for clause in said["clauses"] if not clause["becomes"])
    parts = [f"New words of clause {', '.join(kept)}." if kept else "", f"Left out: {', '.join(gone)}." if gone else ""]
    number, order = stage.number_of(said["item"], said["candidate"]), stage.rounds[said["item"]].order
    place = f"place {order.index(number) + 1} of {len(order)}"
    return f"takes candidate {number} ({place}) for item {_number(item)}", " ".join(filter(None, parts)), "good"


def _call(_stage: Stage, item: OnStage | None, said: Said) -> tuple[str, str, str]:
    standing = ", ".join(sorted({s["seat"] for s in said["standing"]}))
    words = f"Objections that stand: {standing}. Each is to be withdrawn or maintained." if standing else ""
    return f"calls for consensus on item {_number(item)}: does anybody object?", words, "call"


def _objection(stage: Stage, _item: OnStage | None, said: Said) -> tuple[str, str, str]:
    words = f"{_words(said['reason'])} Would be settled by: {_words(said['wouldBeRemovedBy'])}"
    only = f"the {_language(said['version'])} version of " if said["version"] else ""
    return f"objects to {only}clause {stage.clause(said['provision'])}", words, "objection"


def _call_closed(stage: Stage, item: OnStage | None, said: Said) -> tuple[str, str, str]:
    counted = (f"{o['seat']} on clause {stage.clause(o['provision'])}" for o in said["verdict"]["objections"])
    objections = ", ".join(sorted(counted))
    tone = "good" if said["outcome"] == "ADOPTED" else "objection"
    did = f"closes the call on item {_number(item)}: {OUTCOMES[said['outcome']]}"
    return did, f"Objection of {objections}" if objections else "", tone


def _opinion(stage: Stage, item: OnStage | None, said: Said) -> tuple[str, str, str]:
    opinion = "an interpretation of" if said["opinion"] == "INTERPRETATION" else "a reservation on"
    what = f"clause {stage.clause(said['on'])}" if said["on"] else f"item {_number(item)}"
    return f"places {opinion} {what} on record", _words(said["text"]), "opinion"


def _corrected(stage: Stage, _item: OnStage | None, said: Said) -> tuple[str, str, str]:
    """Of an opinion on record the clause beside which it should have stood."""
    opinion = said["restoredOpinion"]
    clause = f": it is on clause {stage.clause(opinion['provision'])}" if opinion and opinion["provision"] else ""
    what = "opinion" if opinion else "entry"
    return f"corrects the {what} of {said['ofSeat'] or 'the chair'}{clause}", _words(said["reason"]), "opinion"


def _roll(stage: Stage, _item: OnStage | None, said: Said) -> tuple[str, str, str]:
    absent = ", ".join(said["absent"])
    present = stage.attendance()
    return "calls the roll", f"{present}; absent: {absent}" if absent else present, ""


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


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
    "ItemOpened": lambda _stage, item, _said: (
        f"takes up item {_number(item)}",
        item.title if item else "",
        "item",
    ),
    "ItemDeferred": _bare("defers item {number}", "objection"),
    "PositionPosted": _position,
    "StancesStated": _stances,
    "ProvisionProposed": lambda stage, _item, said: (
        f"proposes a new clause {stage.clause(said['provision'])}",
        said["versions"][0]["text"] or "",
        "wording",
    ),
    "ProvisionWithdrawn": _about("withdraws clause {clause}"),
    "VersionProvided": _version,
    "VersionConfirmed": lambda stage, _item, said: (
        f"confirms the {_language(said['language'])} version of clause {stage.clause(said['provision'])}",
        "",
        "good",
    ),
    "AlternativeProposed": _alternative,
    "BracketClosed": _closed,
    "AmendmentProposed": _amendment,
    "AmendmentRevised": _revised,
    "AmendmentAccepted": _accepted,
    "AmendmentWithdrawn": lambda stage, _item, said: (
        f"takes back its proposal to {_would(stage, stage.amendments[said['amendment']])}",
        "",
        "",
    ),
    "SponsorJoined": _about("becomes a sponsor of clause {clause}"),
    "SponsorLeft": _about("leaves the sponsors of clause {clause}"),
    "DraftRequested": _bare("asks for a draft of item {number}"),
    "DraftTabled": _draft,
    "CandidatesProposed": _candidates,
    "CandidatesRanked": _ranking,
    "WriterConsulted": _consulted,
    "CandidateAnswered": _answered,
    "CandidateTaken": _taken,
    "TextCirculated": _bare("circulates the text of item {number}"),
    "TextCleaned": _bare("declares the text of item {number} clean"),
    "TextReopened": _bare("reopens the text of item {number}"),
    "CallOpened": _call,
    "ObjectionRaised": _objection,
    "ObjectionMaintained": _about("maintains the objection to clause {clause}", "objection"),
    "ObjectionWithdrawn": _about("withdraws the objection to clause {clause}", "good"),
    "OpinionPlaced": _opinion,
    "EntryCorrected": _corrected,
    "CallClosed": _call_closed,
    "TextAdopted": lambda _stage, item, said: (
        f"The text of item {_number(item)} is adopted as decision {said['number']}",
        "",
        "good",
    ),
}
"""How each kind of entry is told; kinds that are not here are not."""
