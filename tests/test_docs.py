"""The pages in docs/ and README.md, held to the code: settings, commands, metrics, dependencies, links.

Why: a page that was right when it was written is believed for years.
"""

import re
import tomllib
from importlib import metadata
from itertools import chain
from pathlib import Path

import pytest
from click import Group
from prometheus_client import CollectorRegistry

from server.cli import main
from server.settings import Settings
from workers.due import counters

ROOT = Path(__file__).resolve().parent.parent
OPERATING = (ROOT / "docs" / "operating.md").read_text("utf-8")
README = (ROOT / "README.md").read_text("utf-8")
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("*.md"))
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")), *sorted((ROOT / "examples").rglob("*.md"))]
PARTS = ["Context", "Decision", "Consequences", "Alternatives", "The check"]

PERMISSIVE = re.compile(r"\b(MIT|0?BSD|Apache|PSF|Python Software Foundation|ISC|Unlicense)\b")
NAMED = re.compile(r"(?<![\w/.~-])(?:docs|tests|examples|ledger|polylogue|schema|server|workers)/[\w/.-]*\w/?")
ELSEWHERE = re.compile(r"^\w+:|^#")


def rows(page: str) -> dict[str, tuple[str, ...]]:
    """The rows of all tables of a page, by the code in their first cell."""
    found = re.findall(r"^\| `([^`]+)`[^|]* \| (.*) \|$", page, re.MULTILINE)
    return {name: tuple(rest.split(" | ")) for name, rest in found}


def test_every_setting_is_explained_with_its_default():
    table = {name: cells[0].strip("`") for name, cells in rows(OPERATING).items() if name.startswith("POLYLOGUE_")}
    home = str(Path.home())
    told = {
        f"POLYLOGUE_{name.upper()}": {None: "unset", True: "true", False: "false"}.get(default, str(default))
        for name, field in Settings.model_fields.items()
        for default in [field.get_default(call_default_factory=True)]
    }
    assert table == {name: default.replace(home, "~") for name, default in told.items()}


def test_every_metric_is_explained():
    registry = CollectorRegistry()
    counters(registry)
    metrics = {f"{family.name}_total" for family in registry.collect()}
    assert {name for name in rows(OPERATING) if name.startswith("polylogue_work")} == metrics


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_commands_exist(page: Path):
    text = page.read_text("utf-8")
    targets = set(re.findall(r"^([a-z-]+):.*##", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    shell = "\n".join(re.findall(r"(?:^\$ |`)([^`\n]+)", text, re.MULTILINE))
    assert set(re.findall(r"^make ([a-z-]+)", shell, re.MULTILINE)) <= targets
    for command, rest in re.findall(r"^(?:\.venv/bin/)?polylogue ([a-z-]+)(.*)$", shell, re.MULTILINE):
        assert command in main.told, command
        meant = main.load(command)
        if isinstance(meant, Group):
            word = re.match(r" ([a-z-]+)", rest)
            assert not word or word[1] in meant.commands, (command, rest)
            meant = meant.commands[word[1]] if word else meant
        options = {option for parameter in meant.params for option in parameter.opts}
        assert set(re.findall(r"--[a-z-]+", rest)) <= options | {"--help"}, (command, rest)


def test_every_command_is_in_the_readme():
    assert [name for name in main.told if f"polylogue {name}" not in README] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path):
    text = page.read_text("utf-8")
    links = [link for link in re.findall(r"\]\(([^)\s]+)\)", text) if not ELSEWHERE.search(link)]
    assert [link for link in links if not (page.parent / link.partition("#")[0]).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_files_that_are_named_exist(page: Path):
    named = NAMED.findall(page.read_text("utf-8"))
    assert {name for name in named if not (ROOT / name).exists()} == set()


def test_the_readme_leads_to_every_page():
    pages = [page.relative_to(ROOT).as_posix() for page in (ROOT / "docs").glob("*.md")]
    assert [page for page in pages if f"]({page})" not in README] == []


def test_the_package_shows_the_readme():
    assert tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["readme"] == "README.md"


@pytest.mark.parametrize("page", DECISIONS, ids=lambda page: page.stem)
def test_a_decision_has_its_parts(page: Path):
    text = page.read_text("utf-8")
    assert re.findall(r"^## (.*)$", text, re.MULTILINE) == PARTS
    assert text.startswith(f"# {page.stem[:4]} ")


def test_decisions_are_numbered():
    assert [int(page.stem[:4]) for page in DECISIONS] == list(range(1, len(DECISIONS) + 1))


def test_every_dependency_has_its_reason():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    stated = [*project["dependencies"], *chain.from_iterable(project["optional-dependencies"].values())]
    needed = [re.split(r"[\[;<>= ]", dependency)[0] for dependency in stated]
    table = rows((ROOT / "docs" / "decisions" / "0008-dependencies.md").read_text("utf-8"))
    assert [name for name in table if "/" not in name] == needed


def locked(lock: str) -> dict[str, list[str]]:
    """The versions of each package in a lock, with what they are for."""
    found: dict[str, list[str]] = {}
    text = (ROOT / "requirements" / f"{lock}.txt").read_text("utf-8")
    for name, version in re.findall(r"^([\w.-]+)==([^\\\n]+)", text, re.MULTILINE):
        found.setdefault(name, []).append(version)
    return found


def test_an_extra_is_in_a_lock_of_its_own_on_top_of_what_everybody_installs():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    everybody = locked("runtime")
    for extra, needed in project["optional-dependencies"].items():
        more = locked(extra)
        assert not everybody.keys() & set(needed)
        assert more.keys() >= {*everybody, *needed}
        assert {name: more[name] for name in everybody} == everybody
        assert f"{extra}.txt" not in (ROOT / "Dockerfile").read_text("utf-8")


def test_licences_suit():
    unsuitable = {}
    for name in dict.fromkeys(chain(locked("pictures"), locked("documents"), locked("llm"))):
        try:
            about = metadata.distribution(name).metadata.json
        except metadata.PackageNotFoundError:
            continue  # for another platform or Python
        classifiers = [line for line in about.get("classifier", ()) if line.startswith("License")]
        words = " ".join(map(str, (about.get("license_expression", ""), about.get("license", ""), *classifiers)))
        if "GPL" in words or not PERMISSIVE.search(words):
            unsuitable[name] = words.strip()
    assert unsuitable == {"certifi": "MPL-2.0 License :: OSI Approved :: Mozilla Public License 2.0 (MPL 2.0)"}
