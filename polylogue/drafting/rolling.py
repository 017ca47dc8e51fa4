"""The rolling text of an item: every clause with its whole-clause alternatives, and who backs which.

Why by rule alone: nothing is worded here that no delegation has put forward, and each wording names where it comes
from.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from polylogue.commands import DraftedAlternative, DraftedClause, DraftSource, TableDraft
from polylogue.drafting.distance import plain
from polylogue.procedure.matter import ALTERNATIVES_LIMIT
from polylogue.stances import Target
from polylogue.state import Amendment, Provision, State
from polylogue.vocabulary import AmendmentKind, AmendmentState, ItemId, RequestId, SeatCode, Seq, StanceLevel

BACKING = (StanceLevel.SUPPORT, StanceLevel.ACCEPT)
"""Stances that count as backing a wording."""


Words = Callable[[Seq, str], str | None]
"""Reads the text at a (seq, pointer) of the record; null where it was erased."""


def draft(state: State, item: ItemId, request: RequestId | None, words: Words) -> TableDraft:
    """The draft of an item's text: its clauses in order, the alternatives on the table, and pending amendments.

    A pending amendment to a clause's newest wording becomes an alternative of the clause, with its authors behind it,
    unless its words stand there already: then its authors are behind these.
    """
    clauses = tuple(_clause(state, provision, words) for provision in state.in_text(state.items[item]))
    return TableDraft(item=item, clauses=clauses, request=request)


def backers(state: State, target: Target) -> tuple[SeatCode, ...]:
    """Eligible seats that support or accept a wording, sorted; a stance on older wording backs nothing."""
    return tuple(
        seat
        for seat in state.eligible()
        if (held := state.held(seat).get(target)) and held.level in BACKING and not state.carried(target, held)
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


@dataclass(frozen=True, slots=True)
class Brought:
    """What pending amendments bring: those with the words of a wording on the table by its key, "" for the present
    text; and new wordings, each with the amendments that have its words, in another language if these are in another.
    """

    to: Mapping[str, Sequence[Amendment]]
    new: Sequence[tuple[str, Sequence[Amendment]]]


def brought(state: State, provision: Provision, words: Words) -> Brought:
    """What a draft brings to a clause. Other white space and capital letters make no other words.

    Amendments whose words were erased bring nothing, nor do the newest where the bracket would hold too many.
    """
    on_table = {"": provision.wording} | {id: state.alternatives[id].wording for id in provision.alternatives}
    keys: dict[tuple[str, tuple[str, ...]], str] = {}
    for key, wording in on_table.items():
        for version in wording:
            if (text := words(version.seq, version.pointer)) is not None:
                keys.setdefault((version.language, plain(text, version.language)), key)
    to: dict[str, list[Amendment]] = {}
    new: dict[str, tuple[str, list[Amendment]]] = {}
    for amendment in pending(state, provision):
        version = amendment.wording[0]
        if (text := words(version.seq, version.pointer)) is None:
            continue
        key = keys.setdefault((version.language, plain(text, version.language)), amendment.id)
        if key in on_table:
            to.setdefault(key, []).append(amendment)
        else:
            new.setdefault(key, (text, []))[1].append(amendment)
    room = max(0, ALTERNATIVES_LIMIT - len(provision.alternatives))
    return Brought(to, list(new.values())[:room])


def authors(first: tuple[SeatCode, ...], amendments: Iterable[Amendment]) -> tuple[SeatCode, ...]:
    """Who puts words forward: these, and whoever does so by amendments."""
    return tuple(dict.fromkeys((*first, *(seat for amendment in amendments for seat in amendment.authors))))


def _clause(state: State, provision: Provision, words: Words) -> DraftedClause:
    found = brought(state, provision, words)
    return DraftedClause(
        provision=provision.id,
        revision=provision.revision,
        kind=provision.kind,
        backers=_with(authors((), found.to.get("", ())), backers(state, (provision.id, None))),
        sources=(
            *(DraftSource(seat=seat, revision=provision.revision) for seat in provision.authors or (None,)),
            *_sources(found.to.get("", ())),
        ),
        alternatives=(
            *(
                DraftedAlternative(
                    alternative=a.id,
                    backers=_with(authors(a.authors, found.to.get(a.id, ())), backers(state, (provision.id, a.id))),
                    sources=(
                        *(
                            DraftSource(seat=seat, alternative=a.id, amendment=a.amendment)
                            for seat in a.authors or (None,)
                        ),
                        *_sources(found.to.get(a.id, ())),
                    ),
                )
                for a in (state.alternatives[id] for id in provision.alternatives)
            ),
            *(
                DraftedAlternative(
                    text=text,
                    language=amendments[0].wording[0].language,
                    backers=_with(authors((), amendments), ()),
                    sources=_sources(amendments),
                )
                for text, amendments in found.new
            ),
        ),
    )


def _sources(amendments: Iterable[Amendment]) -> tuple[DraftSource, ...]:
    return tuple(DraftSource(seat=seat, amendment=a.id, revision=a.edition) for a in amendments for seat in a.authors)


def _with(authors: tuple[SeatCode, ...], others: tuple[SeatCode, ...]) -> tuple[SeatCode, ...]:
    return tuple(sorted({*others, *authors}))
