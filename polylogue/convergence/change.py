"""How an item moves: its headline figures at every event that feeds them, with who moved and what was reworded.

Why a fold: reading a long record must not compute a whole report at each event, and rebuilding it must give the same
points whatever reports happened to be computed on the way.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType

from polylogue.convergence.decimal import figure
from polylogue.convergence.headline import Tally
from polylogue.convergence.matrix import SCALE


@dataclass(frozen=True, slots=True)
class Move:
    """A seat said another level, 0 to 4, on a provision than the one it had said before; it counts at entry `seq`.

    `steps` is Σ over the others that have stated the present text of |x − before| − |x − after|: above 0 it came
    nearer to them. `closeness` and `mean_closeness` are what C of the provision and the mean of C over the item are
    with the move minus what they would be if this stance alone were still at `before`; −1 to 1, None where nobody else
    has stated the present text. `reworded`: what it had said before was on an older wording.
    """

    seq: int
    seat: str
    provision: str
    before: int
    after: int
    reworded: bool
    steps: int
    closeness: Fraction | None
    mean_closeness: Fraction | None

    def document(self) -> dict[str, object]:
        """The move as JSON values, without its entry, which the point around it has."""
        return {
            "seat": self.seat,
            "provision": self.provision,
            "before": self.before,
            "after": self.after,
            "reworded": self.reworded,
            "steps": self.steps,
            "closeness": figure(self.closeness),
            "meanCloseness": figure(self.mean_closeness),
        }


@dataclass(frozen=True, slots=True)
class Point:
    """The headline figures just after entry `seq`; their meaning is that of `headline.Headline`.

    `provisions` is how many stand in the text, `open_brackets` and `objections` are counts. `moves` are those of the
    entry in the order of its stances; `reworded` the provisions whose wording it changed, in the order of the text.
    """

    seq: int
    provisions: int
    open_brackets: int
    objections: int
    mean_closeness: Fraction | None
    alpha: Fraction | None
    unanimity_share: Fraction | None
    coverage: Fraction | None
    moves: tuple[Move, ...] = ()
    reworded: tuple[str, ...] = ()

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
            "moves": [move.document() for move in self.moves],
            "reworded": list(self.reworded),
        }


class Timeline:
    """One item's stances, folded event by event. Mutable; private to who folds it.

    Stances of seats that are not eligible, or on provisions that are not in the text, are kept and do not count until
    they are; so the order in which seats, text and stances arrive does not matter.
    """

    __slots__ = ("_brackets", "_counts", "_eligible", "_levels", "_restated", "_reworded", "_said", "_tally")

    def __init__(self) -> None:
        self._eligible: frozenset[str] = frozenset()
        self._levels: dict[str, dict[str, int]] = {}
        self._said: dict[str, dict[str, int]] = {}
        self._restated: dict[tuple[str, str], tuple[int, bool]] = {}
        self._reworded: dict[str, None] = {}
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
            self._say(seat, provision, level, reworded=before is None)
        if seat in self._eligible:
            self._recount(provision, taken=[before], put=[level])

    def correct(self, seat: str, provision: str, level: int | None, said: int | None) -> None:
        """The seat's stance on the present text is `level`, and what it has said last `said`, on whatever wording:
        something else had been entered by mistake, or what it had said counts for other words. It is no move.
        """
        levels, before = self._levels.setdefault(provision, {}), self._said.setdefault(provision, {})
        taken = levels.pop(seat, None)
        before.pop(seat, None)
        self._restated.pop((seat, provision), None)
        if level is not None:
            levels[seat] = level
        if said is not None:
            before[seat] = said
        if seat in self._eligible:
            self._recount(provision, taken=[taken], put=[level])

    def reword(self, provision: str, held: Mapping[str, int] = MappingProxyType({})) -> None:
        """The wording changed: every stance on it is now carried and no longer counts, but for those of `held`, which
        were stated on this wording before it became the text. By being taken up they are no moves.
        """
        self._reworded[provision] = None
        levels, eligible = self._levels.pop(provision, {}), self._eligible
        self._levels[provision] = dict(held)
        self._said.setdefault(provision, {}).update(held)
        for seat in held:
            self._restated.pop((seat, provision), None)
        self._recount(
            provision,
            taken=[level for seat, level in levels.items() if seat in eligible],
            put=[level for seat, level in held.items() if seat in eligible],
        )

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
        """The figures as they stand after entry `seq`, with what moved and was reworded since the point before."""
        headline = self._tally.headline(len(self._eligible) * len(self._counts))
        moves = tuple(
            self._move(seq, seat, provision, before, headline.comparable, reworded=reworded)
            for (seat, provision), (before, reworded) in self._restated.items()
            if self._has_moved(seat, provision, before)
        )
        reworded = tuple(self._reworded)
        self._restated, self._reworded = {}, {}
        return Point(
            seq=seq,
            provisions=len(self._counts),
            open_brackets=self._brackets,
            objections=headline.objections,
            mean_closeness=headline.mean_closeness,
            alpha=headline.alpha,
            unanimity_share=headline.unanimity_share,
            coverage=headline.coverage,
            moves=moves,
            reworded=reworded,
        )

    def _say(self, seat: str, provision: str, level: int, *, reworded: bool) -> None:
        """Remember what the seat had said on the provision at the last point, whatever it says until the next."""
        said = self._said.setdefault(provision, {})
        if (last := said.get(seat)) is not None:
            before, earlier = self._restated.get((seat, provision), (last, False))
            self._restated[seat, provision] = before, earlier or reworded
        said[seat] = level

    def _has_moved(self, seat: str, provision: str, before: int) -> bool:
        now = self._levels[provision].get(seat)
        return seat in self._eligible and provision in self._counts and now not in (None, before)

    def _move(self, seq: int, seat: str, provision: str, before: int, comparable: int, *, reworded: bool) -> Move:
        """C = 1 − 2·Σ|x − y| / (4·n·(n − 1)), and of the sum over pairs only those with this seat change."""
        after, counts = self._levels[provision][seat], self._counts[provision]
        steps = -abs(after - before)  # the seat is itself among those counted
        for level, count in enumerate(counts):
            steps += count * (abs(level - before) - abs(level - after))
        size, closeness = sum(counts), None
        if size > 1:
            closeness = Fraction(2 * steps, (SCALE - 1) * size * (size - 1))
        mean = None if closeness is None else closeness / comparable
        return Move(seq, seat, provision, before, after, reworded, steps, closeness, mean)

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
