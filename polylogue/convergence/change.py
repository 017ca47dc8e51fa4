"""How an item moves: its headline figures at every event that feeds them.

Why a fold: reading a long record must not compute a whole report at each event, and rebuilding it must give the same
points whatever reports happened to be computed on the way.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from polylogue.convergence.decimal import figure
from polylogue.convergence.headline import Tally
from polylogue.convergence.matrix import SCALE


@dataclass(frozen=True, slots=True)
class Point:
    """The headline figures just after entry `seq`; their meaning is that of `headline.Headline`.

    `provisions` is how many stand in the text, `open_brackets` and `objections` are counts.
    """

    seq: int
    provisions: int
    open_brackets: int
    objections: int
    mean_closeness: Fraction | None
    alpha: Fraction | None
    unanimity_share: Fraction | None
    coverage: Fraction | None

    def document(self) -> dict[str, object]:
        """The point as JSON values: integers, and decimal strings of nine places or null."""
        return {
            "seq": self.seq,
            "provisions": self.provisions,
            "openBrackets": self.open_brackets,
            "objections": self.objections,
            "meanCloseness": figure(self.mean_closeness),
            "alpha": figure(self.alpha),
            "unanimityShare": figure(self.unanimity_share),
            "coverage": figure(self.coverage),
        }


class Timeline:
    """One item's stances, folded event by event. Mutable; private to who folds it.

    Stances of seats that are not eligible, or on provisions that are not in the text, are kept and do not count until
    they are; so the order in which seats, text and stances arrive does not matter.
    """

    __slots__ = ("_brackets", "_counts", "_eligible", "_levels", "_tally")

    def __init__(self) -> None:
        self._eligible: frozenset[str] = frozenset()
        self._levels: dict[str, dict[str, int]] = {}
        self._counts: dict[str, list[int]] = {}
        self._brackets = 0
        self._tally = Tally()

    def state_stance(self, seat: str, provision: str, level: int | None) -> None:
        """The seat's stance on the provision's present text, 0 to 4; None = not stated, or no more (carried)."""
        if level is not None and not 0 <= level < SCALE:
            raise ValueError(f"no such level: {level}")
        levels = self._levels.setdefault(provision, {})
        before = levels.pop(seat, None)
        if level is not None:
            levels[seat] = level
        if seat in self._eligible:
            self._recount(provision, taken=[before], put=[level])

    def reword(self, provision: str) -> None:
        """The wording changed: every stance on it is now carried and no longer counts."""
        levels = self._levels.pop(provision, {})
        self._recount(provision, taken=[level for seat, level in levels.items() if seat in self._eligible], put=[])

    def set_provisions(self, ordered: Sequence[str]) -> None:
        """The provisions now in the text. Raises ValueError if one stands there twice."""
        present = set(ordered)
        if len(present) != len(ordered):
            raise ValueError("a provision stands twice in the text")
        for provision in self._counts.keys() - present:
            self._tally.remove(self._counts.pop(provision))
        for provision in present - self._counts.keys():
            counts = [0] * SCALE
            for seat, level in self._levels.get(provision, {}).items():
                counts[level] += seat in self._eligible
            self._counts[provision] = counts
            self._tally.add(counts)

    def set_eligible(self, codes: Collection[str]) -> None:
        """The seats whose stances count from now on."""
        eligible = frozenset(codes)
        left, joined = self._eligible - eligible, eligible - self._eligible
        self._eligible = eligible
        for provision in self._counts if left or joined else ():
            levels = self._levels.get(provision, {})
            self._recount(
                provision,
                taken=[levels[seat] for seat in left if seat in levels],
                put=[levels[seat] for seat in joined if seat in levels],
            )

    def brackets(self, number: int) -> None:
        """How many brackets are open in the text."""
        self._brackets = number

    def point(self, seq: int) -> Point:
        """The figures as they stand after entry `seq`."""
        headline = self._tally.headline(len(self._eligible) * len(self._counts))
        return Point(
            seq=seq,
            provisions=len(self._counts),
            open_brackets=self._brackets,
            objections=headline.objections,
            mean_closeness=headline.mean_closeness,
            alpha=headline.alpha,
            unanimity_share=headline.unanimity_share,
            coverage=headline.coverage,
        )

    def _recount(self, provision: str, taken: Iterable[int | None], put: Iterable[int | None]) -> None:
        counts = self._counts.get(provision)
        if counts is None:
            return
        self._tally.remove(counts)
        for level in taken:
            if level is not None:
                counts[level] -= 1
        for level in put:
            if level is not None:
                counts[level] += 1
        self._tally.add(counts)
