"""Chapter 5, drafts: asked for by the chair, tabled by a worker or the secretariat."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from polylogue import commands as c
from polylogue import events as e
from polylogue.drafting.candidates import FEWEST, MOST
from polylogue.procedure import sources
from polylogue.procedure.matter import ALTERNATIVES_LIMIT, Matter
from polylogue.procedure.sources import Worded
from polylogue.refusals import RefusalCode, Refused
from polylogue.state import Item, Provision
from polylogue.vocabulary import AlternativeId, DraftId, ProvisionId, RequestId, TextState, WriterKind


def request_draft(m: Matter, c: c.RequestDraft) -> tuple[e.Event, ...]:
    item = m.item(c.item)
    if c.instead_of and c.instead_of != item.request:
        raise m.refuse(RefusalCode.UNKNOWN_REFERENCE, path=("insteadOf",), kind="request", id=c.instead_of)
    if item.request and not c.instead_of:
        raise m.refuse(RefusalCode.DRAFT_PENDING, number=item.number, id=item.request)
    if c.candidates and not FEWEST <= c.candidates <= MOST:
        raise m.refuse(
            RefusalCode.NUMBER_OUT_OF_RANGE, path=("candidates",), value=c.candidates, least=FEWEST, most=MOST
        )
    if c.writer is WriterKind.MODEL and not m.occasion.model:
        raise m.refuse(RefusalCode.WRITER_NOT_CONFIGURED, path=("writer",))
    if c.candidates:
        _further(m, item, c)
    return (
        e.DraftRequested(
            request=RequestId(m.fresh()),
            item=item.id,
            candidates=c.candidates,
            writer=c.writer,
            seed=m.occasion.root(),
            instead_of=c.instead_of,
        ),
    )


def table_draft(m: Matter, c: c.TableDraft) -> tuple[e.Event, ...]:
    return (tabled(m, c),)


def tabled(m: Matter, c: c.TableDraft | c.ProposeCandidates) -> e.DraftTabled:
    item = m.item(c.item)
    in_text = m.state.in_text(item)
    if not c.clauses and in_text:  # where no clause is left, the draft that was asked for is empty too
        raise m.refuse(RefusalCode.LIST_EMPTY, path=("clauses",), name="clauses")
    if c.request and c.request != item.request:
        raise m.refuse(RefusalCode.UNKNOWN_REFERENCE, path=("request",), kind="request", id=c.request)
    m.within([clause for clause in c.clauses if clause.provision is None], path=("clauses",), beside=len(in_text))
    m.within(c.clauses, path=("clauses",))
    m.once((clause.provision for clause in c.clauses if clause.provision), path=("clauses",))
    return e.DraftTabled(
        draft=DraftId(m.fresh()),
        request=c.request,
        item=item.id,
        number=item.drafts + 1,
        clauses=tuple(_clauses(m, item, c.clauses)),
        reopens=item.text is TextState.BLOCKED,
    )


def _further(m: Matter, item: Item, c: c.RequestDraft) -> None:
    """Refuse a further round where the last has ended them and nothing that a round rests on has changed since.

    That is: a clause, wording, bracket or stance of the item, an amendment to it, an answer, a ranking, the writer.
    """
    rounds = m.state.rounds.get(item.id)
    if not rounds:
        return
    last = rounds[-1]
    if last.proposed.stop is None or max(item.input_seq, last.heard_seq) > last.seq:
        return
    amended = any(a.moved_seq > last.seq for a in m.state.amendments.values() if a.provision in item.provisions)
    if amended or m.state.requests[last.proposed.request].writer is not c.writer:
        return
    raise m.refuse(RefusalCode.ROUNDS_OVER, number=item.number, round=last.proposed.number, reason=last.proposed.stop)


def _clauses(m: Matter, item: Item, given: Sequence[c.DraftedClause]) -> Iterator[e.TabledClause]:
    new = 0
    for i, clause in enumerate(given):
        new += clause.provision is None
        yield _clause(m, item, clause, new, ("clauses", str(i)))


def _clause(m: Matter, item: Item, given: c.DraftedClause, place: int, path: tuple[str, ...]) -> e.TabledClause:
    """A clause of the draft; the `place`th of those that are new, if it is new."""
    on_table = 0
    if given.provision is None:
        language = given.language or m.state.working
        versions = m.wording(given.text or "", language, path=(*path, "text"))
        id, revision, kind = ProvisionId(m.fresh()), 1, given.kind
    else:
        provision = m.provision(given.provision, path=(*path, "provision"))
        if provision.item != item.id:
            raise m.refuse(
                RefusalCode.UNKNOWN_REFERENCE, path=(*path, "provision"), kind="provision", id=given.provision
            )
        if given.revision != provision.revision:
            raise Refused(
                m.conflict(
                    RefusalCode.DRAFT_OUTDATED, provision.revision, given.revision or 0, path=(*path, "revision")
                )
            )
        id, revision, kind, versions = provision.id, provision.revision, provision.kind, ()
        on_table = len(provision.alternatives)
    new = [a for a in given.alternatives if a.alternative is None]
    m.within(new, path=(*path, "alternatives"), beside=on_table, limit=ALTERNATIVES_LIMIT)
    m.once((a.alternative for a in given.alternatives if a.alternative), path=(*path, "alternatives"))
    known = m.state.provisions.get(id)
    own = Worded(item, known, place, versions)
    alternatives = tuple(
        _alternative(m, own, a, (*path, "alternatives", str(i))) for i, a in enumerate(given.alternatives)
    )
    sources.still_wait(m, given.sources, (*path, "sources"))
    _no_twins(m, known, versions, alternatives, (*path, "alternatives"))
    named = sources.sources(m, own, given.sources, (*path, "sources"))
    return e.TabledClause(
        id=id,
        kind=kind,
        revision=revision,
        versions=versions,
        backers=sources.backers(m, own, given.backers, named, (*path, "backers")),
        sources=named,
        alternatives=alternatives,
    )


def _no_twins(
    m: Matter,
    provision: Provision | None,
    own: tuple[e.Version, ...],
    alternatives: tuple[e.TabledAlternative, ...],
    path: tuple[str, ...],
) -> None:
    """Refuse a new wording that has the words of one that stands there, whatever its white space and capital letters;
    `own` is that of a new clause.
    """
    brought = {i: tabled.versions for i, tabled in enumerate(alternatives) if tabled.versions}
    if not brought:
        return
    known = set(sources.of_versions(own))
    if provision:
        open_ones = (m.state.alternatives[id].wording for id in provision.alternatives)
        known.update(said for wording in (provision.wording, *open_ones) for said in sources.of_wording(m, wording))
    for i, versions in brought.items():
        said = sources.of_versions(versions)
        if said & known:
            raise m.refuse(RefusalCode.WORDING_UNCHANGED, path=(*path, str(i), "text"))
        known |= said


def _alternative(m: Matter, clause: Worded, given: c.DraftedAlternative, path: tuple[str, ...]) -> e.TabledAlternative:
    if given.alternative:
        on_table = clause.provision
        if on_table is None:
            raise m.refuse(
                RefusalCode.UNKNOWN_REFERENCE, path=(*path, "alternative"), kind="alternative", id=given.alternative
            )
        id = m.alternative(given.alternative, on_table, path=(*path, "alternative")).id
        words = replace(clause, versions=(), alternative=m.state.alternatives[id])
    else:
        id = AlternativeId(m.fresh())
        versions = m.wording(given.text or "", given.language or m.state.working, path=(*path, "text"))
        words = replace(clause, versions=versions)
    sources.still_wait(m, given.sources, (*path, "sources"))
    named = sources.sources(m, words, given.sources, (*path, "sources"))
    return e.TabledAlternative(
        id=id,
        versions=words.versions,
        backers=sources.backers(m, words, given.backers, named, (*path, "backers")),
        sources=named,
    )
