"""Consultations once they are there: their figures computed again from the votes that are kept, and taking one away.

Why with a tolerance: the figures of a crowd are ratios and projections in floating point, in no hash, and may differ in
their last digits from one machine to the next.
"""

import asyncio
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import sqlalchemy as sa
from rich.console import Console
from rich.markup import escape

from ledger import consultations
from polylogue.crowd.packed import unpack_votes
from polylogue.crowd.report import ALGORITHM, VERSION, document, figures
from polylogue.crowd.votes import Votes
from server.mishaps import Stopped
from server.settings import Settings
from server.storage import require_database, with_database

CLOSE = 1e-9


@dataclass(frozen=True, slots=True)
class Again:
    """A consultation computed again: `gone` where its version is, `same` whether its figures came out as they are."""

    id: str
    title: str
    version: int
    gone: bool
    same: bool

    @property
    def sentence(self) -> str:
        """One line for a person."""
        if self.gone:
            return (
                f"Consultation {self.id}: by {ALGORITHM} {self.version}, which this software no longer has; take it "
                f"away with `polylogue remove-consultation {self.id}` and import its files again"
            )
        return f"Consultation {self.id}: {'the same' if self.same else 'its figures are others than those kept'}"


def recompute_consultations(settings: Settings, out: Console, *, as_json: bool) -> int:
    """Compute the figures of every consultation again, a line each; 1 when one is not the same."""
    require_database(settings)
    ids = asyncio.run(with_database(settings, lambda database: database.read(consultations.all_ids)))
    different = 0
    for id in ids:

        def read(connection: sa.Connection, id: str = id) -> Mapping[str, Any] | None:
            return consultations.kept(connection, id)

        row = asyncio.run(with_database(settings, lambda database, read=read: database.read(read)))
        if row is None:  # it has been taken away meanwhile
            continue
        found = again(row)
        different += not (found.same or found.gone)
        if as_json:
            told = {"consultation": found.id, "title": found.title, "version": found.version}
            told |= {"gone": found.gone, "same": found.same}
            out.print(json.dumps(told, ensure_ascii=False), markup=False, soft_wrap=True)
        else:
            mark = "[yellow]–[/]" if found.gone else "[green]✓[/]" if found.same else "[bold red]✗[/]"
            out.print(f"{mark} {escape(found.sentence)}. [dim]“{escape(found.title)}”[/]", soft_wrap=True)
    return 1 if different else 0


def again(row: Mapping[str, Any]) -> Again:
    """The figures of a row computed anew from its votes, for the groups that its export named where it named some."""
    kept = json.loads(row["figures"])
    gone = (kept["algorithm"], kept["version"]) != (ALGORITHM, VERSION)
    return Again(row["id"], row["title"], kept["version"], gone, not gone and alike(_anew(row, kept), kept))


def _anew(row: Mapping[str, Any], kept: Mapping[str, Any]) -> Any:
    statements = kept["statements"]
    matrix, labels = unpack_votes(row["matrix"], row["participants"], row["statements"])
    votes = Votes(
        participants=tuple(map(str, range(row["participants"]))),  # nobody is named in what is kept
        statements=tuple(each["statement"] for each in statements),
        matrix=matrix,
        out=np.array([each["out"] for each in statements], bool),
        meta=np.array([each["meta"] for each in statements], bool),
    )
    found = figures(votes, labels if row["grouping"] == "EXPORT" else None)
    return json.loads(json.dumps(document(found, points=False), allow_nan=False))


def alike(one: Any, other: Any) -> bool:
    """Whether two JSON values are the same, numbers up to their last digits."""
    match one, other:
        case dict(), dict():
            return one.keys() == other.keys() and all(alike(one[name], other[name]) for name in one)
        case list(), list():
            return len(one) == len(other) and all(map(alike, one, other))
        case (bool(), _) | (_, bool()):
            return one is other
        case int() | float(), int() | float():
            return math.isclose(one, other, rel_tol=CLOSE, abs_tol=CLOSE)
        case _:
            return one == other


def remove_consultation(settings: Settings, id: str, out: Console) -> None:
    """Take a consultation away with its figures; no record and no hash knows of it."""
    require_database(settings)
    removed = asyncio.run(
        with_database(settings, lambda database: database.transact(lambda c: consultations.remove(c, id)))
    )
    if removed is None:
        raise Stopped(f"There is no consultation {id}.")
    out.print(f"Consultation {id} is gone: {escape(removed)}", soft_wrap=True)
