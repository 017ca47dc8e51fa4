"""The rolling text of an item: every clause with its whole-clause alternatives, and who backs which.

Why by rule alone: nothing is worded here that no delegation has put forward, and each wording names where it comes
from.
"""

from collections.abc import Callable

from polylogue.commands import DraftedAlternative, DraftedClause, DraftSource, TableDraft
from polylogue.procedure.matter import ALTERNATIVES_LIMIT
from polylogue.state import Amendment, Provision, State, Target
from polylogue.vocabulary import AmendmentKind, AmendmentState, ItemId, RequestId, SeatCode, Seq, StanceLevel

BACKING = (StanceLevel.SUPPORT, StanceLevel.ACCEPT)
"""Stances that count as backing a wording."""


Words = Callable[[Seq, str], str | None]
"""Reads the text at a (seq, pointer) of the record; null where it was erased."""


def draft(state: State, item: ItemId, request: RequestId | None, words: Words) -> TableDraft:
    """The draft of an item's text: its clauses in order, the alternatives on the table, and pending amendments.

    A pending amendment to a clause's newest wording becomes an alternative of the clause, with its proposer behind it;
    one whose words were erased is left out, and so are the newest where the bracket would hold too many.
    """
    clauses = tuple(_clause(state, provision, words) for provision in state.in_text(state.items[item]))
    return TableDraft(item=item, clauses=clauses, request=request)


def backers(state: State, target: Target) -> tuple[SeatCode, ...]:
    """Eligible seats that support or accept a wording, sorted; a stance on older wording backs nothing."""
    return tuple(
        seat
        for seat in state.eligible()
        if (held := state.stances.get(seat, {}).get(target))
        and held.level in BACKING
        and not state.carried(target, held)
    )


def pending(state: State, provision: Provision) -> list[Amendment]:
    """Amendments that would reword the clause as it stands and are not on the table as an alternative yet."""
    known = {state.alternatives[id].amendment for id in provision.alternatives}
    return [
        a
        for a in state.amendments.values()
        if a.provision == provision.id
        and a.kind is AmendmentKind.REPLACE
        and a.amends is None
        and a.revision == provision.revision
        and a.state is AmendmentState.PENDING
        and a.id not in known
    ]


def _clause(state: State, provision: Provision, words: Words) -> DraftedClause:
    on_table = [state.alternatives[id] for id in provision.alternatives]
    room = max(0, ALTERNATIVES_LIMIT - len(on_table))
    amendments = ((a, words(a.wording[0].seq, a.wording[0].pointer)) for a in pending(state, provision))
    readable = [(a, text) for a, text in amendments if text is not None][:room]
    return DraftedClause(
        provision=provision.id,
        revision=provision.revision,
        kind=provision.kind,
        backers=backers(state, (provision.id, None)),
        sources=tuple(DraftSource(seat=seat, revision=provision.revision) for seat in provision.authors or (None,)),
        alternatives=tuple(
            DraftedAlternative(
                alternative=a.id,
                backers=_with(a.authors, backers(state, (provision.id, a.id))),
                sources=tuple(
                    DraftSource(seat=seat, alternative=a.id, amendment=a.amendment) for seat in a.authors or (None,)
                ),
            )
            for a in on_table
        )
        + tuple(
            DraftedAlternative(
                text=text,
                language=a.wording[0].language,
                backers=_with(a.authors, ()),
                sources=tuple(DraftSource(seat=seat, amendment=a.id) for seat in a.authors),
            )
            for a, text in readable
        ),
    )


def _with(authors: tuple[SeatCode, ...], others: tuple[SeatCode, ...]) -> tuple[SeatCode, ...]:
    return tuple(sorted({*others, *authors}))
