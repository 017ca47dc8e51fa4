"""A session that has seen everything, kept once for the tests that only look."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.ledger.course import Course, whole
from tests.schema.api.seen import Seen, seen, written


@pytest.fixture(scope="session")
def course() -> Course:
    return whole()


@pytest.fixture(scope="session")
def course_written(course: Course, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return asyncio.run(written(course, tmp_path_factory.mktemp("course")))


@pytest.fixture
async def kept(course: Course, course_written: Path, tmp_path: Path) -> AsyncIterator[Seen]:
    async with seen(course, course_written, tmp_path) as found:
        yield found
