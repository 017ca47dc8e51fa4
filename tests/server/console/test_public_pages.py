"""Pages that are for everybody: what is on none of them, and what they allow themselves."""

import re

import httpx
import pytest

from server.console.files import FOLDER as STATIC
from server.console.views import documents
from tests.server.console.conftest import Scenes
from tests.server.console.pages import board
from tests.server.console.sitting import SECRET, Sitting
from tests.server.console.streams import messages_of

LARGEST = 1_200_000


@pytest.mark.parametrize("path", ["board", "board/live"])
def test_a_session_that_is_not_public_is_as_if_there_were_none(scenes: Scenes, client: httpx.Client, path: str):
    sessions = (scenes.private.id, "01900000-0000-7000-8000-000000000000", "nonsense")
    answers = [client.get(f"/s/{session}/{path}") for session in sessions]
    assert [answer.status_code for answer in answers] == [404, 404, 404]
    # A page names the address that it was asked for at, and says nothing else of the session.
    said = {answer.text.replace(session, "") for answer, session in zip(answers, sessions, strict=True)}
    assert len(said) == 1
    assert "There is no public session here." in said.pop()


def test_interests_and_names_of_people_are_on_no_page(fresh: Sitting, client: httpx.Client):
    fresh.do("postPosition", seat="ALDER", itemId=fresh.item()["id"], text="We agree.", language="en", interests=SECRET)
    told = client.get("/").text + board(client, fresh).text + "".join(messages_of(client, fresh, 2))
    assert "posted its position" in told
    assert SECRET not in told
    assert "The chair" not in told  # as whom the chair was admitted


def test_texts_are_escaped(fresh: Sitting, client: httpx.Client):
    fresh.do(
        "proposeProvision", seat="ALDER", itemId=fresh.item()["id"], text='<img src="x">\u2028& "so on"', language="en"
    )
    page = board(client, fresh).text
    assert '<span lang="en">&lt;img src=&#34;x&#34;&gt;\u2028&amp; &#34;so on&#34;</span>' in page
    assert "<img" not in page


def test_a_page_allows_itself_nothing_from_elsewhere(scenes: Scenes, client: httpx.Client):
    for path in ("/", f"/s/{scenes.negotiated.id}/board", f"/s/{scenes.private.id}/board"):
        page = client.get(path)
        policy = dict(part.strip().split(" ", 1) for part in page.headers["content-security-policy"].split(";"))
        assert policy["default-src"] == "'none'"
        assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == "'self'"
        assert page.headers["x-content-type-options"] == "nosniff"
        assert page.headers["cache-control"] == "no-store"
        assert not re.search(r"<script(?! src=)|<style| style=| on[a-z]+=|//", page.text)


def test_files_of_pages_come_with_their_tags(scenes: Scenes, client: httpx.Client):
    page = board(client, scenes.negotiated).text
    named = set(re.findall(r'(?:src|href)="(/static/[^"]+)"', page))
    named |= {f"/static/{name}" for name in re.findall(r"url\(([^)]+)\)", client.get("/static/console.css").text)}
    assert len(named) == 11
    for name in named:
        found = client.get(name)
        assert (found.status_code, found.headers["cache-control"]) == (200, "no-cache")
        assert len(found.content) < LARGEST
        again = client.get(name, headers={"if-none-match": found.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
    for name in ("README.md", "htmx.LICENSE", "..%2Froutes.py", "nothing.js"):
        assert client.get(f"/static/{name}").status_code == 404


def test_every_vendored_file_is_named_with_its_licence():
    table = (STATIC / "README.md").read_text("utf-8")
    assert [path.name for path in STATIC.iterdir() if path.name != "README.md" and f"`{path.name}`" not in table] == []


def test_a_document_asks_for_nothing_about_one_delegation_alone():
    assert "positions(seats: [$seat], first: 1)" in documents()["seat"]
    for name, document in documents().items():
        # The steps of a tie are of the room; of the convergence they are a delegation's.
        shut = r"\b(?:perSeat|leaveOneOut|interests|failures|pairs|isolated|(?<!order )steps|credits)\b"
        found = re.findall(shut, document)
        assert found == (["interests", "interests"] if name == "seat" else []), f"{name}: a seat's page tells its own"
