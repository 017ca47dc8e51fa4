"""The negotiating text of an item: provisions in order with their wordings, alternatives, amendments and stances.

Why loaded for all items at once: a board asks for the whole text, and then it is one select for each table.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

import sqlalchemy as sa
import strawberry
from strawberry import UNSET, Private

from polylogue.occasion import Actor
from polylogue.vocabulary import (
    AlternativeId,
    AmendmentId,
    Instant,
    ItemId,
    LanguageTag,
    ProvisionId,
    ProvisionKind,
    ProvisionState,
    SeatCode,
    Seq,
    SessionId,
    TextState,
)
from schema import tables
from schema.api.amendments import Amendment, RedlinePiece, load_amendments, note_on, redlined, shared_in, words_in
from schema.api.attendance import load_eligible
from schema.api.bracket_acts import ACT, BracketAct, load_bracket_acts, proposers
from schema.api.positions import Stance, Target, load_stances
from schema.api.rows import among, entered_by
from schema.api.selection import Selection, together
from schema.api.values import NOT_ASKED, LanguageVersion, given, shown
from schema.api.wordings import WORDING, Versions, versions_of, with_missing
from schema.columns import columns

PROVISION, ALTERNATIVE, SESSION = columns(tables.Provision), columns(tables.Alternative), columns(tables.Session)

TIMES = ("bis", "ter", "quater", "quinquies", "sexies", "septies", "octies", "nonies", "decies")
"""How alternatives are called, the present text being the first wording."""


@shown
class Alternative:
    """Another wording of a clause. `ordinal` is its place in the bracket, from 0; `label` says "bis" for the first,
    "ter" for the second; `open` until the bracket is closed; `revision` is the clause's when it was put on the table.
    When one bracket of several is closed, those whose words change go on as new ones, made `of` them; `seats` put it
    or one of these forward.
    """

    id: AlternativeId
    ordinal: int
    label: str
    seat: SeatCode | None
    open: bool
    revision: int
    amendment: AmendmentId | None
    of: list[AlternativeId]
    seats: list[SeatCode]
    seq: Seq
    entered_by: Actor | None = None
    versions: list[LanguageVersion] = NOT_ASKED
    stated: Private[list[Stance]] = NOT_ASKED
    present: Private[list[LanguageVersion]] = NOT_ASKED

    @strawberry.field(
        description="What it changes in the present text, in a language that both are in; empty where `redlineNote`"
        " says why."
    )
    def redline(self) -> list[RedlinePiece]:
        language = shared_in(self.present, self.versions) or ""
        return redlined(words_in(self.present, language), words_in(self.versions, language), language)

    @strawberry.field(description="Why there is no redline, in a sentence; null where there is one.")
    def redline_note(self) -> str | None:
        return note_on(self.present, self.versions)

    @strawberry.field(description="Stances on this wording, in the order of the seats.")
    def stances(self, seats: list[SeatCode] | None = UNSET) -> list[Stance]:
        return _of_seats(self.stated, given(seats))


@shown
class ProvisionRevision:
    """A clause's wording at one of its revisions."""

    revision: int
    versions: list[LanguageVersion]


@shown
class Provision:
    """The smallest piece of text on which a stance can be taken.

    `number` counts those not withdrawn, from 1. `sponsors` are in the order in which they became so, the first of whom
    is its `sponsor`; there is none for opening and tabled text, for which the chair speaks. `authors` put its present
    words forward, whose words they are first; none where the chair has, or a closing made them. `amendments` are those
    to it, with the one that made it, in the order in which they were proposed. `notStated` are those eligible who hold
    no stance on the present wording; one carried over does not count.
    """

    id: ProvisionId
    number: int | None
    kind: ProvisionKind
    state: ProvisionState
    revision: int
    sponsor: SeatCode | None
    sponsors: list[SeatCode]
    authors: list[SeatCode]
    seq: Seq
    brackets_seq: Seq | None
    versions: list[LanguageVersion] = NOT_ASKED
    revisions: list[ProvisionRevision] = NOT_ASKED
    bracket_history: list[BracketAct] = NOT_ASKED
    amendments: list[Amendment] = NOT_ASKED
    not_stated: list[SeatCode] = NOT_ASKED
    stated: Private[list[Stance]] = NOT_ASKED
    proposed: Private[list[Alternative]] = NOT_ASKED

    @strawberry.field(description="Other wordings in its bracket; with `closed` also those of brackets closed since.")
    def alternatives(self, *, closed: bool = False) -> list[Alternative]:
        return [alternative for alternative in self.proposed if closed or alternative.open]

    @strawberry.field(description="Stances on the present text, in the order of the seats; only what was stated.")
    def stances(self, seats: list[SeatCode] | None = UNSET) -> list[Stance]:
        return _of_seats(self.stated, given(seats))


@shown
class NegotiatingText:
    """An item's text as it stands. `provisions` are in order, without those withdrawn; `insertions` are the amendments
    that would put a clause in, in the order in which they were proposed, also those that have. A call for consensus is
    possible from `callableFrom` on, once the text has been circulated and cleaned.
    """

    state: TextState
    callable_from: Instant | None
    provisions: list[Provision] = NOT_ASKED
    withdrawn: list[Provision] = NOT_ASKED
    insertions: list[Amendment] = NOT_ASKED


def _of_seats(stances: list[Stance], seats: list[SeatCode] | None) -> list[Stance]:
    return stances if seats is None else [stance for stance in stances if stance.seat in seats]


# ── loading ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class _Desk:
    """What is being loaded: of which session and items (null: all), and what is asked of each provision."""

    connection: sa.Connection
    session: SessionId
    items: Iterable[ItemId] | None
    asked: Selection

    def within(self, provision: Any) -> Any:
        """That a column names a provision of these items."""
        if self.items is None:
            return sa.true()
        ids = sa.select(PROVISION.id).where(PROVISION.session == self.session, among(PROVISION.item, self.items))
        return provision.in_(ids)

    def of_provisions(self, table: Any, *more: Any) -> Sequence[Any]:
        """Rows of a table whose rows belong to provisions, in the order in which they came."""
        query = sa.select(*table).where(table.session == self.session, self.within(table.provision), *more)
        return self.connection.execute(query.order_by(table.seq, table.id)).all()


@dataclass(slots=True)
class _Parts:
    """What hangs on provisions."""

    versions: Versions = field(default_factory=dict[tuple[str, int], list[LanguageVersion]])
    acts: dict[ProvisionId, list[BracketAct]] = field(default_factory=dict[ProvisionId, list[BracketAct]])
    alternatives: dict[str, list[Alternative]] = field(default_factory=dict[str, list[Alternative]])
    amendments: dict[str, list[Amendment]] = field(default_factory=dict[str, list[Amendment]])
    stances: dict[Target, list[Stance]] = field(default_factory=dict[Target, list[Stance]])
    eligible: list[SeatCode] = field(default_factory=list[SeatCode])
    languages: tuple[LanguageTag, ...] = ()


def load_provisions(
    connection: sa.Connection, session: SessionId, items: Iterable[ItemId] | None, text: Selection
) -> dict[ItemId, list[Provision]]:
    """Provisions by item, in the order of the text, those withdrawn too; `text` is what is asked of the text."""
    asked = together(text.below("provisions"), text.below("withdrawn"))
    desk = _Desk(connection, session, items, asked)
    query = (
        sa.select(*PROVISION)
        .where(PROVISION.session == session, among(PROVISION.item, items))
        .order_by(PROVISION.item, PROVISION.ordinal)
    )
    rows = connection.execute(query).all()
    parts = _parts(desk, {row.id: row.revision for row in rows})
    found: dict[ItemId, list[Provision]] = defaultdict(list)
    for item, clauses in groupby(rows, key=lambda row: row.item):
        number = 0
        for row in clauses:
            stands = row.state != ProvisionState.WITHDRAWN
            number += stands
            found[item].append(_provision(row, number if stands else None, parts))
    return found


def _parts(desk: _Desk, revisions: dict[str, int]) -> _Parts:
    asked, parts = desk.asked, _Parts()
    if "revisions" in asked:
        parts.versions |= _versions(desk, PROVISION, PROVISION.id)
    elif "versions" in asked or asked.below("alternatives").any("redline", "redlineNote"):
        parts.versions |= _versions(desk, PROVISION, PROVISION.id, WORDING.revision == PROVISION.revision)
    if "versions" in asked:
        parts.languages = _languages(desk)
    if asked.any("stances", "notStated") or "stances" in asked.below("alternatives"):
        parts.stances = _stances(desk, revisions)
    if "notStated" in asked:
        parts.eligible = load_eligible(desk.connection, desk.session)
    if "alternatives" in asked:
        parts.alternatives = _alternatives(desk, parts.stances)
    if "bracketHistory" in asked:
        parts.acts = load_bracket_acts(desk.connection, desk.session, desk.within(ACT.provision))
    if "amendments" in asked:
        found = load_amendments(desk.connection, desk.session, desk.items, asked.below("amendments"))
        for amendment in (each for of_item in found.values() for each in of_item):
            parts.amendments.setdefault(amendment.provision, []).append(amendment)
    return parts


def _provision(row: Any, number: int | None, parts: _Parts) -> Provision:
    stated = parts.stances.get((row.id, ""), [])
    versions = parts.versions.get((row.id, row.revision), [])
    for alternative in parts.alternatives.get(row.id, []):
        alternative.present = [version for version in versions if not version.stale]
    counted = {stance.seat for stance in stated if not stance.carried}
    return Provision(
        id=row.id,
        number=number,
        kind=row.kind,
        state=row.state,
        revision=row.revision,
        sponsor=row.sponsor,
        sponsors=json.loads(row.sponsors),
        authors=json.loads(row.authors),
        seq=row.seq,
        brackets_seq=row.brackets_seq,
        bracket_history=parts.acts.get(row.id, []),
        versions=with_missing(versions, parts.languages),
        revisions=[
            ProvisionRevision(revision=revision, versions=parts.versions[row.id, revision])
            for revision in range(1, row.revision + 1)
            if (row.id, revision) in parts.versions
        ],
        amendments=parts.amendments.get(row.id, []),
        not_stated=[seat for seat in parts.eligible if seat not in counted],
        stated=stated,
        proposed=parts.alternatives.get(row.id, []),
    )


def _stances(desk: _Desk, revisions: dict[str, int]) -> dict[Target, list[Stance]]:
    """Only of the seats that are asked for; of all, where those without a stance are asked for too."""
    asked = desk.asked
    occurrences = [*asked.arguments("stances"), *asked.below("alternatives").arguments("stances")]
    seats = {seat for each in occurrences for seat in each.get("seats") or ()}
    everybody = "notStated" in asked or any(each.get("seats") is None for each in occurrences)
    fields = together(asked.below("stances"), asked.below("alternatives").below("stances"))
    agreed: set[str] = set()
    if "conditionMet" in fields:
        query = sa.select(PROVISION.id).where(
            PROVISION.session == desk.session, PROVISION.state == ProvisionState.AGREED
        )
        agreed.update(desk.connection.execute(query).scalars())
    return load_stances(
        desk.connection, desk.session, desk.items, revisions, agreed, fields, None if everybody else seats
    )


def _languages(desk: _Desk) -> tuple[LanguageTag, ...]:
    """In which clauses are kept; none where the scenario says that none is authentic."""
    query = sa.select(SESSION.working, SESSION.authentic).where(SESSION.id == desk.session)
    working, authentic = desk.connection.execute(query).one()
    named = json.loads(authentic)
    return tuple(dict.fromkeys((working, *named))) if named else ()


def _alternatives(desk: _Desk, stances: dict[Target, list[Stance]]) -> dict[str, list[Alternative]]:
    asked = desk.asked.below("alternatives")
    occurrences = desk.asked.arguments("alternatives")
    opened = (ALTERNATIVE.open,) if occurrences and not any(each["closed"] for each in occurrences) else ()
    versions = (
        _versions(desk, ALTERNATIVE, ALTERNATIVE.provision, *opened)
        if asked.any("versions", "redline", "redlineNote")
        else {}
    )
    found: dict[str, list[Alternative]] = defaultdict(list)
    rows = desk.of_provisions(ALTERNATIVE)
    seats = proposers(rows)
    if opened:
        rows = [row for row in rows if row.open]
    entered = entered_by(desk.connection, desk.session, (row.seq for row in rows)) if "enteredBy" in asked else {}
    for row in sorted(rows, key=lambda row: (row.open, row.ordinal if row.open else row.seq, row.ordinal)):
        found[row.provision].append(
            Alternative(
                id=row.id,
                ordinal=row.ordinal,
                label=label(row.ordinal),
                seat=row.seat,
                open=row.open,
                revision=row.revision,
                amendment=row.amendment,
                of=json.loads(row.of),
                seats=seats[row.id],
                seq=row.seq,
                entered_by=entered.get(row.seq),
                versions=versions.get((row.id, 1), []),
                stated=stances.get((row.provision, row.id), []),
            )
        )
    return found


def label(ordinal: int) -> str:
    """What an alternative is called: the one at place 0 "bis"."""
    return TIMES[ordinal] if ordinal < len(TIMES) else f"alt. {ordinal + 2}"


def _versions(desk: _Desk, owner: Any, provision: Any, *more: Any) -> Versions:
    """The wordings of a table's rows, which belong to provisions."""
    mine = sa.and_(owner.session == WORDING.session, owner.id == WORDING.of)
    return versions_of(
        desk.connection,
        WORDING.of.table.join(owner.id.table, mine),
        WORDING.session == desk.session,
        desk.within(provision),
        *more,
    )
