"""The page to try the API: it comes from vendored files, needs no other host, and gives both transports its token."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from server.api.ide import FOLDER
from tests.live import Live, live
from tests.node import run_node
from tests.server.toy import World, toy_app

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"
LARGEST = 1_500_000


@pytest.fixture(scope="module")
def server() -> Iterator[Live]:
    with live(toy_app(World())) as server:
        yield server


@pytest.fixture
def client(server: Live) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=server.url) as client:
        yield client


def test_a_browser_gets_the_page_and_a_program_does_not(client: httpx.Client):
    page = client.get("/graphql", headers={"accept": BROWSER})
    assert (page.status_code, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
    with_query = client.get("/graphql", params={"query": "{ hello }"}, headers={"accept": BROWSER})
    assert with_query.text == page.text
    assert client.get("/graphql", params={"query": "{ hello }"}).json() == {"data": {"hello": "hello world"}}
    assert client.post("/graphql", json={"query": "{ hello }"}, headers={"accept": BROWSER}).json()["data"]


@pytest.mark.parametrize("path", ["/graphql", "/graphql/"])
def test_all_that_the_page_names_is_there(client: httpx.Client, path: str):
    page = client.get(path, headers={"accept": BROWSER})
    named = re.findall(r'(?:src|href)="([^"]+)"', page.text)
    files = [name for name in named if not name.startswith("data:")]
    assert len(files) == 7
    for name in files:
        found = client.get(str(page.url.join(name)))
        assert found.status_code == 200
        assert found.headers["content-type"] in ("text/javascript; charset=utf-8", "text/css; charset=utf-8")
        assert found.headers["x-content-type-options"] == "nosniff"
        again = client.get(str(page.url.join(name)), headers={"if-none-match": found.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")


def test_the_page_allows_itself_no_other_host(client: httpx.Client):
    page = client.get("/graphql", headers={"accept": BROWSER})
    policy = dict(part.strip().split(" ", 1) for part in page.headers["content-security-policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["connect-src"] == "'self'"
    assert "//" not in page.headers["content-security-policy"]
    assert "//" not in page.text


@pytest.mark.parametrize("name", ["README.md", "index.html", "react.LICENSE", "..%2Fsettings.py", "nothing.js"])
def test_nothing_else_of_the_folder_is_served(client: httpx.Client, name: str):
    assert client.get(f"/graphql/graphiql/{name}").status_code == 404


def test_the_vendored_files_are_small_and_come_with_their_licences():
    table = (FOLDER / "README.md").read_text(encoding="utf-8")
    for path in FOLDER.iterdir():
        assert path.stat().st_size < LARGEST
        assert f"`{path.name}`" in table or path.name == "README.md"


def test_a_person_can_use_it_in_a_browser(server: Live, tmp_path: Path):
    saw = run_node("graphiql.mjs", f"{server.url}/graphql", str(tmp_path / "page.png"))
    if "noBrowser" in saw:
        assert "CI" not in os.environ, saw
        pytest.skip(f"no browser runs here: {saw['noBrowser']}")
    assert '"hello": "hello world", "me": null' in saw["query"]
    assert "mutation: Mutation" in saw["documentation"]
    assert '"forever": "ann"' in saw["subscription"]
    assert '"forever": "bob"' in saw["headers"]
    assert "4403 Forbidden" in saw["refused"]
    assert '"code": "UNAUTHENTICATED"' in saw["refusedHttp"]
    assert saw["hosts"] == [server.url.removeprefix("http://")]
    assert {line for line in saw["console"] if "401" not in line} == set()
    assert set(saw["failed"]) == {f"{server.url}/graphql"}
