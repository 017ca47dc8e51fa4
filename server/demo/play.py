"""The player: a script played on a running server by its chair and delegations, each with a token of their own.

Why acts wait for what they rest on: a chair does not close a bracket before having seen the figures, nor call before
the text has been circulated long enough; and what the server refuses unexpectedly stops the play. Where nobody pauses,
delegations that only say what they hold say it at once, as in a room where each has a screen.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Collection, Mapping
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Any, Protocol

from polylogue import commands as c
from polylogue.commands import Command
from polylogue.scenario import Scenario
from polylogue.vocabulary import AmendmentState, ItemId, ProvisionId, Role, SeatCode, Seq, SessionId, TextState
from server.demo.acts import CHAIR, Act, Script, item_of, script_of, turns
from server.demo.candidates import Candidate, way
from server.demo.client import Answer, Client, Followed, PlayStopped
from server.demo.documents import ENTRIES, FIGURES, PAPERS, PAPERS_OF, UNBLOCKING
from server.demo.gains import Gains
from server.demo.outcome import Outcome, outcome_of
from server.demo.papers import Clause, Papers, command
from server.demo.stage import Line, OnStage, Stage
from server.demo.telling import told
from server.demo.ways import smallest_change
from server.scenarios.loader import load

GALLERY, FACILITATOR = "GALLERY", "FACILITATOR"
"""Those who play without speaking: the public, through whose eyes it is shown, and who reads everything afterwards."""

FASTEST = Fraction(1, 36_000)
"""The clock scale of a play without pauses: half an hour is 50 ms."""

PATIENCE = 60.0
"""Seconds that the play waits for a figure or a draft before it says that nobody computes."""

MARGIN = timedelta(milliseconds=5)
"""The server writes instants in whole milliseconds; a call closed in the same one would come too early."""

LOOKED_AT = ("CloseBracket", "TakeCandidate", "CallForConsensus", "DeferItem")
"""Acts of the chair before which the figures of the item are awaited."""

LAID = (
    "ProposeProvision", "ProposeAlternative", "ProposeAmendment", "AcceptAmendment", "CloseBracket", "RequestDraft",
    "RankCandidates", "TakeCandidate",
)  # fmt: skip
"""Acts after which other papers on their item lie on the table."""


class Screen(Protocol):
    """Whoever shows the play. `stage` may be read at any time."""

    def begin(self, session: SessionId, script: Script, stage: Stage) -> None:
        """The session is scheduled; everything that follows happens on this stage."""
        ...

    def line(self, line: Line) -> None:
        """An entry of the record in words, or what is computed from the record."""
        ...

    def figures(self, item: OnStage) -> None:
        """New figures of an item."""
        ...

    def refused(self, act: Act, sentence: str) -> None:
        """A refusal that is part of the play."""
        ...


@dataclass
class Cast:
    """Who plays, and where: the session, the tokens by role or seat, and what the gallery hears."""

    client: Client
    session: SessionId
    tokens: Mapping[str, str]
    screen: Screen
    stage: Stage
    server_ahead: timedelta = timedelta()
    papers: Papers = field(default_factory=Papers)
    outdated: set[int] = field(default_factory=set[int])
    """Numbers of the items of which other papers lie on the table by now."""
    gains: Gains = field(default_factory=Gains)
    given: int = 0
    entries: dict[str, Seq] = field(default_factory=dict[str, Seq])
    moved: asyncio.Event = field(default_factory=asyncio.Event)
    gallery: "asyncio.Task[None] | None" = None

    async def until(self, true: Callable[[], bool], what: str) -> None:
        """Wait until the gallery has heard enough; PlayStopped when it does not, and at once what has ended it."""
        try:
            async with asyncio.timeout(PATIENCE):
                while not true():
                    self.moved.clear()
                    if self.gallery and self.gallery.done():
                        await self.gallery
                    await self.moved.wait()
        except TimeoutError:
            raise PlayStopped(f"Waited {PATIENCE:.0f} seconds in vain for {what}.") from None

    async def until_moment(self, moment: str) -> None:
        """Wait until a moment of the server's clock is over."""
        if moment:
            now = datetime.now(UTC) + self.server_ahead
            await asyncio.sleep(max(0.0, (datetime.fromisoformat(moment) + MARGIN - now).total_seconds()))


async def play(url: str, organiser_token: str, *, seed: int, pace: float, screen: Screen) -> Outcome:
    """Play the script that a seed chooses; `pace` multiplies every pause and timing, 0 leaves them out."""
    return await perform(url, organiser_token, script_of(seed), pace=pace, screen=screen)


async def perform(url: str, organiser_token: str, script: Script, *, pace: float, screen: Screen) -> Outcome:
    """Play a script to its end; PlayStopped, with the server's sentence, where it answers otherwise than expected."""
    scenario = timed(load(script.scenario), pace)
    async with Client(url) as client:
        cast = await _gather(client, organiser_token, scenario, screen)
        screen.begin(cast.session, script, cast.stage)
        async with _gallery(cast, scenario):
            for turn in ((act,) for act in script.acts) if pace else turns(script.acts):
                await _look_at_papers(cast, {item_of(act) for act in turn})
                await asyncio.gather(*(_act(cast, act) for act in turn))
                await asyncio.sleep(turn[-1].pause * pace)
            for item in cast.stage.items.values():
                await _figures(cast, item)
        return await outcome_of(client, cast.session, cast.tokens[FACILITATOR], script, cast.stage, cast.gains)


def timed(scenario: Scenario, pace: float) -> Scenario:
    """The scenario with its clock at the pace of the play."""
    scale = max(FASTEST, Fraction(scenario.clock_scale) * Fraction(pace).limit_denominator(1000))
    return replace(scenario, clock_scale=str(scale))


async def _gather(client: Client, organiser: str, scenario: Scenario, screen: Screen) -> Cast:
    """Schedule the session; the organiser admits the chair, the chair the delegations, the gallery and a facilitator:
    before the first act, as to a sealed session nobody is admitted any more.
    """
    asked = c.ScheduleSession(scenario=scenario)
    scheduled = await client.give(asked, organiser, key=f"demo {datetime.now(UTC)}", shown="session { id }")
    session = SessionId(_accepted(scheduled, "The session was not scheduled")["session"]["id"])

    async def admit(role: Role, name: str, by: str, *seats: SeatCode) -> str:
        person = c.AdmitPerson(role=role, seats=seats)
        key = f"{session} admits {role} {' '.join(seats)}"
        answer = await client.give(person, by, key=key, shown="token", sessionId=session, name=name)
        return _accepted(answer, f"{name} was not admitted")["token"]

    chair = await admit(Role.CHAIR, "Chair (simulated)", organiser)
    tokens = {
        CHAIR: chair,
        GALLERY: await admit(Role.PUBLIC, "Public gallery", chair),
        FACILITATOR: await admit(Role.FACILITATOR, "Facilitator (simulated)", chair),
    }
    seats = [delegation.code for delegation in scenario.delegations]
    admitted = (admit(Role.DELEGATE, f"Delegate of {seat} (simulated)", chair, seat) for seat in seats)
    tokens |= zip(seats, await asyncio.gather(*admitted), strict=True)
    return Cast(client, session, tokens, screen, Stage(), await _server_ahead(client))


async def _server_ahead(client: Client) -> timedelta:
    before = datetime.now(UTC)
    at = datetime.fromisoformat((await client.ask("{ serverTime }", None))["serverTime"])
    return at - before - (datetime.now(UTC) - before) / 2


@asynccontextmanager
async def _gallery(cast: Cast, scenario: Scenario) -> AsyncIterator[None]:
    """Follow the record, and the figures of each item, as the public gallery may, while the block lasts."""
    await _take_papers(cast)
    items = [Followed(id, FIGURES, {"session": cast.session, "item": id}) for id in cast.papers.items.values()]
    record = Followed("record", ENTRIES, {"session": cast.session})

    async def listen() -> None:
        async with aclosing(cast.client.follow(cast.tokens[GALLERY], record, *items)) as results:
            async for name, data in results:
                await _heard(cast, name, data)
                cast.moved.set()

    cast.gallery = listening = asyncio.create_task(listen(), name="gallery")
    listening.add_done_callback(lambda _: cast.moved.set())
    try:
        await cast.until(lambda: len(cast.stage.names) == len(scenario.delegations), "the record's first entry")
        yield
    finally:
        listening.cancel()
        await asyncio.gather(listening, return_exceptions=True)


async def _heard(cast: Cast, name: str, data: Mapping[str, Any]) -> None:
    if name == "record":
        entry = data["sessionEntries"]
        cast.stage.hear(entry)
        cast.gains.hear(cast.stage, entry)
        if line := told(cast.stage, entry):
            cast.stage.lines = (*cast.stage.lines, line)
            cast.screen.line(line)
    elif name in cast.stage.items:
        cast.stage.measure(name, data["convergence"])
        cast.screen.figures(cast.stage.items[name])


async def _act(cast: Cast, act: Act) -> None:
    """One act: wait for what it rests on, give the command, hear it in the record."""
    item = next((i for i in cast.stage.items.values() if i.number == item_of(act)), None)
    if item:
        await _before(cast, act, item)
    drafts = item.drafts if item else 0
    answer = await _give(cast, act, command(act, replace(cast.papers, entries=cast.entries)))
    if act.refused:
        if answer.refused != act.refused:
            raise PlayStopped(f"{act.where}: {act.refused} was to be answered, not {answer.refused or 'a receipt'}.")
        cast.screen.refused(act, answer.sentence)
        return
    seq = cast.entries[act.what] = _accepted(answer, act.where)["receipt"]["seq"]
    await cast.until(lambda: cast.stage.heard >= seq, f"entry {seq} of the record")
    if item and act.do == "RequestDraft":
        await cast.until(lambda: item.drafts > drafts, f"a draft of item {item.number}")
    if item and act.do == "CloseCall" and item.text is TextState.BLOCKED:
        await _unblocking(cast, item)
    if act.do in LAID:
        cast.outdated.add(item_of(act))


async def _before(cast: Cast, act: Act, item: OnStage) -> None:
    if act.do in LOOKED_AT:
        await _figures(cast, item)
    if act.do == "CallForConsensus":
        await cast.until_moment(item.callable_from)
    elif act.do == "CloseCall":
        await cast.until_moment(item.objections_until)


async def _figures(cast: Cast, item: OnStage) -> None:
    await cast.until(lambda: item.reported >= item.fed, f"the figures of item {item.number} at entry {item.fed}")


async def _unblocking(cast: Cast, item: OnStage) -> None:
    """Show the smallest change that would unblock an item, as the gallery may know it."""
    asked = {"session": cast.session, "item": item.id}
    told = (await cast.client.ask(UNBLOCKING, cast.tokens[GALLERY], **asked))["session"]["item"]
    if line := smallest_change(cast.stage, item, told["unblocking"]):
        cast.screen.line(line)


async def _give(cast: Cast, act: Act, asked: Command) -> Answer:
    cast.given += 1
    return await cast.client.give(
        asked, cast.tokens[act.by], key=f"{cast.session} act {cast.given}", sessionId=cast.session
    )


async def _take_papers(cast: Cast) -> None:
    """What lies on the table at the beginning, asked of the server."""
    session = (await cast.client.ask(PAPERS, cast.tokens[CHAIR], session=cast.session))["session"]
    cast.papers = Papers(
        tuple(SeatCode(delegation["code"]) for delegation in session["delegations"]),
        {item["number"]: ItemId(item["id"]) for item in session["agenda"]},
    )
    cast.stage.quorum = session["quorum"]["needed"]
    for item in session["agenda"]:
        _lay(cast, item)


async def _look_at_papers(cast: Cast, numbers: Collection[int]) -> None:
    """Ask for the papers of items where there are others by now."""
    for number in cast.outdated.intersection(numbers):
        asked = {"session": cast.session, "item": cast.papers.items[number]}
        _lay(cast, (await cast.client.ask(PAPERS_OF, cast.tokens[CHAIR], **asked))["session"]["item"])
        cast.outdated.remove(number)


def _lay(cast: Cast, item: Mapping[str, Any]) -> None:
    """Put an item's papers on the table, in place of those that lay there."""
    number, papers = item["number"], cast.papers
    clauses = {f"{number}.{clause['number']}": _clause(number, clause) for clause in item["text"]["provisions"]}
    others = {name: clause for name, clause in papers.clauses.items() if clause.item != number}
    candidates = {**papers.candidates, number: _candidates(item)}
    cast.papers = replace(papers, clauses={**others, **clauses}, candidates=candidates)


def _candidates(item: Mapping[str, Any]) -> tuple[Candidate, ...]:
    provisions = item["text"]["provisions"]
    number = {clause["id"]: str(clause["number"]) for clause in provisions}
    seat = {one["id"]: one["seat"] for clause in provisions for one in clause["alternatives"]}
    return tuple(
        Candidate(
            each["id"],
            {
                number[clause["provision"]]: way(clause["form"], seat.get(clause["alternative"]))
                for clause in each["clauses"]
                if clause["provision"] in number
            },
        )
        for each in (item["round"] or {"candidates": []})["candidates"]
    )


def _clause(item: int, told: Mapping[str, Any]) -> Clause:
    return Clause(
        ProvisionId(told["id"]),
        item,
        told["revision"],
        {one["seat"]: one["id"] for one in told["alternatives"]},
        {one["seat"]: one["id"] for one in told["amendments"] if one["state"] == AmendmentState.PENDING},
    )


def _accepted(answer: Answer, where: str) -> Mapping[str, Any]:
    if answer.refused:
        raise PlayStopped(f"{where}: {answer.sentence} ({answer.refused})")
    return answer.payload
