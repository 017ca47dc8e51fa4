"""Stored reports are computed again from the record: the same, another, or of a version that is gone."""

import json
import shutil
import sqlite3
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from polylogue.vocabulary import SessionId
from server.convergence.operation import recompute
from server.mishaps import Stopped
from server.settings import Settings
from tests.server.convergence.conftest import TITLE, Room
from tests.serving import environment_of, polylogue

Again = Callable[..., tuple[int, str]]


@pytest.fixture
def again(room: Room, tmp_path: Path) -> Again:
    """Spoil a copy of the room with an SQL statement, and compute anew: exit code and what was printed."""

    def compute(statement: str = "", session: str | None = None, *, as_json: bool = False) -> tuple[int, str]:
        shutil.copytree(room.directory, tmp_path / "copy", dirs_exist_ok=True)
        with sqlite3.connect(tmp_path / "copy" / "polylogue.db") as connection:
            connection.execute(statement)
        out = StringIO()
        console = Console(file=out, width=80, highlight=False)
        return recompute(Settings(data_dir=tmp_path / "copy"), session, console, as_json=as_json), out.getvalue()

    return compute


def stored(room: Room) -> int:
    with sqlite3.connect(room.directory / "polylogue.db") as connection:
        return connection.execute("SELECT count(*) FROM report").fetchone()[0]


def test_reports_are_the_same(room: Room, again: Again) -> None:
    assert stored(room) == 12, "two on the item, on the session, and on each dimension of its items"
    assert again() == (0, f"✓ Session {room.session}: 12 of convergence 1 the same. “{TITLE}”\n")
    assert again(session=room.session)[0] == 0


@pytest.mark.parametrize(
    ("statement", "part"),
    [
        ("UPDATE report SET input_hash = substr(input_hash, 2) || '0'", "computed again, its input hash is another"),
        ("UPDATE report SET document = replace(document, '\"objections\":2', '\"objections\":1')", "another hash"),
        ("UPDATE timeline SET point = replace(point, '\"objections\":2', '\"objections\":1')", "timeline"),
    ],
)
def test_the_first_difference_is_named_and_the_exit_code_tells(again: Again, statement: str, part: str) -> None:
    code, said = again(statement)
    assert code == 1
    assert part in said
    assert "and then a difference" in said


def test_reports_stay_the_same_when_every_text_is_erased(room: Room, again: Again, tmp_path: Path) -> None:
    assert again("DELETE FROM prose") == (0, f"✓ Session {room.session}: 12 of convergence 1 the same.\n")
    with sqlite3.connect(tmp_path / "copy" / "polylogue.db") as connection:
        assert connection.execute("SELECT count(*) FROM prose").fetchone() == (0,)
    with sqlite3.connect(room.directory / "polylogue.db") as connection:
        assert connection.execute("SELECT count(*) FROM prose").fetchone() > (10,)


def test_reports_of_a_version_that_is_gone_are_counted_and_not_judged(room: Room, again: Again) -> None:
    code, said = again("UPDATE report SET version = 7 WHERE item = 'session'")
    assert code == 0
    assert "10 of convergence 1 the same, 2 of convergence 7, which this software no longer has, not looked at" in said
    code, said = again("UPDATE report SET version = 7 WHERE item = 'session'", as_json=True)
    assert json.loads(said) == {
        "session": room.session,
        "entries": json.loads(said)["entries"],
        "same": {"convergence 1": 10},
        "unknown": {"convergence 7": 2},
        "rounds": {},
        "difference": None,
        "title": TITLE,
    }


def test_a_session_that_is_not_there_is_said(again: Again) -> None:
    with pytest.raises(Stopped, match="There is no session nowhere"):
        again(session=SessionId("nowhere"))


def test_the_command_asks_for_one_session_or_all(room: Room) -> None:
    environment = environment_of(room.directory)
    assert polylogue(environment, "recompute").returncode == 2
    assert polylogue(environment, "recompute", room.session, "--all").returncode == 2
    done = polylogue(environment, "recompute", "--all")
    assert (done.returncode, done.stderr) == (0, "")
    assert "12 of convergence 1 the same" in done.stdout
    shown = polylogue(environment, "convergence", room.session, "--dimension", "social")
    assert (shown.returncode, shown.stderr) == (0, "")
    assert "Dimension: social" in shown.stdout
