"""A session that has seen everything, kept once for the tests that only look."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.ledger.course import Course, whole
from tests.schema.api.seen import Seen, seen


@pytest.fixture(scope="session")
def course() -> Course:
    return whole()


@pytest.fixture
async def kept(course: Course, tmp_path: Path) -> AsyncIterator[Seen]:
    async with seen(course, tmp_path) as found:
        yield found
