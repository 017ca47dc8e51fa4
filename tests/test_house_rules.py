"""The rules of the house that no linter knows.

A rule that only stands on a page is forgotten; here each one is tried on every file of the repository, and on an
offender, so that a rule which has stopped working is found out too. To add a rule about files, write its `find`
and add a line to `RULES`; a rule about anything else is a test of its own.
"""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("polylogue", "schema", "ledger", "workers", "server", "migrations")
LONGEST_MODULE = 400
SAYS_NOTHING = {"util", "utils", "helper", "helpers", "base", "common", "misc"}
EMPTY_CLASS_NAME = re.compile(r"^Abstract[A-Z]|\w(Model|DTO|Dto|Schema)$")

# None of these patterns matches itself, or this file would be the first offender.
REGISTRY = re.compile(r"pypi\.org|pythonhosted\.org|npmjs\.(org|com)|yarnpkg\.com")
MACHINE = re.compile(r"(?<![\w.>}])/(root|Users|work)/")
ADDRESS = re.compile(r"\w://|--(extra-)?index-url|--find-links")


@dataclass(frozen=True)
class Rule:
    """A rule about files: which it concerns, what it finds in one, and a file in which it must find something."""

    name: str
    concerns: Callable[[Path], bool]
    find: Callable[[Path, str], Iterator[str]]
    offender: tuple[str, str]


def module(path: Path) -> bool:
    """Whether a file is Python."""
    return path.suffix == ".py"


def product(path: Path) -> bool:
    """Whether a file is a module that has to stay short: tests tell long histories, and migrations are never edited."""
    return module(path) and path.parts[0] != "tests" and path.parts[:2] != ("migrations", "versions")


def lock(path: Path) -> bool:
    """Whether a file pins packages."""
    return path.name.endswith(("-lock.json", ".lock")) or (path.parts[0] == "requirements" and path.suffix == ".txt")


def anything(path: Path) -> bool:
    """Whether a file is a file."""
    return bool(path.name)


def too_long(_: Path, text: str) -> Iterator[str]:
    if (lines := len(text.splitlines())) > LONGEST_MODULE:
        yield f"{lines} lines, at most {LONGEST_MODULE}"


def name_that_says_nothing(path: Path, _: str) -> Iterator[str]:
    yield from (f"the name {part!r} says nothing" for part in (*path.parent.parts, path.stem) if part in SAYS_NOTHING)


def class_name_that_says_nothing(_: Path, text: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ClassDef) and EMPTY_CLASS_NAME.search(node.name):
            yield f"line {node.lineno}: the name {node.name} is qualified by its module already"


def code_in_init(_: Path, text: str) -> Iterator[str]:
    tree = ast.parse(text)
    if ast.get_docstring(tree) is None:
        yield "no docstring"
    for node in tree.body[1:]:
        public = isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__"
        if not isinstance(node, ast.Import | ast.ImportFrom) and not public:
            yield f"line {node.lineno}: more than a docstring and public names"


def import_of_ours(_: Path, text: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(text)):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        names += [node.module or "."] if isinstance(node, ast.ImportFrom) else []
        yield from (f"imports {name}" for name in names if name.split(".")[0] in (*PACKAGES, ""))


def import_of_a_test(_: Path, text: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").rpartition(".")[2].startswith("test_"):
            yield f"line {node.lineno}: what two tests share is a scene, in a module of its own"


def match_of(pattern: re.Pattern[str]) -> Callable[[Path, str], Iterator[str]]:
    def find(_: Path, text: str) -> Iterator[str]:
        for number, line in enumerate(text.splitlines(), 1):
            if found := pattern.search(line):
                yield f"line {number}: {found[0]}"

    return find


RULES = (
    Rule("short modules", product, too_long, ("ledger/writer.py", "pass\n" * (LONGEST_MODULE + 1))),
    Rule("modules with a name", module, name_that_says_nothing, ("server/utils/texts.py", "")),
    Rule("classes with a name", module, class_name_that_says_nothing, ("schema/tables.py", "class SeatModel: ...")),
    Rule("bare __init__", lambda p: p.name == "__init__.py", code_in_init, ("ledger/__init__.py", '"""A."""\nB = 1')),
    Rule("a verifier of its own", lambda p: product(p) and p.parts[0] == "verifier", import_of_ours,
         ("verifier/verify.py", "from polylogue.record import tree")),
    Rule("no test imports a test", lambda p: module(p) and p.parts[0] == "tests", import_of_a_test,
         ("tests/test_sealed.py", "from tests.test_opened import opened")),
    Rule("no registry", anything, match_of(REGISTRY), ("docs/start.md", "see pypi-org".replace("-", "."))),
    Rule("no machine", anything, match_of(MACHINE), ("docs/start.md", "cd -root-polylogue".replace("-", "/"))),
    Rule("locks without addresses", lock, match_of(ADDRESS), ("requirements/dev.txt", "a @ https://b/c.whl")),
)  # fmt: skip


@cache
def files() -> tuple[Path, ...]:
    """Every file that is tracked or about to be, relative to the root."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    paths = (Path(name) for name in listed.split("\0") if name)
    return tuple(sorted(path for path in paths if (ROOT / path).is_file()))


@cache
def text_of(path: Path) -> str:
    """A file's text; what is no text (fonts, databases) reads as empty."""
    try:
        return (ROOT / path).read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_every_file_keeps_the_rule(rule: Rule):
    concerned = [path for path in files() if rule.concerns(path)]
    assert [f"{path}: {found}" for path in concerned for found in rule.find(path, text_of(path))] == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_the_rule_finds_an_offender(rule: Rule):
    path, text = rule.offender
    assert rule.concerns(Path(path))
    assert list(rule.find(Path(path), text))


def run(*words: str) -> str:
    """What Python prints when it stands in another folder, does not see this one, and `PYTHONPATH` is not set."""
    done = subprocess.run([sys.executable, "-P", "-E", *words], cwd="/", capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_our_packages_are_the_ones_that_are_imported():
    """A distribution called `schema` or `server` would win over ours, which comes last on the path."""
    where = run("-c", f"for n in {PACKAGES}: print(__import__(n).__file__)").split()
    assert where == [str(ROOT / name / "__init__.py") for name in PACKAGES]


def test_the_lists_of_packages_agree():
    project = tomllib.loads(text_of(Path("pyproject.toml")))
    refused = re.findall(r"^(\w+)<0$", text_of(Path("requirements/forbidden.in")), re.MULTILINE)
    assert tuple(project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]) == PACKAGES
    assert tuple(project["tool"]["importlinter"]["root_packages"]) == PACKAGES
    assert tuple(refused) == PACKAGES


IMPORT_ALL = """
import importlib, pkgutil, sys
REFUSED = {"socket.connect", "socket.bind", "sqlite3.connect", "subprocess.Popen", "os.fork", "os.posix_spawn"}
def refuse(event, args):
    if event in REFUSED:
        raise RuntimeError(f"{event} at import: {args}")
sys.addaudithook(refuse)
for package in sys.argv[1:]:
    for found in pkgutil.walk_packages(importlib.import_module(package).__path__, package + "."):
        if not found.name.startswith(("migrations.env", "migrations.versions")) and "__main__" not in found.name:
            importlib.import_module(found.name)
            print(found.name)
"""


def test_importing_a_module_connects_to_nothing():
    """Who imports the rules in a notebook, or one table in a script, wants neither a server nor a database."""
    assert "server.cli" in run("-c", IMPORT_ALL, *PACKAGES).split()


def test_a_connection_at_import_would_be_refused(tmp_path: Path):
    (tmp_path / "eager").mkdir()
    (tmp_path / "eager" / "__init__.py").touch()
    (tmp_path / "eager" / "store.py").write_text("import sqlite3\nsqlite3.connect(':memory:')\n")
    at_work = f"import sys; sys.path.append({str(tmp_path)!r})\n{IMPORT_ALL}"
    with pytest.raises(AssertionError, match=r"sqlite3\.connect at import"):
        run("-c", at_work, "eager")
