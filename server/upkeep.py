"""What keeps an installation in order, each operation as a function over settings and a console.

Why apart from the commands: tests call them as a person would, without parsing words.
"""

import asyncio
import json
from collections.abc import Callable
from contextlib import ExitStack
from typing import Protocol

import sqlalchemy as sa
from rich.console import Console
from rich.markup import escape
from rich.progress import Progress
from rich.table import Table

from ledger.audit import audit_session, sessions
from ledger.database import Database
from ledger.due import Due
from ledger.rebuild import rebuild_all, rebuild_session
from migrations import migrate as migrate_at
from polylogue.vocabulary import SessionId
from server.build import BUILD
from server.installation import held
from server.mishaps import Stopped
from server.settings import Settings
from server.storage import require_database, with_database
from server.titles import as_json as titles_as_json
from server.titles import listed, titles

NO_TITLE = "(its title is erased)"


def migrate(settings: Settings, out: Console) -> None:
    """Bring the database up to date; an embedded one only while no server has it."""
    with ExitStack() as stack:
        if settings.embedded:
            stack.enter_context(held(settings.data_dir))
        out.print(f"The database stands at revision {migrate_at(settings.database)}.")


class Looked(Protocol):
    """What a look at one session found."""

    @property
    def entries(self) -> int: ...
    @property
    def sound(self) -> bool: ...
    @property
    def sentence(self) -> str: ...
    def document(self) -> dict[str, object]: ...


def audit(settings: Settings, session: str | None, out: Console, *, as_json: bool) -> int:
    """Check the record of one session or of all, a line each; 1 when any is not sound. A server may run meanwhile."""
    return look(settings, session, audit_session, out, as_json=as_json)


def look(
    settings: Settings,
    session: str | None,
    at: Callable[[sa.Connection, SessionId], Looked],
    out: Console,
    *,
    as_json: bool,
) -> int:
    """Look at one session or at all, each on a snapshot of its own, and print a line each; 1 when any is not sound."""

    async def at_each(database: Database) -> int:
        found = [SessionId(session)] if session else await database.read(sessions)
        named = await database.read(titles)
        faulty = 0
        for one in found:
            seen = await database.read(lambda connection, one=one: at(connection, one))
            if not seen.entries and seen.sound:
                raise Stopped(f"There is no session {one}.")
            faulty += not seen.sound
            title = named.get(one, "")
            if as_json:
                told = {**seen.document(), "title": title}
                out.print(json.dumps(told, ensure_ascii=False), markup=False, soft_wrap=True)
            else:
                mark = "[green]✓[/]" if seen.sound else "[bold red]✗[/]"
                of = f" [dim]“{escape(title)}”[/]" if title else ""
                out.print(f"{mark} {escape(seen.sentence)}{of}", soft_wrap=True)
        if not found and not as_json:
            out.print("There is no session yet.")
        return 1 if faulty else 0

    require_database(settings)
    return asyncio.run(with_database(settings, at_each))


def list_sessions(settings: Settings, out: Console, *, as_json: bool) -> None:
    """Print what sessions there are, with their ids, titles and items, the newest first."""
    require_database(settings)
    found = asyncio.run(with_database(settings, lambda database: database.read(listed)))
    for each in found:
        if as_json:
            out.print(titles_as_json(each), markup=False, soft_wrap=True)
            continue
        about = f"{each.nature.lower()}, {each.phase.lower()}, {each.scheduled_at[:16].replace('T', ' ')} UTC"
        out.print(f"[bold]{each.session}[/]  {escape(each.title or NO_TITLE)}", soft_wrap=True)
        out.print(f"  [dim]{about}[/]", soft_wrap=True)
        for item in each.items:
            out.print(
                f"  {item.number}  {escape(item.title or NO_TITLE)} [dim]({item.phase.lower()})[/]", soft_wrap=True
            )
    if not found and not as_json:
        out.print("There is no session yet.")


def rebuild(settings: Settings, session: str | None, out: Console) -> None:
    """Make the rows that are read anew from the record; an embedded database only while no server has it."""

    async def make(database: Database) -> None:
        if session:
            one = SessionId(session)
            seq = await database.transact(lambda connection: rebuild_session(connection, one))
            if not seq:
                raise Stopped(f"There is no session {session}.")
            out.print(f"Session {session} is rebuilt from its {seq} entries.")
            return
        with Progress(console=Console(stderr=True)) as progress:
            task = progress.add_task("sessions rebuilt", total=None)

            def done(_: SessionId, number: int, of: int) -> None:
                progress.update(task, completed=number, total=of)

            count = await rebuild_all(database.transact, done)
        out.print(f"{count} sessions are rebuilt from their records.")

    require_database(settings)
    with ExitStack() as stack:
        if settings.embedded:
            stack.enter_context(held(settings.data_dir))
        asyncio.run(with_database(settings, make))


def retry(settings: Settings, work_name: str | None, out: Console, *, as_json: bool) -> int:
    """Free a work that failed, or list those that wait or are parked."""

    async def free(database: Database) -> bool:
        return await Due(database, build=BUILD).retry(work_name or "")

    async def listed(database: Database) -> list[dict[str, object]]:
        return [dict(row._mapping) for row in await Due(database, build=BUILD).failures()]  # noqa: SLF001 -- its public name

    require_database(settings)
    if work_name:
        freed = asyncio.run(with_database(settings, free))
        out.print(f"{work_name} is due again." if freed else f"{work_name} has not failed.")
        return 0 if freed else 1
    failures = asyncio.run(with_database(settings, listed))
    if as_json:
        for failure in failures:
            out.print_json(json.dumps(failure), indent=None)
        return 0
    table = Table("work", "attempts", "next try", "error", title=None if failures else "Nothing has failed.")
    for failure in failures:
        cells = (str(failure[name] or "parked") for name in ("work", "attempts", "retry_at", "error"))
        table.add_row(*map(escape, cells))
    out.print(table)
    return 0
