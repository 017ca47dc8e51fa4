"""The board in the other languages of the pages: its words, the order of its names, figures as is done there."""

import re

import httpx
import pytest

from server.console.alphabets import in_order
from server.console.languages import CHINESE, RUSSIAN
from tests.server.console.conftest import Scenes
from tests.server.console.pages import board, section, words
from tests.server.console.words import marked

OWN = {"English", "PDF", "HTML", "Markdown", "Polylogue", "GraphiQL"}
"""Names that are the same everywhere."""


def rows(page: str) -> list[str]:
    return re.findall(r'<span class="name">([^<]*)</span>', section(page, "stances"))


@pytest.mark.parametrize("tag", [RUSSIAN, CHINESE])
def test_no_word_of_the_board_is_left_in_english(scenes: Scenes, client: httpx.Client, tag: str):
    single = (message.id for message in marked() if isinstance(message.id, str) and len(message.id) > 6)
    english = [each for each in single if "%" not in each and each not in OWN]
    for scene in (scenes.negotiated, scenes.called, scenes.blocked, scenes.ended):
        page = board(client, scene, lang=tag).text
        assert f'<html lang="{tag}">' in page
        ours = re.sub(r"<(?:span|p) lang=.*?</(?:span|p)>", " ", page)  # texts stand in the languages of who gave them
        left = [each for each in english if re.search(rf"(?<![\w-]){re.escape(each)}(?![\w-])", words(ours))]
        assert left == []


def test_the_board_speaks_russian(scenes: Scenes, client: httpx.Client):
    page = board(client, scenes.negotiated, lang="ru").text
    assert "присутствие: 9 из 10, нужно 7" in words(page)
    assert '<span lang="ru">Предсказуемость и доверие' in section(page, "item")
    names = rows(page)
    assert names[:3] == ["Беларусь", "Индия", "Иран"]
    assert re.search(r"<dd>−?\d,\d\d</dd>", section(page, "figures"))
    assert re.search(r"<b>Индия</b>: поправка, пункт 1\.5", section(page, "record"))
    assert "внесено: председатель" in words(section(page, "record"))


def test_the_board_speaks_chinese_with_states_in_the_order_of_pinyin(scenes: Scenes, client: httpx.Client):
    page = board(client, scenes.negotiated, lang="zh-CN").text
    assert '<html lang="zh-Hans">' in page
    names = rows(page)
    assert names[:5] == ["巴基斯坦", "白俄罗斯", "俄罗斯", "哈萨克斯坦", "吉尔吉斯斯坦"]
    assert names[:10] == sorted(names[:10], key=in_order(CHINESE))
    assert names[:10] != sorted(names[:10])
    assert "<b>印度</b> 提议修正第1.5段" in section(page, "record")


PAGES = {"Accept": "text/html"}


def test_who_says_nothing_gets_what_the_browser_prefers_and_a_choice_is_kept(scenes: Scenes):
    with httpx.Client(base_url=scenes.server.url, headers={"Accept-Language": "fr, ru;q=0.8, en;q=0.5"}) as reader:
        assert '<html lang="ru">' in board(reader, scenes.negotiated).text
        assert '<html lang="zh-Hans">' in board(reader, scenes.negotiated, lang="zh-Hans").text
        assert '<html lang="zh-Hans">' in board(reader, scenes.negotiated).text
        assert '<html lang="zh-Hans">' in reader.get("/").text
        missing = reader.get("/s/none/board?item=2&lang=zh-Hans").text
        assert '<html lang="zh-Hans">' in missing
        assert 'href="/s/none/board?item=2&amp;lang=ru"' in missing
        other = reader.get(f"{scenes.server.url}//elsewhere.example/", headers=PAGES).text
        assert 'href="/elsewhere.example/?lang=ru"' in other
        assert "lang=zh-Hans&" in board(reader, scenes.negotiated).text  # its stream, whatever is chosen meanwhile
