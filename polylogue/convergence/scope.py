"""From the folded session to the figures' input: the stances on one item, on all items, or on those of a dimension.

Why here and once: which stances count (those of eligible seats, stated on the present text, not carried) is one
decision, and every report, its recomputation and the timeline must take it alike.
"""

from typing import NewType

from polylogue.convergence.extras import Extras
from polylogue.convergence.matrix import Cell, Matrix
from polylogue.stances import Held
from polylogue.state import Item, State
from polylogue.vocabulary import SCALE, Dimension, ItemId, ProvisionState, Seq

Scope = NewType("Scope", str)
"""What a report is about, as it stands in the report's input: an item's id, `SESSION`, or a dimension's scope."""

SESSION = Scope("session")
_DIMENSION = "dimension/"


def of_item(item: ItemId) -> Scope:
    """The scope of one agenda item."""
    return Scope(item)


def of_dimension(dimension: Dimension) -> Scope:
    """The scope of all items that touch a dimension of security."""
    return Scope(_DIMENSION + dimension)


_DIMENSIONS = {of_dimension(dimension): dimension for dimension in Dimension}

WIDE = (SESSION, *_DIMENSIONS)
"""The scopes that are no item's."""


def dimension_of(scope: str) -> Dimension | None:
    """The dimension whose scope this is, if it is one's."""
    return _DIMENSIONS.get(Scope(scope))


def around(item: Item) -> tuple[Scope, ...]:
    """The scopes beyond the item itself that hold it: the session first, then its dimensions."""
    return (SESSION, *(scope for scope, dimension in _DIMENSIONS.items() if dimension in item.dimensions))


def items(state: State, scope: Scope) -> tuple[Item, ...]:
    """The items of a scope in the order of the agenda; none for a scope that the session does not have."""
    if item := state.items.get(ItemId(scope)):
        return (item,)
    dimension = _DIMENSIONS.get(scope)
    found = (i for i in state.items.values() if scope == SESSION or dimension in i.dimensions)
    return tuple(sorted(found, key=lambda item: item.number))


def basis(state: State, scope: Scope) -> Seq:
    """The last entry that feeds the figures of a scope; 0 where none does."""
    return max((item.input_seq for item in items(state, scope)), default=Seq(0))


def matrix(state: State, scope: Scope | ItemId) -> tuple[Matrix, Extras]:
    """The stances of eligible seats on the present text of a scope, and what is shown beside them: stances carried from
    older wording, those stated in bulk, and those whose condition is not met.
    """
    seats = tuple(state.eligible())
    provisions = [provision for item in items(state, Scope(scope)) for provision in state.in_text(item)]
    stated, carried, unmet, bulk = list[Cell](), list[Cell](), list[Cell](), 0
    for i, seat in enumerate(seats):
        held_by_seat = state.held(seat)
        for j, provision in enumerate(provisions):
            held = held_by_seat.get((provision.id, None))
            if held is None:
                continue
            cell = Cell(i, j, SCALE[held.level], held.importance)
            if held.revision != provision.revision:
                carried.append(cell)
                continue
            stated.append(cell)
            bulk += held.bulk
            if _is_unmet(state, held):
                unmet.append(cell)
    found = Matrix(scope, seats, tuple(p.id for p in provisions), tuple(stated))
    return found, Extras(tuple(carried), bulk, tuple(unmet))


def _is_unmet(state: State, held: Held) -> bool:
    """Whether a stance waits for another provision to be agreed."""
    return held.if_agreed is not None and state.provisions[held.if_agreed].state is not ProvisionState.AGREED
