"""Public consultations as the API shows them: what many people said, and nobody by name.

Why packed until asked for: figures, words and points of a large consultation are megabytes, and a list of titles needs
none of them.
"""

import json
from collections.abc import Mapping
from enum import StrEnum
from functools import cached_property
from typing import Any

import sqlalchemy as sa
import strawberry
from strawberry import UNSET, Private

from polylogue.crowd.packed import unpack_points
from polylogue.occasion import Visibility
from polylogue.vocabulary import Audience, Hash, Instant, LanguageTag, Role, SessionId
from schema import tables
from schema.api.context import Principal
from schema.api.crowd import (
    ConsultationCommon,
    ConsultationConsensus,
    ConsultationGroup,
    ConsultationGrouping,
    ConsultationModeration,
    ConsultationPoint,
    ConsultationRepresentative,
    ConsultationSide,
    ConsultationSilhouette,
    ConsultationStatement,
    measures_of,
    place_of,
)
from schema.api.errors import ApiError, ErrorCode
from schema.api.pages import Connection, page, page_size, place
from schema.api.selection import Selection, together
from schema.api.standpoint import SESSION, standpoint_of, visible
from schema.api.values import NOT_ASKED, described, given, is_id, shown
from schema.columns import columns

CONSULTATION = columns(tables.Consultation)

LARGEST_LIST = 20
"""Consultations at once: each may have many statements."""
MOST_POINTS = 2_000

_MODERATED = {-1: ConsultationModeration.OUT, 0: ConsultationModeration.UNDECIDED, 1: ConsultationModeration.IN}


class ConsultationOrder(StrEnum):
    """How statements are ordered: as they were submitted, or by descending figure, those that a moderator has taken out
    last.
    """

    SUBMITTED = "SUBMITTED"
    PRIORITY = "PRIORITY"
    GROUP_AWARE_CONSENSUS = "GROUP_AWARE_CONSENSUS"
    EXTREMITY = "EXTREMITY"


strawberry.enum(ConsultationOrder, description=described(ConsultationOrder))

_NOT_LOADED = {"moderated": 0, "text": None}
"""For a selection that asks for no words."""

_MEMBER = {
    ConsultationOrder.PRIORITY: "priority",
    ConsultationOrder.GROUP_AWARE_CONSENSUS: "groupAware",
    ConsultationOrder.EXTREMITY: "extremity",
}


@shown
class Consultation:
    """A public consultation: what many people say on short statements, imported from files. It is beside a `session`,
    or beside none, and no part of any session's record; its figures are those of Polis (docs/crowd.md), and advice.
    `digest` is over the files. `attribution` is what has to be said where any of it is shown.
    """

    id: strawberry.ID
    session: SessionId | None
    title: str
    language: LanguageTag
    description: str
    source: str
    attribution: str | None
    digest: Hash
    imported_at: Instant
    participants: int
    votes: int
    grouping: ConsultationGrouping
    document: Private[dict[str, Any]] = NOT_ASKED
    words: Private[Mapping[str, Any]] = NOT_ASKED
    packed: Private[bytes] = NOT_ASKED

    @strawberry.field(description="How many participants have voted enough to be placed in a group.")
    def counted(self) -> int:
        return self.document["counted"]

    @strawberry.field(description="The shares of all differences that the two axes of the map show.")
    def explained(self) -> list[float]:
        return self.document["explained"]

    @strawberry.field(description="What was tried to find the groups; nothing where the files name them.")
    def silhouettes(self) -> list[ConsultationSilhouette]:
        return [ConsultationSilhouette(**each) for each in self.document["silhouettes"]]

    @strawberry.field(description="The version of the computation.")
    def version(self) -> int:
        return self.document["version"]

    @strawberry.field(description="The groups, in no order of rank.")
    def groups(self) -> list[ConsultationGroup]:
        return [
            ConsultationGroup(
                group=each["group"],
                members=each["members"],
                centre=place_of(each["centre"]),
                representative=[self._representative(entry) for entry in each["representative"]],
            )
            for each in self.document["groups"]
        ]

    @strawberry.field(description="What everybody agrees on, whether placed in a group or not.")
    def consensus(self) -> ConsultationConsensus:
        both = self.document["consensus"]
        return ConsultationConsensus(**{side: list(map(self._common, both[side])) for side in ("agree", "disagree")})

    @strawberry.field(description="The statements; at most 200 at once.")
    def statements(
        self,
        order: ConsultationOrder = ConsultationOrder.SUBMITTED,
        first: int = 50,
        after: str | None = UNSET,
    ) -> Connection[ConsultationStatement]:
        known, ids = place(given(after), 1), self._ordered(order)
        start = ids.index(known[0]) + 1 if known and known[0] in ids else 0
        shown_here = map(self._statement, ids[start : start + page_size(first) + 1])
        return page(list(shown_here), first, len(ids), lambda each: (each.id,))

    @strawberry.field(description="The statement of this id.")
    def statement(self, id: strawberry.ID) -> ConsultationStatement | None:
        return self._statement(id) if id in self._by_id else None

    @strawberry.field(description="Where the participants stand, from this number on; at most 2,000 at once.")
    def points(self, start: int = 0, first: int = 1_000) -> list[ConsultationPoint]:
        if start < 0:
            raise ApiError(ErrorCode.VARIABLES_INVALID, "`start` is 0 or more.")
        stop = start + page_size(first, MOST_POINTS)
        return [
            ConsultationPoint(number=number, x=x, y=y, group=group)
            for number, (x, y, group) in enumerate(unpack_points(self.packed, start, stop), start)
        ]

    @cached_property
    def _by_id(self) -> dict[str, dict[str, Any]]:
        return {each["statement"]: each for each in self.document["statements"]}

    @cached_property
    def _sides(self) -> dict[str, ConsultationSide]:
        both = self.document["consensus"]
        return {each["statement"]: side for side in ConsultationSide for each in both[side.lower()]}

    def _ordered(self, order: ConsultationOrder) -> list[str]:
        if (member := _MEMBER.get(order)) is None:
            return list(self._by_id)
        ranked = sorted(self._by_id.values(), key=lambda each: (each["out"], -(each[member] or 0)))
        return [each["statement"] for each in ranked]

    def _statement(self, id: str) -> ConsultationStatement:
        found, said = self._by_id[id], self.words.get(id, _NOT_LOADED)
        return ConsultationStatement(
            id=strawberry.ID(id),
            moderation=_MODERATED[said["moderated"]],
            meta=found["meta"],
            agree=found["agree"],
            disagree=found["disagree"],
            passed=found["pass"],
            seen=found["agree"] + found["disagree"] + found["pass"],
            mean=found["mean"],
            at=place_of(found["at"]),
            extremity=found["extremity"],
            priority=found["priority"],
            group_aware_consensus=found["groupAware"],
            consensus=self._sides.get(id),
            words=said["text"],
            by_group_document=found["byGroup"],
        )

    def _representative(self, entry: dict[str, Any]) -> ConsultationRepresentative:
        return ConsultationRepresentative(
            statement=self._statement(entry["statement"]),
            side=ConsultationSide(entry["side"].upper()),
            best_agree=entry["bestAgree"],
            agrees=entry["agrees"],
            seen=entry["seen"],
            **measures_of(entry),
        )

    def _common(self, entry: dict[str, Any]) -> ConsultationCommon:
        return ConsultationCommon(
            statement=self._statement(entry["statement"]),
            votes=entry["votes"],
            seen=entry["seen"],
            share=entry["share"],
            share_test=entry["shareTest"],
        )


# ── loading ──────────────────────────────────────────────────────────────────────────────────────────────────────────

_PLAIN = (
    *("id", "session", "title", "language", "description", "source", "attribution", "digest", "imported_at"),
    *("participants", "votes", "grouping"),
)
_FIGURES = ("counted", "explained", "silhouettes", "version", "groups", "consensus", "statements", "statement")


def load_consultation(
    connection: sa.Connection, principal: Principal, id: str, asked: Selection
) -> Consultation | None:
    """The consultation of this id, if there is one that the principal may see."""
    row = connection.execute(_listing(principal, asked).where(CONSULTATION.id == id)).first() if is_id(id) else None
    return _loaded(row, principal) if row else None


def load_consultations(
    connection: sa.Connection,
    principal: Principal,
    session: SessionId | None,
    first: int,
    after: str | None,
    asked: Selection,
) -> Connection[Consultation]:
    """A page of the consultations that the principal may see, the newest import first; `session` null asks for all."""
    first, known = min(first, LARGEST_LIST), place(after, 2)
    fields = together(asked.below("nodes"), asked.below("edges").below("node"))
    query = _listing(principal, fields)
    if session is not None:
        query = query.where(CONSULTATION.session == session if is_id(session) else sa.false())
    total = 0
    if "totalCount" in asked:
        narrow = query.with_only_columns(CONSULTATION.id)
        total = connection.execute(sa.select(sa.func.count()).select_from(narrow.subquery())).scalar_one()
    if known:
        query = query.where(sa.tuple_(CONSULTATION.imported_at, CONSULTATION.id) < known)
    newest = (CONSULTATION.imported_at.desc(), CONSULTATION.id.desc())
    rows = connection.execute(query.order_by(*newest).limit(page_size(first) + 1)).all()
    found = [_loaded(row, principal) for row in rows]
    return page(found, first, total, lambda each: (each.imported_at, each.id))


def _listing(principal: Principal, asked: Selection) -> Any:
    """Consultations beside sessions that the principal may see, and beside none for whoever has a token; with the
    columns that the selection needs.
    """
    mine = visible(principal, SESSION.id).subquery()
    names = [*_PLAIN, *["figures"] * asked.any(*_FIGURES), *["texts"] * _words_asked(asked)]
    names += ["points"] * ("points" in asked)
    alone = sa.and_(CONSULTATION.session.is_(None), sa.literal(principal.person is not None))
    return (
        sa.select(*(CONSULTATION[name] for name in names), mine.c.public, mine.c.roles, mine.c.seats)
        .select_from(CONSULTATION.id.table.outerjoin(mine, mine.c.id == CONSULTATION.session))
        .where(sa.or_(mine.c.id.is_not(None), alone))
    )


def _words_asked(asked: Selection) -> bool:
    listed = asked.below("statements")
    return together(
        listed.below("nodes"),
        listed.below("edges").below("node"),
        asked.below("statement"),
        asked.below("groups").below("representative").below("statement"),
        asked.below("consensus").below("agree", "disagree").below("statement"),
    ).any("text", "moderation")


def _loaded(row: Any, principal: Principal) -> Consultation:
    found = row._asdict()
    return Consultation(
        **{name: found[name] for name in _PLAIN if name != "grouping"},
        grouping=ConsultationGrouping(row.grouping),
        document=json.loads(row.figures) if "figures" in found else NOT_ASKED,
        words=_words(row, principal) if "texts" in found else {},
        packed=found.get("points", NOT_ASKED),
    )


def _words(row: Any, principal: Principal) -> dict[str, dict[str, Any]]:
    """Statements by id, without the text of those that a moderator has taken out where that is not for the viewer."""
    if row.session is None:
        everything = Role.ORGANISER in principal.site_roles
    else:
        everything = standpoint_of(principal, row).may_read(Visibility(Audience.OFFICERS))
    return {
        each["id"]: each if everything or _MODERATED[each["moderated"]] is not ConsultationModeration.OUT
        else each | {"text": None}
        for each in json.loads(row.texts)
    }  # fmt: skip
