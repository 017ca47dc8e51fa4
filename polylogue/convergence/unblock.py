"""Why an item is blocked, and the smallest sets of moves by which nobody would object any more.

Why sets of delegations: who has to be spoken to is what a facilitator acts on, so a set is smallest when none of its
delegations can be left out; how far they would go orders the sets and never merges them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from polylogue.convergence.matrix import IMPORTANCE
from polylogue.convergence.smallest import Key, by_cost, exhausted, narrowed

BLOCKS, ALLOWS = 0, 1
"""OBJECT, and RESERVE, the lowest level that does not block."""
EXACT_UP_TO = 12
"""Objecting delegations up to which all their subsets are looked at: 4,096."""
LIMIT = 20_000
"""Partial choices looked at above that, before the search is cut off."""


class Place(NamedTuple):
    """Where a stance stands in the record: the entry, and its place among the stances of that entry."""

    seq: int
    place: int


@dataclass(frozen=True, slots=True)
class Objector:
    """A seat that objects to an option, with importance 1 to 3, and where it said what would remove the objection.

    `carried`: it was stated on other words than these. `elsewhere`: on another wording with the same words.
    """

    seat: str
    importance: int = 1
    carried: bool = False
    condition: Place | None = None
    elsewhere: bool = False

    @property
    def cost(self) -> int:
        """Levels given up, weighted by importance."""
        return (ALLOWS - BLOCKS) * self.importance


@dataclass(frozen=True, slots=True)
class Option:
    """A wording that a provision may end with: the present one (`alternative` is None) or an open alternative.

    `not_stated` are the seats that neither object to it nor have said anything about it; `assumed` who put it forward
    and has said nothing else of it, and is taken to support it. Seats are alphabetical.
    """

    alternative: str | None
    objectors: tuple[Objector, ...] = ()
    not_stated: tuple[str, ...] = ()
    assumed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Provision:
    """A provision and its options, the present text first, then the alternatives in the order of the bracket."""

    id: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """Everything that what would unblock an item is a function of; `provisions` in the order of the text. `spoken` are
    those asked that have a stance on one of these wordings; they change no set.

    Raises ValueError for options that do not begin with the present text, for a provision, an alternative, or an
    objector of one option that stands there twice, and for an importance outside its scale.
    """

    item: str
    provisions: tuple[Provision, ...]
    spoken: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if not _once(provision.id for provision in self.provisions):
            raise ValueError("a provision stands twice in the text")
        for provision in self.provisions:
            names = [option.alternative for option in provision.options]
            if names[:1] != [None] or not _once(names):
                raise ValueError(f"the options of {provision.id} are not its present text and different alternatives")
            for option in provision.options:
                if not _once(objector.seat for objector in option.objectors):
                    raise ValueError(f"a seat objects twice to one wording of {provision.id}")
                if not all(1 <= objector.importance <= IMPORTANCE for objector in option.objectors):
                    raise ValueError(f"an importance on {provision.id} is outside its scale")


@dataclass(frozen=True, slots=True)
class Move:
    """One seat no longer objects to one wording: from level `before` to level `after`, at the cost of their difference
    times the importance. The other members are those of its `Objector`.
    """

    seat: str
    provision: str
    alternative: str | None
    before: int
    after: int
    importance: int
    carried: bool
    condition: Place | None
    cost: int


@dataclass(frozen=True, slots=True)
class Taking:
    """An alternative taken instead of the present text; what the seats `not_stated` think of it is not known, and of
    those `assumed` only that it is their own proposal.
    """

    provision: str
    alternative: str
    not_stated: tuple[str, ...]
    assumed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MoveSet:
    """Moves after which one wording of every provision has no objector left; without `moves` nobody has to move.

    `seats` are those that move, alphabetical, as are the moves; `takings` are in the order of the text; `cost` is the
    sum of the moves' costs, `unknown` that of the seats not stated on what is taken.
    """

    seats: tuple[str, ...]
    moves: tuple[Move, ...]
    takings: tuple[Taking, ...]
    cost: int
    unknown: int


@dataclass(frozen=True, slots=True)
class Concern:
    """An objection to the present text of a provision, or one that was said of an open alternative."""

    provision: str
    objector: Objector
    alternative: str | None = None


@dataclass(frozen=True, slots=True)
class Unblocking:
    """The open concerns, and every smallest set of moves: lowest cost first, then fewest unknown, then fewest moves,
    then alphabetical.

    `exact`: all sets are there. Otherwise the search was cut off, and all that cost less than `bound` are there. Where
    nobody has `spoken`, that there is no concern says nothing.
    """

    item: str
    spoken: int
    concerns: tuple[Concern, ...]
    sets: tuple[MoveSet, ...]
    exact: bool
    bound: int | None

    def document(self) -> dict[str, object]:
        """The answer as JSON values; levels, importances, costs and counts are integers."""
        return {
            "item": self.item,
            "spoken": self.spoken,
            "exact": self.exact,
            "bound": self.bound,
            "concerns": [
                {
                    "provision": each.provision,
                    "alternative": each.alternative,
                    "seat": each.objector.seat,
                    **_stance(each.objector),
                }
                for each in self.concerns
            ],
            "sets": [_set(each) for each in self.sets],
        }


def unblock(question: Question, *, exact_up_to: int = EXACT_UP_TO, limit: int = LIMIT) -> Unblocking:
    """The smallest sets of moves: no other set whose delegations are a part of a set's delegations unblocks.

    For each set of delegations, each provision takes the wording that costs them least. Up to `exact_up_to` objecting
    delegations every subset is looked at; above, the cheapest choices are followed first, and cut off at `limit`.
    """
    options = [_worth_choosing(provision) for provision in question.provisions]
    seats = sorted({seat for choices in options for choice in choices for seat in choice.seats})
    bit = {seat: 1 << place for place, seat in enumerate(seats)}
    masks = [[sum(bit[seat] for seat in choice.seats) for choice in choices] for choices in options]
    bound = None
    if len(seats) <= exact_up_to:
        found = exhausted(masks, len(seats))
    else:
        found, bound = by_cost(masks, [[choice.key for choice in choices] for choices in options], limit)
        found = found or [narrowed(masks, _dearest_first(question, seats))]
    made = [_moved(question, options, frozenset(seat for seat in seats if mask & bit[seat])) for mask in found]
    made.sort(key=lambda each: (each.cost, each.unknown, len(each.moves), each.seats))
    concerns = tuple(
        Concern(provision.id, objector, option.alternative)
        for provision in question.provisions
        for option in provision.options
        for objector in sorted(option.objectors, key=_seat)
        if not objector.elsewhere and (option.alternative is None or not objector.carried)
    )
    return Unblocking(question.item, len(question.spoken), concerns, tuple(made), exact=bound is None, bound=bound)


# ── the answer ───────────────────────────────────────────────────────────────────────────────────────────────────────


class _Choice(NamedTuple):
    seats: frozenset[str]
    key: Key
    option: Option


def _worth_choosing(provision: Provision) -> list[_Choice]:
    """A provision's options, the best first, without those for which a better one needs nobody else to move."""
    kept: list[_Choice] = []
    for option in provision.options:
        cost = sum(objector.cost for objector in option.objectors)
        unknown = len(option.not_stated) if option.alternative is not None else 0
        seats = frozenset(map(_seat, option.objectors))
        kept.append(_Choice(seats, (cost, unknown, len(seats)), option))
    kept.sort(key=lambda choice: choice.key)
    return [choice for n, choice in enumerate(kept) if not any(better.seats <= choice.seats for better in kept[:n])]


def _dearest_first(question: Question, seats: Sequence[str]) -> list[int]:
    """The places of the seats, those first whose objections weigh most in all."""
    weight = dict.fromkeys(seats, 0)
    for provision in question.provisions:
        for option in provision.options:
            for objector in option.objectors:
                if objector.seat in weight:
                    weight[objector.seat] += objector.cost
    return sorted(range(len(seats)), key=lambda place: (-weight[seats[place]], place))


def _moved(question: Question, options: list[list[_Choice]], seats: frozenset[str]) -> MoveSet:
    """What these delegations would do: the best wording that they alone can free of objections, for each provision."""
    moves, takings = list[Move](), list[Taking]()
    for provision, choices in zip(question.provisions, options, strict=True):
        option = next(choice.option for choice in choices if choice.seats <= seats)
        if option.alternative is not None:
            takings.append(Taking(provision.id, option.alternative, option.not_stated, option.assumed))
        moves += (
            Move(o.seat, provision.id, option.alternative, BLOCKS, ALLOWS, o.importance, o.carried, o.condition, o.cost)
            for o in option.objectors
        )
    return MoveSet(
        seats=tuple(sorted(seats)),
        moves=tuple(sorted(moves, key=lambda move: move.seat)),
        takings=tuple(takings),
        cost=sum(move.cost for move in moves),
        unknown=sum(len(taking.not_stated) for taking in takings),
    )


def _once(names: Iterable[object]) -> bool:
    listed = list(names)
    return len(set(listed)) == len(listed)


def _seat(objector: Objector) -> str:
    return objector.seat


# ── as JSON ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _stance(held: Objector | Move) -> dict[str, object]:
    return {
        "importance": held.importance,
        "carried": held.carried,
        "condition": held.condition and {"seq": held.condition.seq, "place": held.condition.place},
    }


def _set(found: MoveSet) -> dict[str, object]:
    return {
        "seats": list(found.seats),
        "cost": found.cost,
        "unknown": found.unknown,
        "moves": [
            {
                "seat": move.seat,
                "provision": move.provision,
                "alternative": move.alternative,
                "before": move.before,
                "after": move.after,
                "cost": move.cost,
                **_stance(move),
            }
            for move in found.moves
        ],
        "takings": [
            {
                "provision": each.provision,
                "alternative": each.alternative,
                "notStated": list(each.not_stated),
                "assumed": list(each.assumed),
            }
            for each in found.takings
        ],
    }
