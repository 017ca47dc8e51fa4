"""What was imported can be computed again and taken away, on either database; an older version is said to be one."""

import asyncio
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from pydantic import SecretStr
from rich.console import Console

from migrations import migrate
from server.consultations.again import again, alike, recompute_consultations, remove_consultation
from server.consultations.export import read_export
from server.consultations.operation import Wanted, import_consultation, row_of
from server.mishaps import Stopped
from server.settings import Settings
from server.storage import with_database
from tests.polylogue.crowd.exports import FOLDERS
from tests.server.consultations.exports import EXAMPLE, written


@pytest.fixture(params=["sqlite", "postgresql"])
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    if request.param == "sqlite":
        return Settings(data_dir=tmp_path / "data")
    url = request.getfixturevalue("postgres_url")
    migrate(url)
    return Settings(data_dir=tmp_path / "data", database_url=SecretStr(url), redis_url=SecretStr("redis://nowhere"))


def said(operation: Callable[..., Any], *given: Any, **more: Any) -> tuple[Any, str]:
    out = Console(file=io.StringIO(), width=200, highlight=False)
    code = operation(*given, out=out, **more)
    return code, out.file.getvalue()  # type: ignore[attr-defined]


def imported(settings: Settings, folder: Path) -> str:
    _, told = said(import_consultation, settings, folder, Wanted(as_json=True))
    found = json.loads(told)
    assert found["imported"]
    return found["id"]


def test_figures_are_computed_again_and_a_consultation_is_taken_away(settings: Settings, tmp_path: Path):
    first, second = imported(settings, EXAMPLE), imported(settings, written(tmp_path / "small"))
    code, told = said(recompute_consultations, settings, as_json=False)
    assert code == 0
    assert f"✓ Consultation {first}: the same." in told
    assert f"✓ Consultation {second}: the same." in told
    _, gone = said(remove_consultation, settings, first)
    assert gone.startswith(f"Consultation {first} is gone: ")
    with pytest.raises(Stopped, match="There is no consultation"):
        said(remove_consultation, settings, first)
    _, left = said(recompute_consultations, settings, as_json=True)
    assert [json.loads(line)["consultation"] for line in left.splitlines()] == [second]
    assert imported(settings, EXAMPLE) == first, "and its files can be imported again"


def test_what_differs_and_what_an_older_version_made_is_said(settings: Settings, tmp_path: Path):
    id = imported(settings, written(tmp_path / "small"))
    gone = "by crowd 7, which this software no longer has; take it away with"
    for old, new, code, words in (
        ('"participants":', '"participants":1', 1, f"✗ Consultation {id}: its figures are others than those kept."),
        ('"version":1', '"version":7', 0, f"{gone} `polylogue remove-consultation {id}`"),
    ):
        change = sa.text("UPDATE consultation SET figures = replace(figures, :old, :new)")
        given = {"old": old, "new": new}

        def body(connection: sa.Connection, change: Any = change, given: Any = given) -> None:
            connection.execute(change, given)

        asyncio.run(with_database(settings, lambda database, body=body: database.transact(body)))
        found, told = said(recompute_consultations, settings, as_json=False)
        assert (found, words in told) == (code, True), told


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: f"{folder.parent.name}-{folder.name}")
def test_every_export_gives_its_figures_again(folder: Path):
    found = again(row_of(read_export(folder), Wanted(), "en"))
    assert (found.same, found.gone) == (True, False)


def test_figures_are_alike_up_to_their_last_digits():
    assert alike({"a": [1, 0.1, None, True]}, {"a": [1.0, 0.1 + 1e-12, None, True]})
    for other in ({"a": [1, 0.1001, None, True]}, {"a": [1, 0.1, 0, True]}, {"a": [1, 0.1, None, 1]}, {"b": 1}):
        assert not alike({"a": [1, 0.1, None, True]}, other)
