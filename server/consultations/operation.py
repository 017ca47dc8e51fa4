"""`polylogue import-consultation`: check the files, compute the figures, keep both, print a short table.

Why beside a server that runs: one row is added that nobody else writes, and no session's record is touched.
"""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from rich.console import Console
from rich.text import Text

from ledger import consultations
from ledger.database import Database
from ledger.occasion import now
from migrations import migrate as migrate_at
from polylogue.crowd.packed import pack_points, pack_votes
from polylogue.crowd.report import document, figures
from polylogue.crowd.votes import MISSING, NOBODY
from polylogue.text import TextRefused, admit_language
from polylogue.vocabulary import SessionId
from server.consultations import tables
from server.consultations.export import Export, ExportRefused, in_a_line, read_export
from server.installation import held
from server.mishaps import Stopped
from server.settings import Settings
from server.storage import with_database

UNDETERMINED = "und"
"""BCP 47 for a language that nobody has told; an export does not tell it."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the consultation is beside, and how it is called; null takes what the files say."""

    session: str | None = None
    title: str | None = None
    language: str | None = None
    as_json: bool = False


def import_consultation(settings: Settings, directory: Path, wanted: Wanted, out: Console) -> None:
    """Import the files of a folder; the same files beside the same session are there once, however often imported."""
    language = _language(wanted.language)
    _require(settings, wanted.session)
    with Console(stderr=True).status("Reading the files"):
        try:
            export = read_export(directory)
        except ExportRefused as refused:
            raise Stopped(f"Nothing was written. {refused}") from None

    async def bring(database: Database) -> tuple[Mapping[str, Any], bool]:
        id = _id(export, wanted.session)
        if there := await database.read(lambda connection: consultations.kept(connection, id)):
            return there, False
        row = row_of(export, wanted, language)
        if await database.transact(lambda connection: consultations.keep(connection, row)):
            return row, True
        there = await database.read(lambda connection: consultations.kept(connection, id))
        return there or row, False

    _make_database(settings)
    with Console(stderr=True).status("Computing the figures"):
        row, new = asyncio.run(with_database(settings, bring))
    if wanted.as_json:
        out.print(tables.as_json(row, export.differences, new=new), markup=False, soft_wrap=True)
    elif new:
        tables.show(row, export.differences, out)
    else:
        said = f"These files are here already, as consultation {row['id']} of {row['imported_at']}: nothing was done."
        out.print(Text(said), soft_wrap=True)


def _language(tag: str | None) -> str:
    try:
        return admit_language(tag or UNDETERMINED)
    except TextRefused:
        raise Stopped(f"Nothing was written. {tag!r} is no language tag; one is en, ru or zh-Hans.") from None


def _require(settings: Settings, session: str | None) -> None:
    """Before the files are read, which may take long: that the database is up to date and has the session."""
    beside = SessionId(session or "")

    async def look(database: Database) -> bool:
        return session is None or await database.read(lambda connection: consultations.has_record(connection, beside))

    there = session is None if _is_new(settings) else asyncio.run(with_database(settings, look))
    if not there:
        raise Stopped(f"Nothing was written. There is no session {session}.")


def _is_new(settings: Settings) -> bool:
    return settings.embedded and not (settings.data_dir / "polylogue.db").exists()


def _make_database(settings: Settings) -> None:
    """Make an embedded database where there is none, as a server's first start would."""
    if _is_new(settings):
        with held(settings.data_dir):
            migrate_at(settings.database)


def _id(export: Export, session: str | None) -> str:
    return str(uuid5(NAMESPACE_URL, f"polylogue:consultation:{export.digest}:{session or ''}"))


def row_of(export: Export, wanted: Wanted, language: str) -> dict[str, Any]:
    """The consultation with its figures: for the groups that the export names, else for those that are found here."""
    found = export.consultation
    named = bool((found.groups != NOBODY).any())
    crowd = figures(found.votes, found.groups if named else None)
    texts = [
        {"id": statement.id, "text": text, "moderated": statement.moderated}
        for statement, text in zip(found.statements, export.texts, strict=True)
    ]
    shown = document(crowd, points=False)
    return {
        "id": _id(export, wanted.session),
        "session": wanted.session,
        "title": in_a_line(wanted.title or "") or export.title,
        "language": language,
        "description": export.description,
        "source": export.source,
        "attribution": export.attribution,
        "digest": export.digest,
        "participants": len(found.votes.participants),
        "statements": len(found.votes.statements),
        "votes": int((found.votes.matrix != MISSING).sum()),
        "matrix": pack_votes(found.votes.matrix, crowd.groups.labels),
        "texts": json.dumps(texts, ensure_ascii=False),
        "grouping": "EXPORT" if named else "COMPUTED",
        "figures": json.dumps(shown, allow_nan=False, separators=(",", ":")),
        "points": pack_points(crowd.points, crowd.groups.labels),
        "imported_at": now(),
    }
