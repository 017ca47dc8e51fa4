"""Events of the negotiating text: clauses, alternatives, amendments, drafts, circulation."""

from dataclasses import dataclass
from typing import ClassVar

from polylogue.events.parts import TabledClause, Version
from polylogue.record.prose import Prose
from polylogue.vocabulary import (
    AlternativeId,
    AmendmentId,
    AmendmentKind,
    DraftId,
    Instant,
    ItemId,
    ProvisionId,
    ProvisionKind,
    RequestId,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvisionProposed:
    v: ClassVar[int] = 1
    provision: ProvisionId
    item: ItemId
    kind: ProvisionKind
    after: ProvisionId | None
    versions: tuple[Version, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvisionWithdrawn:
    v: ClassVar[int] = 1
    provision: ProvisionId


@dataclass(frozen=True, slots=True, kw_only=True)
class AlternativeProposed:
    """`reopens`: the text was blocked and goes back to the table."""

    v: ClassVar[int] = 1
    alternative: AlternativeId
    provision: ProvisionId
    revision: int
    versions: tuple[Version, ...]
    reopens: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BracketClosed:
    """The chosen wording is the clause's next revision; without `alternative` it is the text that stood."""

    v: ClassVar[int] = 1
    provision: ProvisionId
    alternative: AlternativeId | None
    revision: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AmendmentProposed:
    v: ClassVar[int] = 1
    amendment: AmendmentId
    kind: AmendmentKind
    provision: ProvisionId
    revision: int
    versions: tuple[Version, ...]
    reason: Prose | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AmendmentAccepted:
    """A sponsor agrees. The last acceptance gives the clause's next `revision`; until then it is null."""

    v: ClassVar[int] = 1
    amendment: AmendmentId
    revision: int | None
    reopens: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AmendmentWithdrawn:
    v: ClassVar[int] = 1
    amendment: AmendmentId


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


@dataclass(frozen=True, slots=True, kw_only=True)
class TextCirculated:
    v: ClassVar[int] = 1
    item: ItemId
    callable_from: Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class TextCleaned:
    v: ClassVar[int] = 1
    item: ItemId
    lapsed: tuple[AmendmentId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TextReopened:
    v: ClassVar[int] = 1
    item: ItemId
    reason: Prose | None
