"""What would unblock an item, as a question: who objects to which wording, who has not spoken, whose wording it is.

Why of stances and not of a state: whoever reads them from tables asks the same question as whoever has folded a record.
"""

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple, Protocol

from polylogue.convergence.alike import Answers, Reading, Said, answers, says
from polylogue.convergence.scope import WIDE, Scope, items
from polylogue.convergence.unblock import Objector, Option, Place, Provision, Question
from polylogue.state import Provision as Clausal
from polylogue.state import State, Target
from polylogue.vocabulary import AlternativeId, ItemId, ProvisionId, SeatCode, StanceLevel, TextState


class Clause(NamedTuple):
    """A provision in the text: its present revision, and the open alternatives in the order of the bracket.

    `since` is the revision from which an alternative is on the table: an older stance was carried over to it from
    other words, and is not taken along when it is chosen. `by` are the seats that put a wording forward, null being the
    present text. `says` tells by equal values which wordings have the same words, `answers` what seats have answered in
    rounds to what they say.
    """

    id: ProvisionId
    revision: int
    alternatives: Sequence[AlternativeId]
    since: Mapping[AlternativeId, int] = MappingProxyType({})
    by: Mapping[AlternativeId | None, Collection[SeatCode]] = MappingProxyType({})
    says: Mapping[AlternativeId | None, Hashable] = MappingProxyType({})
    answers: Mapping[Hashable, Mapping[SeatCode, Said]] = MappingProxyType({})


class Stated(Said, Protocol):
    """A stance as held now: what was said, and the revision on which it was taken."""

    @property
    def revision(self) -> int: ...


def asking(
    item: ItemId,
    seats: Sequence[SeatCode],
    clauses: Iterable[Clause],
    stances: Mapping[SeatCode, Mapping[Target, Stated]],
) -> Question:
    """An item's question: the objections of `seats`, in ascending order, to each wording that its clauses may end with.

    An objection to the present text blocks an alternative too until its seat has said something about that
    alternative: once the bracket is closed it would be carried over and stand in the next call. The seat that put the
    alternative forward is taken to support it instead: nobody proposes what it cannot live with. An objection to words
    blocks every wording that has them, as the bracket does not close on one of them either: until the seat says another
    thing of that wording, or of another one with these words, or has put it forward itself.
    """
    asked = tuple(clauses)
    wordings = {(clause.id, a) for clause in asked for a in (None, *clause.alternatives)}
    return Question(
        item,
        tuple(
            Provision(clause.id, tuple(_option(seats, stances, clause, a) for a in (None, *clause.alternatives)))
            for clause in asked
        ),
        frozenset(seat for seat in seats if not wordings.isdisjoint(stances.get(seat, {}))),
    )


def together(scope: Scope, questions: Iterable[Question]) -> Question:
    """The questions of several items as one, in their order: what would unblock all of them.

    Each text is agreed by itself, but the same delegations may stand in the way of several: a set of them that is
    smallest for one item may be needless beside what another item asks for.
    """
    asked = tuple(questions)
    provisions = tuple(provision for each in asked for provision in each.provisions)
    return Question(scope, provisions, frozenset[str]().union(*(each.spoken for each in asked)))


def still_open(text: TextState) -> bool:
    """Whether an item's text can still be blocked."""
    return text is not TextState.ADOPTED


def question_of(state: State, scope: Scope, words: Reading) -> Question:
    """The question of an item, or of all items of a wider scope whose texts are not adopted."""
    if scope not in WIDE:
        return question(state, ItemId(scope), words)
    return together(scope, (question(state, each.id, words) for each in items(state, scope) if still_open(each.text)))


def question(state: State, item: ItemId, words: Reading) -> Question:
    """The item's question as the session stands: of the seats that are asked, or would be, in a call."""
    in_text = state.in_text(state.items[item])
    given: Answers = answers(state, item, words) if any(provision.alternatives for provision in in_text) else {}
    clauses = [_clause(state, provision, words, given) for provision in in_text]
    return asking(item, _asked(state, item), clauses, state.stances)


def _asked(state: State, item: ItemId) -> Sequence[SeatCode]:
    """Those asked in the call that is open on the item or has blocked it, who may be fewer than all eligible."""
    calls = [state.call] + [state.closed] * (state.items[item].text is TextState.BLOCKED)
    return next((sorted(call.eligible) for call in calls if call and call.item == item), state.eligible())


def _clause(state: State, provision: Clausal, words: Reading, given: Answers) -> Clause:
    found = [state.alternatives[id] for id in provision.alternatives]
    wordings = {None: provision.wording, **{each.id: each.wording for each in found}} if found else {}
    return Clause(
        provision.id,
        provision.revision,
        provision.alternatives,
        {each.id: each.revision for each in found},
        {None: provision.authors, **{each.id: each.authors for each in found}},
        says(wordings, words),
        given.get(provision.id, {}),
    )


def _option(
    seats: Sequence[SeatCode],
    stances: Mapping[SeatCode, Mapping[Target, Stated]],
    clause: Clause,
    alternative: AlternativeId | None,
) -> Option:
    objectors, not_stated, assumed = list[Objector](), list[str](), list[str]()
    twins, authors = _twins(clause, alternative), clause.by.get(alternative, ())
    for seat in seats:
        mine = stances.get(seat, {})
        own, said = _stated(mine, clause, alternative), _said(seat, mine, clause, [alternative])
        if not said and alternative and seat in authors:
            assumed.append(seat)
            continue
        elsewhere = not said and seat not in authors
        said = said or (_said(seat, mine, clause, twins) if elsewhere else [])
        held = own or mine.get((clause.id, None))
        objected = bool(said) and all(map(_objects, said))
        if held and _objects(held) and not (alternative and objected and own is None):
            objectors.append(_objector(seat, held, carried=own is None))
        elif objected:
            objectors.append(_objector(seat, said[0], elsewhere=elsewhere))
        elif own is None and not said:
            not_stated.append(seat)
    return Option(alternative, tuple(objectors), tuple(not_stated), tuple(assumed))


def _objects(said: Said) -> bool:
    return said.level == StanceLevel.OBJECT  # of a row it is a plain text


def _objector(seat: SeatCode, said: Said, *, carried: bool = False, elsewhere: bool = False) -> Objector:
    return Objector(seat, said.importance, carried, Place(said.seq, said.place), elsewhere)


def _twins(clause: Clause, wording: AlternativeId | None) -> list[AlternativeId | None]:
    """The other wordings of a clause with the same words, the present text first."""
    words = clause.says.get(wording)
    return [other for other, same in clause.says.items() if same == words and other != wording]


def _said(
    seat: SeatCode, mine: Mapping[Target, Stated], clause: Clause, wordings: Iterable[AlternativeId | None]
) -> list[Said]:
    """What a seat has said of these wordings as they are now: its stance, or its answer in a round if that is newer."""
    found: list[Said] = []
    for wording in wordings:
        held, answer = _stated(mine, clause, wording), clause.answers.get(clause.says.get(wording), {}).get(seat)
        if said := answer if answer and (held is None or answer.seq > held.seq) else held:
            found.append(said)
    return found


def _stated(mine: Mapping[Target, Stated], clause: Clause, wording: AlternativeId | None) -> Stated | None:
    """A seat's stance on a wording, unless it was taken on older words."""
    held = mine.get((clause.id, wording))
    if held is None:
        return None
    older = held.revision < clause.since.get(wording, 0) if wording else held.revision != clause.revision
    return None if older else held
