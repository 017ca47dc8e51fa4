"""What is asked of a seat now, the most pressing first.

Why apart from what is possible: of the many things that a delegate may do, a phone shows first those for which the
others wait.
"""

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from server.console.clauses import Change, Clause, Words
from server.console.pages import Answer

ABSENT, ANSWER, CALL, REAFFIRM, ACCEPT, REVISE, RANK, WEIGH, STATE, VERSION, NOTHING = (
    "ABSENT", "ANSWER", "CALL", "REAFFIRM", "ACCEPT", "REVISE", "RANK", "WEIGH", "STATE", "VERSION", "NOTHING",
)  # fmt: skip
"""To come; to answer for an objection; to speak or be silent in a call; to say again what was said of older words; to
accept a change to one's clause; to revise one's own; to rank candidates; to say what one holds of others' words, or of
a clause; to bring a version in one's language into step; to wait.
"""

SETTLED = ("DEFERRED", "CONCLUDED")
"""Phases of an item in which nobody is waited for."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A kind of thing that is asked, and what about: clauses, wordings or changes. `until`: when it is too late.

    `again` are the wordings on which the same can be said again in one act, in one `language`; `rest`: one stance can
    be taken on all that is left.
    """

    kind: str
    about: tuple[Any, ...] = ()
    until: str | None = None
    again: tuple[Words, ...] = ()
    language: str | None = None
    rest: bool = False


def asked(
    room: Answer,
    item: Answer | None,
    me: Answer,
    opened: Container[str],
    clauses: Sequence[Clause],
    insertions: Sequence[Change],
) -> Iterator[Asked]:
    """All that is asked; that nothing is, where that is so."""
    found = [each for each in _all(item, me, opened, clauses, insertions) if each]
    if me["present"] is False and room["phase"] == "OPEN":
        found.insert(0, Asked(ABSENT))
    yield from found or (Asked(NOTHING),)


def _all(
    item: Answer | None,
    me: Answer,
    opened: Container[str],
    clauses: Sequence[Clause],
    insertions: Sequence[Change],
) -> Iterator[Asked | None]:
    if item is None or item["phase"] in SETTLED:
        return
    call = item["call"]
    if call and me["code"] in call["eligible"] and "RaiseObjection" in opened:
        until = call["objectionsUntil"]
        yield _if(ANSWER, [each for each in clauses if each.objection and each.objection.state == "STANDING"])
        yield Asked(CALL, tuple(each for each in clauses if each.objects), until)
    words = [each for clause in clauses for each in clause.all_words]
    if "StateStances" in opened:
        yield _reaffirm([each for each in words if each.mine and each.mine.carried])
    changes = [each for clause in clauses for each in clause.changes] + list(insertions)
    if "AcceptAmendment" in opened:
        yield _if(ACCEPT, [each for each in changes if each.waits_for_me])
    if "ReviseAmendment" in opened:
        yield _if(REVISE, [each for each in changes if each.mine and each.outdated and not each.fulfilled])
    yield _rank(item, me, opened, clauses)
    if "StateStances" in opened:
        yield _weigh(me["code"], clauses)
        yield _state(words)
    if "ProvideVersion" in opened:
        yield _if(VERSION, [each for each in clauses if each.lacking])


def _reaffirm(carried: Sequence[Words]) -> Asked | None:
    """Reasons are given in one language in a command, so those in another are said again by themselves."""
    if not carried:
        return None
    whole = [(each, each.mine.reason) for each in carried if each.mine and each.mine.whole]
    language = next((reason.language for _, reason in whole if reason), None)
    again = tuple(each for each, reason in whole if reason is None or reason.language == language)
    return Asked(REAFFIRM, tuple(carried), None, again, language)


def _weigh(me: str, clauses: Sequence[Clause]) -> Asked | None:
    """Others' wordings on which nothing is said yet, and their amendments since the seat last spoke of the clause."""
    words = [
        each
        for clause in clauses
        for each in clause.all_words
        if each.alternative and each.mine is None and each.proposer != me
    ]
    changes = [
        each
        for clause in clauses
        for each in clause.changes
        if not (each.mine or each.waits_for_me or each.outdated or each.fulfilled) and clause.spoken_of < each.seq
    ]
    return _if(WEIGH, [*words, *changes])


def _state(words: Sequence[Words]) -> Asked | None:
    """One stance on all the rest would hide what is carried over, so that is said again first."""
    left = [each for each in words if each.mine is None and each.alternative is None]
    carried = any(each.mine and each.mine.carried for each in words)
    return Asked(STATE, tuple(left), rest=len(left) > 1 and not carried) if left else None


def current(item: Answer, clauses: Sequence[Clause]) -> bool:
    """Whether the candidates of the newest round are made of the text as it stands."""
    revisions = {each.id: each.revision for each in clauses}
    there = {each.alternative for clause in clauses for each in clause.all_words}
    of_round = [each for candidate in item["round"]["candidates"] for each in candidate["clauses"]]
    return all(
        revisions.get(each["provision"]) == each["revision"] and each["alternative"] in there for each in of_round
    )


def _rank(item: Answer, me: Answer, opened: Container[str], clauses: Sequence[Clause]) -> Asked | None:
    found = item["round"]
    if not found or found["taken"] or "RankCandidates" not in opened or me["code"] not in found["members"]:
        return None
    if not current(item, clauses):
        return None
    return None if any(each["seat"] == me["code"] for each in found["rankings"]) else Asked(RANK)


def _if(kind: str, about: Sequence[Any]) -> Asked | None:
    return Asked(kind, tuple(about)) if about else None
