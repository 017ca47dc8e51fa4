"""What the seats have said of a clause: stances, answers to earlier candidates, their own proposals, their conditions.

Why in one list: what a seat is expected to say to new words is read from all of it alike.
"""

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from typing import NamedTuple

from polylogue.drafting.brief import Clause
from polylogue.drafting.wishes import Wish, wish
from polylogue.vocabulary import SCALE, LanguageTag, PredictionBasis, ProvisionId, SeatCode, StanceLevel

TOP, MIDDLE = SCALE[StanceLevel.SUPPORT], SCALE[StanceLevel.NEUTRAL]
LOWEST_THAT_ALLOWS = SCALE[StanceLevel.RESERVE]
USUAL_IMPORTANCE = 2
"""The importance of what a seat has not said, 1 to 3."""

ALIKE = Fraction(1, 2)
"""How near the text of a condition has to be to a wording on the table to be read as words for the clause; what is
farther away describes a change and does not word it."""

Near = Callable[[str, str], Fraction]
"""The distance of two texts, 0 to 1."""


class Said(NamedTuple):
    """Something that a seat's levels on other wordings are read from. `text` is null where it is erased.

    `waits` is the clause whose agreement it waits for, `wish` what the seat would have otherwise where it has less than
    ACCEPT for these words.
    """

    basis: PredictionBasis
    key: str
    text: str | None
    language: LanguageTag
    level: int
    importance: int
    seq: int
    waits: ProvisionId | None = None
    wish: Wish | None = None


def spoken(clause: Clause, near: Near) -> Mapping[SeatCode, tuple[Said, ...]]:
    """What each seat has said of the clause: stances, conditions, answers to earlier candidates, own proposals.

    Of the same words only what counts: what the seat stated, the newest, before what its other acts let expect.
    """
    counts: dict[tuple[SeatCode, str | None, str], Said] = {}
    for seat, said in (*_stances(clause), *_answers(clause), *_proposals(clause), *conditions(clause, near)):
        same = (seat, said.text, said.key if said.text is None else said.language if said.text else "")
        counts[same] = min(counts.get(same, said), said, key=lambda s: (_RANK[s.basis], -s.seq, s.level, s.key))
    found: dict[SeatCode, list[Said]] = {}
    for (seat, *_), said in counts.items():
        found.setdefault(seat, []).append(said)
    return {seat: _weighed(all_said) for seat, all_said in found.items()}


def _weighed(said: Iterable[Said]) -> tuple[Said, ...]:
    """All in the order of the wordings, with the highest importance that the seat has stated on any of them: what a
    clause weighs for a seat is the same whatever is done with it.
    """
    listed = sorted(said, key=lambda s: s.key)
    stated = [s.importance for s in listed if s.basis is not PredictionBasis.PROPOSED]
    return tuple(s._replace(importance=max(stated, default=USUAL_IMPORTANCE)) for s in listed)


_RANK = {
    basis: rank
    for rank, basis in enumerate(
        (PredictionBasis.STATED, PredictionBasis.PROPOSED, PredictionBasis.CONDITION, PredictionBasis.CARRIED)
    )
}


def _stances(clause: Clause) -> Iterable[tuple[SeatCode, Said]]:
    wordings = {wording.key: wording for wording in clause.wordings}
    for s in clause.stated:
        on, basis = wordings[s.wording], PredictionBasis.CARRIED if s.carried else PredictionBasis.STATED
        level, wished = SCALE[s.level], None
        if on.text and level <= MIDDLE:
            wished = wish(on.text, s.reason, s.condition, on.language)
        yield s.seat, Said(basis, on.key, on.text, on.language, level, s.importance, s.seq, s.if_agreed, wished)


def _proposals(clause: Clause) -> Iterable[tuple[SeatCode, Said]]:
    """Who put words forward is expected to support them."""
    for w in clause.wordings:
        for seat in w.seats:
            yield seat, Said(PredictionBasis.PROPOSED, w.key, w.text, w.language, TOP, USUAL_IMPORTANCE, 0)


def _answers(clause: Clause) -> Iterable[tuple[SeatCode, Said]]:
    """Answers to earlier candidates, under the key of the wording on the table where the words are the same."""
    keys = {each.text: each.key for each in reversed(clause.wordings) if each.language == clause.language}
    for a in clause.answers:
        key, level = keys.get(a.text or "", answer_key(a.seq)), SCALE[a.level]
        wished = wish(a.text, a.reason, a.condition, clause.language) if a.text and level <= MIDDLE else None
        said = Said(PredictionBasis.STATED, key, a.text or "", clause.language, level, a.importance, a.seq)
        yield a.seat, said._replace(wish=wished)


def answer_key(seq: int) -> str:
    """The key of words that are no longer or not yet on the table: the entry in which they were answered."""
    return f"answer:{seq}"


def conditions(clause: Clause, near: Near) -> Iterable[tuple[SeatCode, Said]]:
    """Texts that a seat said would remove its objection or reservation and that can be read as words for the clause.

    On these words the seat is expected one level above what they would remove: that much it has said, and no more.
    """
    asked = [(s.seat, s.wording, s.condition, SCALE[s.level], s.importance, s.seq, s.if_agreed) for s in clause.stated]
    asked += [
        (a.seat, answer_key(a.seq), a.condition, SCALE[a.level], a.importance, a.seq, None) for a in clause.answers
    ]
    known = [wording.text for wording in clause.wordings if wording.text and wording.language == clause.language]
    for seat, key, text, level, importance, seq, waits in asked:
        if text and level <= LOWEST_THAT_ALLOWS and any(near(text, other) <= ALIKE for other in known):
            basis = PredictionBasis.CONDITION
            yield seat, Said(basis, key, text, clause.language, level + 1, importance, seq, waits)
