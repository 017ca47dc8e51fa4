"""What documents about items are made from, read from the rows.

Why by the loaders of the API: a document then says nothing that the API does not say to the same viewer.
"""

import json
from collections.abc import Iterable, Mapping

import sqlalchemy as sa

from polylogue.drafting.paper import Clause, Decision, Opinion, Paper, Said, Stance, Wording
from polylogue.events import AdoptedClause
from polylogue.vocabulary import (
    ItemId,
    LanguageStatus,
    LanguageTag,
    Nature,
    OpinionKind,
    ProvisionKind,
    SeatCode,
    SessionId,
    StanceLevel,
    TextState,
)
from schema import tables
from schema.api import decisions, positions, texts
from schema.api.attendance import load_eligible
from schema.api.decisions import load_decisions, load_opinions
from schema.api.rows import among, columns
from schema.api.selection import Selection, asking, together
from schema.api.standpoint import SESSION
from schema.api.texts import load_provisions
from schema.api.values import LanguageVersion, Text

_ITEM, _HEAD = columns(tables.AgendaItem), columns(tables.Head)

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
    decided = load_decisions(connection, session, ids, Selection())
    placed = load_opinions(connection, session, ids, Selection({"text": []}))
    authentic = tuple(map(LanguageTag, json.loads(about.authentic)))
    backing = frozenset(load_eligible(connection, session))
    called = {SeatCode(of): _said(each) for of, each in names.items()}
    papers: dict[ItemId, Paper] = {}
    for row in connection.execute(query):
        decision = decided.get(row.id)
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
            else tuple(_clause(each) for each in provisions.get(row.id, ()) if each.number is not None),
            opinions=tuple(_opinion(each) for each in placed.get(row.id, ())),
            decision=Decision(decision.number, decision.at) if decision else None,
            names=called,
            backing=backing,
        )
    return papers


def _said(names: Iterable[Text]) -> tuple[Said, ...]:
    return tuple(Said(each.text, each.language) for each in names)


def _versions(versions: Iterable[LanguageVersion]) -> tuple[Said, ...]:
    return tuple(Said(each.text, each.language, LanguageStatus(each.status)) for each in versions)


def _adopted(clause: AdoptedClause) -> Clause:
    said = tuple(Said(each.text, each.language, each.status) for each in clause.versions)
    return Clause(clause.id, clause.number, clause.kind, Wording("", said))


def _clause(provision: texts.Provision) -> Clause:
    present = Wording(
        key="",
        versions=_versions(provision.versions),
        by=tuple(provision.sponsors),
        seq=provision.seq,
        stances=_stances(provision.stated),
    )
    others = tuple(_alternative(each) for each in provision.proposed if each.open)
    return Clause(provision.id, provision.number or 0, ProvisionKind(provision.kind), present, others)


def _alternative(alternative: texts.Alternative) -> Wording:
    return Wording(
        key=alternative.id,
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
