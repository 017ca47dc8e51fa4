"""Events of amendments: proposed, revised, accepted, withdrawn."""

from dataclasses import dataclass
from typing import ClassVar

from polylogue.events.parts import Version
from polylogue.record.prose import Prose
from polylogue.vocabulary import AmendmentId, AmendmentKind, ItemId, ProvisionId, ProvisionKind


@dataclass(frozen=True, slots=True, kw_only=True)
class AmendmentProposed:
    """`provision` is the clause that it is about; the one that an insertion would make has its id from here on.

    `after` is the clause behind which it is to stand, null for the beginning, where the kind is MOVE or INSERT_AFTER.
    `revision` is the clause's, 0 for one that is not there yet; of an amendment to the wording that another `amends`
    it is that one's edition. Without versions nothing is worded.
    """

    v: ClassVar[int] = 1
    amendment: AmendmentId
    item: ItemId
    kind: AmendmentKind
    provision: ProvisionId
    provision_kind: ProvisionKind
    revision: int
    after: ProvisionId | None
    amends: AmendmentId | None
    versions: tuple[Version, ...]
    reason: Prose | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AmendmentRevised:
    """Its words as they are from now on, in its `edition`, to the wording at `revision`; acceptances fall away."""

    v: ClassVar[int] = 1
    amendment: AmendmentId
    revision: int
    edition: int
    versions: tuple[Version, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AmendmentAccepted:
    """A sponsor agrees. The acceptance that is `final` makes the change, and the amendments in `lapsed` fall with it.

    A clause that is reworded has the next `revision`, an amendment that is reworded the next `edition`; both are null
    for the rest.
    """

    v: ClassVar[int] = 1
    amendment: AmendmentId
    final: bool
    revision: int | None
    edition: int | None
    lapsed: tuple[AmendmentId, ...]
    reopens: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AmendmentWithdrawn:
    """The amendments to its wording lapse with it."""

    v: ClassVar[int] = 1
    amendment: AmendmentId
    lapsed: tuple[AmendmentId, ...]
