"""`polylogue convergence` and `polylogue recompute`: what the workers computed, for who has the host.

Why beside a server that runs: both only read.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

import sqlalchemy as sa
from rich.console import Console
from rich.text import Text

from ledger.database import Database
from polylogue.convergence.scope import of_dimension
from polylogue.vocabulary import Dimension, SessionId
from server import storage, upkeep
from server.convergence import private, tables
from server.convergence.document import as_json
from server.convergence.moments import Moment, moments
from server.convergence.reading import About, Meeting, Reported, meeting, reports
from server.convergence.recomputed import recomputed
from server.mishaps import Stopped
from server.settings import Settings

T = TypeVar("T")
Maps = Mapping[str, Sequence[Moment]]

NO_PICTURES = "Pictures need altair and vl-convert, which are an extra: install polylogue[pictures]."
NO_FONT = (
    "Neither the fonts in the pictures nor those of this machine have {letters}: whoever opens the pictures here sees"
    " boxes, until a font for them is installed."
)
SHOWN = 5
"""Letters that are named of those that no font has."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to show: one agenda item by its number, one dimension, both, or (neither) the session and all its items.

    `private` adds figures about single delegations, `pictures` is a directory for SVG files.
    """

    item: int | None = None
    dimension: Dimension | None = None
    language: str | None = None
    private: bool = False
    as_json: bool = False
    pictures: Path | None = None


def convergence(settings: Settings, session: str, wanted: Wanted, out: Console) -> None:
    """Print the newest reports of a session, and write their pictures where that is asked for."""

    def read(connection: sa.Connection) -> tuple[Meeting, list[Reported], list[Reported], Maps]:
        found, reported = _read(connection, SessionId(session), wanted)
        shown = [each for each in reported if _is_wanted(each.about, wanted)]
        return found, reported, shown, moments(connection, found.session, shown) if wanted.pictures else {}

    found, reported, shown, maps = _on_the_database(settings, lambda database: database.read(read))
    paths = _drawn(found, shown, maps, wanted) if wanted.pictures else []
    if wanted.as_json:
        out.print(as_json(found, reported, private=wanted.private), markup=False, soft_wrap=True)
        return
    tables.show(found, reported, shown, out)
    for each in shown if wanted.private else ():
        private.show(each, out)
    for path in paths:
        out.print(Text(f"Written: {path}"), soft_wrap=True)
    if paths and (missing := _undrawn(paths)):
        more = f" and {len(missing) - SHOWN} more" if len(missing) > SHOWN else ""
        out.print(Text(NO_FONT.format(letters=" ".join(missing[:SHOWN]) + more)), soft_wrap=True)


def recompute(settings: Settings, session: str | None, out: Console, *, as_json: bool) -> int:
    """Compute the stored reports of one session or of all again, a line each; 1 when one is not the same."""
    return upkeep.look(settings, session, recomputed, out, as_json=as_json)


def _read(connection: sa.Connection, session: SessionId, wanted: Wanted) -> tuple[Meeting, list[Reported]]:
    found = meeting(connection, session, wanted.language)
    if found is None:
        raise Stopped(f"There is no session {session}.")
    if wanted.language and wanted.language not in found.languages:
        near = found.in_language(wanted.language)
        if near is None:
            raise Stopped(f"The session has no titles in {wanted.language}; it has {', '.join(found.languages)}.")
        return _read(connection, session, replace(wanted, language=near))
    mine = next((each.scope for each in found.items if each.number == wanted.item), None)
    touching = next((each.items for each in found.dimensions if each.dimension == wanted.dimension), ())
    if wanted.item and not mine:
        raise Stopped(f"The session has no item {wanted.item}.")
    if wanted.dimension and not touching:
        raise Stopped(f"The session has no item on the dimension {wanted.dimension}.")
    if wanted.item and wanted.dimension and mine not in touching:
        raise Stopped(f"Item {wanted.item} does not touch {wanted.dimension.lower().replace('_', '-')}.")
    everything = (found.whole, *found.items, *found.dimensions)
    asked = [about for about in everything if _is_wanted(about, wanted) or not (wanted.item or wanted.dimension)]
    try:
        reported = reports(connection, found, asked)
    except ValueError as unreadable:
        raise Stopped(f"The record of session {session} cannot be read: {unreadable}.") from unreadable
    if not reported:
        raise Stopped("There is no report yet: workers compute one when a session has an item with a text.")
    return found, reported


def _is_wanted(about: About, wanted: Wanted) -> bool:
    """Whether something has tables of its own; dimensions do when they are asked for."""
    if not (wanted.item or wanted.dimension):
        return about.dimension is None
    of = of_dimension(wanted.dimension) if wanted.dimension else None
    return about.scope == of or (about.number is not None and about.number == wanted.item)


def _drawn(found: Meeting, reported: Sequence[Reported], maps: Maps, wanted: Wanted) -> list[Path]:
    if wanted.pictures is None:
        return []
    try:
        from server.convergence.pictures.draw import draw  # noqa: PLC0415 -- what it imports is an extra
    except ModuleNotFoundError as missing:
        raise Stopped(NO_PICTURES) from missing
    try:
        return draw(found, reported, maps, wanted.pictures, private=wanted.private)
    except OSError as wrong:
        raise Stopped(f"{wanted.pictures} cannot be written to: {wrong.strerror}.") from None


def _undrawn(paths: Sequence[Path]) -> str:
    from server.convergence.pictures.glyphs import undrawn  # noqa: PLC0415 -- what it imports is an extra

    return undrawn(paths)


def _on_the_database(settings: Settings, body: Callable[[Database], Awaitable[T]]) -> T:
    storage.require_database(settings)
    return asyncio.run(storage.with_database(settings, body))
