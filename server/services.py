"""Everything put together: database, Redis, ledger, access and workers, as one process needs them.

Why here alone: what is below takes what it needs as arguments, so that it can be tried with real parts and in any
combination.
"""

import asyncio
from collections.abc import AsyncGenerator, Generator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path

import structlog
from prometheus_client import CollectorRegistry

from ledger.database import Database, open_database
from ledger.due import Due
from ledger.ledger import Ledger
from ledger.rebuild import has_sessions, outdated, rebuild_all
from ledger.stopping import told_to_stop
from migrations import upgrade
from polylogue.vocabulary import Seq, SessionId
from server.access import Access
from server.api.sockets import Sockets
from server.build import BUILD
from server.embedded import Running, ServiceFailed, given_up, launch_redis, runtime_folder, start_redis
from server.jobs import Jobs
from server.presence import Presence
from server.revocation import Revocations
from server.settings import Settings
from server.storage import require_up_to_date
from workers import convergence, drafting, overview
from workers.due import Kind, Workers, counters
from workers.folded import Sessions
from workers.redis import Client, answers, connect
from workers.writers.model import ModelWriter
from workers.writers.writer import no_model

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)

KEPT_EVERY = 1.0
"""Seconds between two looks at our own Redis."""
ASKED_EVERY = 0.05
"""Seconds between two questions whether it answers, when it is started again."""
PATIENCE = 10.0
"""Seconds in which it answers when it is started again; it reads all that it had written first."""


@dataclass(frozen=True)
class Services:
    """The parts of a running process."""

    settings: Settings
    database: Database
    redis: Client
    ledger: Ledger
    access: Access
    sockets: Sockets
    due: Due
    workers: Workers
    metrics: CollectorRegistry
    jobs: Jobs
    presence: Presence


@dataclass
class RedisAt:
    """Where Redis is. One of our own is started again, at the same address, when it has died; from the main thread."""

    url: str
    own: Running | None = None
    directory: Path | None = None

    async def keep(self) -> None:
        """Look after our own until cancelled; it comes back with what it had written."""
        while not told_to_stop():
            await asyncio.sleep(KEPT_EVERY)
            if self.own and self.directory and not self.own.alive:
                log.warning("our Redis has died and is started again")
                try:
                    self.own = launch_redis(self.directory, runtime=self.own.socket.parent, patience=0)
                    await _answering(self.own)
                except ServiceFailed as failed:
                    log.error("our Redis does not start", error=str(failed))  # noqa: TRY400 -- its words say all


async def _answering(own: Running) -> None:
    """Return when it answers; ServiceFailed if not in time, and it is ended. In no thread, which a stop would await."""
    client = connect(own.url)
    try:
        async with asyncio.timeout(PATIENCE):
            while own.alive and not await answers(client):  # noqa: ASYNC110 -- another process has no event
                await asyncio.sleep(ASKED_EVERY)
    except TimeoutError:
        raise given_up(own, f"did not answer in {PATIENCE:g} seconds") from None
    finally:
        await client.aclose()
    if not own.alive:
        raise given_up(own, f"ended with {own.process.returncode}")


@contextmanager
def redis_of(settings: Settings) -> Generator[RedisAt]:
    """Redis: the one set, or one of our own that ends with this process. From the main thread."""
    if settings.redis_url is not None:
        yield RedisAt(settings.redis_url.get_secret_value())
        return
    directory = settings.data_dir / "redis"
    with runtime_folder(directory) as runtime:
        found = RedisAt("", start_redis(directory, runtime=runtime), directory)
        found.url = found.own.url if found.own else ""
        try:
            yield found
        finally:
            if found.own:
                found.own.stop()


@asynccontextmanager
async def services(settings: Settings, redis_at: RedisAt, *, slots: int) -> AsyncGenerator[Services]:
    """A process's parts, working while it lasts; `slots` works at a time are done here, 0 none.

    An embedded database is brought up to date; another is not touched: SettingsInvalid when it is behind this software.
    """
    database = open_database(
        settings.database,
        readers=settings.readers,
        lanes=settings.lanes,
        lock_timeout_ms=settings.lock_timeout_ms,
    )
    redis, metrics, sockets, jobs = connect(redis_at.url), CollectorRegistry(), Sockets(), Jobs()
    try:
        await _bring_up_to_date(database, embedded=settings.embedded)
        due = Due(database, build=BUILD)
        nudger = _Nudger(due)
        ledger = Ledger(
            database,
            redis,
            depth=settings.queue,
            at_once=settings.batch,
            after_commit=nudger.moved,
            model=bool(settings.model),
        )
        folded = Sessions(database)
        writer = ModelWriter(settings.model) if settings.model else no_model
        kinds = {
            "convergence": Kind(convergence.Convergence(database, folded, ledger.reported).run, convergence.TIME_LIMIT),
            "overview": Kind(
                overview.Overview(database, folded, ledger.reported).run, overview.TIME_LIMIT, patient=True
            ),
            "drafting": Kind(drafting.Drafting(database, folded, ledger, writer).run, drafting.TIME_LIMIT),
        }
        workers = nudger.workers = Workers(redis, due, kinds, BUILD, counts=counters(metrics))
        revocations = Revocations(sockets, redis)
        access = Access(database, revoked=revocations.tell)
        presence = Presence(redis)
        jobs.start("revocations", revocations.watch(access))
        jobs.start("presence", presence.keep())
        if redis_at.own:
            jobs.start("redis", redis_at.keep())
        if slots:
            jobs.start("workers", workers.serve(slots, jobs.stopping), heeds=True)
        try:
            yield Services(settings, database, redis, ledger, access, sockets, due, workers, metrics, jobs, presence)
        finally:
            await jobs.stop()
            await ledger.close()
            await nudger.close()
    finally:
        await database.close()
        await redis.aclose()


async def _bring_up_to_date(database: Database, *, embedded: bool) -> None:
    if embedded:
        await database.transact(upgrade)
        if await database.read(outdated):
            if await database.read(has_sessions):
                log.warning("the rows that are read were made by another version and are made anew")
            await rebuild_all(database.transact)
        return
    await require_up_to_date(database)


class _Nudger:
    """After commits, has workers look at what is due in the sessions that moved; of many commits at once, once."""

    workers: Workers | None = None

    def __init__(self, due: Due) -> None:
        self._due = due
        self._sessions: set[SessionId] = set()
        self._task: asyncio.Task[None] | None = None

    def moved(self, heads: Sequence[tuple[SessionId, Seq]]) -> None:
        self._sessions.update(session for session, _ in heads)
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._nudge(), name="nudger")

    async def close(self) -> None:
        """Finish what is under way; after the ledger, whose last commits still come."""
        if self._task:
            await self._task

    async def _nudge(self) -> None:
        while self._sessions:
            sessions, self._sessions = self._sessions, set()
            try:
                works = await self._due.of_sessions(sorted(sessions))
                if self.workers and works:
                    await self.workers.nudge(*works)
            except Exception as error:  # noqa: BLE001 -- a tick of the workers finds what is due anyway
                log.warning("workers not nudged", error=repr(error))
