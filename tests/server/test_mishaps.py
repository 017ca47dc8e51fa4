"""What keeps a command from being done is a sentence that says what and where, and exit code 2; a bug shows itself."""

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from pydantic import SecretStr
from sqlalchemy.exc import OperationalError

from server.mishaps import sentence
from server.settings import Settings
from tests.servers import Postgres
from tests.serving import environment_of, polylogue

SECRET = "geheim-4711"
NOWHERE = f"postgresql://ann:{SECRET}@127.0.0.1:1/council"


def a_file(data: Path) -> None:
    data.write_text("not ours", encoding="utf-8")


def junk(data: Path) -> None:
    data.mkdir()
    (data / "polylogue.db").write_bytes(b"junk" * 2_000)


def a_folder(data: Path) -> None:
    (data / "polylogue.db").mkdir(parents=True)


def a_file_for_redis(data: Path) -> None:
    data.mkdir()
    (data / "redis").touch()


@pytest.mark.parametrize(
    ("made", "command", "says"),
    [
        (a_file, "serve", "{data} cannot be used: a folder is needed there, and it is a file."),
        (a_file, "demo", "{data} cannot be used: a folder is needed there, and it is a file."),
        (a_file, "audit", "{data} cannot be used: a folder is needed there, and it is a file."),
        (junk, "serve", "The database {data}/polylogue.db cannot be used: file is not a database."),
        (junk, "token", "The database {data}/polylogue.db cannot be used: file is not a database."),
        (a_folder, "migrate", "The database {data}/polylogue.db cannot be used: it is a folder."),
        (a_file_for_redis, "serve", "{data}/redis cannot be used: a folder is needed there, and it is a file."),
    ],
)
def test_what_stands_in_the_data_directory_is_named(
    tmp_path: Path, made: Callable[[Path], None], command: str, says: str
) -> None:
    made(data := tmp_path / "data")
    data.chmod(0o700)
    found = polylogue(environment_of(data), command)
    assert (found.returncode, found.stdout, found.stderr) == (2, "", says.format(data=data) + "\n")


def test_a_directory_that_cannot_be_made_is_named() -> None:
    found = polylogue(environment_of(Path("/proc/polylogue")), "serve")  # where nobody makes any
    assert found.returncode == 2
    assert found.stderr.startswith("/proc/polylogue cannot be used: ")
    assert len(found.stderr.splitlines()) == 1


@pytest.mark.parametrize("command", ["serve", "audit", "migrate"])
def test_a_database_that_does_not_answer_is_named_without_its_password(tmp_path: Path, command: str) -> None:
    environment = environment_of(tmp_path, database_url=NOWHERE, redis_url="unix:///nowhere.sock")
    found = polylogue(environment, command)
    says = "The database council at 127.0.0.1:1 does not answer: Connection refused.\n"
    assert (found.returncode, found.stdout, found.stderr) == (2, "", says)


def test_what_postgresql_refuses_is_told_in_its_words(postgres_server: Postgres, tmp_path: Path) -> None:
    url = postgres_server.url("council")
    found = polylogue(environment_of(tmp_path, database_url=url, redis_url="unix:///nowhere.sock"), "audit")
    says = f'The database council at {postgres_server.folder} refuses: database "council" does not exist.\n'
    assert (found.returncode, found.stdout, found.stderr) == (2, "", says)


def error_of(file: Path, statement: str, *before: str) -> OperationalError:
    engine = sa.create_engine(f"sqlite:///{file}")
    with engine.connect() as connection:
        for each in before:
            connection.exec_driver_sql(each)
        with pytest.raises(OperationalError) as found:
            connection.exec_driver_sql(statement)
    engine.dispose()
    return found.value


def test_a_full_disk_is_told_and_a_statement_that_is_wrong_is_not(tmp_path: Path) -> None:
    settings, file = Settings(data_dir=tmp_path), tmp_path / "polylogue.db"
    full = error_of(file, "CREATE TABLE kept (name)", "PRAGMA max_page_count=1")
    says = f"The database {file} cannot be used: database or disk is full."
    assert sentence(full, settings) == says
    assert sentence(ExceptionGroup("several", [full]), settings) == says
    bug = error_of(file, "SELECT * FROM nothing")
    assert sentence(bug, settings) is None
    assert sentence(ExceptionGroup("several", [full, bug]), settings) is None
    deployed = Settings(database_url=SecretStr(NOWHERE), redis_url=SecretStr("unix:///nowhere.sock"))
    assert sentence(full, deployed) is None, "it has no SQLite"


def test_files_of_others_are_told_only_where_it_cannot_be_a_bug(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "data")

    def told(number: int, *file: Path) -> str | None:
        return sentence(OSError(number, os.strerror(number), *map(str, file)), settings)

    assert told(errno.EROFS, tmp_path / "other") == f"{tmp_path}/other cannot be used: Read-only file system."
    assert told(errno.ENOSPC) == "A file cannot be written: No space left on device."
    assert told(errno.ENOENT, tmp_path / "other") is None
    assert (
        told(errno.ENOENT, tmp_path / "data" / "lock")
        == f"{tmp_path}/data/lock cannot be used: " + os.strerror(2) + "."
    )
    assert told(errno.EPIPE) is None
    assert sentence(ValueError("a bug"), settings) is None
