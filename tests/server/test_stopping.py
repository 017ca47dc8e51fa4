"""A server that is told to stop gives back what it holds, whoever tells it."""

import signal
import tempfile
from pathlib import Path

import pytest

from tests.serving import serving


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
