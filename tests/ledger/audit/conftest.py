"""Databases that hold a whole course, its rows and its reports."""

import shutil
from pathlib import Path

import pytest

from migrations import steps
from tests.ledger.audit.planted import keep_whole


@pytest.fixture
def kept(url: str) -> str:
    steps.at(url, keep_whole)
    return url


@pytest.fixture(scope="module")
def kept_in_sqlite(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> str:
    """One for all tests of a module, which take their harm back."""
    path = tmp_path_factory.mktemp("kept") / "record.db"
    shutil.copy(sqlite_template, path)
    steps.at(f"sqlite:///{path}", keep_whole)
    return f"sqlite:///{path}"
