"""How each seat is expected to take a wording of a clause: what it has said itself, or what that lets expect.

Why so simple: a prediction is shown to the delegation that it is about, which has to see at once what it was read from
(docs/drafting.md, prediction). It is never better than what was stated.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache, lru_cache
from math import lcm
from typing import NamedTuple

from polylogue.drafting import wishes
from polylogue.drafting.brief import PRESENT, Clause
from polylogue.drafting.distance import Beside, beside, compared, distance
from polylogue.drafting.forms import ClauseChoice, Prediction
from polylogue.drafting.said import LOWEST_THAT_ALLOWS, MIDDLE, TOP, USUAL_IMPORTANCE, Near, Said, spoken
from polylogue.drafting.wishes import Wish, words_of
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


Away = Mapping[str, tuple[int, int, int]]
"""Distances of wordings from the one that is asked of, by text: a whole number that is the greater the farther, and the
tokens to be changed of those of the longer one.
"""

Asked = tuple[str | None, str | None, LanguageTag]
"""A wording that is asked of, by its key, text and language."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """All that the seats have said of one clause, to be asked of any wording; `said` is in the order of `seats`."""

    clause: Clause
    seats: tuple[SeatCode, ...]
    said: tuple[tuple[Said, ...], ...]
    near: Near
    _words: dict[LanguageTag, tuple[tuple[str, ...], Beside]] = field(
        default_factory=dict[LanguageTag, tuple[tuple[str, ...], Beside]], repr=False, compare=False
    )
    _known: dict[Asked, tuple[Expected, ...]] = field(
        default_factory=dict[Asked, tuple[Expected, ...]], repr=False, compare=False
    )

    def expected(self, choice: ClauseChoice) -> tuple[Expected, ...]:
        """What is expected of each seat, in order, on what a candidate does with the clause."""
        within = self._within(choice)
        if within is None:
            text = "" if choice.omitted else choice.text
            return self._all(_key(choice), text, choice.language)
        bound = self._all(*within, choice.language)
        free = bound if choice.without is None else self._all(None, choice.without, choice.language)
        each_seat = zip(self.seats, self.said, bound, free, strict=True)
        return tuple(self._named(*each, choice) for each in each_seat)

    def _all(self, key: str | None, text: str | None, language: LanguageTag) -> tuple[Expected, ...]:
        asked = key, text, language
        if asked not in self._known:
            away: Away = self._away(text, language) if text else {}
            minded: Minded = {}
            self._known[asked] = tuple(_expected(said, (key, text, language), away, minded) for said in self.said)
        return self._known[asked]

    def _away(self, text: str, language: LanguageTag) -> Away:
        """The distance of each wording that somebody has spoken of."""
        if language not in self._words:
            texts = {s.text: None for said in self.said for s in said if s.text and s.language == language}
            words = [compared(other, self.clause.language) for other in texts]
            self._words[language] = tuple(texts), beside(words)
        texts, spoken = self._words[language]
        own = compared(text, self.clause.language)
        longer = [max(1, len(own), len(other)) for other in spoken.sequences]
        unit = lcm(*longer)
        return {
            other: (changed * (unit // tokens), changed, tokens)
            for other, changed, tokens in zip(texts, spoken.changed(own), longer, strict=True)
        }

    def _within(self, choice: ClauseChoice) -> tuple[str | None, str] | None:
        """The wording that a named subset says for its supporters: its key and text, where it is still on the table;
        or the text if the words that some say were for all.
        """
        if choice.within is not None:
            return None, choice.within
        if choice.form is not ClauseForm.NAMED_SUBSET or not choice.sources:
            return None
        key = choice.sources[0].wording
        return next(((w.key, w.text) for w in self.clause.wordings if w.key == key and w.text), None)

    def _named(
        self, seat: SeatCode, said: tuple[Said, ...], bound: Expected, free: Expected, choice: ClauseChoice
    ) -> Expected:
        """Of who is named, what it said of the wording; who is not named is not bound, and reserves at worst. Where
        only some words are said by name, the others bind everybody, and who objects to those objects.
        """
        own = on_these_words(said, None, choice.text, choice.language)
        if own and own.basis is PredictionBasis.STATED:
            return _stated(own)
        if seat in choice.seats:
            return bound._replace(basis=PredictionBasis.NAMED)
        if free.basis is PredictionBasis.SILENT:
            return free
        least = LOWEST_THAT_ALLOWS if choice.without is None else 0
        figure = min(max(free.figure, Fraction(least)), Fraction(MIDDLE))
        return free._replace(figure=figure, basis=PredictionBasis.NOT_NAMED)


Minded = dict[tuple[str, int, Wish], Fraction]
"""What is expected on the wording that is asked of, of seats with the same level and wish for the same words."""


def _expected(said: tuple[Said, ...], asked: Asked, away: Away, minded: Minded) -> Expected:
    key, text, language = asked
    # words that are on no table, and that nobody has spoken of, need not be looked for
    if (key is not None or not text or text in away) and (own := on_these_words(said, key, text, language)):
        return _stated(own)
    if text is None:
        return SILENT
    if other := _across_omission(said, text):
        figure = Fraction(min(MIDDLE, TOP - other.level))
        return Expected(figure, PredictionBasis.OMISSION, other.key, other.importance)
    nearest, least = None, None
    for s in said:
        if s.text in away and s.language == language:
            here = away[s.text or ""][0], s.level, s.key
            if least is None or here < least:
                nearest, least = s, here
    if nearest is None:
        return SILENT
    _, changed, tokens = away[nearest.text or ""]
    if nearest.wish and nearest.text:
        kind = nearest.text, nearest.level, nearest.wish
        if kind not in minded:
            minded[kind] = wishes.figure(
                nearest.level, nearest.wish, words_of(nearest.text, language), words_of(text, language)
            )
        figure = minded[kind]
    else:
        figure = _figure(nearest.level, changed, tokens)
    return Expected(figure, PredictionBasis.NEAREST, nearest.key, nearest.importance, nearest.waits)


@lru_cache(maxsize=4_096)
def _figure(level: int, changed: int, tokens: int) -> Fraction:
    """A level less four times the distance, from 0."""
    return Fraction(max(0, level * tokens - TOP * changed), tokens)


def _stated(own: Said) -> Expected:
    return Expected(_WHOLE[own.level], own.basis, own.key, own.importance, own.waits)


_WHOLE = tuple(map(Fraction, range(TOP + 1)))
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


def on_these_words(said: tuple[Said, ...], key: str | None, text: str | None, language: LanguageTag) -> Said | None:
    """What a seat has said of these very words: by text in their language, and where that is erased by key."""
    for s in said:
        known = text is not None and s.text is not None
        if (s.text == text and (not text or s.language == language)) if known else s.key == key:
            return s
    return None


def _across_omission(said: tuple[Said, ...], text: str) -> Said | None:
    """What a seat's view of a text is read from when it has only spoken of leaving it out, and the other way round.

    To want words is to want them not left out, so the scale is turned round; nothing better than NEUTRAL follows.
    """
    if text:
        for s in said:
            if s.text != "":
                return None
        return said[0] if said else None
    words = (s for s in said if s.text != "" and s.basis is not PredictionBasis.CONDITION)
    return max(words, key=lambda s: (s.level, s.key), default=None)
