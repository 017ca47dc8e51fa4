"""What is asked of a seat now, the most pressing first.

Why apart from what is possible: of the many things that a delegate may do, a phone shows first those for which the
others wait.
"""

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from server.console.clauses import Change, Clause, Words
from server.console.pages import Answer

ANSWER, CALL, REAFFIRM, ACCEPT, REVISE, RANK, STATE, VERSION, ABSENT, NOTHING = (
    "ANSWER", "CALL", "REAFFIRM", "ACCEPT", "REVISE", "RANK", "STATE", "VERSION", "ABSENT", "NOTHING",
)  # fmt: skip
"""To answer for an objection; to speak or be silent in a call; to say again what was said of older words; to accept a
change to one's clause; to revise one's own; to rank candidates; to say what one holds; to bring a version in one's
language into step; to come; to wait.
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """A kind of thing that is asked, and what about: clauses, wordings or changes. `until`: when it is too late.

    `again` are the wordings on which the same can be said again in one act, in one `language`.
    """

    kind: str
    about: tuple[Any, ...] = ()
    until: str | None = None
    again: tuple[Words, ...] = ()
    language: str | None = None


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
        found.append(Asked(ABSENT))
    yield from found or (Asked(NOTHING),)


def _all(
    item: Answer | None,
    me: Answer,
    opened: Container[str],
    clauses: Sequence[Clause],
    insertions: Sequence[Change],
) -> Iterator[Asked | None]:
    if item is None:
        return
    call = item["call"]
    if call and me["code"] in call["eligible"]:
        until = call["objectionsUntil"]
        yield _if(ANSWER, [each for each in clauses if each.objection and each.objection.state == "STANDING"])
        yield Asked(CALL, (), until)
    words = [each for clause in clauses for each in clause.all_words]
    if "StateStances" in opened:
        yield _reaffirm([each for each in words if each.mine and each.mine.carried])
    changes = [each for clause in clauses for each in clause.changes] + list(insertions)
    if "AcceptAmendment" in opened:
        yield _if(ACCEPT, [each for each in changes if each.waits_for_me])
    if "ReviseAmendment" in opened:
        yield _if(REVISE, [each for each in changes if each.mine and each.outdated])
    yield _rank(item, me, opened)
    if "StateStances" in opened:
        yield _if(STATE, [each for each in words if each.mine is None and each.alternative is None])
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


def _rank(item: Answer, me: Answer, opened: Container[str]) -> Asked | None:
    found = item["round"]
    if not found or found["taken"] or "RankCandidates" not in opened or me["code"] not in found["members"]:
        return None
    return None if any(each["seat"] == me["code"] for each in found["rankings"]) else Asked(RANK)


def _if(kind: str, about: Sequence[Any]) -> Asked | None:
    return Asked(kind, tuple(about)) if about else None
