"""What the search for candidates is a function of: an item's clauses, their wordings, and what the seats said of them.

Why frozen and complete: a search can be run again from the same brief, by anybody, to the same bytes; it reads neither
the session's state nor its record.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from polylogue.drafting.forms import ClauseChoice, Source
from polylogue.drafting.rolling import Words, authors, brought
from polylogue.events import Region
from polylogue.stances import Held
from polylogue.state import Amendment, Provision, State, TextAt
from polylogue.state import Wording as Versions
from polylogue.vocabulary import (
    AmendmentKind,
    AmendmentState,
    ItemId,
    LanguageStatus,
    LanguageTag,
    ProvisionId,
    ProvisionKind,
    ProvisionState,
    SeatCode,
    Seq,
    StanceLevel,
)

PRESENT = ""
"""The key of a clause's present text among its wordings; an alternative's or amendment's is its id."""

Names = Mapping[SeatCode, Mapping[LanguageTag, str]]
"""Names of delegations by language."""


@dataclass(frozen=True, slots=True)
class Wording:
    """Words that a clause might have. `text` is null where they are erased, empty where the clause would be left out.

    `seats` have put just these words forward, whose words they are first; none where the chair or a draft has, or
    nobody.
    """

    key: str
    text: str | None
    language: LanguageTag
    seats: tuple[SeatCode, ...] = ()


@dataclass(frozen=True, slots=True)
class Stated:
    """What a seat has said of a wording. `carried`: on an older wording of the clause. `condition` is the text that it
    said would remove its objection or reservation, and `reason` why it has one; `if_agreed` the clause that it waits
    for, null once that is agreed.
    """

    seat: SeatCode
    wording: str
    level: StanceLevel
    importance: int
    seq: Seq
    carried: bool = False
    if_agreed: ProvisionId | None = None
    condition: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What a seat said of a clause of an earlier candidate, whose `text` is null where the clause is left out."""

    seat: SeatCode
    provision: ProvisionId
    text: str | None
    level: StanceLevel
    seq: Seq
    importance: int = 2
    condition: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """A wording of a clause from a writer, and where it says that the words come from."""

    provision: ProvisionId
    text: str
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause with its wordings, the present text first, and all that was said of them and of earlier candidates.

    `regions` are its brackets where they were decided; else they follow from the words.
    """

    provision: ProvisionId
    revision: int
    kind: ProvisionKind
    state: ProvisionState
    wordings: tuple[Wording, ...]
    stated: tuple[Stated, ...] = ()
    answers: tuple[Answer, ...] = ()
    regions: tuple[Region, ...] = ()

    @property
    def present(self) -> Wording:
        return self.wordings[0]

    @property
    def language(self) -> LanguageTag:
        return self.present.language


@dataclass(frozen=True, slots=True)
class Brief:
    """The input of a round. `seats` are the eligible ones, sorted; `clauses` in the order of the text.

    `names` are of the eligible seats, sorted by seat and language. `previous` is what the winner of the round before
    does with each clause.
    """

    item: ItemId
    seats: tuple[SeatCode, ...]
    clauses: tuple[Clause, ...]
    names: tuple[tuple[SeatCode, LanguageTag, str], ...] = ()
    previous: tuple[ClauseChoice, ...] = ()


def brief(
    state: State,
    item: ItemId,
    words: Words,
    *,
    names: Names | None = None,
    previous: Iterable[ClauseChoice] = (),
    answers: Iterable[Answer] = (),
) -> Brief:
    """The brief of an item's text as it stands.

    Wordings are in the clause's first language where there is such a version. Pending amendments that would replace the
    newest wording or delete the clause are wordings too. `answers` are all that were given to earlier rounds, in any
    order. Raises KeyError for an item that the session does not have.
    """
    seats = tuple(state.eligible())
    given = sorted(answers, key=lambda answer: (answer.seq, answer.seat, answer.provision))
    return Brief(
        item=item,
        seats=seats,
        clauses=tuple(_clause(state, provision, words, given) for provision in state.in_text(state.items[item])),
        names=tuple((seat, tag, name) for seat in seats for tag, name in sorted((names or {}).get(seat, {}).items())),
        previous=tuple(previous),
    )


def _clause(state: State, provision: Provision, words: Words, answers: Iterable[Answer]) -> Clause:
    language = _version(provision.wording, None).language
    alternatives = [state.alternatives[id] for id in provision.alternatives]
    found = brought(state, provision, words)
    wordings = [
        _read(PRESENT, provision.wording, language, words, authors(provision.authors, found.to.get(PRESENT, ()))),
        *(
            _read(each.id, each.wording, language, words, authors(each.authors, found.to.get(each.id, ())))
            for each in alternatives
        ),
        *(_read(own[0].id, own[0].wording, language, words, authors((), own)) for _, own in found.new),
        *(Wording(each.id, "", language, (each.seat,)) for each in _deletions(state, provision)),
    ]
    keys = {wording.key for wording in wordings}
    stated = [
        _stated(state, seat, key or PRESENT, held, words, carried=state.carried((provision.id, key), held))
        for seat in state.eligible()
        for (of, key), held in state.held(seat).items()
        if of == provision.id and (key or PRESENT) in keys
    ]
    return Clause(
        provision=provision.id,
        revision=provision.revision,
        kind=provision.kind,
        state=ProvisionState.PROPOSED if opposed(state, provision) else provision.state,
        wordings=tuple(wordings),
        stated=tuple(sorted(stated, key=lambda each: (each.seat, each.wording))),
        answers=tuple(answer for answer in answers if answer.provision == provision.id),
        regions=provision.regions,
    )


def _deletions(state: State, provision: Provision) -> list[Amendment]:
    """Pending amendments that would take the clause out as it stands."""
    return [
        a
        for a in state.amendments.values()
        if (a.kind, a.state, a.amends) == (AmendmentKind.DELETE, AmendmentState.PENDING, None)
        and (a.provision, a.revision) == (provision.id, provision.revision)
    ]


def _read(key: str, versions: Versions, language: LanguageTag, words: Words, seats: tuple[SeatCode, ...]) -> Wording:
    version = _version(versions, language)
    return Wording(key, words(version.seq, version.pointer), version.language, seats)


def _version(versions: Versions, language: LanguageTag | None) -> TextAt:
    """The version in a language; where there is none, the first that is not missing."""
    there = [version for version in versions if version.status is not LanguageStatus.MISSING] or list(versions)
    return next((version for version in there if version.language == language), there[0])


def _stated(state: State, seat: SeatCode, wording: str, held: Held, words: Words, *, carried: bool) -> Stated:
    waits = held.if_agreed if held.if_agreed and not _agreed(state, held.if_agreed) else None
    condition = reason = None
    if held.level in (StanceLevel.OBJECT, StanceLevel.RESERVE):
        condition = words(held.seq, f"/stances/{held.place}/wouldBeRemovedBy")
        reason = words(held.seq, f"/stances/{held.place}/reason")
    return Stated(seat, wording, held.level, held.importance, held.seq, carried, waits, condition, reason)


def _agreed(state: State, id: ProvisionId) -> bool:
    provision = state.provisions[id]
    return provision.state is ProvisionState.AGREED and not opposed(state, provision)


def opposed(state: State, provision: Provision) -> bool:
    """Whether a clause that was agreed, when its text was clean, has an OBJECT in force on its words."""
    target = (provision.id, None)
    stated = (state.held(seat).get(target) for seat in state.eligible())
    return provision.state is ProvisionState.AGREED and any(
        held and held.level is StanceLevel.OBJECT and not state.carried(target, held) for held in stated
    )
