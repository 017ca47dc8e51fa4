"""What a delegate sees on a phone: what is asked of the seat now, the clauses with the seat's own word on each, and
what else is open to it.

Why what is open comes from the rule set's own rows: a session may be under another, and a form that could only be
refused is not offered.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from polylogue.vocabulary import LanguageTag
from server.console.alphabets import names_in_order
from server.console.asked import asked, current
from server.console.clauses import Clause, changes_of, clauses_of
from server.console.concerns import concerns
from server.console.entered import answers_of, entered
from server.console.explained import Explained, explained
from server.console.fates import fates
from server.console.others import others, positions_of
from server.console.outcomes import adopted
from server.console.pages import Answer, View, languages
from server.console.wordings import Wording, chosen, said


def seat(session: Answer, view: View) -> dict[str, Any]:
    """The values of the seat's template; `scene` is what all its parts know, and no stance of another changes it."""
    room = session["room"]
    item, own = room["item"], session["item"]
    delegations = {each["code"]: each for each in room["delegations"]}
    me, preferred = delegations[view.seat or ""], languages(room, view)
    names = names_in_order(room["delegations"], view.language)
    opened = frozenset(_open(room, item, me["standing"]))
    official = (LanguageTag(room["working"]), *map(LanguageTag, room["authentic"]))
    clauses = tuple(clauses_of(item, me["code"], preferred, official, me["languages"])) if item else ()
    insertions = tuple(changes_of(item["text"]["insertions"], {}, me["code"], preferred)) if item else ()
    counted = {code for code, each in delegations.items() if each["standing"] in room["ruleSet"]["eligible"]}
    standings = {code: each["standing"] for code, each in delegations.items()}
    worries = tuple(concerns(item, counted, names, standings, preferred)) if item else ()
    texts = _text_languages(item, official)
    position = own["positions"]["nodes"][0] if own and own["positions"]["nodes"] else None
    ranks = "RankCandidates" in opened
    scene = {
        "session": {name: room[name] for name in ("id", "nature", "title", "working", "authentic")},
        "me": me,
        "names": names,
        "item": item and _outside(item),
        "open": opened,
        "shown_in": view.text or (view.language if view.language in texts else room["working"]),
        "tongues": _tongues(room, me, view),
    }
    return {
        **scene,
        "scene": scene,
        "seats": [delegations[code] for code in names if code in view.standpoint.seats],
        "tabs": [(each, chosen(each["titles"], (view.language, *preferred))) for each in room["agenda"]],
        "asks": tuple(asked(room, item, me, opened, clauses, insertions)),
        "fates": tuple(fates(room, item, worries)),
        "clauses": clauses,
        "others": {
            each["id"]: others(each, clause.changes, worries, me["code"], names)
            for each, clause in zip(item["text"]["provisions"] if item else (), clauses, strict=True)
        },
        "objected": frozenset(each.clause for each in worries if each.counted and each.label is None),
        "texts": texts,
        "positions": positions_of(item, me["code"], names) if item else (),
        "numbered": tuple((each.id, each.number) for each in clauses),
        "insertions": insertions,
        "position": position,
        "entered": entered(item, own, me["code"], clauses),
        "candidates": _candidates(item, own, clauses, preferred, me["code"], names) if ranks else (),
        "adopted": adopted(item, preferred) if item else (),
        "opinions": [(each, said(each["text"])) for each in item["opinions"]] if item else (),
    }


def _outside(item: Answer) -> Answer:
    """What an item is, without what is said on it."""
    call = item["call"] and {"eligible": item["call"]["eligible"]}
    return {"id": item["id"], "number": item["number"], "call": call, "decision": item["decision"]}


def _text_languages(item: Answer | None, official: Sequence[LanguageTag]) -> tuple[str, ...]:
    """Those of the session, and others in which some clause stands."""
    provisions = item["text"]["provisions"] if item else ()
    there = [each["language"] for provision in provisions for each in provision["versions"] if each["text"]]
    return tuple(dict.fromkeys((*official, *there)))


def _tongues(room: Answer, me: Answer, view: View) -> tuple[str, ...]:
    """Languages in which the seat may say something: first the page's, as whoever reads it writes it too."""
    spoken = dict.fromkeys((*me["languages"], room["working"], *room["authentic"]))
    return tuple(sorted(spoken, key=lambda tag: tag != view.language))


def _open(room: Answer, item: Answer | None, standing: str) -> Iterable[str]:
    """The commands that the rules leave open to a seat of this standing, as session, item and text stand."""
    for row in room["ruleSet"]["commands"]:
        here = standing in row["seat"] and room["phase"] in row["session"]
        of_item = item and item["phase"] in row["item"] and (not row["text"] or item["text"]["state"] in row["text"])
        if here and of_item:
            yield row["command"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A candidate for the whole text, and the place that the seat has given it; `parts` are its clauses that read
    otherwise than the text, null where it is left out; `answers` what the seat has said of them, by clause.
    """

    id: str
    number: int
    status_quo: bool
    present: bool
    objections: int
    why: Explained
    parts: tuple[tuple[Clause, Wording | None], ...]
    place: int | None
    answers: dict[str, Answer]


def _candidates(
    item: Answer | None,
    own: Answer | None,
    clauses: Sequence[Clause],
    preferred: Sequence[LanguageTag],
    me: str,
    names: Mapping[str, str],
) -> tuple[Candidate, ...]:
    """Those of a round that is not decided, as they are numbered."""
    found = item and item["round"]
    if not item or not found or found["taken"] or me not in found["members"] or not current(item, clauses):
        return ()
    rankings: list[Answer] = [each for each in found["rankings"] if each["seat"] == me]
    ranking: list[list[str]] = rankings[0]["groups"] if rankings else []
    places = {candidate: place for place, group in enumerate(ranking, 1) for candidate in group}
    standing = {each.id: each for each in clauses}
    whys, answers = explained(item, found, names), answers_of(own, me)

    def parts(candidate: Answer) -> Iterable[tuple[Clause, Wording | None]]:
        for each in candidate["clauses"]:
            clause = standing.get(each["provision"])
            words = chosen(each["versions"], preferred) if each["versions"] else None
            if clause and (words is None or words.text not in _texts(clause)):
                yield clause, words

    return tuple(
        Candidate(
            id=each["id"],
            number=each["number"],
            status_quo=each["statusQuo"],
            present=each["present"],
            objections=each["objections"],
            why=whys[each["id"]],
            parts=tuple(parts(each)),
            place=places.get(each["id"]),
            answers=answers.get(each["id"], {}),
        )
        for each in sorted(found["candidates"], key=lambda each: each["number"])
    )


def _texts(clause: Clause) -> set[str | None]:
    return {clause.wording.text, *(each.text for each in clause.versions)}
