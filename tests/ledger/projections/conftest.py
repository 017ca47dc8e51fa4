"""A course with every kind of event, and a database for its rows."""

import pytest

from tests.ledger.course import Course
from tests.ledger.whole import whole


@pytest.fixture(scope="module")
def course() -> Course:
    return whole()


@pytest.fixture
def live(url: str) -> str:
    return url
