"""Sessions that somebody looks at: how far each has got, and waking those who wait for it to move.

Why one follower for all of a session's pages: what an entry says does not matter here, only that there is one more.
"""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Protocol

from ledger.ledger import Ledger
from polylogue.events import PersonAdmitted, PersonDismissed
from polylogue.vocabulary import Seq, SessionId
from schema.api.context import Lagging
from server.console.latest import Head

PEOPLE = (PersonAdmitted, PersonDismissed)
"""Entries that change who is what in a session."""


class Leaving(Protocol):
    """Somebody who looks, and may be told to stop; set before `Watched.wake`."""

    gone: bool


@dataclass(eq=False)
class Watched:
    """A session that is looked at. `people` counts the changes in who is what there. `ended`: it is not followed any
    more, as this process is ending.
    """

    head: Head
    watchers: int = 0
    people: int = 0
    ended: bool = False
    jobs: "list[asyncio.Task[None]]" = field(default_factory=list["asyncio.Task[None]"])
    _moved: asyncio.Event = field(default_factory=asyncio.Event)

    async def beyond(self, head: Head, onlooker: Leaving | None = None) -> None:
        """Wait until the session has moved beyond a head, or is followed no more, or the onlooker is to go."""
        while not self.ended and head.reaches(self.head) and not (onlooker and onlooker.gone):
            await self._moved.wait()

    def reach(self, seq: int = 0, reports: int = 0) -> None:
        """The session has got as far as this."""
        self.head = Head(max(self.head.seq, seq), max(self.head.reports, reports))
        self.wake()

    def end(self) -> None:
        self.ended = True
        self.wake()

    def wake(self) -> None:
        """Have all who wait look again."""
        moved, self._moved = self._moved, asyncio.Event()
        moved.set()


class Moves:
    """The sessions that somebody looks at in this process."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._watched: dict[SessionId, Watched] = {}

    @asynccontextmanager
    async def of(self, session: SessionId, head: Head) -> AsyncGenerator[Watched]:
        """A session while the block lasts; `head` is how far it has got for sure."""
        watched = self._watched.get(session)
        if watched is None or watched.ended:
            watched = self._watched[session] = Watched(head)
            follow = (self._follow(session, watched), self._follow_reports(session, watched))
            watched.jobs.extend(asyncio.create_task(job, name=f"console {session}") for job in follow)
        watched.watchers += 1
        try:
            yield watched
        finally:
            watched.watchers -= 1
            if not watched.watchers:
                for job in watched.jobs:
                    job.cancel()
                if self._watched.get(session) is watched:
                    del self._watched[session]

    async def _follow(self, session: SessionId, watched: Watched) -> None:
        after = Seq(watched.head.seq)
        try:
            while True:
                try:
                    async for line in self._ledger.follow(session, after):
                        watched.people += isinstance(line.entry.event, PEOPLE)
                        watched.reach(seq=line.seq)
                    return
                except Lagging as lag:  # what lies between is not read here, so nothing is lost by it
                    after, watched.people = lag.seq, watched.people + 1
        finally:
            watched.end()

    async def _follow_reports(self, session: SessionId, watched: Watched) -> None:
        try:
            async for revision in self._ledger.follow_reports(session):
                watched.reach(reports=revision)
        finally:
            watched.end()
