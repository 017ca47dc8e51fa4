"""Connections: lists read page by page, from a place in the order and never from a number.

Why a place: rows that come or go between two pages then neither repeat nor hide others.
"""

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

import strawberry

from schema.api.errors import ApiError, ErrorCode
from schema.api.values import shown

T = TypeVar("T")

LARGEST_PAGE = 200
"""More cannot be asked for at once."""


@shown
class PageInfo:
    """Whether more follow, and the cursor after which they do."""

    has_next_page: bool
    end_cursor: str | None


@shown
class Edge(Generic[T]):
    cursor: str
    node: T


@shown
class Connection(Generic[T]):
    """A page of a list. `totalCount` counts all that the viewer may see, on whatever page."""

    edges: list[Edge[T]]
    page_info: PageInfo
    total_count: int

    @strawberry.field(description="The nodes of the edges.")
    def nodes(self) -> list[T]:
        return [edge.node for edge in self.edges]


def cursor(*key: str) -> str:
    """An opaque cursor for a place in an order."""
    return base64.urlsafe_b64encode(json.dumps(key).encode()).decode().rstrip("=")


def place(after: str | None, length: int) -> tuple[str, ...] | None:
    """The place that a cursor stands for; raises ApiError for a text that is none of ours."""
    if after is None:
        return None
    try:
        key = json.loads(base64.b64decode(after + "=" * (-len(after) % 4), b"-_", validate=True))
    except (binascii.Error, ValueError):
        key = None
    # What would not go into a database cannot come from one.
    if isinstance(key, list) and len(key) == length and all(isinstance(k, str) and "\0" not in k for k in key):
        return tuple(key)
    raise ApiError(ErrorCode.VARIABLES_INVALID, "`after` is no cursor of this list.")


def page_size(first: int, most: int = LARGEST_PAGE) -> int:
    """How many a page has at most; raises ApiError for a number that is none of a page."""
    if not 1 <= first <= most:
        raise ApiError(ErrorCode.VARIABLES_INVALID, f"`first` is 1 to {most}.")
    return first


def page(nodes: Sequence[T], first: int, total: int, key: Callable[[T], tuple[str, ...]]) -> Connection[T]:
    """A page from nodes of which one more than `page_size(first)` was read, if there was one."""
    size = page_size(first)
    edges = [Edge(cursor=cursor(*key(node)), node=node) for node in nodes[:size]]
    end = edges[-1].cursor if edges else None
    return Connection(
        edges=edges, page_info=PageInfo(has_next_page=len(nodes) > size, end_cursor=end), total_count=total
    )
