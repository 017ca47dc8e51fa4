"""An audit of one session, or of all: the record first, then everything made from it.

Why each part goes on after another's fault: who looks for the cause wants to know whether it is one row or everything.
"""

from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from sqlalchemy import exc
from sqlalchemy.types import NULLTYPE

from ledger.audit import rows
from ledger.audit.finding import Fault, Finding
from ledger.audit.recompute import Recompute, recompute
from ledger.audit.record import Checked
from ledger.audit.results import Results, kept_results
from ledger.audit.texts import Texts
from ledger.lines import Line, pages
from ledger.projections import Rows, project, write_rows
from ledger.projections.rows import TABLES, session_of
from ledger.raw import leniently, printable, shown, undecodable
from polylogue.convergence.track import Tracker
from polylogue.occasion import Entry
from polylogue.record.tree import tree_root
from polylogue.vocabulary import Hash, SessionId
from schema.api.context import Read
from schema.circumstances import circumstances
from schema.tables import Event

BESIDE = ("event", "head", "prose", "report", "timeline", "progress", "reports_head")
"""Tables that are not made from the record and are checked against it."""

_BESIDE = (Event.metadata.tables[name].c.session for name in BESIDE)
_SESSIONS = sa.union(
    *(sa.select(sa.type_coerce(column, NULLTYPE)) for column in (*_BESIDE, *map(session_of, TABLES.values())))
)


@dataclass(slots=True)
class _Audit:
    """The parts that are checked, and the first fault of each; a part with a fault is not looked at further."""

    connection: sa.Connection
    made: sa.Connection
    record: Checked
    texts: Texts
    results: Results
    lenient: bool
    tracker: Tracker = field(default_factory=Tracker)
    faults: dict[str, str] = field(default_factory=dict[str, str])
    rows: int = 0
    ended: bool = False
    """The database has refused a statement, and may refuse all that follow."""

    def attempt(self, part: str, check: Callable[[], None]) -> None:
        """Have a part checked. Whatever is in its way is a fault of this session, and the others are checked all the
        same; but a database that is away is none.
        """
        if part in self.faults or self.ended:
            return
        try:
            check()
        except Fault as fault:
            self.faults[part] = str(fault)
        except exc.DBAPIError as error:
            if circumstances(error) or (undecodable(error) and not self.lenient):
                raise
            self.faults[part] = f"its {part} cannot be read ({error.orig})"
            self.ended = True
        except Exception as error:
            if circumstances(error):
                raise
            place = f" after entry {len(self.record.leaves)}" if part == "record" else ""
            self.faults[part] = f"its {part}{place} cannot be checked ({error!r})"

    def whole(self, recompute: Recompute) -> None:
        """Check all parts."""
        self.attempt("results", lambda: self._results(recompute))
        self.attempt("record", self._lines)
        if "record" not in self.faults:
            self._end()

    def _results(self, recompute: Recompute) -> None:
        self.results = kept_results(self.connection, self.record.session, recompute)

    def _lines(self) -> None:
        for lines in pages(self.connection, self.record.session):
            self._page(lines)
            if "record" in self.faults:
                break

    def _page(self, lines: list[Line]) -> None:
        """Check lines that follow those before, up to the first that is not right."""
        entries: list[Entry] = []
        for line in lines:
            self.attempt("record", lambda line=line: entries.append(self.record.take(line)))
        written: Rows = {}
        for entry in entries:
            self.attempt("record", lambda entry=entry: self._fold(entry, written))
        self.attempt("rows", lambda: write_rows(self.made, written))
        if entries:
            self.attempt("texts", lambda: self.texts.take(self.connection, entries))

    def _fold(self, entry: Entry, written: Rows) -> None:
        try:
            fed = self.tracker.apply(entry)
            project(self.record.session, self.tracker.state, entry, written)
        except Exception as error:
            raise Fault(f"entry {entry.seq} does not follow from those before it ({error!r})") from error
        self.attempt("results", lambda: self.results.take(self.tracker.state, fed))

    def _end(self) -> None:
        """What can be said only when all lines were read."""
        self.attempt("texts", lambda: self.texts.none_left(self.connection))
        self.attempt("rows", self._compare)
        self.attempt("results", self.results.none_left)
        self.attempt("record", lambda: self.record.against_head(self.connection))

    def _compare(self) -> None:
        self.rows = rows.compare(self.connection, self.made, self.record.session)


def audit_session(connection: sa.Connection, session: SessionId, *, recompute: Recompute = recompute) -> Finding:
    """Check a session in the caller's transaction, which should be one snapshot.

    Raises only what a database raises that cannot be asked; anything that is wrong with what it holds is a fault.
    """
    if not is_id(session):
        told = shown(session)
        return Finding(session=SessionId(told), faults=("there are rows of a session whose id is no UTF-8 text",))
    try:
        return _audited(connection, session, recompute, lenient=False)
    except exc.OperationalError as error:
        if not undecodable(error):
            raise
        with leniently(connection):
            return _audited(connection, session, recompute, lenient=True)


def _audited(connection: sa.Connection, session: SessionId, recompute: Recompute, *, lenient: bool) -> Finding:
    nothing = Results({}, {}, {}, recompute)
    with rows.scratch() as made:
        audit = _Audit(connection, made, Checked(session), Texts(session), nothing, lenient)
        audit.whole(recompute)
    leaves = audit.record.leaves
    whole = leaves and "record" not in audit.faults
    parts = ("record", "texts", "rows", "results")
    return Finding(
        session=session,
        entries=len(leaves),
        root=Hash(tree_root(leaves).hex()) if whole else None,
        texts=audit.texts.found,
        erased=audit.texts.erased,
        rows=audit.rows,
        reports=audit.results.checked,
        unknown=audit.results.unknown,
        faults=tuple(printable(audit.faults[part]) for part in parts if part in audit.faults),
    )


async def audit_all(read: Read, *, recompute: Recompute = recompute) -> AsyncIterator[Finding]:
    """Check every session, each on a snapshot of its own."""
    for session in await read(sessions):
        yield await read(lambda connection, session=session: audit_session(connection, session, recompute=recompute))


def sessions(connection: sa.Connection) -> list[SessionId]:
    """Every session of which anything is kept, by id; last those whose id is no text, of which the audit says so."""
    with leniently(connection):
        found: Sequence[Any] = connection.execute(_SESSIONS).scalars().all()
    return sorted(found, key=lambda session: (not is_id(session), str(session)))


def is_id(session: object) -> bool:
    """Whether it can be the id of a session: a text that there is."""
    return isinstance(session, str) and printable(session) == session
