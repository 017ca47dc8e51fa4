"""Events of brackets: another wording beside the present one, the choice between them, and how brackets are cut."""

from dataclasses import dataclass
from typing import ClassVar

from polylogue.events.parts import BracketReading, Region, RemainingAlternative, Version
from polylogue.record.prose import Prose
from polylogue.vocabulary import AlternativeId, AmendmentId, ProvisionId, Seq


@dataclass(frozen=True, slots=True, kw_only=True)
class AlternativeProposed:
    """`amendment` is the one whose words these are. `reopens`: the text was blocked and goes back to the table."""

    v: ClassVar[int] = 1
    alternative: AlternativeId
    provision: ProvisionId
    amendment: AmendmentId | None
    revision: int
    versions: tuple[Version, ...]
    reopens: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BracketClosed:
    """The clause's next revision has the words of `versions`, else those of the alternative `taken`, else its own.

    `bracket` is the number of the one that closed, null where the clause was closed as a whole; `alternative` the
    wording that was chosen there, null for the present text. `regions` are the brackets left, number 1 first.
    """

    v: ClassVar[int] = 1
    provision: ProvisionId
    bracket: int | None
    alternative: AlternativeId | None
    revision: int
    versions: tuple[Version, ...]
    taken: AlternativeId | None
    readings: tuple[BracketReading, ...]
    remaining: tuple[RemainingAlternative, ...]
    regions: tuple[Region, ...]
    reason: Prose | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BracketsMerged:
    """The brackets from number `first` to `last` are one from then on; `regions` are all brackets after it."""

    v: ClassVar[int] = 1
    provision: ProvisionId
    first: int
    last: int
    regions: tuple[Region, ...]
    reason: Prose | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BracketSplit:
    """The bracket of that number has become several; `regions` are all brackets after it."""

    v: ClassVar[int] = 1
    provision: ProvisionId
    bracket: int
    regions: tuple[Region, ...]
    reason: Prose | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BracketReopened:
    """What the closing at entry `closing` had ended is open again: `alternatives` are all that are, in their order.

    `former` is, as an alternative, the text that the clause had before that closing; null where it has it still or an
    alternative has it. `reopens`: the text was clean or blocked and goes back to the table.
    """

    v: ClassVar[int] = 1
    provision: ProvisionId
    closing: Seq
    former: AlternativeId | None
    alternatives: tuple[AlternativeId, ...]
    reopens: bool
    reason: Prose
