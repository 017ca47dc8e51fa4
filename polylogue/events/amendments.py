"""Events of amendments: proposed, accepted, withdrawn."""

from dataclasses import dataclass
from typing import ClassVar

from polylogue.events.parts import Version
from polylogue.record.prose import Prose
from polylogue.vocabulary import AmendmentId, AmendmentKind, ProvisionId


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
