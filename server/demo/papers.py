"""The papers on the table, and commands made from acts by looking names up in them.

Why names like "1.2" and "KAZ": a script is written before a session has ids; a person in the room says "the second
clause of item one, in Kazakhstan's wording" too.
"""

from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, field, fields
from enum import StrEnum
from typing import Any, get_args, get_type_hints

from polylogue.commands import AnswerGiven, Command, Restored, RestoredOpinionText, StanceGiven, Translation
from polylogue.vocabulary import (
    AlternativeId,
    AmendmentId,
    ItemId,
    LanguageTag,
    OpinionKind,
    ProvisionId,
    SeatCode,
    Seq,
    StanceLevel,
)
from server.demo.acts import Act, ScriptInvalid
from server.demo.candidates import Candidate, named, ranked

LEVELS = {level.value[0]: level for level in StanceLevel}
"""Levels by their first letter: S, A, N, R, O."""

ENGLISH = LanguageTag("en")


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause on the table, with what others want it to say, by the seat that put it forward."""

    id: ProvisionId
    item: int
    revision: int
    alternatives: Mapping[str, AlternativeId] = field(default_factory=dict[str, AlternativeId])
    amendments: Mapping[str, AmendmentId] = field(default_factory=dict[str, AmendmentId])


@dataclass(frozen=True, slots=True)
class Papers:
    """What lies on the table: items by number, clauses by item and number ("1.2"), and the seats around it."""

    seats: tuple[SeatCode, ...] = ()
    items: Mapping[int, ItemId] = field(default_factory=dict[int, ItemId])
    clauses: Mapping[str, Clause] = field(default_factory=dict[str, Clause])
    candidates: Mapping[int, tuple[Candidate, ...]] = field(default_factory=dict[int, tuple[Candidate, ...]])
    """Of the newest round of each item, best first."""
    entries: Mapping[str, Seq] = field(default_factory=dict[str, Seq])
    """The last entry of the newest act of each kind, by who did it and what: "UZB PlaceOpinionOnRecord"."""

    def number_of(self, item: str) -> int:
        """The number of the item with this id; 0 for one that is not on the agenda."""
        return next((number for number, id in self.items.items() if id == item), 0)

    def name_of(self, provision: str) -> str:
        """The name of the clause with this id; "?" for one that lies no longer on the table."""
        return next((name for name, clause in self.clauses.items() if clause.id == provision), "?")


def command(act: Act, papers: Papers) -> Command:
    """The command that an act gives; ScriptInvalid where it names what is not there."""
    kind = next((each for each in get_args(Command) if each.__name__ == act.do), None)
    if kind is None:
        raise ScriptInvalid(f"{act.where}: there is no such command")
    said = dict(act.said)
    hints = get_type_hints(kind)
    values: dict[str, Any] = {}
    try:
        for each in fields(kind):
            if each.name == "item" and each.default is None and "item" not in said:
                value = MISSING  # it follows from the clause
            elif each.name in _LOOKED_UP:
                value = _LOOKED_UP[each.name](act.said, papers)
            elif each.name in said:
                value = _plain(hints[each.name], said[each.name])
            else:
                value = ENGLISH if each.name == "language" else MISSING
            if value is not MISSING:
                values[each.name] = value
        if unknown := set(said) - {each.name for each in fields(kind)} - _NAMES:
            raise ScriptInvalid(f"{act.where}: {', '.join(sorted(unknown))} means nothing here")
        return kind(**values)
    except (KeyError, ValueError, TypeError) as wrong:
        raise ScriptInvalid(f"{act.where}: {wrong!r}") from wrong


def _item(said: Mapping[str, Any], papers: Papers) -> ItemId:
    number = said["item"] if "item" in said else papers.clauses[said["clause"]].item
    return papers.items[number]


def _alternative(said: Mapping[str, Any], papers: Papers) -> AlternativeId | None:
    seat = said.get("alternative")
    return papers.clauses[said["clause"]].alternatives[seat] if seat else None


def _present(said: Mapping[str, Any], papers: Papers) -> tuple[SeatCode, ...]:
    return tuple(seat for seat in papers.seats if seat not in said.get("absent", ()))


def _translations(said: Mapping[str, Any], _papers: Papers) -> tuple[Translation, ...]:
    given: dict[str, str] = said.get("translations", {})
    return tuple(Translation(language=LanguageTag(language), text=text) for language, text in given.items())


def _stances(said: Mapping[str, Any], papers: Papers) -> tuple[StanceGiven, ...]:
    """Stances from words like `2=R3 2/KAZ=A`: clause, alternative of a seat, level by its letter, importance."""
    return tuple(_stance(word, said, papers) for word in said.get("stances", "").split())


def _stance(word: str, said: Mapping[str, Any], papers: Papers) -> StanceGiven:
    target, _, level = word.partition("=")
    number, _, seat = target.partition("/")
    clause = papers.clauses[f"{said['item']}.{number}"]
    condition = said.get("conditions", {}).get(target)
    return StanceGiven(
        provision=clause.id,
        alternative=clause.alternatives[seat] if seat else None,
        level=LEVELS[level[0]],
        importance=int(level[1:] or 2),
        reason=said.get("reasons", {}).get(target),
        would_be_removed_by=said.get("removed_by", {}).get(target),
        if_agreed=papers.clauses[condition].id if condition else None,
    )


def _answers(said: Mapping[str, Any], papers: Papers) -> tuple[AnswerGiven, ...]:
    """Answers from words like `2=R3 4=A`: clause, level by its letter, importance."""
    return tuple(_answer(word, said, papers) for word in said["answers"].split())


def _answer(word: str, said: Mapping[str, Any], papers: Papers) -> AnswerGiven:
    number, _, level = word.partition("=")
    return AnswerGiven(
        provision=papers.clauses[f"{said['item']}.{number}"].id,
        level=LEVELS[level[0]],
        importance=int(level[1:] or 2),
        reason=said.get("reasons", {}).get(number),
        would_be_removed_by=said.get("removed_by", {}).get(number),
    )


def _restored(said: Mapping[str, Any], papers: Papers) -> Restored:
    """What an opinion on record should have said."""
    words = said["opinion"]
    opinion = RestoredOpinionText(
        text=words["text"],
        language=LanguageTag(words["language"]),
        kind=OpinionKind(words["kind"].upper()),
        provision=papers.clauses[words["clause"]].id,
    )
    return Restored(opinion=opinion)


def _rest(said: Mapping[str, Any], _papers: Papers) -> StanceLevel | None:
    return StanceLevel(said["rest"].upper()) if "rest" in said else None


_LOOKED_UP: Mapping[str, Callable[[Mapping[str, Any], Papers], Any]] = {
    "item": _item,
    "provision": lambda said, papers: papers.clauses[said["clause"]].id if "clause" in said else MISSING,
    "revision": lambda said, papers: papers.clauses[said["clause"]].revision,
    "alternative": _alternative,
    "amendment": lambda said, papers: (
        papers.clauses[said["clause"]].amendments[said["amendment"]] if "amendment" in said else MISSING
    ),
    "candidate": lambda said, papers: named(said["candidate"], papers.candidates[said["item"]]),
    "ranking": lambda said, papers: ranked(said["ranking"], papers.candidates[said["item"]]),
    "answers": _answers,
    "present": _present,
    "translations": _translations,
    "stances": _stances,
    "for_rest": _rest,
    "seq": lambda said, papers: papers.entries[said["corrects"]],
    "restored": _restored,
}
"""Fields of commands that are looked up in the papers, or written in the script's own way."""

_NAMES = frozenset(
    (
        "item",
        "clause",
        "alternative",
        "amendment",
        "absent",
        "reasons",
        "removed_by",
        "conditions",
        "rest",
        "corrects",
        "opinion",
    )
)
"""Names of the script that are no field of a command."""


def _plain(hint: Any, given: Any) -> Any:
    words = next(
        (part for part in (hint, *get_args(hint)) if isinstance(part, type) and issubclass(part, StrEnum)), None
    )
    return words(given.upper()) if words else given
