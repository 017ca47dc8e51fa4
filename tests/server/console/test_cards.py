"""Join cards on paper: what stands on them, in three languages, and that it fits."""

import os
import re
from pathlib import Path
from typing import Any

import pytest

from polylogue.vocabulary import LanguageTag
from server.console.cards import card_of, drawn, sheet
from server.console.languages import INTERFACE
from tests.node import run_node

ADDRESS = "http://192.168.100.200:8440/join/WMWM-W0W0"
TITLES = {
    "en": "Council of Heads of State of the Member States of the Shanghai Cooperation Organisation",
    "ru": "Заседание Совета глав государств — членов Шанхайской организации сотрудничества",
    "zh-Hans": "上海合作组织成员国元首理事会会议",
}
NAMES = {
    "en": ("Alder", "Democratic Socialist Republic of Sri Lanka", "Regional Anti-Terrorist Structure, Tashkent"),
    "ru": ("Казахстан", "Китайская Народная Республика", "Организация Договора о коллективной безопасности"),
    "zh-Hans": ("俄罗斯联邦", "伊朗伊斯兰共和国", "集体安全条约组织秘书处与上海合作组织地区反恐怖机构执行委员会"),
}  # fmt: skip


def session(language: str, nature: str = "SIMULATION") -> dict[str, Any]:
    seats = [{"code": f"S{i}", "name": name} for i, name in enumerate(NAMES[language])]
    return {"id": "s", "title": TITLES[language], "nature": nature, "delegations": seats}


def card(role: str, *seats: str, reusable: bool = False) -> dict[str, Any]:
    return {"code": "WMWM-W0W0", "url": ADDRESS, "role": role, "seats": list(seats), "reusable": reusable}


CARDS = (
    card("CHAIR"),
    *(card("DELEGATE", f"S{i}", reusable=i == 1) for i in range(3)),
    card("DELEGATE", "S0", "S1", reusable=True),
    card("DELEGATE", "S0", "S1", "S2"),
    card("FACILITATOR"),
    card("SECRETARIAT"),
    card("PUBLIC", reusable=True),
)
"""Nine: one more than a sheet holds."""


def test_a_card_says_who_one_will_be_and_where_to_go():
    one = card_of(card("DELEGATE", "S1", "S0"), session("en"))
    assert (one.where, one.names, one.code) == ("192.168.100.200:8440", (NAMES["en"][1], "Alder"), "WMWM-W0W0")
    below = card("CHAIR") | {"url": "https://house.example/council/join/WMWM-W0W0"}
    assert card_of(below, session("en")).where == "house.example/council"
    page = sheet([card("DELEGATE", "S0")], session("en"), LanguageTag("en"))
    for words in (
        "Simulation",
        TITLES["en"],
        "Delegate",
        "Alder",
        "192.168.100.200:8440",
        "WMWM-W0W0",
        "For one person",
    ):
        assert words in page, words
    assert "For several people, until the session is sealed." in sheet(
        [card("PUBLIC", reusable=True)], session("en"), LanguageTag("en")
    )
    assert "Reconstruction" in sheet([card("CHAIR")], session("en", "RECONSTRUCTION"), LanguageTag("en"))


def test_a_name_is_text_and_an_erased_one_is_its_code():
    odd = session("en")
    odd["delegations"] = [{"code": "S0", "name": "<script>alert(1)</script>"}, {"code": "S1", "name": None}]
    page = sheet([card("DELEGATE", "S0", "S1")], odd | {"title": None}, LanguageTag("en"))
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert ">S1<" in page


def test_the_code_is_drawn_without_anything_that_a_policy_forbids():
    """Its modules are the symbol's: three corners, and another address is another drawing."""
    parts = dict(re.findall(r' ([\w-]+)="([^"]*)"', svg := drawn(ADDRESS)))
    assert set(parts) == {"viewBox", "class", "stroke", "d"}
    assert re.sub(r"<path [^>]*/>|</?svg[^>]*>", "", svg).strip() == ""
    size, dark = int(parts["viewBox"].split()[2]), modules(parts["d"])
    corner = {(x, y) for x in range(7) for y in range(7) if max(abs(x - 3), abs(y - 3)) in (0, 1, 3)}
    for left, top in ((2, 2), (size - 9, 2), (2, size - 9)):
        assert {(x - left, y - top) for x, y in dark if left <= x < left + 7 and top <= y < top + 7} == corner
    assert drawn(ADDRESS) != drawn(ADDRESS.replace("W0W0", "W0W1"))


def modules(path: str) -> set[tuple[int, int]]:
    """The dark modules of a drawing in strokes: m and M go to a place, h draws to the right."""
    found, x, y = set[tuple[int, int]](), 0.0, 0.0
    for step, numbers in re.findall(r"([Mmh])([-\d. ]+)", path):
        values = [float(number) for number in re.findall(r"-?[\d.]+", numbers)]
        if step == "h":
            found |= {(int(x) + i, int(y)) for i in range(int(values[0]))}
            x += values[0]
        else:
            x, y = (values[0], values[1]) if step == "M" else (x + values[0], y + values[1])
    return found


def test_cards_fit_on_paper_and_ask_for_nothing(tmp_path: Path):
    files = []
    for language in INTERFACE:
        file = tmp_path / f"{language}.html"
        file.write_text(sheet(CARDS, session(language), language), "utf-8")
        files.append(str(file))
    saw = run_node("cards.mjs", *files)
    if "noBrowser" in saw:
        assert "CI" not in os.environ, saw
        pytest.skip(f"no browser runs here: {saw['noBrowser']}")
    for file in files:
        found = saw[file]
        assert found["over"] == [], file
        assert (found["cards"], found["pages"], found["wide"], found["asked"]) == (9, 2, False, []), file
        assert found["square"] == [125, 125], "33 mm: a phone reads it at arm's length"
    assert saw[files[2]]["family"], "letters that the machine may have no font for are brought along"
