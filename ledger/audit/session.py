"""An audit of one session, or of all: the record first, then everything made from it.

Why each part goes on after another's fault: who looks for the cause wants to know whether it is one row or everything.
"""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field

import sqlalchemy as sa

from ledger.audit import rows
from ledger.audit.finding import Fault, Finding
from ledger.audit.recompute import Recompute, recompute
from ledger.audit.record import Checked
from ledger.audit.results import Results, kept_results
from ledger.audit.texts import Texts
from ledger.lines import Line, pages
from ledger.projections import Rows, project, write_rows
from ledger.projections.rows import TABLES, session_of
from polylogue.convergence.track import Tracker
from polylogue.occasion import Entry
from polylogue.record.tree import tree_root
from polylogue.vocabulary import Hash, SessionId
from schema.api.context import Read
from schema.tables import Event, Head

_SESSIONS = sa.union(
    sa.select(Event.metadata.tables["event"].c.session),
    sa.select(Head.metadata.tables["head"].c.session),
    *(sa.select(session_of(table)) for table in TABLES.values()),
)


@dataclass(slots=True)
class _Audit:
    """The parts that are checked, and the first fault of each; a part with a fault is not looked at further."""

    connection: sa.Connection
    made: sa.Connection
    record: Checked
    texts: Texts
    results: Results
    tracker: Tracker = field(default_factory=Tracker)
    faults: dict[str, str] = field(default_factory=dict[str, str])
    rows: int = 0

    def attempt(self, part: str, check: Callable[[], None]) -> None:
        if part not in self.faults:
            try:
                check()
            except Fault as fault:
                self.faults[part] = str(fault)

    def page(self, lines: list[Line]) -> None:
        """Check lines that follow those before, up to the first that is not right."""
        entries: list[Entry] = []
        for line in lines:
            self.attempt("record", lambda line=line: entries.append(self.record.take(line)))
        written: Rows = {}
        for entry in entries:
            self.attempt("record", lambda entry=entry: self._fold(entry, written))
        write_rows(self.made, written)
        if entries:
            self.attempt("texts", lambda: self.texts.take(self.connection, entries))

    def _fold(self, entry: Entry, written: Rows) -> None:
        try:
            fed = self.tracker.apply(entry)
            project(self.record.session, self.tracker.state, entry, written)
        except (KeyError, ValueError, AttributeError, StopIteration) as error:
            raise Fault(f"entry {entry.seq} does not follow from those before it ({error!r})") from error
        self.attempt("results", lambda: self.results.take(self.tracker.state, fed))

    def end(self) -> None:
        """What can be said only when all lines were read."""
        self.attempt("texts", lambda: self.texts.none_left(self.connection))
        self.attempt("rows", self._compare)
        self.attempt("results", self.results.none_left)
        self.attempt("record", lambda: self.record.against_head(self.connection))

    def _compare(self) -> None:
        self.rows = rows.compare(self.connection, self.made, self.record.session)


def audit_session(connection: sa.Connection, session: SessionId, *, recompute: Recompute = recompute) -> Finding:
    """Check a session in the caller's transaction, which should be one snapshot."""
    with rows.scratch() as made:
        audit = _Audit(connection, made, Checked(session), Texts(session), kept_results(connection, session, recompute))
        for lines in pages(connection, session):
            audit.page(lines)
            if "record" in audit.faults:
                break
        else:
            audit.end()
    leaves = audit.record.leaves
    whole = leaves and "record" not in audit.faults
    return Finding(
        session=session,
        entries=len(leaves),
        root=Hash(tree_root(leaves).hex()) if whole else None,
        texts=audit.texts.found,
        erased=audit.texts.erased,
        rows=audit.rows,
        reports=audit.results.checked,
        unknown=audit.results.unknown,
        faults=tuple(audit.faults[part] for part in ("record", "texts", "rows", "results") if part in audit.faults),
    )


async def audit_all(read: Read, *, recompute: Recompute = recompute) -> AsyncIterator[Finding]:
    """Check every session, each on a snapshot of its own."""
    for session in await read(sessions):
        yield await read(lambda connection, session=session: audit_session(connection, session, recompute=recompute))


def sessions(connection: sa.Connection) -> list[SessionId]:
    """Every session that has an entry, a head or a row made from the record, by id."""
    return sorted(map(SessionId, connection.execute(_SESSIONS).scalars()))
