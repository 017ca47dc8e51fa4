"""`polylogue replay-votes`: check a file, feed it, let the workers compute, print the figures.

Why the workers' own reports: the shares printed are those a client of the API would read, not a second computation.
"""

import asyncio
import json
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from ledger import reports
from ledger.database import Database
from polylogue.convergence.decimal import figure
from polylogue.convergence.matrix import ALGORITHM, Matrix
from polylogue.convergence.scope import matrix
from polylogue.vocabulary import ItemId, SeatCode, SessionId
from schema.tables import AgendaItem
from server.installation import held
from server.services import RedisAt, Services, redis_of, services
from server.settings import Settings
from server.votes.figures import EIGHT, FOUNDERS, Series, Share, series, shares
from server.votes.replay import replay
from server.votes.rollcalls import RowRefused, VotesFile, read_votes
from workers.folded import Sessions

ITEM = AgendaItem.metadata.tables["agenda_item"]
Made = Mapping[int, tuple[SessionId, ItemId]]

_COLUMNS = 6
"""Pairs, or seats, that fit a terminal of 80 columns beside each other."""

LARGEST = (SeatCode("CHN"), SeatCode("IND"), SeatCode("RUS"))
"""Seats whose pairs are printed unless others are asked for; the JSON has all."""
FIRST = 4
"""Seats whose pairs are printed of a file that has not two of these."""

RECONSTRUCTED = (
    "These are figures of a reconstruction from recorded votes. In a session what the group would be without one "
    "delegation is told to that delegation, the chair and facilitators only."
)


class ReportFailed(Exception):
    """A report that the workers could not compute."""


class FileRefused(Exception):
    """A file that cannot be read as votes, or has not the states that are asked for."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which figures: `states` of the alpha, `pairs` among which shares are printed; empty: three groups, all seats."""

    states: tuple[SeatCode, ...] = ()
    pairs: tuple[SeatCode, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    shares: Sequence[Share]
    shown: tuple[SeatCode, ...]
    alphas: Mapping[tuple[SeatCode, ...], Sequence[Series]]
    """By group of states."""


def replay_file(settings: Settings, file: Path, wanted: Wanted, out: Console) -> tuple[VotesFile, Found]:
    """Check a file whole, feed it and give the figures.

    The installation is held before the file is looked at: beside a running server it is refused at once, and nothing
    else writes meanwhile. Raises DirectoryHeld, FileRefused, and in groups ReplayRefused and ReportFailed.
    """
    with ExitStack() as stack:
        if settings.embedded:
            stack.enter_context(held(settings.data_dir))
        votes = _read(file, wanted)
        redis_at = stack.enter_context(redis_of(settings))
        return votes, asyncio.run(_replay(settings, redis_at, votes, wanted, out))


def _read(file: Path, wanted: Wanted) -> VotesFile:
    try:
        votes = read_votes(file)
    except (RowRefused, OSError) as refused:
        raise FileRefused(f"Nothing was written. {refused}") from None
    if unknown := [seat for seat in (*wanted.states, *wanted.pairs) if seat not in votes.seats]:
        raise FileRefused(f"The file has no votes of {', '.join(unknown)}; it has {', '.join(votes.seats)}.")
    return votes


async def _replay(settings: Settings, redis_at: RedisAt, votes: VotesFile, wanted: Wanted, out: Console) -> Found:
    total = sum(len(r.votes) for roll_calls in votes.sessions.values() for r in roll_calls)
    async with services(settings, redis_at, slots=max(settings.worker_slots, 1)) as parts:
        with _progress(out) as progress:
            fed = progress.add_task("votes as stances", total=total)
            made = await replay(parts.ledger, votes, lambda done: progress.advance(fed, done))
            progress.update(fed, completed=total)
            computed = progress.add_task("reports computed", total=len(made))
            await _computed(parts, made, progress, computed)
            documents = {number: await _document(parts.database, *where) for number, where in made.items()}
            matrices = await _matrices(parts.database, made)
    groups = (wanted.states,) if wanted.states else _groups(votes.seats)
    return Found(
        shares=shares(documents, wanted.pairs or votes.seats),
        shown=wanted.pairs or _shown(votes.seats),
        alphas={states: series(matrices, states) for states in groups},
    )


def _shown(seats: tuple[SeatCode, ...]) -> tuple[SeatCode, ...]:
    largest = tuple(seat for seat in LARGEST if seat in seats)
    return largest if len(largest) > 1 else seats[:FIRST]


def _groups(seats: tuple[SeatCode, ...]) -> tuple[tuple[SeatCode, ...], ...]:
    """The founders, the members and all states, as far as the file has them; what is the same stands once."""
    some = (tuple(seat for seat in group if seat in seats) for group in (FOUNDERS, EIGHT))
    return tuple(dict.fromkeys(group for group in (*some, seats) if group))


async def _computed(parts: Services, made: Made, progress: Progress, task: Any) -> None:
    """Wait until the workers have come to the end of every session."""
    while True:
        waiting = await parts.database.read(lambda connection: _behind(connection, made))
        progress.update(task, completed=len(made) - waiting)
        if not waiting:
            return
        for failure in await parts.due.failures():
            if failure.retry_at is None:  # parked; others are tried again by themselves
                raise ReportFailed(f"{failure.work} failed {failure.attempts} times: {failure.error}")
        await asyncio.sleep(0.1)


def _behind(connection: sa.Connection, made: Made) -> int:
    found = 0
    for session, item in made.values():
        mine = (ITEM.c.session == session, ITEM.c.id == item)
        needed = connection.scalar(sa.select(ITEM.c.input_seq).where(*mine))
        newest = reports.newest(connection, session, item, ALGORITHM)
        found += newest is None or newest.basis != needed
    return found


async def _document(database: Database, session: SessionId, item: ItemId) -> Mapping[str, Any]:
    newest = await database.read(lambda connection: reports.newest(connection, session, item, ALGORITHM))
    if newest is None:
        raise LookupError(f"session {session} has no report")
    return json.loads(newest.document)


async def _matrices(database: Database, made: Made) -> dict[int, Matrix]:
    sessions, found = Sessions(database), dict[int, Matrix]()
    for number, (session, item) in made.items():
        async with sessions.newest(session) as folded:
            found[number] = matrix(folded.tracker.state, item)[0]
    return found


def show(found: Found, out: Console) -> None:
    """Shares and alphas as tables."""
    pairs = sorted({(s.first, s.second) for s in found.shares})
    wanted = [pair for pair in pairs if set(pair) <= set(found.shown)]
    out.print("\nShare of identical votes where both voted (·: in fewer than 5 roll calls)")
    by_place = {(s.session, s.first, s.second): s for s in found.shares}
    for start in range(0, len(wanted), _COLUMNS):
        few = wanted[start : start + _COLUMNS]
        table = Table(row_styles=["", "dim"])
        table.add_column("session", justify="right")
        for first, second in few:
            table.add_column(f"{first}–{second}", justify="right", no_wrap=True)
        for session in sorted({s.session for s in found.shares}):
            cells = (by_place[session, first, second] for first, second in few)
            table.add_row(str(session), *(_short(cell.identical) for cell in cells))
        out.print(table)
    if len(pairs) > len(wanted):
        out.print(f"[dim]{len(pairs) - len(wanted)} further pairs: --pairs CHN,RUS,IND chooses, --json gives all.[/]")
    for states, periods in found.alphas.items():
        _show_alphas(states, periods, out)
    out.print(f"[dim]{RECONSTRUCTED}[/]")


def _show_alphas(states: tuple[SeatCode, ...], periods: Sequence[Series], out: Console) -> None:
    """One row a period, the figures without each state beside it, in as many tables as the terminal needs."""
    out.print(f"\nOrdinal alpha of {', '.join(states)} (1: all alike; 0: as by chance), and without each of them")
    for start in range(0, len(states), _COLUMNS):
        few = states[start : start + _COLUMNS]
        alphas = Table()
        for name in ("sessions", "alpha", *(f"–{seat}" for seat in few)):
            alphas.add_column(name, justify="right", no_wrap=True)
        for period in periods:
            values = (period.alpha, *(period.without[seat] for seat in few))
            alphas.add_row(f"{period.first}–{period.last}", *(_short(figure(value)) for value in values))
        out.print(alphas)


def as_json(found: Found) -> str:
    """All figures as one JSON object; figures are decimal strings of nine places."""
    return json.dumps(
        {
            "identicalShares": [
                {"session": s.session, "pair": [s.first, s.second], "identical": s.identical, "overlap": s.overlap}
                for s in found.shares
            ],
            "ordinalAlpha": [
                {
                    "sessions": [period.first, period.last],
                    "states": list(states),
                    "alpha": figure(period.alpha),
                    "without": {seat: figure(value) for seat, value in period.without.items()},
                }
                for states, periods in found.alphas.items()
                for period in periods
            ],
            "note": RECONSTRUCTED,
        }
    )


def _short(shown: str | None) -> str:
    """A figure in four places, for a table."""
    return str(Decimal(shown).quantize(Decimal("1.0000"))) if shown else "·"


def _progress(out: Console) -> Progress:
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    return Progress(*columns, console=Console(stderr=True) if not out.is_terminal else out)
