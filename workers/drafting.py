"""The work "drafting:<session>/<request>": table the draft that the chair asked for.

Why by command: a draft is an act with consequences, so it goes through the rules like anybody's, and is refused when a
clause that it touches has got a newer revision meanwhile. It is made from a copy of the state, so that nobody who reads
the session waits for a search.
"""

import asyncio
from dataclasses import dataclass

import structlog

from ledger.database import Database
from ledger.due import forget
from ledger.ledger import By, Ledger
from polylogue.commands import ProposeCandidates, TableDraft
from polylogue.drafting.rolling import draft
from polylogue.refusals import Refusal
from polylogue.state import Request, State
from polylogue.vocabulary import ItemId, PersonId, RequestId, Role, Seq, SessionId, SessionPhase, WriterKind
from workers.due import Expected
from workers.folded import Sessions
from workers.rounds import Read, asked, places, proposal, read
from workers.still import still
from workers.writers.writer import Wish, Writer, Writing, no_model

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)

TIME_LIMIT = 60.0
"""Seconds that a draft may take."""

WORKER = By(PersonId("00000000-0000-7000-8000-000000000001"), frozenset((Role.WORKER,)))
"""The pseudonym under which the machine acts, the same on every site."""

TRIES = 5
"""How often a draft is made anew because the session moved under it."""


class DraftRefused(Expected):
    """The rules refused the draft for a reason that making it anew does not mend."""


@dataclass(frozen=True)
class Drafting:
    database: Database
    sessions: Sessions
    ledger: Ledger
    writer: Writer = no_model

    async def run(self, key: str) -> None:
        """Make and table the draft of a request, named "<session>/<request>"."""
        session, _, request = key.partition("/")
        await self._table(SessionId(session), RequestId(request))
        # the writer that has tabled it knows nothing of failures
        await self.database.transact(lambda connection: forget(connection, f"drafting:{key}"))

    async def _table(self, session: SessionId, request: RequestId) -> None:
        writing = await self._written(session, request)
        refused: tuple[Seq, Refusal] | None = None
        for _ in range(TRIES):
            async with self.sessions.newest(session) as folded:
                seq, state = folded.seq, folded.tracker.state
                item = _item(state, request)
                if item is None:
                    return  # it has lapsed or waits, or another worker has tabled it
                if refused and refused[0] == seq:
                    raise DraftRefused(f"{refused[1].code} (rule {refused[1].rule})")
                state = await asyncio.to_thread(still, state)
            command = await self._draft(state, session, state.requests[request], writing)
            outcome = await self.ledger.submit(command, by=WORKER, key=f"draft:{request}:{seq}", session=session)
            if not isinstance(outcome, Refusal):
                log.info("draft tabled", session=session, seq=outcome.seq)
                return
            refused = (seq, outcome)
        raise DraftRefused(f"the session moved {TRIES} times while the draft was made")

    async def _draft(
        self, state: State, session: SessionId, request: Request, writing: Writing
    ) -> TableDraft | ProposeCandidates:
        """The draft, made in a thread from words that were read before: on PostgreSQL a read runs on the event loop."""
        known = await self._read(state, session, request.item)
        if request.candidates and state.in_text(state.items[request.item]):
            return await asyncio.to_thread(proposal, state, request, known, writing)
        return await asyncio.to_thread(draft, state, request.item, request.id, known.words)

    async def _written(self, session: SessionId, request: RequestId) -> Writing:
        """What the writer proposes, where one was asked for."""
        async with self.sessions.newest(session) as folded:
            state = folded.tracker.state
            item = _item(state, request)
            if item is None or not _asks_writer(state, request):
                return Writing()
            state = await asyncio.to_thread(still, state)
        known = await self._read(state, session, item)
        question = await asyncio.to_thread(asked, state, item, known.words, known.names)
        return await self.writer(Wish(session, question, state.requests[request].seed, state.writer_requests))

    async def _read(self, state: State, session: SessionId, item: ItemId) -> Read:
        found = await asyncio.to_thread(places, state, item)
        return await self.database.read(lambda connection: read(connection, session, found, state.eligible()))


def _asks_writer(state: State, request: RequestId) -> bool:
    """Whether a model is to be asked: without candidates there is nothing to word."""
    return state.requests[request].writer is WriterKind.MODEL and state.requests[request].candidates > 0


def _item(state: State, request: RequestId) -> ItemId | None:
    """The item whose draft is asked for; none where the request has ended, or the session is not open now."""
    if state.phase is not SessionPhase.OPEN:
        return None
    return next((item.id for item in state.items.values() if item.request == request), None)
