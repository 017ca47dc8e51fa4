"""Scenarios: those that ship can be scheduled, and a file with a mistake is refused at the place of the mistake."""

from pathlib import Path

import pytest

from polylogue.rules.shelf import names as rule_sets
from polylogue.scenario import LocalText
from polylogue.vocabulary import Dimension, LanguageTag, Nature, ProvisionKind, SeatCode, Standing
from server.scenarios.loader import ScenarioUnknown, load, names, shipped
from server.scenarios.mistakes import ScenarioInvalid

MEMBERS = ("BLR", "CHN", "IND", "IRN", "KAZ", "KGZ", "PAK", "RUS", "TJK", "UZB")

VALID = """
rule_set = "sco-consensus/1"
preset = "sco-2025"
seats = ["UZB", "KAZ"]

[titles]
en = "Water"

[[delegations]]
code = "RIVER"
standing = "observer"
names = { en = "River board" }
languages = ["EN"]

[[items]]
titles = { en = "Reservoirs", ru = "Водохранилища" }
dimensions = ["environmental"]

[[items.provisions]]
kind = "preambular"
texts = { en = "Recalling the rivers,", ru = "Напоминая о реках," }
"""


def written(folder: Path, toml: str) -> str:
    path = folder / "mine.toml"
    path.write_text(toml, "utf-8")
    return str(path)


@pytest.mark.parametrize("name", names())
def test_what_ships_is_a_simulation_and_says_so(name: str):
    scenario = shipped(name)
    assert scenario.nature is Nature.SIMULATION
    assert any("simulation" in title.text for title in scenario.titles)
    assert all(item.provisions for item in scenario.items)


def test_the_council_has_its_ten_members_and_some_partners():
    scenario = load("sco-sustainable-security")
    members = [d.code for d in scenario.delegations if d.standing is Standing.MEMBER]
    assert tuple(members) == MEMBERS
    assert {d.standing for d in scenario.delegations if d.code not in MEMBERS} == {Standing.PARTNER}
    assert len(scenario.items) == 3
    assert all(4 <= len(item.provisions) <= 6 for item in scenario.items)
    assert all({t.language for t in item.titles} == {"en", "ru", "zh-Hans"} for item in scenario.items)
    assert scenario.public
    assert scenario.rule_set in rule_sets()


def test_a_file_of_ones_own(tmp_path: Path):
    scenario = load(written(tmp_path, VALID))
    assert [d.code for d in scenario.delegations] == ["KAZ", "UZB", "RIVER"]
    river = scenario.delegations[-1]
    assert (river.standing, river.languages) == (Standing.OBSERVER, ("en",))
    assert scenario.delegations[0].names[0] == LocalText(language=LanguageTag("en"), text="Kazakhstan")
    (item,) = scenario.items
    assert item.dimensions == (Dimension.ENVIRONMENTAL,)
    assert item.provisions[0].kind is ProvisionKind.PREAMBULAR
    assert [v.language for v in item.provisions[0].versions] == ["en", "ru"]


def test_without_seats_all_of_a_preset(tmp_path: Path):
    scenario = load(written(tmp_path, VALID.replace('seats = ["UZB", "KAZ"]\n', "")))
    assert len(scenario.delegations) == 28
    assert SeatCode("TUR") in {d.code for d in scenario.delegations}


@pytest.mark.parametrize(
    ("was", "becomes", "said"),
    [
        ('en = "Water"', "en = ", "line 7"),
        ('rule_set = "sco-consensus/1"', 'ruleset = "x"', ", ruleset: this key means nothing here"),
        ('rule_set = "sco-consensus/1"', 'rule_set = "sco/9"', ', rule_set: There is no rule set "sco/9"'),
        ('rule_set = "sco-consensus/1"', "rule_set = 1", ", rule_set: a text in quotation marks is needed, not 1"),
        ('rule_set = "sco-consensus/1"', 'clock_scale = "fast"', ', clock_scale: "fast" does not do'),
        ('rule_set = "sco-consensus/1"', 'public = "yes"', ", public: true or false is needed"),
        ('rule_set = "sco-consensus/1"', 'nature = "dream"', ", nature: 'dream' is none of simulation, reconstruction"),
        ('rule_set = "sco-consensus/1"', 'working = "english!"', ", working: 'english!' is no language tag"),
        ('preset = "sco-2025"', 'preset = "sco-1996"', ", preset: there is no preset 'sco-1996'; there are sco-2025"),
        ('preset = "sco-2025"\n', "", ", seats: it names seats of a preset, and there is no `preset`"),
        ('seats = ["UZB", "KAZ"]', 'seats = ["UZB", "ATL"]', ", seats[1]: the preset sco-2025 has no seat 'ATL'"),
        ('seats = ["UZB", "KAZ"]', 'seats = ["UZB", 7]', ", seats[1]: 7 is no text"),
        ('[titles]\nen = "Water"', "", ", titles: `titles` has no element"),
        ('code = "RIVER"', "", ", delegations[0].code: it is missing"),
        ('code = "RIVER"', 'code = "river"', ", delegations[0].code: "),
        ('code = "RIVER"', 'code = "KAZ"', ', delegations[0].code: "KAZ" is there twice'),
        ('standing = "observer"', 'standing = "king"', ", delegations[0].standing: 'king' is none of member, partner"),
        ("titles = { en", "title = { en", ", items[0].title: this key means nothing here"),
        ('dimensions = ["env', 'dimensions = ["menv', ", items[0].dimensions[0]: 'menvironmental' is none of"),
        ('kind = "pre', 'kind = "post', ", items[0].provisions[0].kind: 'postambular' is none of preambular"),
        ('"Recalling the rivers,"', '" "', ", items[0].provisions[0].texts.en: The text is empty"),
        ('"Recalling the rivers,"', '"a\\u0007b"', ", items[0].provisions[0].texts.en: Character 2 is U+0007"),
        ("texts = { en", "texts = { n_", ", items[0].provisions[0].texts.n_: 'n_' is no language tag"),
        ("texts = { en", "words = { en", ", items[0].provisions[0].words: this key means nothing here"),
        ("[[items]]", "[items]", ", items: a list of tables, [[items]], is needed, not a table"),
    ],
)
def test_a_mistake_is_refused_at_its_place(tmp_path: Path, was: str, becomes: str, said: str):
    assert was in VALID
    path = written(tmp_path, VALID.replace(was, becomes, 1))
    with pytest.raises(ScenarioInvalid) as refused:
        load(path)
    assert str(refused.value).startswith(path)
    assert said in str(refused.value)


def test_a_provision_without_words_is_refused(tmp_path: Path):
    path = written(tmp_path, VALID[: VALID.index("texts =")])
    with pytest.raises(ScenarioInvalid, match=r"items\[0\]\.provisions\[0\]\.texts: `texts` has no element"):
        load(path)


def test_bytes_that_are_no_text_are_refused(tmp_path: Path):
    path = tmp_path / "mine.toml"
    path.write_bytes(VALID.encode("utf-16"))
    with pytest.raises(ScenarioInvalid, match="no text in UTF-8"):
        load(str(path))


def test_a_name_that_is_not_there(tmp_path: Path):
    with pytest.raises(ScenarioUnknown, match=r"There is no scenario 'sco'.*small-council"):
        load("sco")
    with pytest.raises(KeyError):
        shipped(written(tmp_path, VALID))
