"""Minutes as Markdown and as HTML: nobody's words are markup, and the page stands by itself."""

import re
from base64 import b64encode
from collections.abc import Callable
from hashlib import sha256
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from polylogue import commands as c
from polylogue.minutes.compose import compose
from polylogue.minutes.html import html, policy
from polylogue.minutes.markdown import markdown
from polylogue.minutes.page import Minutes
from tests.polylogue.minutes.accounts import account, minutes
from tests.scenes import EN, sco, text

UNSAFE = "# Heading\n> quoted <script>alert(1)</script> [x](https://example.org) | a | *b* _c_ `d` & 1. \"e\" 'f'"
VOID = {"meta", "br", "link"}


class Page(HTMLParser):
    """What a page is made of: elements in order, ids, links, and whether all that is opened is closed."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def all(self, attribute: str) -> list[str]:
        return [value for _, attrs in self.elements if (value := attrs.get(attribute))]


@pytest.fixture(scope="module")
def unsafe():
    scene = sco(titles=(text(UNSAFE.replace("\n", " ")),))
    scene.give(c.PostPosition(item=scene.item, text=UNSAFE, language=EN), "KAZ")
    return compose(account(scene))


def test_nobodys_words_are_markdown(unsafe: Minutes):
    written = markdown(unsafe)
    assert r"# Minutes · \# Heading \> quoted \<script\>alert(1)\</script\>" in written
    assert r"> *Text*: \# Heading" in written
    assert r"\> quoted \<script\>alert(1)\</script\>" in written
    assert r"\[x\](https\://example.org) \| a \| \*b\* \_c\_ \`d\` \&" in written
    for line in written.splitlines():
        assert not line.startswith("# Heading")


def test_nobodys_words_are_html(unsafe: Minutes):
    page = html(unsafe)
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert not Page(page).open


@pytest.mark.parametrize("language", ["en", "ru", "zh-Hans"])
def test_a_page_is_whole(language: str):
    page = Page(html(minutes(language)))
    assert not page.open
    assert page.elements[0] == ("html", {"lang": language})
    ids = page.all("id")
    assert len(ids) == len(set(ids))
    links = page.all("href")
    assert links
    assert {link.removeprefix("#") for link in links} <= set(ids)
    levels = [int(tag[1]) for tag, _ in page.elements if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    tables = [tag for tag, _ in page.elements if tag in ("table", "caption")]
    assert tables.count("table") == tables.count("caption") == 2
    assert {attrs.get("scope") for tag, attrs in page.elements if tag == "th"} == {"col", "row"}


def test_a_page_needs_nothing_besides():
    page = html(minutes())
    found = Page(page)
    assert not {tag for tag, _ in found.elements} & {"script", "link", "img", "iframe", "form", "object"}
    assert not found.all("src")
    assert not found.all("style")
    assert not [name for _, attrs in found.elements for name in attrs if name.startswith("on")]
    assert "url(" not in page
    style = page.split("<style>")[1].split("</style>")[0]
    assert b64encode(sha256(style.encode()).digest()).decode() in policy()
    assert policy().startswith("default-src 'none'; ")


def test_texts_are_marked_with_their_language():
    page = html(minutes("en"))
    assert '<span class="words" lang="ru" dir="auto">Без воды нет мира.</span>' in page
    assert '<span class="words" lang="zh-Hans" dir="auto">我们的理解如下。</span>' in page


def test_an_entry_can_be_found_by_its_number():
    page, written = html(minutes()), markdown(minutes())
    for seq in (1, 30, 113):
        assert f'id="entry-{seq}"' in page
        assert f"\n\n**{seq}** · " in written


@pytest.mark.parametrize("write", [markdown, html])
def test_the_same_record_gives_the_same_bytes(write: Callable[[Minutes], str]):
    assert write(minutes("ru")) == write(minutes("ru"))
    assert write(minutes("ru")) != write(minutes("zh"))
    assert not re.search("[\u4e00-\u9fff*]:", write(minutes("zh"))), "a Latin colon behind Chinese"


@pytest.mark.parametrize("write", [markdown, html])
def test_the_nature_stands_first_and_a_warning_where_it_is_due(write: Callable[[Minutes], str]):
    body = write(minutes()).rpartition("<body")[2]
    assert body.index("Simulation") < body.index("A council of ten")
    assert "Not for everybody: these minutes" in write(minutes())
    assert "Not for everybody" not in write(minutes(private=False))
    assert "To irrigate in May" not in write(minutes(private=False))
