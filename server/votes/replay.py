"""Feeding recorded votes through the pipeline: each vote is a stance, given by command like anybody's.

Why by command: the same rules, record, workers and audit see real votes as see a simulation.
"""

import asyncio
from collections.abc import Callable, Sequence
from itertools import groupby

import sqlalchemy as sa

from ledger.ledger import By, Ledger
from ledger.occasion import now
from polylogue import commands as c
from polylogue import events as e
from polylogue.record import envelope
from polylogue.refusals import Refusal, RefusalCode
from polylogue.scenario import LocalText, Scenario, ScenarioDelegation, ScenarioItem, ScenarioProvision
from polylogue.vocabulary import Instant, ItemId, LanguageTag, Nature, ProvisionId, Role, SeatCode, SessionId
from schema.api.context import Receipt
from schema.api.sentences import sentence
from schema.tables import Event
from server.votes.rollcalls import RollCall, VotesFile

EVENT = Event.metadata.tables["event"]

AT_ONCE = 6
"""Sessions that are fed side by side, so that writers find something to group."""


class ReplayRefused(Exception):
    """A command of the replay was refused; the rules and the file do not fit."""


async def replay(
    ledger: Ledger, votes: VotesFile, advance: Callable[[int], None]
) -> dict[int, tuple[SessionId, ItemId]]:
    """Feed a file; answers the session and item made of each UN session. `advance` is told how many votes were done.

    Every command has a key made from the file's hash, so that a replay that was broken off is completed and not
    doubled.
    """
    turns = asyncio.Semaphore(AT_ONCE)

    async def one(number: int, roll_calls: Sequence[RollCall]) -> tuple[int, tuple[SessionId, ItemId]]:
        async with turns:
            return number, await _session(ledger, votes, number, roll_calls, advance)

    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(one(number, roll_calls)) for number, roll_calls in votes.sessions.items()]
    return dict(task.result() for task in tasks)


async def _session(
    ledger: Ledger, votes: VotesFile, number: int, roll_calls: Sequence[RollCall], advance: Callable[[int], None]
) -> tuple[SessionId, ItemId]:
    loader = By(votes.loader)
    organiser = By(votes.loader, frozenset((Role.ORGANISER,)))

    async def give(command: c.Command, step: str, *, by: By = loader, **more: object) -> Receipt:
        key = f"replay:{votes.digest}:{number}:{step}"
        outcome = await ledger.submit(command, by=by, key=key, **more)  # pyright: ignore[reportArgumentType]
        if isinstance(outcome, Refusal):
            raise ReplayRefused(f"Session {number}, {step}: {_why(outcome)}")
        return outcome

    scheduled = await give(c.ScheduleSession(scenario=_scenario(votes, number, roll_calls)), "schedule", by=organiser)
    session = scheduled.session
    item, provisions = await ledger.read(lambda connection: _made(connection, session))
    by_number = {r.rcid: provision for r, provision in zip(roll_calls, provisions, strict=True)}
    admission = c.AdmitPerson(role=Role.CHAIR, person=votes.loader)
    await give(admission, "admit", by=organiser, session=session)
    await give(c.OpenSession(), "open", session=session)
    await give(c.OpenItem(item=item), "item", session=session)
    for day, of_day in groupby(roll_calls, key=lambda r: r.at):
        held = list(of_day)
        async with asyncio.TaskGroup() as group:
            for seat in votes.seats:
                if stances := _stances(held, seat, by_number):
                    command = c.StateStances(item=item, stances=stances)
                    key = f"{seat}:" + ",".join(str(r.rcid) for r in held)
                    group.create_task(give(command, key, session=session, seat=seat, occurred_at=Instant(day)))
        advance(sum(len(r.votes) for r in held))
    await give(c.CloseSession(), "close", session=session)
    return session, item


def _why(refusal: Refusal) -> str:
    if refusal.code is RefusalCode.IDEMPOTENCY_CONFLICT:
        return "another version of the software has replayed this file here; choose another POLYLOGUE_DATA_DIR."
    return sentence(refusal, LanguageTag("en"), now())


def _stances(held: Sequence[RollCall], seat: SeatCode, provisions: dict[int, ProvisionId]) -> tuple[c.StanceGiven, ...]:
    return tuple(c.StanceGiven(provision=provisions[r.rcid], level=r.votes[seat]) for r in held if seat in r.votes)


def _scenario(votes: VotesFile, number: int, roll_calls: Sequence[RollCall]) -> Scenario:
    english = LanguageTag("en")
    return Scenario(
        titles=(LocalText(language=english, text=f"UN General Assembly, session {number}: recorded votes"),),
        nature=Nature.RECONSTRUCTION,
        rule_set="reconstruction/1",
        conference="UNGA",
        delegations=tuple(ScenarioDelegation(code=seat) for seat in votes.seats),
        items=(
            ScenarioItem(
                titles=(LocalText(language=english, text="Roll calls on whole texts"),),
                provisions=tuple(
                    ScenarioProvision(
                        versions=(LocalText(language=english, text=f"{r.resolution or 'Draft'} (roll call {r.rcid})"),)
                    )
                    for r in roll_calls
                ),
            ),
        ),
    )


def _made(connection: sa.Connection, session: SessionId) -> tuple[ItemId, list[ProvisionId]]:
    """The item of a session and its provisions in order, as its first event says."""
    stored = connection.scalar(sa.select(EVENT.c.stored).where(EVENT.c.session == session, EVENT.c.seq == 1))
    scheduled = envelope.read(stored or b"").event
    if not isinstance(scheduled, e.SessionScheduled):
        raise ReplayRefused(f"session {session} does not begin with its scheduling")
    (item,) = scheduled.items
    return item.id, [clause.id for clause in item.provisions]
