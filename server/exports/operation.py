"""`polylogue export-text`: the text of an item as a document, for who has the host.

Why beside a server that runs: it only reads.
"""

import asyncio
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
from rich.console import Console
from rich.text import Text

from ledger.database import Database
from polylogue.drafting.compose import compose
from polylogue.drafting.markdown import markdown
from polylogue.drafting.paper import Paper
from polylogue.drafting.resolution import Resolution
from polylogue.vocabulary import LanguageTag, SessionId
from server import storage
from server.exports.endings import form_of
from server.exports.press import NO_TYPESETTER
from server.exports.reading import NUMBER, Place, languages, paper_at, place_of, places
from server.mishaps import Stopped
from server.settings import Settings

MARKDOWN, PDF = "md", "pdf"
ENDINGS = {".md": MARKDOWN, ".markdown": MARKDOWN, ".pdf": PDF}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which item, by its id, or by its number in a `session`; in which language (null: the session's), in which form
    (null: as the name of the file says, else Markdown), and where to (null: printed).
    """

    item: str
    session: str | None = None
    language: str | None = None
    form: str | None = None
    file: Path | None = None

    @property
    def format(self) -> str:
        """Raises Stopped where the file's name says none."""
        return form_of(self.file, self.form, ENDINGS, MARKDOWN)


def export_text(settings: Settings, wanted: Wanted, out: Console) -> None:
    """Print an item's text as Markdown, or write it to a file, as Markdown or PDF."""
    form = wanted.format
    if form == PDF and wanted.file is None:
        raise Stopped("A PDF is not for a terminal: name a file with -o.")

    async def read(database: Database) -> Paper:
        return await database.read(lambda connection: paper_at(connection, _place(connection, wanted)))

    storage.require_database(settings)
    paper = asyncio.run(storage.with_database(settings, read))
    document = compose(paper, _language(paper, wanted.language))
    content = _typeset(document, settings.font_dir) if form == PDF else markdown(document).encode()
    if wanted.file is None:
        out.print(content.decode(), markup=False, emoji=False, soft_wrap=True, end="")
        return
    try:
        wanted.file.write_bytes(content)
    except OSError as wrong:
        raise Stopped(f"{wanted.file} cannot be written: {wrong.strerror}.") from None
    out.print(Text(f"Written: {wanted.file}"), soft_wrap=True)


def _place(connection: sa.Connection, wanted: Wanted) -> Place:
    number = int(wanted.item) if NUMBER.fullmatch(wanted.item) else None
    if number is None:
        found = place_of(connection, wanted.item)
        if found is None or wanted.session not in (None, found.session):
            where = f"in session {wanted.session}" if wanted.session else "here"
            raise Stopped(f"There is no item {wanted.item} {where}.")
        return found
    if wanted.session is None:
        raise Stopped(f"Item {number} of which session? Name it with --session, or give the item's id.")
    there = places(connection, SessionId(wanted.session))
    if number not in there:
        known = ", ".join(map(str, there))
        has = f"it has {known}" if known else "it has none, or there is no such session"
        raise Stopped(f"Session {wanted.session} has no item {number}; {has}.")
    return there[number]


def _language(paper: Paper, wanted: str | None) -> LanguageTag | None:
    there = languages(paper)
    if wanted and wanted.partition("-")[0] not in {tag.partition("-")[0] for tag in there}:
        raise Stopped(f"The item has no words in {wanted}; it has some in {', '.join(there)}.")
    return LanguageTag(wanted) if wanted else None


def _typeset(document: Resolution, fonts: Path | None) -> bytes:
    try:
        from server.exports.typeset import NotTypeset, typeset  # noqa: PLC0415 -- what it imports is an extra
    except ModuleNotFoundError as missing:
        raise Stopped(NO_TYPESETTER) from missing
    try:
        return typeset(document, fonts)
    except NotTypeset as wrong:
        raise Stopped(str(wrong)) from wrong
