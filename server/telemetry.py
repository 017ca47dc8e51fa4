"""Health and metrics: what an operator sees of a running process.

Why two health questions: a process that answers is alive; it is ready only while all that it leans on answers too.
"""

import structlog
from litestar import Response, get
from litestar.datastructures import State
from prometheus_client import generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from migrations import current_revision, head_revision
from server.services import Services
from workers.redis import answers, workers_alive


@get("/livez", media_type="text/plain", include_in_schema=False)
async def livez() -> str:
    """Answers while the process does."""
    return "ok\n"


@get("/readyz", include_in_schema=False)
async def readyz(state: State) -> Response[dict[str, object]]:
    """Whether database, tables, Redis, a worker and our own jobs are there; 503 with what is missing where not."""
    parts: Services = state.services
    found: dict[str, object] = {
        "database": False,
        "migrations": False,
        "redis": await answers(parts.redis),
        "workers": 0,
        "jobs": not parts.jobs.dead,
    }
    try:
        found["migrations"] = await parts.database.read(current_revision) == head_revision()
        found["database"] = True
    except Exception as error:  # noqa: BLE001 -- whatever it is, the database does not answer
        structlog.get_logger(__name__).warning("database does not answer", error=type(error).__name__)
    if found["redis"]:
        found["workers"] = await workers_alive(parts.redis)
    ready = all(found.values())
    return Response({"ready": ready, **found}, status_code=200 if ready else 503)


@get("/metrics", include_in_schema=False)
async def metrics(state: State) -> Response[bytes]:
    """Counters for Prometheus."""
    parts: Services = state.services
    return Response(generate_latest(parts.metrics), media_type=CONTENT_TYPE_LATEST)
