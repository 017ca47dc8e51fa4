"""Minutes of a session that is running: at their addresses and by the command, with the rights of whoever asks."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

import httpx
import pytest
from click.testing import CliRunner
from rich.console import Console

from polylogue.minutes.html import policy
from server.cli import main
from server.exports.minutes_operation import Wanted, minutes
from server.mishaps import Stopped
from server.settings import Settings
from tests.server.console.pages import board
from tests.server.console.sitting import Sitting, opened, scheduled
from tests.serving import Server, serving

SECRET = "To keep the well for the dry years."
SAID = "We draw *alike*, <b>all</b> of us."


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("minutes")) as running:
        yield running


@dataclass
class Sat:
    """A sitting in which something was said to all, and something not."""

    sitting: Sitting

    def get(self, form: str, token: str | None = None, **query: str) -> httpx.Response:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        url = f"{self.sitting.server.url}/s/{self.sitting.id}/minutes.{form}"
        return httpx.get(url, params=query, headers=headers, timeout=60)

    def write(self, **wanted: Any) -> str:
        """What the command prints beside the running server."""
        out = StringIO()
        settings = Settings(data_dir=self.sitting.server.directory)
        minutes(settings, self.sitting.id, Wanted(**wanted), Console(file=out, width=40, highlight=False))
        return out.getvalue()


def sat(server: Server, *, public: bool) -> Sat:
    sitting = opened(scheduled(server, "small-council", public=public))
    item = sitting.item()["id"]
    sitting.do("postPosition", seat="BIRCH", itemId=item, text=SAID, language="en", interests=SECRET)
    return Sat(sitting)


@pytest.fixture(scope="module")
def public(server: Server) -> Sat:
    return sat(server, public=True)


@pytest.fixture(scope="module")
def private(server: Server) -> Sat:
    return sat(server, public=False)


@pytest.mark.parametrize(("form", "kind"), [("md", "text/markdown"), ("html", "text/html")])
def test_a_stranger_has_what_is_for_all(public: Sat, form: str, kind: str):
    answer = public.get(form)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == f"{kind}; charset=utf-8"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-store"
    assert "We draw" in answer.text
    assert "<b>all" not in answer.text
    assert SECRET not in answer.text


@pytest.mark.parametrize("form", ["md", "html"])
def test_the_chair_has_what_the_chair_may_read(public: Sat, form: str):
    assert SECRET in public.get(form, public.sitting.chair).text
    assert SECRET not in public.get(form, public.sitting.server.organiser).text


def test_a_page_may_load_nothing(public: Sat):
    assert public.get("html").headers["content-security-policy"] == f"{policy()}; frame-ancestors 'none'"


@pytest.mark.parametrize("form", ["md", "html"])
def test_a_session_that_is_not_public_is_for_those_admitted(private: Sat, form: str):
    absent = private.get(form)
    assert (absent.status_code, absent.text) == (404, "There is no such session here.\n")
    assert private.get(form, private.sitting.chair).status_code == 200
    wrong = private.get(form, "plg_nobody")
    assert (wrong.status_code, wrong.headers["www-authenticate"]) == (401, "Bearer")


@pytest.mark.parametrize("session", ["x", "00000000-0000-4000-8000-000000000000", "%00"])
def test_a_session_that_cannot_be_is_not_found(server: Server, session: str):
    assert httpx.get(f"{server.url}/s/{session}/minutes.md").status_code == 404


def test_a_language_is_asked_for(public: Sat):
    assert public.get("md", language="ru").text.startswith("> **Моделирование**")
    assert public.get("md", language="<x>").text == public.get("md").text
    assert '<html lang="zh">' in public.get("html", language="zh").text


def test_the_board_leads_to_the_minutes_when_the_session_is_over(server: Server):
    sitting = sat(server, public=True).sitting
    with httpx.Client(base_url=server.url) as client:
        assert "/minutes." not in board(client, sitting).text
        sitting.do("closeSession")
        page = board(client, sitting, text="en").text
        for form in ("html", "md"):
            address = f"/s/{sitting.id}/minutes.{form}?language=en"
            assert f'href="{address}"' in page
            assert client.get(address).status_code == 200


def test_the_command_writes_what_all_may_read_unless_it_is_asked_for_more(public: Sat):
    assert public.write() == public.get("md").text
    assert SECRET not in public.write()
    assert SECRET in public.write(private=True)
    page = public.get("html", language="ru").text
    ways = re.search(r'<nav class="ways">.*</nav>\n', page)
    assert ways
    assert re.findall(r'href="([^"]*)" lang="(\w+)"', ways[0]) == [
        (f"/s/{public.sitting.id}/review", "ru"),
        *((f"/s/{public.sitting.id}/minutes.html?language={tag}", tag) for tag in ("en", "ru", "zh")),
    ]
    assert public.write(form="html", language="ru") == page.replace(ways[0], "")


def test_the_command_writes_a_session_that_is_not_public(private: Sat):
    assert r"We draw \*alike\*, \<b\>all\</b\> of us." in private.write()
    assert SECRET not in private.write()


def test_a_file_is_written_in_the_form_of_its_name_or_the_one_told(public: Sat, tmp_path: Path):
    page, text, told = tmp_path / "minutes.HTML", tmp_path / "minutes.md", tmp_path / "minutes.dat"
    for file, form in ((page, None), (text, None), (told, "html")):
        assert public.write(file=file, form=form).replace("\n", "") == f"Written: {file}"
    assert page.read_bytes() == told.read_bytes()
    assert page.read_text("utf-8").startswith("<!doctype html>\n")
    assert text.read_text("utf-8") == public.write()


@pytest.mark.parametrize(
    ("wanted", "sentence"),
    [
        ({"language": "<x>"}, '"<x>" is no language tag; one is "ru" or "zh-Hans".'),
        (
            {"file": Path("no/such/x.pdf")},
            (
                "No document can be written as .pdf: name the file .md, .markdown, .html, .htm, or say which with"
                " --format."
            ),
        ),
        ({"file": Path("no/such/x.md")}, "no/such/x.md cannot be written: No such file or directory."),
    ],
)
def test_what_cannot_be_is_a_sentence(public: Sat, wanted: dict[str, Any], sentence: str):
    with pytest.raises(Stopped) as stopped:
        public.write(**wanted)
    assert str(stopped.value) == sentence


def test_the_command_on_the_command_line(public: Sat, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("POLYLOGUE_DATA_DIR", str(public.sitting.server.directory))
    file = tmp_path / "minutes.html"
    done = CliRunner().invoke(main, ["minutes", public.sitting.id, "--language", "ru", "-o", str(file)])
    assert done.exit_code == 0, done.output
    assert '<html lang="ru">' in file.read_text("utf-8")
    missing = CliRunner().invoke(main, ["minutes", "nowhere"])
    assert missing.exit_code == 2
