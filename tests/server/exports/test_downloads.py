"""The addresses of documents: with the rights of whoever asks, and a link on the board."""

import asyncio
import io
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from pydantic import SecretStr
from pypdf import PdfReader

from polylogue.commands import ScheduleSession
from polylogue.drafting.compose import compose
from polylogue.drafting.resolution import Resolution
from server.app import application
from server.exports import press
from server.exports.press import Press, PressBusy
from server.services import RedisAt, services
from server.settings import Settings
from tests.ledger.scene import ORGANISER, accepted, scenario
from tests.polylogue.drafting.papers import clause, paper
from tests.server.console.sitting import Sitting, opened, scheduled
from tests.serving import Server, serving


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    fonts = tmp_path_factory.mktemp("fonts")
    with serving(tmp_path_factory.mktemp("documents"), font_dir=str(fonts)) as running:
        yield running


@pytest.fixture(scope="module")
def sitting(server: Server) -> Sitting:
    return opened(scheduled(server, "small-council", public=True))


@pytest.fixture(scope="module")
def private(server: Server) -> Sitting:
    return opened(scheduled(server, "small-council", public=False))


def get(sitting: Sitting, form: str, token: str | None = None, *, item: object = 1, **query: str) -> httpx.Response:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    url = f"{sitting.server.url}/s/{sitting.id}/items/{item}/text.{form}"
    return httpx.get(url, params=query, headers=headers, timeout=60)


def document(sitting: Sitting) -> str:
    """The same over GraphQL."""
    query = "query($id: ID!) { session(id: $id) { agenda { document } } }"
    return sitting.server.ask(query, sitting.chair, id=sitting.id)["session"]["agenda"][0]["document"]


def test_markdown_is_what_the_api_gives(sitting: Sitting):
    answer = get(sitting, "md")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/markdown; charset=utf-8"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.text == document(sitting)


def test_a_pdf_can_be_looked_at(sitting: Sitting):
    answer = get(sitting, "pdf")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"] == 'inline; filename="item-1.pdf"'
    (page, *_) = PdfReader(io.BytesIO(answer.content)).pages
    assert "SIMULATION" in page.extract_text()
    assert get(sitting, "pdf").content == answer.content


async def test_a_document_is_composed_while_the_server_answers_others(
    tmp_path: Path, redis_url: str, monkeypatch: pytest.MonkeyPatch
):
    """Of 100 clauses with 13 wordings each it takes more than a second, and anybody may ask for it."""
    threads: list[int] = []

    def composed(*given: Any) -> Resolution:
        threads.append(threading.get_ident())
        return compose(*given)

    monkeypatch.setattr("server.exports.routes.compose", composed)
    settings = Settings(data_dir=tmp_path, redis_url=SecretStr(redis_url))
    async with services(settings, RedisAt(redis_url), slots=1) as parts:
        public = ScheduleSession(scenario=replace(scenario(), public=True))
        session = accepted(await parts.ledger.submit(public, by=ORGANISER, key="public")).session
        app: Any = application(parts)  # httpx has narrower types for the same
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://polylogue") as http:
            for form in ("md", "pdf"):
                assert (await http.get(f"/s/{session}/items/1/text.{form}")).status_code == 200
    assert len(threads) == 2
    assert threading.get_ident() not in threads


@pytest.mark.parametrize("form", ["md", "pdf"])
def test_a_session_that_is_not_public_is_for_those_admitted(private: Sitting, server: Server, form: str):
    absent = get(private, form)
    assert (absent.status_code, absent.text) == (404, "There is no such text here.\n")
    assert get(private, form, private.chair).status_code == 200
    assert get(private, form, server.organiser).status_code == 200
    wrong = get(private, form, "plg_nobody")
    assert (wrong.status_code, wrong.headers["www-authenticate"]) == (401, "Bearer")


@pytest.mark.parametrize("item", ["9", "0", "-1", "x", "9" * 400, "1%00"])
@pytest.mark.parametrize("form", ["md", "pdf"])
def test_what_is_not_there_is_not_found(sitting: Sitting, form: str, item: str):
    assert get(sitting, form, item=item).status_code == 404


def test_a_session_that_cannot_be_is_not_found(sitting: Sitting):
    for session in ("x", "00000000-0000-4000-8000-000000000000"):
        assert httpx.get(f"{sitting.server.url}/s/{session}/items/1/text.md").status_code == 404


def test_a_language_that_is_none_is_as_if_it_were_not_said(sitting: Sitting):
    assert get(sitting, "md", language="<x>").text == get(sitting, "md").text
    assert get(sitting, "md", language="ru").text.startswith("> **Моделирование**")


def test_a_glyph_that_this_server_has_not_is_named(sitting: Sitting):
    answer = get(sitting, "pdf", language="zh-Hans")
    assert answer.status_code == 501
    assert answer.text.startswith("No font in POLYLOGUE_FONT_DIR has a glyph for ")
    assert "U+" in answer.text
    assert "/" not in answer.text.partition("glyph for")[0]


def test_the_board_leads_to_the_documents(sitting: Sitting):
    page = httpx.get(f"{sitting.server.url}/s/{sitting.id}/board?text=en").text
    for form in ("md", "pdf"):
        assert f'href="/s/{sitting.id}/items/1/text.{form}?language=en"' in page


# ── the press ────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_document_is_set_once_and_the_last_ones_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    made: list[Any] = []

    def counted(document: Any, fonts: Path | None) -> bytes:
        made.append(document)
        return str(len(made)).encode()

    monkeypatch.setattr(press, "_set", counted)
    one = Press(tmp_path)
    documents = [compose(paper(clause(f"Asks {number}"))) for number in range(press.KEPT + 1)]
    assert await asyncio.gather(*(one.pdf(documents[0]) for _ in range(5))) == [b"1"] * 5
    for each in documents[1:]:
        await one.pdf(each)
    assert len(made) == len(documents)
    await one.pdf(documents[1])
    assert len(made) == len(documents)
    await one.pdf(documents[0])  # the oldest has made room
    assert len(made) == len(documents) + 1


async def test_who_comes_when_too_many_wait_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(press, "WAITING", 2)
    one, document = Press(tmp_path), compose(paper(clause("Asks")))
    waiting = [asyncio.create_task(one.pdf(document)) for _ in range(2)]
    await asyncio.sleep(0)
    with pytest.raises(PressBusy):
        await one.pdf(document)
    assert all(pdf.startswith(b"%PDF") for pdf in await asyncio.gather(*waiting))
    assert await one.pdf(document)


async def test_what_fails_leaves_the_press_free(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    one = Press(tmp_path)
    monkeypatch.setitem(sys.modules, "server.exports.typeset", None)
    for _ in range(press.WAITING + 1):
        with pytest.raises(ModuleNotFoundError):
            await one.pdf(compose(paper()))
