"""The free texts beside the record, each against the commitment that stands in its entry."""

from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa

from ledger.audit.finding import Fault
from ledger.raw import kinds, raw
from polylogue.occasion import Entry
from polylogue.record import payload
from polylogue.record.prose import Sealed, commitment, field_of
from polylogue.vocabulary import SessionId
from schema.tables import Prose

_prose = Prose.metadata.tables["prose"]
_kinds = kinds(_prose)
_OF_PAGE = raw(_prose).where(
    _prose.c.session == sa.bindparam("session"),
    _prose.c.seq >= sa.bindparam("first"),
    _prose.c.seq <= sa.bindparam("last"),
)
_COUNT = sa.select(sa.func.count()).select_from(_prose).where(_prose.c.session == sa.bindparam("session"))


@dataclass(slots=True)
class Texts:
    """How many texts were found right, and how many are erased."""

    session: SessionId
    found: int = 0
    erased: int = 0

    def take(self, connection: sa.Connection, entries: list[Entry]) -> None:
        """Check the texts of entries that follow each other. Raises Fault at the first that is not what was said."""
        asked = {"session": self.session, "first": entries[0].seq, "last": entries[-1].seq}
        kept = {(row.seq, row.pointer): row for row in connection.execute(_OF_PAGE, asked)}
        for seq, pointer, sealed in _texts(entries):
            row = kept.pop((seq, pointer), None)
            if row is None:
                self.erased += 1
                continue
            self.found += 1
            if wrong := _kinds(row):
                raise Fault(f"the text at {pointer} of entry {seq}: {wrong}")
            try:
                said = commitment(row.salt, field_of(pointer), row.language, row.text)
            except ValueError as error:
                raise Fault(f"the text at {pointer} of entry {seq}: {error}") from error
            if (said, row.language) != (sealed.c, sealed.language):
                raise Fault(f"the text at {pointer} of entry {seq} is not the one that the entry commits to")
        for seq, pointer in sorted(kept, key=repr):
            raise Fault(f"there is a text at {pointer} of entry {seq}, where the entry has none")

    def none_left(self, connection: sa.Connection) -> None:
        """Raise Fault where texts are kept for entries that are not there."""
        kept = connection.execute(_COUNT, {"session": self.session}).scalar_one()
        if kept != self.found:
            raise Fault(f"{kept - self.found} texts belong to no entry")


def _texts(entries: Iterable[Entry]) -> Iterable[tuple[int, str, Sealed]]:
    for entry in entries:
        for pointer, prose in payload.texts(entry.event):
            if isinstance(prose, Sealed):
                yield entry.seq, pointer, prose
