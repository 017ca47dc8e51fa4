"""Real votes go through the whole pipeline and come out as the published figures."""

import io
import json
import signal
import sqlite3
import subprocess
import time
from itertools import combinations
from pathlib import Path

import pytest
from rich.console import Console

from polylogue.vocabulary import SeatCode
from server.installation import held
from server.votes.figures import EIGHT, shares
from server.votes.operation import LARGEST, Found, _shown, show
from tests.server.command_line import command, run
from tests.server.votes.roll_calls import EXAMPLE

PERIODS = {str(n) for n in (*range(47, 52), *range(72, 75))}


@pytest.fixture(scope="module")
def cut(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sessions for which figures are published: 1992–1996 and 2017–2019."""
    header, *rows = EXAMPLE.read_text("utf-8").splitlines()
    path = tmp_path_factory.mktemp("votes") / "cut.csv"
    path.write_text("\n".join((header, *(row for row in rows if row.split(",")[1] in PERIODS))), encoding="utf-8")
    return path


def events(directory: Path) -> int:
    with sqlite3.connect(directory / "polylogue.db") as connection:
        (count,) = connection.execute("SELECT count(*) FROM event").fetchone()
    return count


def test_published_figures_and_a_replay_that_was_killed(cut: Path, tmp_path: Path) -> None:
    """Killed midway and run again it completes without doubling, and a third run changes nothing."""
    argv, environment = command(tmp_path, "replay-votes", str(cut), "--json")
    first = subprocess.Popen(argv, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 120
    while not (tmp_path / "polylogue.db").exists() or not has_some(tmp_path):
        assert time.monotonic() < deadline, "nothing was written"
        time.sleep(0.05)
    first.send_signal(signal.SIGKILL)
    first.communicate()

    done = run(tmp_path, "replay-votes", str(cut), "--json")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    shares = {
        (s["session"], *s["pair"]): round(float(s["identical"]), 4) for s in found["identicalShares"] if s["identical"]
    }
    assert shares[74, "CHN", "RUS"] == pytest.approx(0.7931, abs=1e-4)
    assert shares[74, "CHN", "IND"] == pytest.approx(0.8202, abs=1e-4)
    assert shares[74, "IND", "RUS"] == pytest.approx(0.7126, abs=1e-4)
    founders = ["CHN", "KAZ", "KGZ", "RUS", "TJK", "UZB"]
    alphas = {tuple(a["sessions"]): float(a["alpha"]) for a in found["ordinalAlpha"] if a["states"] == founders}
    assert sorted({len(a["states"]) for a in found["ordinalAlpha"]}) == [6, 8, 13]
    assert all(list(a["without"]) == a["states"] for a in found["ordinalAlpha"])
    assert "reconstruction" in found["note"]
    assert alphas[47, 51] == pytest.approx(0.228, abs=1e-3)
    assert alphas[72, 74] == pytest.approx(0.429, abs=1e-3)

    written = events(tmp_path)
    again = run(tmp_path, "replay-votes", str(cut), "--json")
    assert json.loads(again.stdout) == found
    assert events(tmp_path) == written


def has_some(directory: Path) -> bool:
    try:
        return events(directory) > 200
    except sqlite3.OperationalError:
        return False


def test_a_malformed_file_writes_nothing(tmp_path: Path) -> None:
    bad = tmp_path / "bad.csv"
    bad.write_text("rcid,session,date,unres,amend,para,CN,RU\n1,47,1992-11-01,R/1,0,0,Y,Z\n", encoding="utf-8")
    refused = run(tmp_path / "data", "replay-votes", str(bad))
    assert refused.returncode == 2
    assert "bad.csv, line 2: RU has vote 'Z'" in " ".join(refused.stderr.split())
    assert not (tmp_path / "data" / "polylogue.db").exists()


def test_beside_a_server_it_is_refused_before_the_file_is_read(tmp_path: Path) -> None:
    """However long the file is, and whatever is wrong with it."""
    bad = tmp_path / "bad.csv"
    bad.write_text("no votes at all\n", encoding="utf-8")
    with held(tmp_path / "data"):
        refused = run(tmp_path / "data", "replay-votes", str(bad))
    assert refused.returncode == 2
    said = " ".join(refused.stderr.split())
    assert "another Polylogue process works with" in said
    assert "bad.csv" not in said
    assert "the header has no column" in " ".join(run(tmp_path / "data", "replay-votes", str(bad)).stderr.split())


def test_states_that_the_file_does_not_have_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "votes.csv"
    file.write_text("rcid,session,date,unres,amend,para,CN,RU\n1,47,1992-11-01,R/1,0,0,Y,Y\n", encoding="utf-8")
    refused = run(tmp_path / "data", "replay-votes", str(file), "--states", "CHN,KAZ")
    assert refused.returncode == 2
    assert "no votes of KAZ; it has CHN, RUS." in " ".join(refused.stderr.split())


def test_every_pair_that_is_asked_for_is_printed() -> None:
    told = io.StringIO()
    show(Found(shares({74: {"pairs": []}}, EIGHT), EIGHT, {}), Console(file=told, width=80))
    assert [f"{a}–{b}" in told.getvalue() for a, b in combinations(EIGHT, 2)] == [True] * 28
    assert "further pairs" not in told.getvalue()


def test_pairs_of_the_largest_states_are_printed_or_of_the_first_where_there_are_not_two() -> None:
    assert _shown(EIGHT) == LARGEST
    others = tuple(map(SeatCode, ("BLR", "CHN", "KAZ", "TJK", "UZB")))
    assert _shown(others) == others[:4]
    assert _shown(others[1:3]) == others[1:3]
