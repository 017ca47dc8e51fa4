"""Join cards to be handed out: what stands on each, its code drawn for a phone's camera, eight on a sheet of A4.

Why shown once: only the hash of a code is kept, so this is the moment to print them.
"""

import re
import unicodedata
from base64 import b64encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import segno
from litestar import Response
from markupsafe import Markup

from polylogue.vocabulary import LanguageTag
from server.console.site import Ask, Site, plain
from server.console.templates import FOLDER, templates
from server.console.visitors import Visitor
from server.lan import reaches_nobody

ON_A_SHEET = 8
SIZES = ((16, ""), (26, "long"), (56, "longer"), (10_000_000, "longest"))
"""Widths of the names on a card, in Latin letters, up to which they are set so large."""

HAN = re.compile("[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]")
"""Letters that not every machine has a font for."""
HAN_FONTS = {"Noto Sans SC": "noto-sans-sc-gb2312.woff2", "Han Console Rest": "noto-sans-sc-gb2312-rest.woff2"}
"""What brings them, by the family as which the style sheet asks for it."""

Answer = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Card:
    """A card as it is printed. `where` is the page on which the code can be typed, as people read addresses out;
    `names` are of the seats, `size` is how large they can be set; `qr` is a drawing that brings its own white border.
    """

    code: str
    url: str
    where: str
    role: str
    names: tuple[str, ...]
    size: str
    reusable: bool
    qr: Markup


def card_of(given: Answer, session: Answer) -> Card:
    """A `JoinCard` of the API as it is printed, with the names of its seats from `session { delegations }`."""
    called = {seat["code"]: seat["name"] or seat["code"] for seat in session["delegations"]}
    names = tuple(called.get(seat, seat) for seat in given["seats"])
    return Card(
        code=given["code"],
        url=given["url"],
        where=_where(given["url"]),
        role=given["role"],
        names=names,
        size=_size(names),
        reusable=given["reusable"],
        qr=drawn(given["url"]),
    )


def drawn(address: str) -> Markup:
    """A QR code as an SVG element of the page: no file, no style and no script, so that any policy lets it be."""
    svg = segno.make(address, error="m", micro=False).svg_inline(omitsize=True, border=2, svgclass="qr", lineclass=None)
    return Markup(svg)  # noqa: S704 -- numbers and names of its own; the address is in none of them


def sheet(cards: Iterable[Answer], session: Answer, language: LanguageTag) -> str:
    """A page of its own with all cards, to be kept as a file and printed; it needs nothing from anywhere."""
    page = templates(language).get_template("sheet.html")
    printed = _printed(cards, session)
    bare = page.render(**printed, style="")
    style = (FOLDER / "static" / "cards.css").read_text("utf-8")
    if HAN.search(bare):
        style = f"{_han()}\n{style}"
    return page.render(**printed, style=Markup(style))  # noqa: S704 -- files of ours


async def cards_shown(request: Ask, site: Site, visitor: Visitor, payload: Answer) -> Response[Any]:
    """The page that follows an `invite` or a `reissueSeat`: the cards, this once."""
    id, language = request.path_params["session"], visitor.language
    asked = await site.views.ask("cards", language, visitor.principal, session=id, tongue=language)
    given = payload.get("cards") or [payload["card"]]
    standpoint = await site.standing(visitor, id)
    called = {seat["code"]: seat["name"] for seat in asked["session"]["delegations"]}
    values = {
        "away": reaches_nobody(given[0]["url"]),
        "again": payload["again"],
        "also_held": [called[code] or code for code in payload.get("alsoHeld", ())],
        "view": site.view("invite", id, standpoint, {}, language) or site.view("board", id, standpoint, {}, language),
        "places": site.views.places,
    }
    return plain(request, "cards", language, **values, **_printed(given, asked["session"]))


def _printed(cards: Iterable[Answer], session: Answer) -> dict[str, Any]:
    all_cards = [card_of(card, session) for card in cards]
    sheets = [all_cards[at : at + ON_A_SHEET] for at in range(0, len(all_cards), ON_A_SHEET)]
    return {"session": session, "sheets": sheets}


def _where(url: str) -> str:
    """The address without its scheme and without the code: `192.168.1.20:8440`."""
    parts = urlsplit(url)
    return f"{parts.netloc}{parts.path.rpartition('/join/')[0]}"


@cache
def _han() -> str:
    """The fonts of Chinese letters, in the file itself: a machine without one shows blanks and says nothing."""
    return "\n".join(_face(family, file) for family, file in HAN_FONTS.items())


def _face(family: str, file: str) -> str:
    font = b64encode((FOLDER / "static" / file).read_bytes()).decode()
    return f'@font-face {{ font-family: "{family}"; src: url(data:font/woff2;base64,{font}) format("woff2"); }}'


def _size(names: tuple[str, ...]) -> str:
    wide = sum(1 + (unicodedata.east_asian_width(letter) in "WF") for letter in " ".join(names))
    return next(size for width, size in SIZES if wide <= width)
