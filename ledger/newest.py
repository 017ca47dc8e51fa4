"""Questions to the rules about a session as it stands, on a state folded to the end of its record.

Why not the writer's own states: they change while a transaction decides on them. Why compared with the head each time:
whoever asks what may be done now must not be told what could be done a moment ago.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

import sqlalchemy as sa

from ledger import prose
from ledger.database import Database
from ledger.known import FAR, HEAD, Behind, Known, Locked, catch_up, read_far, recorded
from ledger.occasion import now
from polylogue.occasion import Entry
from polylogue.state import Alternative, Amendment, Provision, State
from polylogue.vocabulary import Instant, Seq, SessionId
from schema.api.context import Newest

T = TypeVar("T")

REMEMBERED = 64
"""Folded sessions that are kept for the next question."""
KEPT_ENTRIES = 64
"""Entries of a session that are kept with it: it is the last ones that are asked for again."""

_HEAD = sa.select(HEAD.c.seq, HEAD.c.leaf, HEAD.c.at).where(HEAD.c.session == sa.bindparam("session"))


@dataclass
class _Kept:
    """A session between two questions, null while it is being read, with entries of its record that were asked for;
    those who ask wait for each other.
    """

    known: Known | None = None
    entries: dict[Seq, Entry] = field(default_factory=dict[Seq, Entry])
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)


class NewestSessions:
    """The sessions about which this process has been asked lately. `model`: drafts may be asked of a language model."""

    def __init__(self, database: Database, *, model: bool, remembered: int = REMEMBERED) -> None:
        self._database, self._model, self._remembered = database, model, remembered
        self._kept: OrderedDict[SessionId, _Kept] = OrderedDict()

    async def ask(self, session: SessionId, body: Callable[[Newest], T], /) -> T | None:
        """What the body says of the session at the end of its record; null where there is none. It only reads."""
        kept = self._kept.setdefault(session, _Kept())
        self._kept.move_to_end(session)
        while len(self._kept) > self._remembered:
            self._kept.popitem(last=False)
        async with kept.turn:
            known, kept.known = kept.known or Known(), None  # what a failure has left half folded is not used again
            far: int | None = FAR
            while True:
                try:
                    known, found = await self._database.read(
                        lambda connection, known=known, far=far: self._asked(
                            connection, session, (known, kept.entries), far, body
                        )
                    )
                except Behind:
                    before, far = known, None
                    known = await read_far(self._database, session, before)
                    if known is not before:
                        kept.entries.clear()
                    continue
                break
            if known.seq:
                kept.known = known
            else:
                self._kept.pop(session, None)
            return found

    def _asked(
        self,
        connection: sa.Connection,
        session: SessionId,
        before: tuple[Known, dict[Seq, Entry]],
        far: int | None,
        body: Callable[[Newest], T],
    ) -> tuple[Known, T | None]:
        head = connection.execute(_HEAD, {"session": session}).first()
        if head is None:
            return Known(), None
        known, entries = before
        folded = {session: known}
        catch_up(connection, folded, {session: Locked(Seq(head.seq), head.leaf, Instant(head.at))}, far=far)
        if folded[session] is not known:  # it was folded anew, as after a backup was put back
            entries.clear()
        known = folded[session]
        newest = Newest(
            state=known.state,
            connection=connection,
            at=max(now(), Instant(head.at)),
            prose=words(connection, session, known.state),
            recorded=lambda seq: _recorded(connection, session, seq, entries),
            model=self._model,
        )
        return known, body(newest)


def _recorded(connection: sa.Connection, session: SessionId, seq: Seq, entries: dict[Seq, Entry]) -> Entry | None:
    if seq not in entries:
        entry = recorded(connection, session, seq)
        if entry is None:
            return None
        if len(entries) >= KEPT_ENTRIES:
            del entries[min(entries)]
        entries[seq] = entry
    return entries[seq]


def words(connection: sa.Connection, session: SessionId, state: State) -> Callable[[Seq, str], str | None]:
    """A look-up of texts, those of the wordings on the table read at once when the first of them is asked for."""
    look_up, several = prose.words(connection, session, {}), prose.several(connection, session, {})
    found: dict[tuple[Seq, str], str | None] = {}

    def read(seq: Seq, pointer: str) -> str | None:
        if not found:
            of: list[Provision | Alternative | Amendment] = [*state.provisions.values(), *state.amendments.values()]
            of += [each for each in state.alternatives.values() if each.open]
            places = {(at.seq, at.pointer) for each in of for at in each.wording}
            found.update(dict.fromkeys(places))  # what is not there has been erased
            found.update(several(places))
        place = (seq, pointer)
        if place not in found:
            found[place] = look_up(seq, pointer)
        return found[place]

    return read
