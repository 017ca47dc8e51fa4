"""The files that pages load: scripts, styles and fonts that lie beside them, each with its entity tag.

Why vendored: a deliberation may run in a room without the internet. Why asked for again each time, at the price of a
304: a page and its files are of one build, whatever a browser has kept.
"""

from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from litestar import Request, Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

FOLDER = Path(__file__).resolve().parent / "static"
KINDS = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".woff2": "font/woff2"}


@get("/static/{name:str}", include_in_schema=False, name="console-file")
async def static_file(request: Request[Any, Any, Any], name: FromPath[str]) -> Response[bytes]:
    """A file of the folder, and none that is not for browsers."""
    try:
        content, kind, tag = _files()[name]
    except KeyError:
        raise NotFoundException from None
    headers = {"ETag": tag, "Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff"}
    if request.headers.get("if-none-match") == tag:
        return Response(b"", status_code=304, media_type=kind, headers=headers)
    return Response(content, media_type=kind, headers=headers)


@cache
def _files() -> dict[str, tuple[bytes, str, str]]:
    """Content, media type and entity tag of each file, read once."""
    found: dict[str, tuple[bytes, str, str]] = {}
    for path in FOLDER.iterdir():
        if kind := KINDS.get(path.suffix):
            content = path.read_bytes()
            found[path.name] = content, kind, f'"{sha256(content).hexdigest()[:16]}"'
    return found
