"""Who sits at the table: delegations, the sittings with their roll calls, and whether there is a quorum."""

import json
from collections import defaultdict
from collections.abc import Collection
from contextlib import AbstractAsyncContextManager
from typing import Any, Protocol

import sqlalchemy as sa
from strawberry import UNSET, Private, field

from polylogue.vocabulary import Instant, LanguageTag, SeatCode, Seq, SessionId, Standing
from schema import tables
from schema.api.rows import by
from schema.api.rulesets import RuleSet, quorum_needed, rules_of
from schema.api.selection import Selection
from schema.api.standpoint import Info, Reader
from schema.api.values import NOT_ASKED, Text, in_language, shown
from schema.columns import columns

SESSION, DELEGATION, SITTING, ROLL_CALL = (
    columns(tables.Session),
    columns(tables.Delegation),
    columns(tables.Sitting),
    columns(tables.RollCall),
)


class Presence(Protocol):
    """The service `presence`: whose devices are there."""

    async def connected(self, session: SessionId) -> frozenset[SeatCode] | None:
        """The seats with a device that is there; null when that is not known."""
        ...

    def here(self, session: SessionId, seats: Collection[SeatCode]) -> AbstractAsyncContextManager[None]:
        """A device of these seats is there while the block lasts."""
        ...


@shown
class Delegation:
    """One seat, one voice. `present` is null until the sitting's roll call; names stand one per language."""

    code: SeatCode
    standing: Standing
    languages: list[LanguageTag]
    present: bool | None
    names: list[Text] = NOT_ASKED
    preferred: Private[tuple[str, ...]] = ()
    session: Private[SessionId] = SessionId("")
    told: Private[bool] = False

    @field(
        description="Whether a device of the seat is there now: an open page or subscription of a delegate. For chair,"
        " secretariat and facilitators; null for others, in the past, and while it is not known."
    )
    async def connected(self, info: Info) -> bool | None:
        presence: Presence | None = info.context.services.get("presence")
        found = await presence.connected(self.session) if presence and self.told else None
        return None if found is None else self.code in found

    @field(description="In this language, else in the viewer's, else in the session's; null when it is erased.")
    def name(self, language: LanguageTag | None = UNSET) -> str | None:
        return in_language(self.names, (language, *self.preferred) if language else self.preferred)


@shown
class RollCallAnswer:
    """A delegation's attendance at a sitting, as last recorded at `seq`."""

    seat: SeatCode
    present: bool
    seq: Seq


@shown
class Sitting:
    """From opening or resuming until suspension. `rollCallSeq` is the entry of its last roll call."""

    number: int
    opened_seq: Seq
    opened_at: Instant
    ended_at: Instant | None
    roll_call_seq: Seq | None
    roll_call: list[RollCallAnswer] = NOT_ASKED


@shown
class Quorum:
    """Whether enough of those eligible are present to decide. `present` is how many are, null until the sitting's roll
    call; `members` is how many there are, by the standings that the rule set calls `eligible`; `rule` names it.
    """

    present: int | None
    needed: int
    members: int
    rule: str
    met: bool


def load_delegations(
    connection: sa.Connection,
    session: SessionId,
    names: dict[str, list[Text]],
    preferred: tuple[str, ...],
    reader: Reader,
) -> list[Delegation]:
    """All delegations in the order of their codes."""
    query = sa.select(*DELEGATION).where(DELEGATION.session == session)
    return [
        Delegation(
            code=row.code,
            standing=Standing(row.standing),
            languages=json.loads(row.languages),
            present=row.present,
            names=names.get(row.code, []),
            preferred=preferred,
            session=session,
            told=reader.officer and reader.of_now,
        )
        for row in by(connection.execute(query), "code")
    ]


def load_quorum(connection: sa.Connection, session: SessionId, rules: RuleSet) -> Quorum:
    rows = connection.execute(sa.select(DELEGATION.present, DELEGATION.standing).where(DELEGATION.session == session))
    answers = [(row.present, row.standing in rules.eligible) for row in rows]
    called = None not in {present for present, _ in answers}
    present = sum(bool(present) for present, counts in answers if counts) if called else None
    members = sum(counts for _, counts in answers)
    needed = quorum_needed(rules, members)
    return Quorum(
        present=present,
        needed=needed,
        members=members,
        rule=rules.name,
        met=present is not None and present >= needed,
    )


def load_eligible(connection: sa.Connection, session: SessionId) -> list[SeatCode]:
    """Codes of the delegations whose stances count by the session's rules, in their order."""
    query = (
        sa.select(DELEGATION.code, DELEGATION.standing, SESSION.rule_set_hash)
        .join_from(DELEGATION.code.table, SESSION.id.table, SESSION.id == DELEGATION.session)
        .where(DELEGATION.session == session)
    )
    rows = by(connection.execute(query), "code")
    eligible = rules_of(connection, session, rows[0].rule_set_hash).eligible if rows else []
    return [row.code for row in rows if row.standing in eligible]


def load_sittings(connection: sa.Connection, session: SessionId, asked: Selection) -> list[Sitting]:
    query = sa.select(*SITTING).where(SITTING.session == session).order_by(SITTING.number)
    sittings = [_sitting(row) for row in connection.execute(query)]
    if "rollCall" in asked:
        answers: dict[int, list[RollCallAnswer]] = defaultdict(list)
        called = sa.select(*ROLL_CALL).where(ROLL_CALL.session == session)
        for row in by(connection.execute(called), "seat"):
            answers[row.sitting].append(RollCallAnswer(seat=row.seat, present=row.present, seq=row.seq))
        for sitting in sittings:
            sitting.roll_call = answers[sitting.number]
    return sittings


def _sitting(row: Any) -> Sitting:
    return Sitting(
        number=row.number,
        opened_seq=row.opened_seq,
        opened_at=row.opened_at,
        ended_at=row.ended_at,
        roll_call_seq=row.roll_call_seq,
    )
