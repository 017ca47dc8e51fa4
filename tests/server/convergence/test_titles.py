"""Sessions are listed by their titles, and a session whose title is erased is listed all the same."""

import json
import shutil
import sqlite3
from io import StringIO
from pathlib import Path

from rich.console import Console

from server.settings import Settings
from server.upkeep import audit, list_sessions
from tests.server.convergence.conftest import TITLE, Room


def listed(directory: Path, *, as_json: bool = False) -> str:
    out = StringIO()
    list_sessions(Settings(data_dir=directory), Console(file=out, width=60, highlight=False), as_json=as_json)
    return out.getvalue()


def test_every_session_is_listed_with_its_id_title_and_items(room: Room) -> None:
    first, about, *items = listed(room.directory).splitlines()
    assert first == f"{room.session}  {TITLE}"
    assert about.startswith("  simulation, open, 20")
    assert about.endswith(" UTC")
    assert items[0] == "  1  Predictability and trust in the military-political field (deliberation)"
    assert items[2].endswith("(listed)")
    found = json.loads(listed(room.directory, as_json=True))
    assert (found["session"], found["title"], found["phase"]) == (room.session, TITLE, "OPEN")
    assert [item["number"] for item in found["items"]] == [1, 2, 3]
    assert found["items"][0]["phase"] == "DELIBERATION"


def test_an_erased_title_is_said_to_be_and_the_audit_names_who_has_one(room: Room, tmp_path: Path) -> None:
    shutil.copytree(room.directory, tmp_path / "copy")
    settings, out = Settings(data_dir=tmp_path / "copy"), StringIO()
    assert audit(settings, None, Console(file=out, highlight=False), as_json=False) == 0
    assert out.getvalue().endswith(f". “{TITLE}”\n")
    with sqlite3.connect(tmp_path / "copy" / "polylogue.db") as connection:
        connection.execute("DELETE FROM prose")
    assert listed(tmp_path / "copy").startswith(f"{room.session}  (its title is erased)\n")
