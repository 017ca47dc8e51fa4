"""Events of drafts: asked for, and put on the table."""

from dataclasses import dataclass
from typing import ClassVar

from polylogue.events.parts import TabledClause
from polylogue.vocabulary import DraftId, Hash, ItemId, RequestId, WriterKind


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftRequested:
    """`seed` is the root of the record's tree before this entry; lots among candidates are drawn with it. The request
    that waited lapses where this one is made `instead_of` it.
    """

    v: ClassVar[int] = 1
    request: RequestId
    item: ItemId
    candidates: int
    writer: WriterKind
    seed: Hash
    instead_of: RequestId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftTabled:
    v: ClassVar[int] = 1
    draft: DraftId
    request: RequestId | None
    item: ItemId
    number: int
    clauses: tuple[TabledClause, ...]
    reopens: bool
