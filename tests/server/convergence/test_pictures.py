"""Pictures are valid SVG with the names in them, ask nobody for anything, and keep private figures apart."""

import re
import sys
import xml.etree.ElementTree as ET
from base64 import b64decode
from collections.abc import Callable, Iterator
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from server.console.files import FOLDER as STATIC
from server.convergence import pictures
from server.convergence.operation import NO_PICTURES
from server.convergence.pictures import axes, concerns, draw, frame, glyphs, lettering, places, timeline
from server.convergence.reading import About
from server.mishaps import Stopped
from tests.server.convergence.conftest import Room

ITEM = {f"item-1-{name}.svg" for name in ("timeline", "pairs", "map", "maps", "concerns")}
PUBLIC = ITEM | {name.replace("item-1", "session") for name in ITEM}
NAMES = {"en": ["Uzbekistan", "India"], "ru": ["Узбекистан", "Индия"], "zh-Hans": ["乌兹别克斯坦", "印度"]}
FACE = re.compile(r'unicode-range:([^;]+);src:url\(data:font/woff2;base64,([^)]+)\) format\("woff2"\)')
Drawn = Callable[[str], Path]


@pytest.fixture(scope="module")
def drawn(room: Room, tmp_path_factory: pytest.TempPathFactory) -> Drawn:
    """Pictures in a language: in English of everything and in private, in the others of an item and for everybody."""

    @cache
    def directory(language: str) -> Path:
        made = tmp_path_factory.mktemp("pictures") / "made on the way"
        alone = {"private": True} if language == "en" else {"item": 1}
        told = room.shown(language=language, pictures=made, **alone)
        assert "Neither the fonts" not in told
        return made

    return directory


def words(path: Path) -> str:
    """All that is written in a picture, which must be XML."""
    texts = ET.parse(path).iter("{http://www.w3.org/2000/svg}text")  # noqa: S314 -- we have just made it
    return "\n".join(line for each in texts for line in each.itertext())


def ends(element: ET.Element, advances: dict[str, float], x: float = 0.0) -> Iterator[float]:
    """How far to the right words reach that begin somewhere and are not turned."""
    turned = element.attrib.get("transform", "")
    moved = re.match(r"translate\(([\d.-]+)", turned)
    x += float(moved[1]) if moved else 0.0
    anchor = element.attrib.get("text-anchor", "start")
    if element.tag.endswith("text") and anchor == "start" and "rotate" not in turned:
        size = float(element.attrib["font-size"].removesuffix("px"))
        yield from (x + size * sum(map(advances.__getitem__, line)) for line in element.itertext())
    for child in element:
        yield from ends(child, advances, x)


@pytest.mark.parametrize("language", NAMES)
def test_every_picture_says_what_it_is_of_in_the_language_asked_for(drawn: Drawn, language: str) -> None:
    directory = drawn(language)
    names = {path.name for path in directory.iterdir()}
    assert names > PUBLIC if language == "en" else names == ITEM, "nothing private is drawn unasked"
    for path in directory.iterdir():
        said = words(path)
        assert "Simulation: nothing here is the position of any state." in said, path
        assert "Report at entry " in said, path
        assert "Figures are advice." in said, path
    for name in ("item-1-pairs.svg", "item-1-map.svg", "item-1-maps.svg", "item-1-concerns.svg"):
        assert all(each in words(directory / name) for each in NAMES[language]), name


@pytest.mark.parametrize("language", NAMES)
def test_a_picture_has_a_glyph_for_every_letter_and_room_for_all_words(drawn: Drawn, language: str) -> None:
    for path in drawn(language).iterdir():
        advances = dict[str, float]()
        for letters, data in FACE.findall(path.read_text("utf-8")):
            with TTFont(BytesIO(b64decode(data))) as font:
                cmap = font.getBestCmap() or {}
                assert letters == ",".join(f"U+{code:X}" for code in sorted(cmap)), path
                em = font["head"].unitsPerEm  # pyright: ignore[reportAttributeAccessIssue] -- known once it is read
                advances |= {chr(code): font["hmtx"][glyph][0] / em for code, glyph in cmap.items()}
        said = words(path)
        assert not set(said) - set(advances) - {"\n"}, path
        picture = ET.parse(path).getroot()  # noqa: S314 -- we have just made it
        assert max(ends(picture, advances)) < float(picture.attrib["width"]), path


@pytest.mark.parametrize("language", NAMES)
def test_no_picture_asks_anybody_for_anything(drawn: Drawn, language: str) -> None:
    for path in drawn(language).iterdir():
        text = path.read_text("utf-8").replace("url(#", "").replace("url(data:font/woff2;base64,", "")
        for namespace in ("http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"):
            text = text.replace(namespace, "")
        for asking in ("://", "href", "url(", "@import", "<image", "<script"):
            assert asking not in text, (path, asking)


def test_private_pictures_say_so_in_their_name_and_title_and_no_other_does(drawn: Drawn) -> None:
    directory = drawn("en")
    private = {path.name for path in directory.iterdir() if "PRIVATE" in words(path)}
    assert private == {path.name for path in directory.iterdir()} - PUBLIC
    assert {"item-1-map-private.svg", "item-1-without-one-private.svg"} <= private
    for about in ("session", "item-1"):
        everything = (directory / f"{about}-map.svg").read_text("utf-8")
        assert "coalition" not in everything, "not even for who has the picture read aloud"
        assert "group: " not in everything
        assert "placed: 3 of 10." in words(directory / f"{about}-map.svg")
        assert "no coalition" in (directory / f"{about}-map-private.svg").read_text("utf-8")
        assert "placed: Iran, Pakistan, Tajikistan." in words(directory / f"{about}-map-private.svg")


def test_letters_that_neither_a_picture_nor_this_machine_has_are_named(
    room: Room, drawn: Drawn, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert glyphs.drawn("\ue123") == glyphs.drawn(glyphs.NOBODYS) != glyphs.drawn("A"), "as it is drawn"
    made = [*drawn("zh-Hans").iterdir()]
    monkeypatch.setattr(draw, "draw", lambda *_, **__: made)
    monkeypatch.setattr(glyphs, "drawn", lambda letter: b"box" if letter > "\u2e80" else letter.encode())
    assert "Neither the fonts" not in room.shown(item=1, pictures=made[0].parent)
    monkeypatch.setattr(glyphs, "carried", lambda letters: set(letters) - set(NAMES["zh-Hans"][0]))
    told = room.shown(item=1, pictures=made[0].parent)
    assert re.search(r"have (\w ){5}and \d+ more: whoever opens", told)


def test_stances_and_lines_have_the_board_s_colours(drawn: Drawn) -> None:
    css = (STATIC / "console.css").read_text("utf-8")
    names = ("object", "reserve", "neutral", "accept", "support", "accent")
    board = {name: re.search(rf"--{name}: light-dark\((#\w{{6}})", css) for name in names}
    light = {name: found and found[1] for name, found in board.items()}
    assert (*(light[name] for name in names[:5]), "white") == concerns.SHADES
    assert (light["accent"], light["object"]) == (frame.CLOSENESS, frame.OBJECTIONS)
    picture = drawn("en") / "item-1-concerns.svg"
    assert all(f'fill="{colour}"' in picture.read_text("utf-8") for colour in concerns.SHADES)
    assert re.search(r"^A \d$", words(picture), re.MULTILINE)


def test_without_the_extra_it_is_said_how_to_get_it(
    room: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [name for name in sys.modules if name.startswith(f"{pictures.__name__}.")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "altair", None)
    with pytest.raises(Stopped) as stopped:
        room.shown(pictures=tmp_path / "none")
    assert str(stopped.value) == NO_PICTURES
    assert not (tmp_path / "none").exists()


def test_a_directory_that_cannot_be_made_is_said_in_a_sentence(room: Room, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Stopped, match="cannot be written to"):
        room.shown(pictures=tmp_path / "file")


def test_what_stands_now_has_a_width_in_a_timeline() -> None:
    points = [{"seq": seq, "meanCloseness": "0.5", "reworded": ["p"]} for seq in (10, 110)]
    ((_, drawn),) = timeline._until_now([(About("a", "Item 1", "Water"), points)])
    assert [point["seq"] for point in drawn] == [10, 110, 114]
    assert [bool(point["reworded"]) for point in drawn] == [True, True, False], "nothing was reworded there"


def test_delegations_on_one_spot_share_a_mark_and_a_label() -> None:
    points = {"UZB": (0.2, 0.1), "KAZ": (0.2, 0.1), "IND": (-0.3, 0.0)}
    at = places.pixels([*points.values()], axes.FIELD)
    spots = places.placed({seat: at(point) for seat, point in points.items()}, {})
    assert [spot.seats for spot in spots] == [("IND",), ("KAZ", "UZB")]
    assert spots[0].x < spots[1].x
    assert spots[1].y < spots[0].y, "up is up"


def test_labels_of_a_crowd_do_not_lie_on_each_other() -> None:
    points = {f"S{n:03}": ((n * 7 % 31) / 31, (n * 5 % 29) / 29) for n in range(200)}
    at = places.pixels([*points.values()], axes.FIELD)
    labels = places.labels(places.placed({seat: at(point) for seat, point in points.items()}, {}), {}, axes.FIELD)
    boxes = [(label["x2"], label["y2"], label["align"], lettering.extent(label["words"], 12)) for label in labels]
    spans = [
        (x if align == "left" else x - width if align == "right" else x - width / 2, y, width)
        for x, y, align, width in boxes
    ]
    meeting = [
        (a, b)
        for n, a in enumerate(spans)
        for b in spans[:n]
        if a[0] < b[0] + b[2] and b[0] < a[0] + a[2] and abs(a[1] - b[1]) < 12
    ]
    assert 60 < len(labels) < 200
    assert meeting == []


def test_lines_break_between_words_and_chinese_anywhere_but_before_a_comma() -> None:
    assert lettering.wrapped("Council of Heads of State", 10, 80) == ["Council of", "Heads of State"]
    lines = lettering.wrapped("国家元首理事会，欧亚可持续安全", 10, 70)
    assert lines == ["国家元首理事", "会，欧亚可持续", "安全"]
    assert lettering.shortened("安全与合作", 10, 45) == "安全与…"
    assert lettering.shortened("short", 10, 300) == "short"
