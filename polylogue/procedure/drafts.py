"""Chapter 5, drafts: asked for by the chair, tabled by a worker or the secretariat."""

from polylogue import commands as c
from polylogue import events as e
from polylogue.procedure.matter import ALTERNATIVES_LIMIT, Matter
from polylogue.refusals import RefusalCode, Refused
from polylogue.state import Item
from polylogue.vocabulary import AlternativeId, DraftId, ProvisionId, RequestId, TextState, WriterKind

FEWEST, MOST = 4, 16
"""How many candidates may be asked for: no text, the text as it stands, the last winner and one more at least."""


def request_draft(m: Matter, c: c.RequestDraft) -> tuple[e.Event, ...]:
    item = m.item(c.item)
    if item.request:
        raise m.refuse(RefusalCode.DRAFT_PENDING, number=item.number)
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
        clauses=tuple(_clause(m, item, clause, ("clauses", str(i))) for i, clause in enumerate(c.clauses)),
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
    amended = any(a.seq > last.seq for a in m.state.amendments.values() if a.provision in item.provisions)
    if amended or m.state.requests[last.proposed.request].writer is not c.writer:
        return
    raise m.refuse(RefusalCode.ROUNDS_OVER, number=item.number, round=last.proposed.number, reason=last.proposed.stop)


def _clause(m: Matter, item: Item, given: c.DraftedClause, path: tuple[str, ...]) -> e.TabledClause:
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
    return e.TabledClause(
        id=id,
        kind=kind,
        revision=revision,
        versions=versions,
        backers=m.seats(given.backers, path=(*path, "backers")),
        sources=_sources(m, given.sources, (*path, "sources")),
        alternatives=tuple(
            _alternative(m, id, a, (*path, "alternatives", str(i))) for i, a in enumerate(given.alternatives)
        ),
    )


def _alternative(
    m: Matter, provision: ProvisionId, given: c.DraftedAlternative, path: tuple[str, ...]
) -> e.TabledAlternative:
    if given.alternative:
        on_table = m.state.provisions.get(provision)
        if on_table is None:
            raise m.refuse(
                RefusalCode.UNKNOWN_REFERENCE, path=(*path, "alternative"), kind="alternative", id=given.alternative
            )
        id = m.alternative(given.alternative, on_table, path=(*path, "alternative")).id
        versions = ()
    else:
        id = AlternativeId(m.fresh())
        versions = m.wording(given.text or "", given.language or m.state.working, path=(*path, "text"))
    return e.TabledAlternative(
        id=id,
        versions=versions,
        backers=m.seats(given.backers, path=(*path, "backers")),
        sources=_sources(m, given.sources, (*path, "sources")),
    )


def _sources(m: Matter, given: tuple[c.DraftSource, ...], path: tuple[str, ...]) -> tuple[e.Source, ...]:
    """Where a wording comes from, by ids of this session: what is not of it would be provenance of nothing."""
    m.within(given, path=path)
    return tuple(_source(m, source, (*path, str(i))) for i, source in enumerate(given))


def _source(m: Matter, given: c.DraftSource, path: tuple[str, ...]) -> e.Source:
    named = (
        ("seat", "delegation", given.seat, m.state.delegations),
        ("position", "position", given.position, m.state.posted),
        ("alternative", "alternative", given.alternative, m.state.alternatives),
        ("amendment", "amendment", given.amendment, m.state.amendments),
    )
    for member, kind, id, known in named:
        if id is not None and id not in known:
            raise m.refuse(RefusalCode.UNKNOWN_REFERENCE, path=(*path, member), kind=kind, id=id)
    # No revision is higher than the record is long.
    if given.revision is not None and not 1 <= given.revision <= m.state.seq:
        raise m.refuse(RefusalCode.NUMBER_OUT_OF_RANGE, path=(*path, "revision"), value=given.revision)
    return e.Source(
        seat=given.seat,
        position=given.position,
        alternative=given.alternative,
        amendment=given.amendment,
        revision=given.revision,
    )
