"""A server that is told to stop gives back what it holds, whoever tells it."""

import os
import re
import signal
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path

import httpx
import pytest
from websockets.exceptions import ConnectionClosed

from server.access import ORGANISER, SHOWN
from tests.server.following import following
from tests.serving import environment_of, polylogue, serving

PUBLIC = "sco-sustainable-security"


@pytest.mark.parametrize("told", [signal.SIGINT, signal.SIGTERM])
def test_a_server_that_is_told_to_stop_ends_in_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, told: signal.Signals
) -> None:
    with tempfile.TemporaryDirectory(prefix="stop-", dir="/tmp") as runtime:  # short enough for a socket
        monkeypatch.setenv("TMPDIR", runtime)
        with serving(tmp_path) as server:
            assert list(Path(runtime).glob("polylogue-*")), "its Redis listens there"
            server.process.send_signal(told)
            assert server.process.wait(30) == 0, (tmp_path / "server.log").read_text("utf-8")[-2000:]
        assert not list(Path(runtime).glob("polylogue-*"))
    assert not (tmp_path / "server.json").exists(), "the organiser's token is not left behind"
    assert not (tmp_path / "polylogue.db-wal").exists(), "the database is closed"


def test_a_server_that_is_told_to_stop_does_not_wait_for_those_who_look_on(tmp_path: Path) -> None:
    with serving(tmp_path) as server:
        session = server.give("scheduleSession", scenario=PUBLIC, fields="session { id }")["session"]["id"]
        with (
            httpx.stream("GET", f"{server.url}/s/{session}/board/live", timeout=30) as board,
            following(server, server.organiser, session) as socket,
        ):
            heard = board.iter_lines()
            assert next(heard).startswith("retry:")
            server.process.send_signal(signal.SIGTERM)
            for _ in heard:  # to its end, which is in order: an answer cut short would raise
                pass
            with pytest.raises(ConnectionClosed):
                list(socket)
            assert socket.close_code == 1012, "so that clients come again"
        assert server.process.wait(30) == 0
    log = (tmp_path / "server.log").read_text("utf-8")
    assert "graceful shutdown exceeded" not in log, log
    assert "Traceback" not in log, log


@pytest.mark.parametrize("told", [signal.SIGINT, signal.SIGTERM])
def test_a_demo_that_is_told_to_stop_leaves_before_it_misses_its_server(tmp_path: Path, told: signal.Signals) -> None:
    with tempfile.TemporaryDirectory(prefix="stop-", dir="/tmp") as runtime:
        environment = os.environ | {"POLYLOGUE_DATA_DIR": str(tmp_path), "POLYLOGUE_PORT": "0", "TMPDIR": runtime}
        argv = [sys.executable, "-m", "server.cli", "demo", "--seed", "0"]
        with subprocess.Popen(argv, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as demo:
            assert demo.stdout
            while b"item 1" not in (line := demo.stdout.readline()):
                assert line, "it has ended before it began to play"
            demo.send_signal(told)
            said, wrong = demo.communicate(timeout=30)
        assert (demo.returncode, wrong) == (130, b"")
        left = re.search(r"Session (\S+)\s+stays\s+as\s+it\s+was\s+left", said.decode())
        assert left
        assert left[1] in polylogue(environment_of(tmp_path), "sessions").stdout
        assert not list(Path(runtime).glob("polylogue-*"))
    assert not (tmp_path / "server.json").exists()
    with closing(sqlite3.connect(tmp_path / "polylogue.db")) as database:
        facts = {name for (name,) in database.execute("SELECT name FROM kept")}
    assert ORGANISER in facts
    assert SHOWN not in facts, "the next server shows the organiser's token"


HEARS = "import signal; signal.signal(signal.SIGINT, signal.{})"
"""What a shell leaves of Ctrl-C: to what runs in the background, in a script, nothing."""


def test_what_is_told_to_stop_while_it_is_imported_ends_at_once(tmp_path: Path) -> None:
    (tmp_path / "slow.py").write_text("import signal\nsignal.raise_signal(signal.SIGINT)\n", encoding="utf-8")
    asked = f"""{HEARS.format("default_int_handler")}
from server.on_demand import OnDemand, Told
OnDemand(told={{"slow": Told("slow", "")}}).main(["slow"])
"""
    environment = os.environ | {"PYTHONPATH": str(tmp_path)}
    ended = subprocess.run([sys.executable, "-c", asked], env=environment, capture_output=True, check=False)
    assert (ended.returncode, ended.stdout, ended.stderr) == (130, b"", b"")


@pytest.mark.parametrize("hears", ["default_int_handler", "SIG_IGN"])
def test_what_is_told_to_end_ends_in_the_background_too(tmp_path: Path, hears: str) -> None:
    asked = f"""{HEARS.format(hears)}
import asyncio, os, time
from server.terminal import run
async def long():
    os.kill(os.getpid(), signal.SIGTERM)
    await asyncio.sleep(60)
run(lambda _: asyncio.run(long()))
"""
    environment = os.environ | {"POLYLOGUE_DATA_DIR": str(tmp_path)}
    ended = subprocess.run([sys.executable, "-c", asked], env=environment, capture_output=True, check=False, timeout=30)
    assert (ended.returncode, ended.stdout, ended.stderr) == (130, b"", b"")
