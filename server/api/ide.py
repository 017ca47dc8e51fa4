"""GraphiQL, the page on which the API can be tried, from files that lie beside it.

Why vendored: a deliberation may run in a room without the internet, and a page that holds a token loads no stranger's
script.
"""

from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from litestar import Request, Response, Router, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

FOLDER = Path(__file__).resolve().parent.parent / "graphiql"
KINDS = {".js": "text/javascript", ".css": "text/css"}

# Scripts come from this server alone. Inline styles are allowed, since GraphiQL's editor and scroll areas write some.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src data:; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
SAFE = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"}


def ide_page(request: Request[Any, Any, Any]) -> Response[bytes]:
    """The page; its links are relative, so that it works under any prefix."""
    asked = request.scope["raw_path"].decode("latin-1")  # not `url.path`, from which Litestar takes a last slash away
    end = asked.rpartition("/")[2]
    files = f"{end}/graphiql/" if end else "graphiql/"
    page = (FOLDER / "index.html").read_text(encoding="utf-8").replace("{files}", files)
    headers = {"Content-Security-Policy": POLICY, "Vary": "Accept", "Cache-Control": "no-cache", **SAFE}
    return Response(page.encode(), status_code=200, media_type="text/html", headers=headers)


def ide_files() -> Router:
    """The page's scripts and styles, and nothing else of the folder."""

    @get("/{name:str}", include_in_schema=False, name="graphiql-file")
    async def ide_file(request: Request[Any, Any, Any], name: FromPath[str]) -> Response[bytes]:
        try:
            content, kind, tag = _files()[name]
        except KeyError:
            raise NotFoundException from None
        headers = {"ETag": tag, "Cache-Control": "no-cache", **SAFE}
        if request.headers.get("if-none-match") == tag:
            return Response(b"", status_code=304, media_type=kind, headers=headers)
        return Response(content, media_type=kind, headers=headers)

    return Router("/graphiql", route_handlers=[ide_file])


@cache
def _files() -> dict[str, tuple[bytes, str, str]]:
    """Content, media type and entity tag of each file, read once."""
    found = {}
    for path in FOLDER.iterdir():
        if kind := KINDS.get(path.suffix):
            content = path.read_bytes()
            found[path.name] = content, kind, f'"{sha256(content).hexdigest()[:16]}"'
    return found
