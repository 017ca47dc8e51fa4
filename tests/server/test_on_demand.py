"""Commands are imported when they are asked for; what is said of them before is what they say of themselves."""

import json
import os
import pty
import subprocess
import sys

import pytest
from click.testing import CliRunner

from server.cli import COMMANDS, main

LOADED = """
import json, sys
from server.cli import main
try:
    main(sys.argv[1:])
except SystemExit:
    pass
print(json.dumps(sorted({name.partition(".")[0] for name in sys.modules})))
"""


@pytest.mark.parametrize("name", COMMANDS)
def test_what_is_told_of_a_command_is_what_it_says_of_itself(name: str):
    command = main.load(name)
    assert command.name == name
    assert (command.help or "").partition("\n\n")[0].replace("\n", " ") == COMMANDS[name].help


def loaded(*words: str) -> set[str]:
    """The packages that a command has imported when it is over."""
    done = subprocess.run([sys.executable, "-c", LOADED, *words], capture_output=True, text=True, check=True)
    return set(json.loads(done.stdout.splitlines()[-1]))


def test_help_imports_no_command():
    assert loaded("--help").isdisjoint(("sqlalchemy", "numpy", "polylogue", "ledger", "schema"))


def test_an_audit_imports_no_server():
    packages = loaded("audit", "--help")
    assert "ledger" in packages
    assert packages.isdisjoint(("litestar", "strawberry", "graphql", "uvicorn", "redis"))


@pytest.mark.parametrize(("name", "told"), [("serve", "Polylogue is getting ready …"), ("scenario", "")])
def test_a_person_is_told_at_once_where_they_wait(name: str, told: str):
    """At a terminal, before the import; a program that reads what a command says is told nothing."""
    terminal, its_end = pty.openpty()
    argv = [sys.executable, "-m", "server.cli", name, "--help"]
    subprocess.run(argv, stdout=subprocess.DEVNULL, stderr=its_end, check=True)
    os.close(its_end)
    try:
        heard = os.read(terminal, 200)
    except OSError:  # what Linux says where nothing was written
        heard = b""
    os.close(terminal)
    assert heard.decode().strip() == told
    assert subprocess.run(argv, capture_output=True, check=True).stderr == b""


def test_an_unknown_command_is_refused():
    done = CliRunner().invoke(main, ["audits"])
    assert done.exit_code == 2
    assert "No such command 'audits'" in done.output
