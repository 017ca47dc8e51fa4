"""`polylogue scenario`: every mistake of a file is found where it stands, and what passes can be scheduled."""

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from polylogue.commands import ScheduleSession
from polylogue.decide import decide
from polylogue.occasion import Decided, Occasion
from polylogue.scenario import LocalText, Scenario, ScenarioDelegation, ScenarioItem, ScenarioProvision
from polylogue.state import State
from polylogue.vocabulary import (
    Dimension,
    Instant,
    LanguageTag,
    Nature,
    PersonId,
    ProvisionKind,
    Role,
    SeatCode,
    Standing,
)
from server.cli import main
from server.scenarios.loader import names, read, shipped, source
from server.scenarios.mistakes import Mistake, ScenarioInvalid
from server.scenarios.places import places

COUNCIL, SUMMIT = source("small-council"), source("sco-sustainable-security")
PAGE = (Path(__file__).resolve().parents[2] / "docs" / "scenarios.md").read_text("utf-8")


def mistakes(toml: str) -> tuple[Mistake, ...]:
    try:
        read(toml.encode(), "mine.toml")
    except ScenarioInvalid as invalid:
        return invalid.mistakes
    return ()


def said(toml: str) -> list[tuple[int, str, str]]:
    return [(mistake.place.line, mistake.key, mistake.reason) for mistake in mistakes(toml)]


def scheduled(scenario: Scenario) -> bool:
    ids = (f"id{number}" for number in range(100_000))
    organiser = Occasion(
        at=Instant("2026-01-01T00:00:00.000Z"), person=PersonId("o"), ids=ids, site_roles=frozenset({Role.ORGANISER})
    )
    return isinstance(decide(State(), ScheduleSession(scenario=scenario), organiser), Decided)


def line_of(toml: str, words: str) -> int:
    """The line that these words begin in; they stand there once."""
    assert toml.count(words) == 1, words
    return toml[: toml.index(words)].count("\n") + 1


LONG = "a" * 20_001

# What stands in the file, what is put there instead (on as many lines), the key and the reason that are told.
BROKEN_COUNCIL = [
    ('nature = "simulation"', 'nature = "simulaton"', "nature", "did you mean simulation?"),
    ("public = true", 'public = "true"', "public", "true or false is needed"),
    ("public = true", "pubic = true", "pubic", "did you mean public?"),
    ('clock_scale = "1/86400"', 'clock_scale = "0"', "clock_scale", "does not do"),
    ('clock_scale = "1/86400"', "clock_scale = 60", "clock_scale", "a text in quotation marks is needed, not 60"),
    ('working = "en"', 'working = "en_GB"', "working", "is no language tag"),
    ('working = "en"', 'authentic = ["ru", "zh", "b"]', "authentic[2]", "is no language tag"),
    ('working = "en"', 'rule_set = "sco-consensus/2"', "rule_set", "did you mean sco-consensus/1?"),
    ('working = "en"', 'preset = "sco-2052"', "preset", "did you mean sco-2025?"),
    ('working = "en"', 'seats = ["KAZ"]', "seats", "there is no `preset`"),
    ('working = "en"', f'conference = "{"a" * 201}"', "conference", "201"),
    ('working = "en"', 'continues = "é"', "continues", "session"),
    ("[titles]", "[title]", "title", "did you mean titles?"),
    ('en = "A small council (simulation)"', 'en = "\\u202e"', "titles.en", "U+202E"),
    ('ru = "Малый совет (моделирование)"', 'EN = "Again"', "titles.EN", "'en' is there twice"),
    ('ru = "Малый совет (моделирование)"', 'russian_ = "Again"', "titles.russian_", "is no language tag"),
    ('ru = "Малый совет (моделирование)"', "ru = 7", "titles.ru", "a text in quotation marks is needed, not 7"),
    ('code = "ALDER"', 'code = "alder"', "delegations[0].code", "no code of a seat"),
    ('code = "BIRCH"', 'code = "ALDER"', "delegations[1].code", "is there twice"),
    ('code = "CEDAR"', 'cod = "CEDAR"', "delegations[2].cod", "did you mean code?"),
    ('code = "CEDAR"', "", "delegations[2].code", "it is missing"),
    ('languages = ["en"]', 'languages = ["e"]', "delegations[0].languages[0]", "is no language tag"),
    ('languages = ["en"]', 'standing = "membre"', "delegations[0].standing", "did you mean member?"),
    ('{ en = "Birch", ru', '{ en = " ", ru', "delegations[1].names.en", "The text is empty"),
    ('["environmental", "economic"]', '["environmental", "economy"]', "items[0].dimensions[1]", "mean economic?"),
    ('titles = { en = "The shared well"', 'title = { en = "The shared well"', "items[0].title", "did you mean titles?"),
    ('titles = { en = "The shared well", ru = "Общий колодец", zh-Hans = "共用的水井" }', "", "items[0].titles",
     "`titles` has no element"),
    ('titles = { en = "The shared well", ru = "Общий колодец", zh-Hans = "共用的水井" }', "titles = {}",
     "items[0].titles", "`titles` has no element"),
    ('kind = "preambular"', 'kind = "preambel"', "items[0].provisions[0].kind", "did you mean preambular?"),
    ('"Aware that all three draw from one well,"', f'"{LONG}"', "items[0].provisions[0].texts.en", "20001"),
    ('"Aware that all three draw from one well,"', '"a\\u0000"', "items[0].provisions[0].texts.en", "U+0000"),
    ('texts = { en = "Each shall', 'texst = { en = "Each shall', "items[0].provisions[1].texst", "mean texts?"),
]  # fmt: skip

BROKEN_SUMMIT = [
    ('rule_set = "sco-consensus-sitting/1"', 'rule_set = "sco-consensus-siting/1"', "rule_set", "consensus-sitting/1?"),
    ('preset = "sco-2025"', 'preset = "sco-1996"', "preset", "there is no preset"),
    ('preset = "sco-2025"', 'prset = "sco-2025"', "prset", "did you mean preset?"),
    ('"LKA", "MNG"]', '"LKA", "MNO"]', "seats[13]", "did you mean MNG?"),
    ('"LKA", "MNG"]', '"LKA", "LKA"]', "seats[13]", "is there twice"),
    ('dimensions = ["information", ', "dimensions = [true, ", "items[2].dimensions[0]", "is no text"),
    ('en = "Confluence of connectivity initiatives"', 'e = "Confluence"', "items[1].titles.e", "is no language tag"),
]  # fmt: skip

# Mistakes of syntax end the look; they come with the line, and as many as do not depend on each other.
TORN = [
    ('working = "en"', 'working = "en', 0, "not closed by a quotation mark"),
    ('working = "en"', "working = en", 0, "a text goes in quotation marks"),
    ('working = "en"', 'working "en"', 0, "= is missing"),
    ('working = "en"', 'working = "en" "ru"', 0, "something stands behind the value"),
    ('working = "en"', 'nature = "simulation"', 0, "there already"),
    ("[titles]", "[titles", 0, "] is missing"),
    ('languages = ["ru", "en"]', 'languages = ["ru", "en"', 0, "what begins here is not closed"),
    ('en = "A small', 'en = """A small', 0, "what begins here is not closed"),
    ('code = "CEDAR"', "[delegations]", 0, "the table [delegations] is there already"),
]


@pytest.mark.parametrize(("toml", "was", "becomes", "key", "reason"), [
    *((COUNCIL, *case) for case in BROKEN_COUNCIL), *((SUMMIT, *case) for case in BROKEN_SUMMIT),
])  # fmt: skip
def test_a_file_that_is_broken_in_one_place_has_one_mistake_there(
    toml: str, was: str, becomes: str, key: str, reason: str
):
    line = line_of(toml, was)
    if not becomes:  # what is missing stands where that begins which it is missing from
        line = max(n for n, text in enumerate(toml.split("\n")[: line - 1], 1) if text.startswith("[["))
    ((found, told, why),) = said(toml.replace(was, becomes))
    assert (found, told) == (line, key)
    assert reason in why


@pytest.mark.parametrize(("was", "becomes", "further", "reason"), TORN)
def test_what_is_no_toml_is_told_by_line_and_column(was: str, becomes: str, further: int, reason: str):
    (mistake,) = mistakes(COUNCIL.replace(was, becomes))
    assert mistake.place.line == line_of(COUNCIL, was) + further
    assert mistake.place.column >= 1
    assert reason in mistake.reason


def test_every_line_that_is_no_toml_is_told():
    toml = COUNCIL.replace('working = "en"', "working = en").replace('code = "BIRCH"', "code BIRCH")
    assert [line for line, _, _ in said(toml)] == [line_of(toml, "working = en"), line_of(toml, "code BIRCH")]


@settings(max_examples=60)
@given(
    st.lists(st.sampled_from(BROKEN_COUNCIL), min_size=1, max_size=8, unique_by=lambda case: line_of(COUNCIL, case[0]))
)
def test_several_mistakes_are_told_together(cases: list[tuple[str, str, str, str]]):
    toml, keys = COUNCIL, {key for _, _, key, _ in cases}
    for was, becomes, *_ in cases:
        toml = toml.replace(was, becomes, 1)
    if "title" in keys:  # what stands under a key that means nothing is not looked at
        keys = {key for key in keys if not key.startswith("titles.")}
    if "delegations[0].code" in keys:  # nobody else is called so then
        keys -= {"delegations[1].code"}
    found = said(toml)
    assert {key for _, key, _ in found} == keys
    assert [line for line, *_ in found] == sorted(line for line, *_ in found)


def test_each_recital_behind_what_is_decided_is_told():
    recital = '[[items.provisions]]\nkind = "preambular"\ntexts = {{ en = "{}" }}\n'
    toml = f"{COUNCIL.rstrip()}\n{recital.format('Recalling rain,')}{recital.format('Recalling snow,')}"
    there = len(shipped("small-council").items[-1].provisions)
    told = said(toml)
    assert [(line, key) for line, key, _ in told] == [
        (line_of(toml, f'texts = {{ en = "{words}"') - 1, f"items[0].provisions[{place}].kind")
        for place, words in enumerate(("Recalling rain,", "Recalling snow,"), there)
    ]
    assert all("before operative ones, which begin with clause 1.2" in reason for _, _, reason in told)


def naive(toml: str) -> Scenario:
    """The scenario of a file without presets, read as blindly as can be."""
    data: dict[str, Any] = tomllib.loads(toml)

    def texts(by_language: dict[str, str]) -> tuple[LocalText, ...]:
        return tuple(LocalText(language=LanguageTag(tag), text=words) for tag, words in by_language.items())

    def tags(given: list[str]) -> tuple[LanguageTag, ...]:
        return tuple(map(LanguageTag, given))

    return Scenario(
        titles=texts(data["titles"]),
        public=data.get("public", False),
        clock_scale=data.get("clock_scale", "1"),
        delegations=tuple(
            ScenarioDelegation(
                code=SeatCode(d["code"]), names=texts(d.get("names", {})), languages=tags(d.get("languages", []))
            )
            for d in data["delegations"]
        ),
        items=tuple(
            ScenarioItem(
                titles=texts(item["titles"]),
                dimensions=tuple(Dimension(word.upper()) for word in item.get("dimensions", [])),
                provisions=tuple(
                    ScenarioProvision(
                        **({"kind": p["kind"].upper()} if "kind" in p else {}), versions=texts(p.get("texts", {}))
                    )
                    for p in item.get("provisions", [])
                ),
            )
            for item in data.get("items", [])
        ),
    )


@settings(max_examples=80)
@given(st.data())
def test_what_passes_can_be_scheduled_and_what_does_not_is_told_in_a_line_of_the_file(data: st.DataObject):
    lines = COUNCIL.split("\n")
    for _ in range(data.draw(st.integers(0, 3))):
        at = data.draw(st.integers(0, len(lines) - 1))
        match data.draw(st.sampled_from(["drop", "double", "move", "cut"])):
            case "drop":
                del lines[at]
            case "double":
                lines.insert(at, lines[at])
            case "move":
                lines.insert(data.draw(st.integers(0, len(lines) - 1)), lines.pop(at))
            case _:
                lines[at] = lines[at][: data.draw(st.integers(0, len(lines[at])))]
    toml = "\n".join(lines)
    found = mistakes(toml)
    if found:
        assert all(1 <= mistake.place.line <= len(lines) for mistake in found)
    else:
        scenario = read(toml.encode(), "mine.toml")
        assert scheduled(scenario)
        assert naive(toml) == scenario
    try:
        rules_take_it = scheduled(naive(toml))
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError, AttributeError):
        rules_take_it = False
    # What is refused although the rules would take it has a key that would be lost.
    assert bool(found) != rules_take_it or any("means nothing here" in mistake.reason for mistake in found)


@pytest.mark.parametrize("name", names())
def test_what_ships_is_right_and_can_be_scheduled(name: str):
    assert mistakes(source(name)) == ()
    assert scheduled(shipped(name))


def test_too_long_lists_and_the_lines_of_a_long_file():
    seats = "\n".join(f'[[delegations]]\ncode = "S{number}"\n' for number in range(250))
    ((line, key, reason),) = said(f'titles = {{ en = "Many" }}\n{seats}')
    assert (line, key) == (2, "delegations")
    assert "250" in reason


@pytest.mark.parametrize(
    ("file", "line", "reason"),
    [
        (COUNCIL.encode("utf-16"), 1, "no text in UTF-8"),
        (b'nature = "simulation"\n[titles]\nen = "\xff"\n', 3, "no text in UTF-8"),
        (b"a = " + b"[" * 5000, 1, "too deeply"),
        (b"a = " + b"9" * 5000, 1, "cannot be read"),
        (b"", 1, "`titles` has no element"),
    ],
)
def test_what_is_hardly_a_file(file: bytes, line: int, reason: str):
    with pytest.raises(ScenarioInvalid, match=reason) as invalid:
        read(file, "mine.toml")
    assert invalid.value.mistakes[0].place.line == line


def test_a_file_from_windows_is_as_good():
    assert read(b"\xef\xbb\xbf" + COUNCIL.replace("\n", "\r\n").encode(), "mine.toml") == shipped("small-council")


def test_every_key_of_what_ships_has_its_place():
    for name in names():
        toml = source(name)
        found = places(toml)

        def walk(value: Any, path: tuple[str | int, ...], toml: str = toml, found: dict[Any, Any] = found) -> None:
            if path:
                line = toml.split("\n")[found[path].line - 1]
                assert isinstance(path[-1], int) or path[-1] in line
            inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
            for key, below in inner:
                walk(below, (*path, key))

        walk(tomllib.loads(toml), ())


def test_places_in_every_form_that_toml_has():
    lines = [
        '"a b" . c = """',
        'x = 1 "" """""',
        "d = [ # comment ]",
        "  'it',",
        '  { e = "}", f.g = 2020-01-01 10:00:00 },',
        "]",
        "[[h]]",
        "[[h.i]]",
        "[h.i.j]",
        "k = '''",
        "''''",
        "[[h]]",
        "i = [{ k = 1 }]",
    ]
    toml = "\n".join(lines)
    tomllib.loads(toml)
    found = {path: place.line for path, place in places(toml).items()}
    assert found == {
        ("a b",): 1, ("a b", "c"): 1, ("d",): 3, ("d", 0): 4, ("d", 1): 5, ("d", 1, "e"): 5, ("d", 1, "f"): 5,
        ("d", 1, "f", "g"): 5, ("h",): 7, ("h", 0): 7, ("h", 0, "i"): 8, ("h", 0, "i", 0): 8, ("h", 0, "i", 0, "j"): 9,
        ("h", 0, "i", 0, "j", "k"): 10, ("h", 1): 12, ("h", 1, "i"): 13, ("h", 1, "i", 0): 13,
        ("h", 1, "i", 0, "k"): 13,
    }  # fmt: skip


OPENS = (
    "“A small council (simulation)”: 3 seats (3 members), 1 item with 2 clauses, "
    "texts in en, ru, zh-Hans (working en), rule set sco-consensus/1, clock × 1/86400, public\n"
)


def run(*words: str) -> tuple[int, str]:
    done = CliRunner().invoke(main, ["scenario", *words])
    return done.exit_code, done.output


def test_what_is_left_to_translate_is_counted():
    assert "authentic ru and zh-Hans, 15 versions to be given before texts are clean" in run("list")[1]


def test_a_moderator_copies_a_scenario_breaks_it_and_is_told(tmp_path: Path):
    code, shown = run("show", "small-council")
    assert (code, shown) == (0, COUNCIL)
    mine = tmp_path / "mine.toml"
    mine.write_text(shown, "utf-8")
    code, told = run("check", str(mine))
    assert (code, told.partition(". It opens ")) == (0, (f"{mine} is right", ". It opens ", OPENS))
    opens = json.loads(run("check", str(mine), "--json")[1])["opens"]
    assert (opens["seats"], opens["items"], opens["ruleSet"]) == (["ALDER", "BIRCH", "CEDAR"], 1, "sco-consensus/1")

    mine.write_text(shown.replace("public", "pubic", 1).replace("BIRCH", "birch"), "utf-8")
    code, told = run("check", str(mine))
    lines, birch = told.splitlines(), line_of(COUNCIL, 'code = "BIRCH"')
    assert (code, len(lines)) == (1, 3)
    assert lines[0].startswith(f"{mine}, line {line_of(COUNCIL, 'public = true')}, pubic: ")
    assert lines[1].startswith(f"{mine}, line {birch}, delegations[1].code: ")
    assert lines[2] == "2 mistakes; no session can be made of this file."
    code, answer = run("check", str(mine), "--json")
    assert code == 1
    assert [m["line"] for m in json.loads(answer)["mistakes"]] == [line_of(COUNCIL, "public = true"), birch]


def test_the_list_has_a_line_for_each_and_a_name_that_is_not_there_is_told():
    code, listed = run("list")
    assert code == 0
    assert [line.partition(":")[0] for line in listed.splitlines()] == list(names())
    code, told = run("show", "large-council")
    assert (code, "small-council" in told) == (2, True)
    assert run("check", "nowhere.toml")[0] == 2


def test_the_page_explains_every_key_and_its_example_is_right():
    (example,) = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    assert mistakes(example) == ()
    assert scheduled(read(example.encode(), "example.toml"))
    broken = example.replace('"member"', '"membr"').replace('"RIVERS"', '"rivers"')
    told = [f"mine.toml, line {line}, {key}: {reason}" for line, key, reason in said(broken)]
    assert "```\n" + "\n".join([*told, "2 mistakes; no session can be made of this file."]) + "\n```" in PAGE
    rows = set(re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE))
    assert rows - {"continues"} == {str(step) for path in places(example) for step in path if isinstance(step, str)} - {
        "en", "ru", "delegations", "items", "provisions",
    }  # fmt: skip
    for kind in (Dimension, Nature, ProvisionKind, Standing):
        assert [word.lower() for word in kind if f"`{word.lower()}`" not in PAGE] == []
    defaults = Scenario()
    for key in ("rule_set", "clock_scale", "working"):
        assert re.search(rf'^\| `{key}` .* \| `"?{getattr(defaults, key)}"?` \|$', PAGE, re.MULTILINE)
