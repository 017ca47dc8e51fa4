"""What a document about an item is made from: its text, who holds what on it, and what the body has decided.

Why apart from the state: a document is made of words, and the state holds none; and it may be of an earlier moment.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from polylogue.events import Region
from polylogue.vocabulary import (
    Instant,
    LanguageStatus,
    LanguageTag,
    Nature,
    OpinionKind,
    ProvisionId,
    ProvisionKind,
    SeatCode,
    Seq,
    StanceLevel,
    TextState,
)


@dataclass(frozen=True, slots=True)
class Said:
    """Words in a language; null where they have been erased. `status` is that of a language version of a clause, which
    is `stale` while the clause says something else.
    """

    text: str | None
    language: LanguageTag
    status: LanguageStatus = LanguageStatus.WORKING
    stale: bool = False


@dataclass(frozen=True, slots=True)
class Stance:
    """What a delegation holds on a wording, with its reasons as far as it gave any."""

    seat: SeatCode
    level: StanceLevel
    carried: bool = False
    reason: Said | None = None
    would_be_removed_by: Said | None = None


@dataclass(frozen=True, slots=True)
class Wording:
    """A wording of a clause: the present text (`key` "") or an alternative, called `label`; keys are in their order.

    `seq` is the entry in which its words stand, `by` are the seats that put it there; none: the chair did.
    """

    key: str
    versions: tuple[Said, ...]
    label: str = ""
    by: tuple[SeatCode, ...] = ()
    seq: Seq | None = None
    stances: tuple[Stance, ...] = ()


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of the text, at its place from 1: its present wording, and the others in its bracket.

    `kept` is what was decided about its brackets, by the keys of its wordings, in the language in which they are
    `compared` (docs/procedure.md, brackets).
    """

    id: ProvisionId
    number: int
    kind: ProvisionKind
    present: Wording
    alternatives: tuple[Wording, ...] = ()
    kept: tuple[Region, ...] = ()
    compared: LanguageTag | None = None


@dataclass(frozen=True, slots=True)
class Opinion:
    """An opinion on record, on a clause or (null) on the whole text."""

    seat: SeatCode
    kind: OpinionKind
    clause: ProvisionId | None
    text: Said


@dataclass(frozen=True, slots=True)
class Decision:
    """An adopted text: its number among the session's decisions, and when."""

    number: int
    at: Instant


@dataclass(frozen=True, slots=True)
class Paper:
    """An item's text as it stood after entry `seq`, made at `at`.

    `languages` are the session's, its working one first; `authentic` are those that count alike. `clauses` are the
    adopted ones where there is a `decision`, else those that stand in the text. `backing` are the seats whose stance
    backs a wording: the members.
    """

    nature: Nature
    conference: str | None
    session: tuple[Said, ...]
    item: int
    titles: tuple[Said, ...]
    languages: tuple[LanguageTag, ...]
    authentic: tuple[LanguageTag, ...]
    state: TextState
    seq: Seq
    at: Instant
    clauses: tuple[Clause, ...] = ()
    opinions: tuple[Opinion, ...] = ()
    decision: Decision | None = None
    names: Mapping[SeatCode, tuple[Said, ...]] = field(default_factory=dict[SeatCode, tuple[Said, ...]])
    backing: frozenset[SeatCode] = frozenset()


def preferred(paper: Paper, language: LanguageTag | None) -> tuple[LanguageTag, ...]:
    """Languages in the order in which their versions are taken: the one asked for, then the session's."""
    return tuple(dict.fromkeys((*((language,) if language else ()), *paper.languages)))


def version(versions: Iterable[Said], wanted: Sequence[str]) -> Said | None:
    """The version in the first of these languages in which there are words, by tag and then by its first part; else
    the first with words, else an erased one, else nothing. One that is stale only where there is no other.
    """
    there = [each for each in versions if each.status is not LanguageStatus.MISSING]
    there = [each for each in there if not each.stale] or there
    readable = [each for each in there if each.text is not None] or there
    for tag in wanted:
        same = [each for each in readable if each.language == tag]
        alike = [each for each in readable if _first(each.language) == _first(tag)]
        if found := same or alike:
            return found[0]
    return readable[0] if readable else None


def _first(tag: str) -> str:
    return tag.partition("-")[0]
