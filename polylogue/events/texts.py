"""Events of the negotiating text: its clauses, and its life up to the call."""

from dataclasses import dataclass
from typing import ClassVar

from polylogue.events.parts import Version
from polylogue.record.prose import Prose
from polylogue.vocabulary import AmendmentId, Instant, ItemId, ProvisionId, ProvisionKind


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
    """The amendments to it that still waited lapse with it."""

    v: ClassVar[int] = 1
    provision: ProvisionId
    lapsed: tuple[AmendmentId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SponsorJoined:
    v: ClassVar[int] = 1
    provision: ProvisionId


@dataclass(frozen=True, slots=True, kw_only=True)
class SponsorLeft:
    """What it had accepted of the amendments that still wait counts no longer."""

    v: ClassVar[int] = 1
    provision: ProvisionId


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
