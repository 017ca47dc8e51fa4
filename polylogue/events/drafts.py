"""Events of drafts: asked for, and put on the table."""

from dataclasses import dataclass
from typing import ClassVar

from polylogue.events.parts import TabledClause
from polylogue.vocabulary import DraftId, ItemId, RequestId


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftRequested:
    v: ClassVar[int] = 1
    request: RequestId
    item: ItemId


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftTabled:
    v: ClassVar[int] = 1
    draft: DraftId
    request: RequestId | None
    item: ItemId
    number: int
    clauses: tuple[TabledClause, ...]
    reopens: bool
