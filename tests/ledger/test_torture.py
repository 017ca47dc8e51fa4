"""A writing process is killed in the midst of it, and started again."""

from pathlib import Path

import pytest

from tests.ledger.torture import torture


def test_killed_five_times(tmp_path: Path):
    assert torture(5, tmp_path)


@pytest.mark.torture
def test_killed_often(tmp_path: Path):
    assert torture(100, tmp_path, seed=2)


@pytest.mark.torture
def test_killed_often_on_postgresql(tmp_path: Path, postgres_url: str):
    assert torture(50, tmp_path, postgres_url, seed=3)
