"""What every test run has in common.

The machine that runs the tests may be busy, so no property is judged by how long it took.
"""

import signal
from collections.abc import Iterator

import pytest
import structlog
from hypothesis import settings

pytest_plugins = ["tests.servers"]

settings.register_profile("polylogue", deadline=None, print_blob=True)
settings.load_profile("polylogue")


@pytest.fixture(autouse=True)
def left_as_it_was() -> Iterator[None]:
    """A command that a test runs in this process sets how logs are written and what a signal does, for all to come.

    Tracebacks come plain, as the product writes them: one with the values of all variables takes seconds.
    """
    structlog.reset_defaults()
    renderer = structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
    structlog.configure(processors=[*structlog.get_config()["processors"][:-1], renderer])
    handler = signal.getsignal(signal.SIGTERM)
    yield
    structlog.reset_defaults()
    signal.signal(signal.SIGTERM, handler)
