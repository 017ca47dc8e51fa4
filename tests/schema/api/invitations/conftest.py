"""A house on each database: cards are kept beside the record, where the databases differ."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.schema.api.house import House, house, on_sqlite


@pytest.fixture(params=["sqlite", "postgresql"])
async def home(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[House]:
    url = on_sqlite(tmp_path) if request.param == "sqlite" else request.getfixturevalue("postgres_url")
    async with house(url) as made:
        yield made
