"""Amendments as they stand: what each would change, whom it waits for, and what gets in its way.

Why compared here and not kept: an amendment meets others only as long as they wait, and what it would change is seen
only beside the present words.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
import strawberry
from strawberry import Private

from polylogue.drafting import collisions as clashes
from polylogue.drafting.collisions import CollisionKind, Proposal
from polylogue.drafting.redline import ChangeKind, redline
from polylogue.footing import ON_WORDS
from polylogue.occasion import Actor
from polylogue.vocabulary import (
    AmendmentId,
    AmendmentKind,
    AmendmentState,
    ItemId,
    ProvisionId,
    ProvisionKind,
    SeatCode,
    Seq,
    SessionId,
)
from schema import tables
from schema.api.rows import Place, among, complete, entered_by, texts_at
from schema.api.selection import Selection, together
from schema.api.values import NOT_ASKED, LanguageVersion, Text, shown
from schema.api.wordings import WORDING, Versions, versions_of
from schema.columns import columns

AMENDMENT, PROVISION = columns(tables.Amendment), columns(tables.Provision)

COMPARED = ("redline", "redlineNote", "changedSince", "carriedOver", "collisions")
"""Fields for which an amendment is held against words."""

SENTENCES: Mapping[CollisionKind, str] = {
    CollisionKind.SAME_WORDS: "Both change the same words: when one is accepted, the other has to be worded anew.",
    CollisionKind.SAME_CHANGE: "Both ask for the same: one of them is enough.",
    CollisionKind.LANGUAGES: "They are in different languages: the one that is accepted replaces the whole wording.",
    CollisionKind.REPLACED_AND_DELETED: "One rewords the clause, the other takes it out.",
    CollisionKind.MOVED_AND_DELETED: "One moves the clause, the other takes it out.",
    CollisionKind.MOVED_TWICE: "Both move the clause, to different places: the one that is accepted last decides.",
    CollisionKind.MOVED_IN_A_CIRCLE: "The moves go in a circle: the one that is accepted last decides.",
    CollisionKind.SAME_PLACE: "Both put a clause in one place, and both have room: the one accepted last comes first.",
}

strawberry.enum(ChangeKind, name="RedlineKind", description="What became of a piece of text.")
strawberry.enum(CollisionKind, description="How two amendments that wait meet; of SAME_PLACE only the order is open.")


@shown
class RedlinePiece:
    """A piece of text that is kept, removed or added; Chinese is compared by character."""

    kind: ChangeKind
    text: str


@shown
class Collision:
    """That an amendment meets another one that waits too, and what follows."""

    amendment: AmendmentId
    kind: CollisionKind
    sentence: str


@shown
class Amendment:
    """A proposal to reword a clause, to put one in, take one out or move it, or to reword the amendment it `amends`.

    `provision` is the clause that it is about; an insertion makes it when it is accepted. `after` is where that is to
    stand, null for the beginning. `revision` is the clause's, or the other amendment's edition, to which it was
    proposed; 0 for a clause not there yet. `edition` counts its own wordings. While it waits, it `awaits` these
    sponsors; the chair, where there are none of them, or any sponsor once more where all have accepted. It is
    `outdated` when the words it was proposed to have changed; its proposer then revises it.
    """

    id: AmendmentId
    kind: AmendmentKind
    provision: ProvisionId
    provision_kind: ProvisionKind
    revision: int
    after: ProvisionId | None
    amends: AmendmentId | None
    edition: int
    seat: SeatCode
    state: AmendmentState
    seq: Seq
    outdated: bool
    accepted_by: list[SeatCode]
    awaits: list[SeatCode]
    entered_by: Actor | None = None
    versions: list[LanguageVersion] = NOT_ASKED
    reason: Text | None = None
    amendments: list["Amendment"] = NOT_ASKED
    compared: Private["_Compared"] = NOT_ASKED

    @strawberry.field(
        description="What it changes in the words that it was proposed to: of an insertion all is added, of a deletion"
        " all removed; empty for a move, and where `redlineNote` says why."
    )
    def redline(self) -> list[RedlinePiece]:
        return redlined(*self.compared.sides, self.compared.language)

    @strawberry.field(description="Why there is no redline, in a sentence; null where there is one.")
    def redline_note(self) -> str | None:
        return None if self.kind is AmendmentKind.MOVE else self.compared.note

    @strawberry.field(description="What has become of those words since; empty unless it is outdated.")
    def changed_since(self) -> list[RedlinePiece]:
        return redlined(self.compared.base, self.compared.now, self.compared.language) if self.outdated else []

    @strawberry.field(
        description="How it would read once revised without new words; null where it is not outdated, and where others "
        "have changed the same words."
    )
    def carried_over(self) -> str | None:
        base, now, text = self.compared.base, self.compared.now, self.compared.text
        if not self.outdated or base is None or now is None or text is None:
            return None
        return clashes.rebased(base, now, text, self.compared.language)

    @strawberry.field(description="The other amendments that wait and do not go together with it.")
    def collisions(self) -> list[Collision]:
        if self.state is not AmendmentState.PENDING:
            return []
        found = clashes.collisions(self.compared.proposal, self.compared.beside)
        return [Collision(amendment=each.other, kind=each.kind, sentence=SENTENCES[each.kind]) for each in found]


@dataclass(frozen=True, slots=True)
class _Compared:
    """The words that an amendment was proposed to, those that stand now and its own, in its first language."""

    language: str
    base: str | None
    now: str | None
    text: str | None
    proposal: Proposal
    beside: list[Proposal]
    note: str | None

    @property
    def sides(self) -> tuple[str | None, str | None]:
        """What is held against each other: an insertion against no words, no words against what is deleted."""
        match self.proposal.kind, self.proposal.amends:
            case AmendmentKind.INSERT_AFTER, None:
                return "", self.text
            case AmendmentKind.DELETE, None:
                return self.base, ""
        return self.base, self.text


@dataclass(slots=True)
class _Ground:
    """What amendments stand on: revisions, sponsors and wordings of clauses, and the other amendments."""

    revisions: dict[str, int] = field(default_factory=dict[str, int])
    sponsors: dict[str, list[SeatCode]] = field(default_factory=dict[str, list[SeatCode]])
    rows: dict[str, Any] = field(default_factory=dict[str, Any])
    versions: Versions = field(default_factory=dict[tuple[str, int], list[LanguageVersion]])
    waiting: dict[str, list[Proposal]] = field(default_factory=dict[str, list[Proposal]])

    def about(self, row: Any) -> tuple[str, int]:
        """What it would reword, and the revision or edition of that which stands."""
        if row.amends:
            return row.amends, self.rows[row.amends].edition
        return row.provision, self.revisions.get(row.provision, 0)

    def awaited(self, row: Any) -> list[SeatCode]:
        if row.amends:
            asked = [self.rows[row.amends].seat]
        else:
            asked = self.sponsors.get(row.after if row.kind == AmendmentKind.INSERT_AFTER else row.provision, [])
        return [seat for seat in asked if seat not in json.loads(row.accepted_by)]


def load_amendments(
    connection: sa.Connection, session: SessionId, items: Iterable[ItemId] | None, asked: Selection
) -> dict[ItemId, list[Amendment]]:
    """Amendments by item in the order in which they were proposed, those to an amendment's words inside it."""
    query = sa.select(*AMENDMENT).where(AMENDMENT.session == session, among(AMENDMENT.item, items))
    rows = connection.execute(query.order_by(AMENDMENT.seq, AMENDMENT.id)).all()
    fields = together(asked, asked.below("amendments"))
    ground = _ground(connection, session, items, rows, fields)
    reasons = _reasons(connection, session, rows) if "reason" in fields else {}
    entered = entered_by(connection, session, (row.seq for row in rows)) if "enteredBy" in fields else {}
    found: dict[ItemId, list[Amendment]] = defaultdict(list)
    by_id: dict[str, Amendment] = {}
    for row in rows:
        by_id[row.id] = made = _amendment(row, ground, reasons)
        made.entered_by = entered.get(row.seq)
        (by_id[row.amends].amendments if row.amends else found[row.item]).append(made)
    return found


def every(amendments: Iterable[Amendment]) -> Iterator[Amendment]:
    """Amendments, and those to their words."""
    for amendment in amendments:
        yield amendment
        yield from amendment.amendments


def _ground(
    connection: sa.Connection, session: SessionId, items: Iterable[ItemId] | None, rows: Iterable[Any], asked: Selection
) -> _Ground:
    ground = _Ground(rows={row.id: row for row in rows})
    query = sa.select(PROVISION.id, PROVISION.revision, PROVISION.sponsors)
    for row in connection.execute(query.where(PROVISION.session == session, among(PROVISION.item, items))):
        ground.revisions[row.id], ground.sponsors[row.id] = row.revision, json.loads(row.sponsors)
    compares = asked.any(*COMPARED)
    if compares or "versions" in asked:
        ids = {row.id for row in rows} | ({row.provision for row in rows} if compares else set())
        mine = (WORDING.session == session, among(WORDING.of, ids))
        ground.versions = versions_of(connection, WORDING.of.table, *mine)
    if compares:
        for row in rows:
            if row.state == AmendmentState.PENDING:
                ground.waiting.setdefault(row.item, []).append(_proposal(row, ground))
    return ground


def _amendment(row: Any, ground: _Ground, reasons: Mapping[Place, Text]) -> Amendment:
    pending = row.state == AmendmentState.PENDING
    rests = row.amends or row.kind in ON_WORDS
    return Amendment(
        id=row.id,
        kind=row.kind,
        provision=row.provision,
        provision_kind=row.provision_kind,
        revision=row.revision,
        after=row.after,
        amends=row.amends,
        edition=row.edition,
        seat=row.seat,
        state=AmendmentState(row.state),
        seq=row.seq,
        outdated=bool(pending and rests and row.revision != ground.about(row)[1]),
        accepted_by=[seat for seat in json.loads(row.accepted_by) if seat],
        awaits=ground.awaited(row) if pending else [],
        versions=ground.versions.get((row.id, row.edition), []),
        reason=reasons.get((row.seq, "/reason")),
        amendments=[],
        compared=_compared(row, ground),
    )


def _compared(row: Any, ground: _Ground) -> _Compared:
    proposal = _proposal(row, ground)
    now = words_in(ground.versions.get(ground.about(row), []), proposal.language)
    beside = ground.waiting.get(row.item, [])
    own = ground.versions.get((row.id, row.edition), [])
    before = ground.versions.get((ground.about(row)[0], row.revision), [])
    inserts, deletes = row.kind == AmendmentKind.INSERT_AFTER and not row.amends, row.kind == AmendmentKind.DELETE
    note = note_on(*((own, own) if inserts else (before, before) if deletes else (before, own)))
    return _Compared(proposal.language, proposal.base, now, proposal.text, proposal, beside, note)


def _proposal(row: Any, ground: _Ground) -> Proposal:
    own = ground.versions.get((row.id, row.edition), [])
    of, _ = ground.about(row)
    before = ground.versions.get((of, row.revision), [])
    language = shared_in(before, own) or next((version.language for version in (*own, *before)), "")
    return Proposal(
        id=row.id,
        kind=AmendmentKind(row.kind),
        provision=row.provision,
        revision=row.revision,
        after=row.after,
        amends=row.amends,
        language=language,
        base=words_in(before, language),
        text=words_in(own, language),
    )


def words_in(versions: Iterable[LanguageVersion], language: str) -> str | None:
    """The words of a wording in a language; null where they are erased or were never there."""
    return next((version.text for version in versions if version.language == language), None)


def shared_in(before: Sequence[LanguageVersion], after: Sequence[LanguageVersion]) -> str | None:
    """The language in which two wordings are compared: the first of the later one's that both have words in, the first
    of the one that is there where the other has none at all.
    """
    there = [{version.language for version in side if not version.erased} for side in (before, after) if side]
    spoken = [version.language for version in after or before]
    return next((language for language in spoken if all(language in side for side in there)), None)


def note_on(before: Sequence[LanguageVersion], after: Sequence[LanguageVersion]) -> str | None:
    """Why two wordings cannot be compared, in a sentence; null where they can."""
    if shared_in(before, after):
        return None
    tongues = [", ".join(version.language for version in side if not version.erased) for side in (before, after)]
    if not all(tongues):
        return "Nothing is compared: words are erased."
    return f"Nothing is compared: this is in {tongues[1]}, what it would change in {tongues[0]} only."


def redlined(before: str | None, after: str | None, language: str) -> list[RedlinePiece]:
    """What one text changes in another; nothing where one of them is not there."""
    if before is None or after is None:
        return []
    return [RedlinePiece(kind=change.kind, text=change.text) for change in redline(before, after, language)]


def _reasons(connection: sa.Connection, session: SessionId, rows: Iterable[Any]) -> dict[Place, Text]:
    given = {row.seq for row in rows if row.has_reason}
    reasons = texts_at(connection, session, given, "/reason")
    return complete(connection, session, reasons, ((seq, "/reason") for seq in given))
