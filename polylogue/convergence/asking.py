"""What would unblock an item, as a question: who objects to which wording, who has not spoken, whose wording it is.

Why of stances and not of a state: whoever reads them from tables asks the same question as whoever has folded a record.
"""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple, Protocol

from polylogue.convergence.unblock import Objector, Option, Place, Provision, Question
from polylogue.state import Provision as Clausal
from polylogue.state import State, Target
from polylogue.vocabulary import AlternativeId, ItemId, ProvisionId, SeatCode, StanceLevel, TextState


class Clause(NamedTuple):
    """A provision in the text: its present revision, and the open alternatives in the order of the bracket.

    `since` is the revision from which an alternative is on the table: an older stance was carried over to it from
    other words, and is not taken along when it is chosen. `by` is who put it forward, where a seat did.
    """

    id: ProvisionId
    revision: int
    alternatives: Sequence[AlternativeId]
    since: Mapping[AlternativeId, int] = MappingProxyType({})
    by: Mapping[AlternativeId, SeatCode] = MappingProxyType({})


class Stated(Protocol):
    """A stance as held now: the revision on which it was taken, and where it stands in the record."""

    @property
    def level(self) -> StanceLevel: ...
    @property
    def importance(self) -> int: ...
    @property
    def revision(self) -> int: ...
    @property
    def seq(self) -> int: ...
    @property
    def place(self) -> int: ...


def asking(
    item: ItemId,
    seats: Sequence[SeatCode],
    clauses: Iterable[Clause],
    stances: Mapping[SeatCode, Mapping[Target, Stated]],
) -> Question:
    """An item's question: the objections of `seats`, in ascending order, to each wording that its clauses may end with.

    An objection to the present text blocks an alternative too until its seat has said something about that
    alternative: once the bracket is closed it would be carried over and stand in the next call. The seat that put the
    alternative forward is taken to support it instead: nobody proposes what it cannot live with.
    """
    asked = tuple(clauses)
    wordings = {(clause.id, a) for clause in asked for a in (None, *clause.alternatives)}
    return Question(
        item,
        tuple(
            Provision(clause.id, tuple(_option(seats, stances, clause, a) for a in (None, *clause.alternatives)))
            for clause in asked
        ),
        spoken=sum(not wordings.isdisjoint(stances.get(seat, {})) for seat in seats),
    )


def question(state: State, item: ItemId) -> Question:
    """The item's question as the session stands: of the seats that are asked, or would be, in a call."""
    clauses = [_clause(state, provision) for provision in state.in_text(state.items[item])]
    return asking(item, _asked(state, item), clauses, state.stances)


def _asked(state: State, item: ItemId) -> Sequence[SeatCode]:
    """Those asked in the call that is open on the item or has blocked it, who may be fewer than all eligible."""
    calls = [state.call] + [state.closed] * (state.items[item].text is TextState.BLOCKED)
    return next((sorted(call.eligible) for call in calls if call and call.item == item), state.eligible())


def _clause(state: State, provision: Clausal) -> Clause:
    found = [state.alternatives[id] for id in provision.alternatives]
    return Clause(
        provision.id,
        provision.revision,
        provision.alternatives,
        {each.id: each.revision for each in found},
        {each.id: each.seat for each in found if each.seat},
    )


def _option(
    seats: Sequence[SeatCode],
    stances: Mapping[SeatCode, Mapping[Target, Stated]],
    clause: Clause,
    alternative: AlternativeId | None,
) -> Option:
    objectors, not_stated, assumed = list[Objector](), list[str](), list[str]()
    for seat in seats:
        mine = stances.get(seat, {})
        stated = mine.get((clause.id, alternative))
        if stated and alternative and stated.revision < clause.since.get(alternative, 0):
            stated = None
        if stated is None and alternative and clause.by.get(alternative) == seat:
            assumed.append(seat)
            continue
        held = stated or mine.get((clause.id, None))
        older = stated is None or (alternative is None and stated.revision != clause.revision)
        if held and held.level == StanceLevel.OBJECT:  # of a row it is a plain text
            objectors.append(Objector(seat, held.importance, older, Place(held.seq, held.place)))
        elif older:
            not_stated.append(seat)
    return Option(alternative, tuple(objectors), tuple(not_stated), tuple(assumed))
