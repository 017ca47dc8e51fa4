"""`polylogue minutes`: the minutes of a session, for who has the host.

Why on request what is not for everybody: who has the host may see everything, and so may whoever stands behind them.
"""

import asyncio
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.text import Text

from ledger.database import Database
from polylogue.minutes.account import Account
from polylogue.minutes.compose import compose
from polylogue.text import TextRefused, admit_language
from polylogue.vocabulary import LanguageTag, Role, SessionId
from schema.api.context import Standpoint
from server import storage
from server.exports.endings import form_of
from server.exports.minutes import HTML, MARKDOWN, WRITERS, account
from server.mishaps import Stopped
from server.settings import Settings

ENDINGS = {".md": MARKDOWN, ".markdown": MARKDOWN, ".html": HTML, ".htm": HTML}
EVERYBODY = Standpoint(frozenset((Role.PUBLIC,)))
OFFICER = Standpoint(frozenset((Role.CHAIR, Role.FACILITATOR)))


@dataclass(frozen=True, slots=True)
class Wanted:
    """In which language (null: the session's), in which form (null: as the name of the file says, else Markdown), and
    where to (null: printed). `private` adds what only a chair, a facilitator or single delegations may read.
    """

    language: str | None = None
    form: str | None = None
    file: Path | None = None
    private: bool = False

    @property
    def format(self) -> str:
        """Raises Stopped where the file's name says none."""
        return form_of(self.file, self.form, ENDINGS, MARKDOWN)


def minutes(settings: Settings, session: str, wanted: Wanted, out: Console) -> None:
    """Print the minutes of a session, or write them to a file."""
    reader = OFFICER if wanted.private else EVERYBODY

    async def read(database: Database) -> Account | None:
        return await database.read(lambda connection: account(connection, SessionId(session), reader))

    language, form = _language(wanted.language), wanted.format
    storage.require_database(settings)
    try:
        found = asyncio.run(storage.with_database(settings, read))
    except ValueError as unreadable:
        raise Stopped(f"The record of session {session} cannot be read: {unreadable}.") from unreadable
    if found is None:
        raise Stopped(f"There is no session {session}.")
    content = WRITERS[form](compose(found, language))
    if wanted.file is None:
        out.print(content, markup=False, emoji=False, soft_wrap=True, end="")
        return
    try:
        wanted.file.write_text(content, "utf-8", newline="\n")
    except OSError as wrong:
        raise Stopped(f"{wanted.file} cannot be written: {wrong.strerror}.") from None
    out.print(Text(f"Written: {wanted.file}"), soft_wrap=True)


def _language(tag: str | None) -> LanguageTag | None:
    try:
        return LanguageTag(admit_language(tag)) if tag else None
    except TextRefused:
        raise Stopped(f'"{tag}" is no language tag; one is "ru" or "zh-Hans".') from None
