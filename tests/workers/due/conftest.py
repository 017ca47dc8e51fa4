"""Redis, a ledger and logs for histories of what is due.

Why a prefix for each test: all of them share one Redis.
"""

import uuid
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import structlog.testing

from tests.workers.toy import Ledger
from workers.redis import Client, connect

NEVER = 3_600.0  # seconds between ticks, where a tick must not come to the rescue


Logs = list[structlog.typing.EventDict]


@pytest.fixture(autouse=True)
def logs() -> Iterator[Logs]:
    with structlog.testing.capture_logs() as logs:
        yield logs


@pytest.fixture
def prefix() -> str:
    return f"{uuid.uuid4().hex}:"


@pytest.fixture
async def redis(redis_url: str) -> AsyncIterator[Client]:
    client = connect(redis_url)
    yield client
    await client.aclose()


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    ledger = Ledger(tmp_path / "truth.db")
    yield ledger
    ledger.db.close()


def events(logs: Logs) -> list[str]:
    return [line["event"] for line in logs]
