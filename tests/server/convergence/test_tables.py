"""The tables say what the stored reports say, legibly, and name nobody's private figures unasked."""

import asyncio
import json
import re
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len

from ledger.database import open_database
from ledger.ledger import Ledger
from polylogue import commands as c
from polylogue.record.canonical import digest
from polylogue.vocabulary import Dimension, SeatCode, SessionId, StanceLevel
from server.mishaps import Stopped
from tests.ledger.scene import accepted, delegate
from tests.server.convergence.conftest import ASKED, Room, ids


@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.parametrize(
    ("language", "title"),
    [("en", "sustainable security in Eurasia"), ("ru", "устойчивая безопасность"), ("zh-Hans", "欧亚可持续安全")],
)
def test_tables_fit_the_terminal_with_room_for_words(room: Room, width: int, language: str, title: str) -> None:
    shown = room.shown(width, language=language, private=True)
    assert title in shown
    assert [line for line in shown.splitlines() if cell_len(line) > width] == []
    provisions = shown[shown.index("ORNAS") : shown.index("Object · Reserve")]
    figures = r" [▁-█·]{5} +(?:\d+ ){5} *(?:−?\d\.\d{3}|·) +(?:−?\d\.\d{3}|·) +\d"
    words = re.findall(rf"^ +[1-5] +(\S.*?){figures}", provisions, re.MULTILINE)
    assert len(words) == 5
    assert all(cell_len(each) >= 30 for each in words)


def test_figures_are_those_of_the_stored_report(room: Room) -> None:
    shown = room.shown(item=1)
    stored = report(room)
    head = stored["headline"]
    closeness, coverage = (f"{float(head[name]):.3f}" for name in ("meanCloseness", "coverage"))
    assert re.search(rf"Mean closeness C\s+\S+\s+{closeness}\s+over {head['comparable']} comparable", shown)
    assert re.search(rf"Coverage\s+\S+\s+{coverage}\s+{head['stated']} of {head['cells']} stances", shown)
    assert (
        f"Objections {head['objections']} · not stated {head['cells'] - head['stated']} · unmet conditions 1" in shown
    )
    second = stored["provisions"][1]
    figures = f"{float(second['closeness']):.3f} +{float(second['agreement']):.3f}".replace("-", "−")
    counts = f"{' '.join(map(str, second['histogram']))} +{figures}"
    assert re.search(rf"2 +Member States shall.* {counts} +{second['objections']} ", shown)


def test_what_is_open_is_said_with_what_would_remove_it_in_alphabetical_order(room: Room) -> None:
    shown = room.shown(120, item=1)
    concerns = shown[shown.index("Open concerns") : shown.index("Smallest sets")]
    assert concerns.index(ASKED["IND"]) < concerns.index(ASKED["UZB"])
    moves = shown[shown.index("Smallest sets") : shown.index("Timeline")]
    assert "IND on 2: OBJECT → RESERVE" in moves
    assert "UZB on 2: OBJECT → RESERVE" in moves


def test_moves_and_new_wordings_stand_beside_the_line(room: Room) -> None:
    timeline = room.shown(120, item=1)
    timeline = timeline[timeline.index("Timeline") :]
    told = r"entry \d+: C 0\.\d{3} → 0\.\d{3} \(\+0\.\d{3}, \+0\.\d{3} by moves\); "
    assert re.search(told + "IND on 5 ACCEPT → SUPPORT", timeline)
    assert re.search(told + "new wording of 4", timeline)
    assert re.search(r"closeness C +[▁-█ ]+ ", timeline)


def test_figures_about_one_delegation_are_shown_on_request_and_labelled(room: Room) -> None:
    assert "PRIVATE" not in room.shown()
    private = room.shown(item=1, private=True)
    below = private[private.index("PRIVATE") :]
    seats = re.findall(r"^  ([A-Z]{3}) ", below, re.MULTILINE)
    assert seats == sorted(seats) == report(room)["seats"]
    assert re.search(r"IND .* \+\d+ ", below), "India's move brought it nearer"


def test_the_session_and_its_items_are_shown_and_dimensions_on_request(room: Room) -> None:
    shown = room.shown()
    assert "Session: All items" in shown
    assert "Item 1: Predictability and trust" in shown
    assert "military-political" in shown
    assert "Dimension: military-political" not in shown
    assert "Dimension: military-political" in room.shown(dimension="MILITARY_POLITICAL")
    assert shown.count("Open concerns") == len(re.findall("^.*Item [0-9]: .*━", shown, re.MULTILINE))
    assert "items together" not in shown, "one item has concerns"
    of_dimension = room.shown(dimension=Dimension.MILITARY_POLITICAL)
    assert "Say “in good time”." in of_dimension[of_dimension.index("Open concerns") :]
    both = room.shown(item=1, dimension=Dimension.MILITARY_POLITICAL)
    assert "Item 1: Predictability and trust" in both
    assert "Dimension: military-political" in both
    assert "Session: All items" not in both


async def test_of_the_session_it_is_told_what_unblocks_several_items_together(room: Room, tmp_path: Path) -> None:
    for path in room.directory.glob("polylogue.db*"):
        shutil.copy(path, tmp_path)
    database = open_database(f"sqlite:///{tmp_path / 'polylogue.db'}")
    ledger = Ledger(database)
    item, (clause, *_) = await database.read(lambda connection: ids(connection, room.session, 2))
    objects = c.StanceGiven(
        provision=clause, level=StanceLevel.OBJECT, reason="It costs.", would_be_removed_by="A fund."
    )
    command = c.StateStances(item=item, stances=(objects,))
    accepted(await ledger.submit(command, by=delegate(SeatCode("IND")), key="again", session=room.session))
    await ledger.close()
    await database.close()
    shown = await asyncio.to_thread(Room(tmp_path, room.session).shown)
    of_all = shown[shown.index("nobody objects, all items together") :]
    assert re.search(r"1\. Cost 6 *\n +IND on 1\.2: OBJECT → RESERVE, .*\n +IND on 2\.1: .*\n +UZB on 1\.2: ", of_all)


@pytest.mark.parametrize(
    ("wanted", "sentence"),
    [
        ({"item": 9}, "The session has no item 9."),
        ({"item": 9, "dimension": Dimension.MILITARY_POLITICAL}, "The session has no item 9."),
        ({"item": 2, "dimension": Dimension.MILITARY_POLITICAL}, "Item 2 does not touch military-political."),
        ({"language": "fr"}, "The session has no titles in fr; it has en, ru, zh-Hans."),
    ],
)
def test_what_is_not_there_is_said_in_a_sentence(room: Room, wanted: dict[str, Any], sentence: str) -> None:
    with pytest.raises(Stopped, match=re.escape(sentence)):
        room.shown(**wanted)


@pytest.mark.parametrize("tag", ["zh", "ZH", "zh-Hans-CN"])
def test_a_tag_finds_words_that_suit_it(room: Room, tag: str) -> None:
    assert room.shown(item=1, language=tag) == room.shown(item=1, language="zh-Hans")


def test_a_session_that_is_not_there_is_said_in_a_sentence(room: Room) -> None:
    with pytest.raises(Stopped, match=re.escape("There is no session nowhere.")):
        Room(room.directory, SessionId("nowhere")).shown()


def test_json_has_the_hashed_part_as_it_is_and_what_is_private_only_on_request(room: Room) -> None:
    def of_item(**wanted: Any) -> dict[str, Any]:
        (found,) = json.loads(room.shown(item=1, as_json=True, **wanted))["reports"]
        return found

    public, private = of_item(), of_item(private=True)
    assert public["public"] == private["public"] == report(room)
    assert set(private) - set(public) == {"perSeat"}
    assert digest(public["input"]) == public["inputHash"]
    for name in ("isolated", "together", "condition"):
        assert f'"{name}"' not in json.dumps(public), name
    assert '"isolated"' in json.dumps(private)
    assert '"steps"' in json.dumps(public["timeline"]), "what one entry did is there for everybody to see"
    stands = public["standing"]
    assert [concern["wouldBeRemovedBy"] for concern in stands["unblocking"]["concerns"]] == [ASKED["IND"], ASKED["UZB"]]
    assert [*stands["unmetConditions"].values()] == [["KAZ"]]


def report(room: Room) -> dict[str, Any]:
    """Everybody's part of the newest report on item 1."""
    with sqlite3.connect(room.directory / "polylogue.db") as connection:
        query = "SELECT document FROM report WHERE item = (SELECT id FROM agenda_item WHERE number = 1) ORDER BY basis"
        return json.loads(connection.execute(query).fetchall()[-1][0])
