"""How each seat is expected to take a wording of a clause: what it has said itself, or what that lets expect.

Why so simple: a prediction is shown to the delegation that it is about, which has to see at once what it was read from
(docs/drafting.md, prediction). It is never better than what was stated.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from operator import itemgetter
from typing import NamedTuple

from polylogue.drafting.brief import PRESENT, Clause
from polylogue.drafting.distance import compared, distance
from polylogue.drafting.forms import ClauseChoice, Prediction
from polylogue.drafting.said import LOWEST_THAT_ALLOWS, MIDDLE, TOP, USUAL_IMPORTANCE, Near, Said, spoken
from polylogue.vocabulary import SCALE, ClauseForm, LanguageTag, PredictionBasis, ProvisionId, SeatCode, StanceLevel

LEVELS = tuple(sorted(SCALE, key=SCALE.__getitem__))
"""Levels by their place on the scale, OBJECT first."""


class Expected(NamedTuple):
    """What is expected of a seat on a wording, as long as the clause that it `waits` for stays in the text."""

    figure: Fraction
    basis: PredictionBasis
    nearest: str | None
    importance: int
    waits: ProvisionId | None = None


Row = tuple[Prediction, ...]
"""The predictions of all seats on one clause of a candidate."""


Away = Mapping[str, tuple[int, Fraction]]
"""Distances of wordings from the one that is asked of, by text: the rank, which is quicker to compare, and itself."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """All that the seats have said of one clause, to be asked of any wording; `said` is in the order of `seats`."""

    clause: Clause
    seats: tuple[SeatCode, ...]
    said: tuple[tuple[Said, ...], ...]
    near: Near

    def expected(self, choice: ClauseChoice) -> tuple[Expected, ...]:
        """What is expected of each seat, in order, on what a candidate does with the clause."""
        within = self._within(choice)
        if within is None:
            text = "" if choice.omitted else choice.text
            return self._all(_key(choice), text, choice.language)
        both = self._all(*within, choice.language)
        return tuple(self._named(*each, choice) for each in zip(self.seats, self.said, both, strict=True))

    def _all(self, key: str | None, text: str | None, language: LanguageTag) -> tuple[Expected, ...]:
        away: Away = self._away(text, language) if text else {}
        return tuple(_expected(said, key, text, away) for said in self.said)

    def _away(self, text: str, language: LanguageTag) -> Away:
        """The distance of each wording that somebody has spoken of, with its rank among these distances."""
        others = {
            s.text: self.near(text, s.text) for said in self.said for s in said if s.text and s.language == language
        }
        rank = {distance: at for at, distance in enumerate(sorted(set(others.values())))}
        return {other: (rank[distance], distance) for other, distance in others.items()}

    def _within(self, choice: ClauseChoice) -> tuple[str, str] | None:
        """The wording that a named subset says for its supporters: its key and text, where it is still on the table."""
        if choice.form is not ClauseForm.NAMED_SUBSET or not choice.sources:
            return None
        key = choice.sources[0].wording
        return next(((w.key, w.text) for w in self.clause.wordings if w.key == key and w.text), None)

    def _named(self, seat: SeatCode, said: tuple[Said, ...], expected: Expected, choice: ClauseChoice) -> Expected:
        """Of who is named, what it said of the wording; who is not named is not bound, and reserves at worst."""
        own = on_these_words(said, None, choice.text)
        if own and own.basis is PredictionBasis.STATED:
            return _stated(own)
        if seat in choice.seats:
            return expected._replace(basis=PredictionBasis.NAMED)
        if expected.basis is PredictionBasis.SILENT:
            return expected
        figure = min(max(expected.figure, Fraction(LOWEST_THAT_ALLOWS)), Fraction(MIDDLE))
        return expected._replace(figure=figure, basis=PredictionBasis.NOT_NAMED)


def _expected(said: tuple[Said, ...], key: str | None, text: str | None, away: Away) -> Expected:
    if own := on_these_words(said, key, text):
        return _stated(own)
    if text is None:
        return SILENT
    if other := _across_omission(said, text):
        figure = Fraction(min(MIDDLE, TOP - other.level))
        return Expected(figure, PredictionBasis.OMISSION, other.key, other.importance)
    near = [(*away[s.text], s.level, s.key, s) for s in said if s.text is not None and s.text in away]
    if not near:
        return SILENT
    _, distance, level, _, nearest = min(near, key=itemgetter(0, 2, 3))
    figure = max(_NOTHING, level - TOP * distance)
    return Expected(figure, PredictionBasis.NEAREST, nearest.key, nearest.importance, nearest.waits)


def _stated(own: Said) -> Expected:
    return Expected(Fraction(own.level), own.basis, own.key, own.importance, own.waits)


_NOTHING = Fraction(0)
SILENT = Expected(Fraction(MIDDLE), PredictionBasis.SILENT, None, USUAL_IMPORTANCE)
"""What is expected of a seat that has said nothing: it is missing, and stands in the middle until it speaks."""


def outlook(clause: Clause, seats: tuple[SeatCode, ...]) -> Outlook:
    """The outlook on a clause for these seats; what others have said is left out."""
    words = cache(compared)

    @cache
    def near(one: str, other: str) -> Fraction:
        return distance(words(one, clause.language), words(other, clause.language))

    said = spoken(clause, near)
    return Outlook(clause, seats, tuple(said.get(seat, ()) for seat in seats), near)


def level_of(figure: Fraction) -> StanceLevel:
    """The level that a figure from 0 to 4 comes to: the nearest, and of two the lower."""
    return LEVELS[max(0, -((figure.denominator - 2 * figure.numerator) // (2 * figure.denominator)))]


def predictions(seats: Iterable[SeatCode], expected: Iterable[Expected], kept: Collection[ProvisionId]) -> Row:
    """What is expected as it stands in a candidate that keeps these clauses in the text.

    A level stated on the condition that another clause is agreed is RESERVE at best where that clause is not in the
    text: nobody has said more.
    """
    return tuple(_prediction(seat, each, kept) for seat, each in zip(seats, expected, strict=True))


def lowered(figure: Fraction) -> Fraction:
    """A figure on a condition that is not met."""
    return min(figure, Fraction(LOWEST_THAT_ALLOWS))


def _prediction(seat: SeatCode, expected: Expected, kept: Collection[ProvisionId]) -> Prediction:
    figure, basis = expected.figure, expected.basis
    if expected.waits and expected.waits not in kept:
        figure, basis = lowered(figure), PredictionBasis.CONDITIONAL
    return Prediction(seat, figure, level_of(figure), basis, expected.nearest, expected.importance)


def _key(choice: ClauseChoice) -> str | None:
    """The key of the wording that is taken as it is."""
    return PRESENT if choice.form is ClauseForm.PRESENT else choice.alternative


def on_these_words(said: tuple[Said, ...], key: str | None, text: str | None) -> Said | None:
    """What a seat has said of these very words: by text, and where that is erased by key."""
    return next(
        (s for s in said if (s.text == text if text is not None and s.text is not None else s.key == key)), None
    )


def _across_omission(said: tuple[Said, ...], text: str) -> Said | None:
    """What a seat's view of a text is read from when it has only spoken of leaving it out, and the other way round.

    To want words is to want them not left out, so the scale is turned round; nothing better than NEUTRAL follows.
    """
    if text:
        return None if any(s.text != "" for s in said) else next(iter(said), None)
    words = (s for s in said if s.text != "" and s.basis is not PredictionBasis.CONDITION)
    return max(words, key=lambda s: (s.level, s.key), default=None)
