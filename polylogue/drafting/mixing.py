"""A clause's wordings side by side: their merge, who backs them, and the texts that mix their readings.

Why apart from what else may be done with a clause: whatever is made of single brackets begins from this.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod

from polylogue.drafting.brief import PRESENT, Clause, Wording
from polylogue.drafting.forms import ClauseChoice, Source
from polylogue.drafting.merge import Bracket, Piece, Plain, Reading, merge
from polylogue.drafting.named import sides
from polylogue.drafting.predict import Outlook, on_these_words
from polylogue.drafting.provenance import Sources, unsupported
from polylogue.drafting.said import TOP, Said
from polylogue.vocabulary import (
    SCALE,
    AlternativeId,
    ClauseForm,
    LanguageTag,
    PredictionBasis,
    ProvisionState,
    SeatCode,
    SourceKind,
    StanceLevel,
)

MIXED = 16
"""Texts that are made of the readings of a clause's brackets: all where there are no more than these, else the merged
one and those that differ from it in one bracket."""

Names = Sequence[tuple[SeatCode, LanguageTag, str]]
"""Names of delegations by seat and language."""

BACKS = SCALE[StanceLevel.ACCEPT]
"""The level of who backs a wording, at least."""
_OWN = (PredictionBasis.STATED, PredictionBasis.PROPOSED)


@dataclass(frozen=True, slots=True)
class Laid:
    """What can be mixed of a clause: its wordings by key, as far as they can be compared, their merge, and the seats
    that back each, and support it.
    """

    outlook: Outlook
    texts: Mapping[str, str]
    pieces: tuple[Piece, ...]
    backing: Mapping[str, frozenset[SeatCode]]
    supporting: Mapping[str, frozenset[SeatCode]]


def laid(outlook: Outlook) -> Laid | None:
    """The wordings of a clause side by side; null where there is one only, or nothing is open."""
    clause = outlook.clause
    texts = {w.key: w.text for w in comparable(clause) if w.text}
    if len(texts) < 2 or clause.state is ProvisionState.AGREED:  # noqa: PLR2004 -- one wording differs from none
        return None
    own = [(w.key, _own_words(outlook, w)) for w in clause.wordings]
    return Laid(
        outlook,
        texts,
        merge(texts, clause.language),
        backing={key: frozenset([seat for seat, said in each if said.level >= BACKS]) for key, each in own},
        supporting={
            key: frozenset([seat for seat, said in each if said.level == TOP and said.waits is None])
            for key, each in own
        },
    )


def comparable(clause: Clause) -> list[Wording]:
    """The present text, and all others that can be read and are in its language."""
    others = (w for w in clause.wordings[1:] if w.text and w.language == clause.language)
    return [clause.present, *others]


def chosen_for(
    clause: Clause,
    form: ClauseForm,
    text: str | None,
    sources: tuple[Source, ...],
    alternative: AlternativeId | None = None,
) -> ClauseChoice:
    """Something that may be done with a clause."""
    return ClauseChoice(clause.provision, clause.revision, form, text, clause.language, alternative, sources=sources)


def wordings_of(*keys: str) -> tuple[Source, ...]:
    """The wordings with these keys as sources."""
    return tuple(Source(SourceKind.WORDING, key) for key in keys)


def supporters(outlook: Outlook, wording: Wording) -> tuple[SeatCode, ...]:
    """The seats that support a wording: they have said so, without a condition, or it is their own."""
    return tuple(seat for seat, said in _own_words(outlook, wording) if said.level == TOP and said.waits is None)


def called(names: Names, seat: SeatCode, language: LanguageTag) -> str | None:
    """A seat's name in a language, or else in one that differs only in script or region."""
    own = [(tag, name) for of, tag, name in names if of == seat]
    exact = next((name for tag, name in own if tag == language), None)
    first = language.partition("-")[0]
    return exact or next((name for tag, name in own if tag.partition("-")[0] == first), None)


def mixed(own: Laid | None) -> tuple[ClauseChoice, ...]:
    """Texts made of the readings of a clause's brackets, the merged one first: in each bracket the reading that most
    seats back, and of readings backed alike the present one. Nothing where there is no bracket.
    """
    if own is None:
        return ()
    ranked = [best_first(piece, own) for piece in own.pieces if isinstance(piece, Bracket)]
    return tuple(
        chosen_for(own.outlook.clause, ClauseForm.MERGED, text_of(own.pieces, taken).strip(), made_of(taken))
        for taken in (_combinations(ranked) if ranked else ())
    )


def best_first(bracket: Bracket, own: Laid) -> list[Reading]:
    """The readings of a bracket, those that most seats back first."""
    return sorted(bracket.readings, key=lambda reading: _rank(reading, own.backing))


def text_of(pieces: Iterable[Piece], taken: Iterable[Reading]) -> str:
    """The pieces with these readings of the brackets in order."""
    readings = iter(taken)
    return "".join(piece.text if isinstance(piece, Plain) else next(readings).text for piece in pieces)


def made_of(taken: Iterable[Reading]) -> tuple[Source, ...]:
    """A wording that holds each of these readings."""
    return wordings_of(*sorted({reading.holders[0] for reading in taken}))


def is_supported(clause: Clause, choice: ClauseChoice) -> bool:
    """Whether each sentence of words made of several wordings stands in these; of other forms that is known."""
    said = [choice.text or ""]
    if choice.form is ClauseForm.NAMED_SUBSET:
        said = list(sides(choice.text or "", choice.language) or ()) if choice.brackets else []
    elif choice.form not in (ClauseForm.MERGED, ClauseForm.SHORTENED):
        return True
    keys = {source.wording for source in choice.sources}
    sources = Sources({w.key: w.text for w in clause.wordings if w.key in keys and w.text}, clause.language)
    return not any(unsupported(clause.provision, text, sources, clause.language) for text in said)


def _own_words(outlook: Outlook, wording: Wording) -> list[tuple[SeatCode, Said]]:
    """What seats have said of a wording by a stance in force, or by putting it forward."""
    found: list[tuple[SeatCode, Said]] = []
    for seat, all_said in zip(outlook.seats, outlook.said, strict=True):
        said = on_these_words(all_said, wording.key, wording.text, wording.language)
        if said and said.basis in _OWN:
            found.append((seat, said))
    return found


def _rank(reading: Reading, backing: Mapping[str, frozenset[SeatCode]]) -> tuple[int, bool, tuple[str, ...]]:
    backers = frozenset[SeatCode]().union(*(backing[holder] for holder in reading.holders))
    return (-len(backers), PRESENT not in reading.holders, reading.holders)


def _combinations(ranked: Sequence[Sequence[Reading]]) -> Iterator[tuple[Reading, ...]]:
    """One reading of each bracket, best first: all ways or, where they are too many, the nearest to the best."""
    if prod(map(len, ranked)) <= MIXED:
        yield from product(*ranked)
        return
    best = tuple(readings[0] for readings in ranked)
    yield best
    room = MIXED - 1
    for at, readings in enumerate(ranked):
        for reading in readings[1 : room + 1]:
            room -= 1
            yield (*best[:at], reading, *best[at + 1 :])
