"""Chapter 5, drafts: asked for by the chair, tabled by a worker or the secretariat."""

from collections.abc import Iterable

from polylogue import commands as c
from polylogue import events as e
from polylogue.procedure.matter import Matter
from polylogue.refusals import RefusalCode, Refused
from polylogue.state import Item
from polylogue.vocabulary import AlternativeId, DraftId, ProvisionId, RequestId, TextState


def request_draft(m: Matter, c: c.RequestDraft) -> tuple[e.Event, ...]:
    item = m.item(c.item)
    if item.request:
        raise m.refuse(RefusalCode.DRAFT_PENDING, number=item.number)
    return (e.DraftRequested(request=RequestId(m.fresh()), item=item.id),)


def table_draft(m: Matter, c: c.TableDraft) -> tuple[e.Event, ...]:
    item = m.item(c.item)
    if not c.clauses:
        raise m.refuse(RefusalCode.LIST_EMPTY, path=("clauses",), name="clauses")
    if c.request and c.request != item.request:
        raise m.refuse(RefusalCode.UNKNOWN_REFERENCE, path=("request",), kind="request", id=c.request)
    m.within(c.clauses, path=("clauses",))
    return (
        e.DraftTabled(
            draft=DraftId(m.fresh()),
            request=c.request,
            item=item.id,
            number=item.drafts + 1,
            clauses=tuple(_clause(m, item, clause, ("clauses", str(i))) for i, clause in enumerate(c.clauses)),
            reopens=item.text is TextState.BLOCKED,
        ),
    )


def _clause(m: Matter, item: Item, given: c.DraftedClause, path: tuple[str, ...]) -> e.TabledClause:
    m.within(given.alternatives, path=(*path, "alternatives"), limit=25)
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
    return e.TabledClause(
        id=id,
        kind=kind,
        revision=revision,
        versions=versions,
        backers=m.seats(given.backers, path=(*path, "backers")),
        sources=_sources(given.sources),
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
        sources=_sources(given.sources),
    )


def _sources(given: Iterable[c.DraftSource]) -> tuple[e.Source, ...]:
    return tuple(
        e.Source(
            seat=s.seat, position=s.position, alternative=s.alternative, amendment=s.amendment, revision=s.revision
        )
        for s in given
    )
