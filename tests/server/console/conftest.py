"""A server with sessions at the moments that a board shows."""

from collections.abc import Iterator
from dataclasses import dataclass

import httpx
import pytest

from tests.server.console.sitting import Sitting, adopted, blocked, called, ended, negotiated, opened, scheduled
from tests.serving import Server, serving

AT_ONCE = "1/36000"
"""Half an hour of circulation, and of objections, is a twentieth of a second."""


@dataclass(frozen=True)
class Scenes:
    """Sessions by the moment at which each stands; `talking` is for a test that goes on with it."""

    server: Server
    scheduled: Sitting
    negotiated: Sitting
    called: Sitting
    blocked: Sitting
    adopted: Sitting
    ended: Sitting
    talking: Sitting
    private: Sitting


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The server of all pages; with nothing on it yet for a test that asks for nothing else."""
    with serving(tmp_path_factory.mktemp("boards")) as server:
        yield server


@pytest.fixture(scope="session")
def scenes(house: Server) -> Scenes:
    return Scenes(
        house,
        scheduled=scheduled(house),
        negotiated=negotiated(opened(scheduled(house))),
        called=called(negotiated(opened(scheduled(house, clock_scale=AT_ONCE)))),
        blocked=blocked(called(negotiated(opened(scheduled(house, clock_scale=AT_ONCE))))),
        adopted=adopted(called(negotiated(opened(scheduled(house, clock_scale=AT_ONCE))))),
        ended=ended(adopted(called(negotiated(opened(scheduled(house, clock_scale=AT_ONCE)))))),
        talking=opened(scheduled(house, "small-council", public=True, clock_scale="1")),
        private=opened(scheduled(house, "small-council", public=False)),
    )


@pytest.fixture
def fresh(house: Server) -> Sitting:
    """A small public session of the test's own, its item taken up."""
    return opened(scheduled(house, "small-council", public=True, clock_scale=AT_ONCE))


@pytest.fixture
def client(scenes: Scenes) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=scenes.server.url, timeout=60) as client:
        yield client
