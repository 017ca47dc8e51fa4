"""The work "drafting:<session>/<request>": table the draft that the chair asked for.

Why by command: a draft is an act with consequences, so it goes through the rules like anybody's, and is refused when a
clause that it touches has got a newer revision meanwhile.
"""

import asyncio
from dataclasses import dataclass

import sqlalchemy as sa
import structlog

from ledger.database import Database
from ledger.due import forget
from ledger.ledger import By, Ledger
from ledger.prose import PROSE
from polylogue.commands import TableDraft
from polylogue.drafting.rolling import draft, pending
from polylogue.refusals import Refusal
from polylogue.state import State
from polylogue.vocabulary import ItemId, PersonId, RequestId, Role, Seq, SessionId, SessionPhase
from schema.lists import padded
from workers.folded import Sessions

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)

TIME_LIMIT = 60.0
"""Seconds that a draft may take."""

WORKER = By(PersonId("00000000-0000-7000-8000-000000000001"), frozenset((Role.WORKER,)))
"""The pseudonym under which the machine acts, the same on every site."""

TRIES = 5
"""How often a draft is made anew because the session moved under it."""


_TEXTS = sa.select(PROSE.c.seq, PROSE.c.pointer, PROSE.c.text).where(
    PROSE.c.session == sa.bindparam("session"), PROSE.c.seq.in_(sa.bindparam("seqs", expanding=True))
)


class DraftRefused(Exception):
    """The rules refused the draft for a reason that making it anew does not mend."""


@dataclass(frozen=True)
class Drafting:
    database: Database
    sessions: Sessions
    ledger: Ledger

    async def run(self, key: str) -> None:
        """Make and table the draft of a request, named "<session>/<request>"."""
        session, _, request = key.partition("/")
        await self._table(SessionId(session), RequestId(request))
        # the writer that has tabled it knows nothing of failures
        await self.database.transact(lambda connection: forget(connection, f"drafting:{key}"))

    async def _table(self, session: SessionId, request: RequestId) -> None:
        refused: tuple[Seq, Refusal] | None = None
        for _ in range(TRIES):
            async with self.sessions.newest(session) as folded:
                seq, state = folded.seq, folded.tracker.state
                item = _item(state, request)
                if item is None:
                    return  # it has lapsed or waits, or another worker has tabled it
                if refused and refused[0] == seq:
                    raise DraftRefused(f"{refused[1].code} (rule {refused[1].rule})")
                command = await self._draft(state, session, item, request)
            outcome = await self.ledger.submit(command, by=WORKER, key=f"draft:{request}:{seq}", session=session)
            if not isinstance(outcome, Refusal):
                log.info("draft tabled", session=session, seq=outcome.seq)
                return
            refused = (seq, outcome)
        raise DraftRefused(f"the session moved {TRIES} times while the draft was made")

    async def _draft(self, state: State, session: SessionId, item: ItemId, request: RequestId) -> TableDraft:
        """The draft, made in a thread from words that were read before: on PostgreSQL a read runs on the event loop."""
        places = await asyncio.to_thread(_places, state, item)
        words = await self.database.read(lambda connection: _words(connection, session, places)) if places else {}
        return await asyncio.to_thread(draft, state, item, request, lambda seq, pointer: words.get((seq, pointer)))


def _places(state: State, item: ItemId) -> list[tuple[Seq, str]]:
    """Where the words lie that a draft brings to the table."""
    return [
        (amendment.wording[0].seq, amendment.wording[0].pointer)
        for provision in state.in_text(state.items[item])
        for amendment in pending(state, provision)
    ]


def _words(connection: sa.Connection, session: SessionId, places: list[tuple[Seq, str]]) -> dict[tuple[Seq, str], str]:
    """The texts at these places and beside them, without those that were erased."""
    found = connection.execute(_TEXTS, {"session": session, "seqs": padded(sorted({seq for seq, _ in places}))})
    return {(row.seq, row.pointer): row.text for row in found}


def _item(state: State, request: RequestId) -> ItemId | None:
    """The item whose draft is asked for; none where the request has ended, or the session is not open now."""
    if state.phase is not SessionPhase.OPEN:
        return None
    return next((item.id for item in state.items.values() if item.request == request), None)
