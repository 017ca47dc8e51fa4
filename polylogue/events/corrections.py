"""Events by which mistakes are mended: what an entry should have said, a step back, what was concluded taken up again.

Why new entries: nothing that was recorded is changed or removed, so who reads the record sees both.
"""

from dataclasses import dataclass
from typing import ClassVar

from polylogue.events.parts import (
    RestoredAttendance,
    RestoredCall,
    RestoredInterests,
    RestoredObjection,
    RestoredOpinion,
    RestoredPosition,
    RestoredRollCall,
    Stance,
    StanceTarget,
    StandingObjection,
)
from polylogue.record.prose import Prose
from polylogue.vocabulary import (
    AmendmentId,
    CallId,
    DecisionId,
    Instant,
    ItemId,
    ItemPhase,
    SeatCode,
    TextState,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryCorrected:
    """What the entry that it corrects should have said; it holds from now on.

    `of_kind` is the kind of the entry that was first made, `of_seat` whose it is, `of_item` what it is about. With
    `void` nothing of the sort was said or done. Of several restored parts only those of that kind are there: `stances`
    are all that stand, `dropped` those that were not stated, in whose place stands what the seat had said before.
    """

    v: ClassVar[int] = 1
    of_kind: str
    of_seat: SeatCode | None
    of_item: ItemId | None
    void: bool
    reason: Prose
    stances: tuple[Stance, ...] = ()
    dropped: tuple[StanceTarget, ...] = ()
    restored_roll_call: RestoredRollCall | None = None
    restored_attendance: RestoredAttendance | None = None
    restored_position: RestoredPosition | None = None
    restored_interests: RestoredInterests | None = None
    restored_objection: RestoredObjection | None = None
    restored_opinion: RestoredOpinion | None = None
    restored_call: RestoredCall | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemSteppedBack:
    """`revived` are amendments that had lapsed when the text was cleaned, and wait again."""

    v: ClassVar[int] = 1
    item: ItemId
    phase: ItemPhase
    text: TextState
    revived: tuple[AmendmentId, ...]
    reason: Prose


@dataclass(frozen=True, slots=True, kw_only=True)
class CallReopened:
    """A call that was closed is open again; its verdict stays in the record.

    `decision` is the adoption that ends by it. `standing` are objections that stand on the text and are not in force in
    the call. Amendments that waited lapse.
    """

    v: ClassVar[int] = 1
    call: CallId
    item: ItemId
    decision: DecisionId | None
    objections_until: Instant
    standing: tuple[StandingObjection, ...]
    lapsed: tuple[AmendmentId, ...]
    reason: Prose


@dataclass(frozen=True, slots=True, kw_only=True)
class AdoptionRescinded:
    """The text is no longer adopted; the number of the decision is not given again."""

    v: ClassVar[int] = 1
    decision: DecisionId
    item: ItemId
    reason: Prose
