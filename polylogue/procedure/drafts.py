"""Chapter 5, drafts: asked for by the chair, tabled by a worker or the secretariat."""

from polylogue import commands as c
from polylogue import events as e
from polylogue.drafting.candidates import FEWEST, MOST
from polylogue.drafting.distance import plain
from polylogue.procedure.matter import ALTERNATIVES_LIMIT, Matter
from polylogue.record.prose import Said
from polylogue.refusals import RefusalCode, Refused
from polylogue.state import Item, Provision
from polylogue.vocabulary import AlternativeId, AmendmentState, DraftId, ProvisionId, RequestId, TextState, WriterKind


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
    amended = any(a.moved_seq > last.seq for a in m.state.amendments.values() if a.provision in item.provisions)
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
    alternatives = tuple(
        _alternative(m, id, a, (*path, "alternatives", str(i))) for i, a in enumerate(given.alternatives)
    )
    for i, source in enumerate(given.sources):
        _still_waits(m, source, (*path, "sources", str(i), "amendment"))
    _no_twins(m, m.state.provisions.get(id), versions, alternatives, (*path, "alternatives"))
    return e.TabledClause(
        id=id,
        kind=kind,
        revision=revision,
        versions=versions,
        backers=m.seats(given.backers, path=(*path, "backers")),
        sources=_sources(m, given.sources, (*path, "sources")),
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
    known = {said for version in own if (said := _plain(version))}
    if provision:
        open_ones = (m.state.alternatives[id].wording for id in provision.alternatives)
        for version in (each for wording in (provision.wording, *open_ones) for each in wording):
            if (text := m.occasion.prose(version.seq, version.pointer)) is not None:
                known.add((version.language, plain(text, version.language)))
    for i, versions in brought.items():
        said = {found for version in versions if (found := _plain(version))}
        if said & known:
            raise m.refuse(RefusalCode.WORDING_UNCHANGED, path=(*path, str(i), "text"))
        known |= said


def _plain(version: e.Version) -> tuple[str, tuple[str, ...]] | None:
    text = version.text
    return (version.language, plain(text.words, version.language)) if isinstance(text, Said) else None


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
    for i, source in enumerate(given.sources):
        _still_waits(m, source, (*path, "sources", str(i), "amendment"))
    return e.TabledAlternative(
        id=id,
        versions=versions,
        backers=m.seats(given.backers, path=(*path, "backers")),
        sources=_sources(m, given.sources, (*path, "sources")),
    )


def _still_waits(m: Matter, given: c.DraftSource, path: tuple[str, ...]) -> None:
    """Refuse an amendment that was withdrawn, revised or put beside the clause since the draft was made of it."""
    amendment = m.state.amendments.get(given.amendment) if given.amendment else None
    if amendment is None or given.revision is None:
        return
    clause = m.state.provisions.get(amendment.provision)
    beside = (m.state.alternatives[id].amendment for id in (clause.alternatives if clause else ()))
    waits = amendment.state is AmendmentState.PENDING and amendment.edition == given.revision
    if not waits or amendment.id in beside:
        raise m.refuse(RefusalCode.DRAFT_OUTDATED, path=path)


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
