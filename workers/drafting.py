"""The work "drafting:<session>/<request>": table the draft that the chair asked for.

Why by command: a draft is an act with consequences, so it goes through the rules like anybody's, and is refused when a
clause that it touches has got a newer revision meanwhile.
"""

from dataclasses import dataclass

import structlog

from ledger import prose
from ledger.database import Database
from ledger.due import forget
from ledger.ledger import By, Ledger
from polylogue.commands import TableDraft
from polylogue.drafting.rolling import draft
from polylogue.refusals import Refusal
from polylogue.state import State
from polylogue.vocabulary import ItemId, PersonId, RequestId, Role, Seq, SessionId, SessionPhase
from workers.folded import Sessions

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)

TIME_LIMIT = 60.0
"""Seconds that a draft may take."""

WORKER = By(PersonId("00000000-0000-7000-8000-000000000001"), frozenset((Role.WORKER,)))
"""The pseudonym under which the machine acts, the same on every site."""

TRIES = 5
"""How often a draft is made anew because the session moved under it."""


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
        return await self.database.read(
            lambda connection: draft(state, item, request, prose.words(connection, session, {}))
        )


def _item(state: State, request: RequestId) -> ItemId | None:
    """The item whose draft is asked for; none where the request has ended, or the session is not open now."""
    if state.phase is not SessionPhase.OPEN:
        return None
    return next((item.id for item in state.items.values() if item.request == request), None)
