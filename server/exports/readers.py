"""Who asks for a document: by the token that is sent along, as over the API, else by the cookie of the pages.

Why the cookie too: a page links to documents, and its reader is to get what the page shows them.
"""

from typing import Any

from litestar import Request

from schema.api.context import Principal
from server.access import Access
from server.api.door import bearer
from server.console.visitors import visitor_of


async def reader_of(request: Request[Any, Any, Any], access: Access) -> Principal:
    """Whoever asks; a stranger when the cookie holds no token, or one that is no good.

    Raises AuthenticationError for a header with a token that is none.
    """
    header = request.headers.get("authorization")
    if header is not None:
        return await access.authenticate(bearer(header))
    return (await visitor_of(request, access)).principal
