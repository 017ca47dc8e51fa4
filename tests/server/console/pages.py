"""Pages as a reader has them: asked for over HTTP, in parts, without their markup."""

import re

import httpx

from tests.server.console.sitting import Sitting


def words(html: str) -> str:
    """The text of a page, without its markup."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", html))


def board(client: httpx.Client, sitting: Sitting, **query: object) -> httpx.Response:
    found = client.get(f"/s/{sitting.id}/board", params={k: str(v) for k, v in query.items()})
    assert found.status_code == 200
    return found


def section(page: str, name: str, element: str = "section") -> str:
    end = rf'(?=<{element} id=|<div class="(?:stances|side|columns)"|</main>)'
    found = re.search(rf'<{element} id="{name}".*?{end}', page, re.DOTALL)
    assert found, name
    return found[0]
