"""What documents about items are made from, read from the rows.

Why by the loaders of the API: a document then says nothing that the API does not say to the same viewer.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import sqlalchemy as sa

from polylogue.drafting.brackets import PRESENT, shared_language
from polylogue.drafting.paper import Clause, Decision, Opinion, Paper, Said, Stance, Wording
from polylogue.events import AdoptedClause, Extent, Region
from polylogue.vocabulary import (
    AlternativeId,
    ItemId,
    LanguageStatus,
    LanguageTag,
    Nature,
    OpinionKind,
    ProvisionId,
    ProvisionKind,
    SeatCode,
    Seq,
    SessionId,
    StanceLevel,
    TextState,
)
from schema import tables
from schema.api import decisions, positions, texts
from schema.api.attendance import load_eligible
from schema.api.decisions import in_force, load_decisions, load_opinions
from schema.api.rows import among
from schema.api.selection import Selection, asking, together
from schema.api.standpoint import SESSION
from schema.api.texts import load_provisions
from schema.api.values import BEFORE_ALL, LanguageVersion, Text
from schema.columns import columns

_ITEM, _HEAD, _PROVISION, _WORDING = (
    columns(tables.AgendaItem),
    columns(tables.Head),
    columns(tables.Provision),
    columns(tables.Wording),
)

_VERSIONS = Selection({"versions": []})
_STANCES = asking("stances", Selection({"reason": [], "wouldBeRemovedBy": []}))
_TEXT = asking(
    "provisions",
    together(_VERSIONS, _STANCES, Selection({"notStated": []}), asking("alternatives", together(_VERSIONS, _STANCES))),
)


def load_papers(
    connection: sa.Connection, session: SessionId, ids: Iterable[ItemId] | None, names: Mapping[str, list[Text]]
) -> dict[ItemId, Paper]:
    """A paper for each of these items (null: all), in the order of the agenda; `names` are all of the session."""
    about = connection.execute(sa.select(*SESSION).where(SESSION.id == session)).one()
    head = connection.execute(sa.select(_HEAD.seq, _HEAD.at).where(_HEAD.session == session)).one()
    query = sa.select(*_ITEM).where(_ITEM.session == session, among(_ITEM.id, ids)).order_by(_ITEM.number)
    provisions = load_provisions(connection, session, ids, _TEXT)
    standing = _standing(connection, session, ids)
    decided = load_decisions(connection, session, ids, Selection())
    placed = load_opinions(connection, session, ids, Selection({"text": []}))
    authentic = tuple(map(LanguageTag, json.loads(about.authentic)))
    backing = frozenset(load_eligible(connection, session))
    called = {SeatCode(of): _said(each) for of, each in names.items()}
    papers: dict[ItemId, Paper] = {}
    for row in connection.execute(query):
        decision = in_force(decided.get(row.id, ()))
        papers[row.id] = Paper(
            nature=Nature(about.nature),
            conference=about.conference,
            session=_said(names.get(session, ())),
            item=row.number,
            titles=_said(names.get(row.id, ())),
            languages=tuple(dict.fromkeys((LanguageTag(about.working), *authentic))),
            authentic=authentic,
            state=TextState(row.text_state),
            seq=head.seq,
            at=head.at,
            clauses=tuple(_adopted(each) for each in decision.clauses)
            if decision
            else tuple(
                _clause(each, standing[each.id]) for each in provisions.get(row.id, ()) if each.number is not None
            ),
            opinions=tuple(_opinion(each) for each in placed.get(row.id, ())),
            decision=Decision(decision.number, decision.at) if decision else None,
            names=called,
            backing=backing,
        )
    return papers


def _said(names: Iterable[Text]) -> tuple[Said, ...]:
    return tuple(Said(each.text, each.language) for each in names)


def _versions(versions: Iterable[LanguageVersion]) -> tuple[Said, ...]:
    return tuple(Said(each.text, each.language, LanguageStatus(each.status), each.stale) for each in versions)


def _adopted(clause: AdoptedClause) -> Clause:
    said = tuple(Said(each.text, each.language, each.status) for each in clause.versions)
    return Clause(clause.id, clause.number, clause.kind, Wording(PRESENT, said))


@dataclass(slots=True)
class _Standing:
    """Where a clause's present words stand, in which languages in the order of the record, and its decided brackets."""

    regions: list[list[tuple[AlternativeId | None, int, int]]]
    seq: Seq = BEFORE_ALL
    languages: list[LanguageTag] = field(default_factory=list[LanguageTag])


def _standing(
    connection: sa.Connection, session: SessionId, ids: Iterable[ItemId] | None
) -> dict[ProvisionId, _Standing]:
    mine = (_PROVISION.session == session, among(_PROVISION.item, ids))
    found = {
        row.id: _Standing(json.loads(row.regions))
        for row in connection.execute(sa.select(_PROVISION.id, _PROVISION.regions).where(*mine))
    }
    present = sa.and_(
        _WORDING.session == _PROVISION.session,
        _WORDING.of == _PROVISION.id,
        _WORDING.revision == _PROVISION.revision,
    )
    query = (
        sa.select(_WORDING.of, _WORDING.language, _WORDING.seq, _WORDING.ordinal, _WORDING.stale)
        .select_from(_WORDING.of.table.join(_PROVISION.id.table, present))
        .where(*mine)
    )
    for row in sorted(connection.execute(query), key=lambda row: row.ordinal):
        found[row.of].seq = found[row.of].seq if row.ordinal else row.seq
        if not row.stale:
            found[row.of].languages.append(row.language)
    return found


def _clause(provision: texts.Provision, standing: _Standing) -> Clause:
    present = Wording(
        key=PRESENT,
        versions=_versions(provision.versions),
        by=tuple(provision.authors),
        seq=standing.seq or None,
        stances=_stances(provision.stated),
    )
    open_ones = [each for each in provision.proposed if each.open]
    keys = {each.id: f"{place:04}" for place, each in enumerate(open_ones, 1)}
    others = tuple(_alternative(each, keys[each.id]) for each in open_ones)
    kept = tuple(
        Region(
            extents=tuple(
                Extent(alternative=AlternativeId(keys.get(id, id)) if id else None, start=start, end=end)
                for id, start, end in region
            )
        )
        for region in standing.regions
    )
    spoken = {PRESENT: standing.languages, **{each.key: [said.language for said in each.versions] for each in others}}
    return Clause(
        id=provision.id,
        number=provision.number or 0,
        kind=ProvisionKind(provision.kind),
        present=present,
        alternatives=others,
        kept=kept,
        compared=shared_language(spoken),
    )


def _alternative(alternative: texts.Alternative, key: str) -> Wording:
    return Wording(
        key=key,
        versions=_versions(alternative.versions),
        label=alternative.label,
        by=(alternative.seat,) if alternative.seat else (),
        seq=alternative.seq,
        stances=_stances(alternative.stated),
    )


def _stances(stated: Iterable[positions.Stance]) -> tuple[Stance, ...]:
    return tuple(
        Stance(each.seat, StanceLevel(each.level), each.carried, _text(each.reason), _text(each.would_be_removed_by))
        for each in stated
    )


def _text(text: Text | None) -> Said | None:
    return Said(text.text, text.language) if text else None


def _opinion(opinion: decisions.Opinion) -> Opinion:
    text = Said(opinion.text.text, opinion.text.language)
    return Opinion(opinion.seat, OpinionKind(opinion.kind), opinion.provision, text)
