"""A data directory is for whom its owner wants it, and what lies in it for this user alone; one process has it."""

import json
import os
import re
import socket
import time
from pathlib import Path
from stat import S_IMODE

import pytest
from structlog.testing import capture_logs

from server.installation import DirectoryHeld, RunningServer, announced, held, running
from tests.serving import environment_of, polylogue, serving

HERE = RunningServer("http://127.0.0.1:1", "plg_nobody", 1)


def mode(path: Path) -> int:
    return S_IMODE(path.stat().st_mode)


def test_a_directory_that_is_made_is_for_this_user_alone(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        with held(tmp_path / "new" / "data"):
            pass
        assert mode(tmp_path / "new" / "data") == 0o700
    finally:
        assert os.umask(before) == 0o022, "whatever else this process makes is as it was asked for"


def test_a_directory_that_was_there_keeps_its_mode_and_its_files(tmp_path: Path) -> None:
    others = tmp_path / "letter"
    others.write_text("not ours", encoding="utf-8")
    for path, was in ((tmp_path, 0o755), (others, 0o644)):
        path.chmod(was)
    with capture_logs() as logs, held(tmp_path):
        (database := tmp_path / "polylogue.db").touch()
    assert (mode(tmp_path), mode(others), mode(database), mode(tmp_path / "lock")) == (0o755, 0o644, 0o600, 0o600)
    assert not logs
    database.chmod(0o644)
    with capture_logs() as logs, held(tmp_path):
        pass
    assert [line["file"] for line in logs] == [str(database)], "somebody else can read it, and is not shut out"
    assert mode(database) == 0o644
    tmp_path.chmod(0o700)
    with capture_logs() as logs, held(tmp_path):
        pass
    assert not logs


def test_who_looks_for_a_server_makes_nothing(tmp_path: Path) -> None:
    assert running(tmp_path / "data") is None
    assert not (tmp_path / "data").exists()
    with held(tmp_path):
        assert running(tmp_path) is None, "it has not begun yet"
        with announced(tmp_path, HERE):
            assert running(tmp_path) == HERE
    (tmp_path / "server.json").write_text(json.dumps({"url": "left by one that was killed"}), encoding="utf-8")
    assert running(tmp_path) is None


def test_a_server_that_ends_with_its_demo_is_used_by_nobody_else(tmp_path: Path) -> None:
    going = RunningServer(HERE.url, HERE.token, HERE.pid, stays=False)
    with held(tmp_path), announced(tmp_path, going):
        with pytest.raises(DirectoryHeld, match=r"^A demo plays with .*demo --serve"):
            running(tmp_path)
        for words in (["demo"], ["new", "small-council"]):
            refused = polylogue(environment_of(tmp_path), *words)
            assert (refused.returncode, refused.stdout) == (2, "")
            assert refused.stderr.startswith(f"A demo plays with {tmp_path}, and its server ends with it.")


def test_the_organisers_token_is_shown_by_the_first_start_that_comes_so_far(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        refused = polylogue(environment_of(tmp_path, port=port), "serve")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert refused.stderr == f"127.0.0.1:{port} cannot be listened on: Address already in use\n"
    with serving(tmp_path) as server:
        token = said(tmp_path, r"shown this once:\n +(plg_\S+)\n")
        made = server.give("scheduleSession", token, scenario="small-council")
        assert made["__typename"] == "ScheduleSessionPayload", made
    with serving(tmp_path):
        said(tmp_path, r"was shown before")
    assert (tmp_path / "server.log").read_text("utf-8").count("plg_") == 1


def said(directory: Path, pattern: str) -> str:
    """What a server has said, once it has."""
    end = time.monotonic() + 30
    while not (found := re.search(pattern, (directory / "server.log").read_text("utf-8"))):
        assert time.monotonic() < end
        time.sleep(0.05)
    return found[found.lastindex or 0]
