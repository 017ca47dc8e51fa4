"""Commands by which mistakes are mended; each says why."""

from dataclasses import dataclass

from polylogue.commands.positions import StanceGiven, Translation
from polylogue.vocabulary import (
    DecisionType,
    ItemId,
    LanguageTag,
    OpinionKind,
    ProvisionId,
    SeatCode,
    Seq,
    StanceLevel,
)


@dataclass(frozen=True, kw_only=True)
class RestoredPresence:
    """Who was present when the roll was called; everybody else was absent."""

    present: tuple[SeatCode, ...] = ()


@dataclass(frozen=True, kw_only=True)
class RestoredStances:
    """All stances that the entry should have stated; one that it stated and that is not here was not stated."""

    stances: tuple[StanceGiven, ...]
    language: LanguageTag = LanguageTag("en")


@dataclass(frozen=True, kw_only=True)
class RestoredWords:
    """What a position should have said, with its translations; interests have none."""

    text: str
    language: LanguageTag
    translations: tuple[Translation, ...] = ()


@dataclass(frozen=True, kw_only=True)
class RestoredReasons:
    """Why an objection was raised, and what would remove it."""

    reason: str
    would_be_removed_by: str
    language: LanguageTag


@dataclass(frozen=True, kw_only=True)
class RestoredLevel:
    """The stance that took the place of an objection withdrawn."""

    level: StanceLevel


@dataclass(frozen=True, kw_only=True)
class RestoredOpinionText:
    """What an opinion on record should have said, and what it is on."""

    text: str
    language: LanguageTag
    kind: OpinionKind = OpinionKind.INTERPRETATION
    provision: ProvisionId | None = None


@dataclass(frozen=True, kw_only=True)
class RestoredQuestion:
    """What a call for consensus was to decide. `concerned` is the member that a suspension or expulsion is about."""

    decision_type: DecisionType
    concerned: SeatCode | None = None


@dataclass(frozen=True, kw_only=True)
class Restored:
    """What an entry should have said: the one of these that is of its kind.

    `void` says that nothing of the sort was said or done, as when it was entered for the wrong delegation.
    """

    void: bool | None = None
    roll_call: RestoredPresence | None = None
    stances: RestoredStances | None = None
    position: RestoredWords | None = None
    interests: RestoredWords | None = None
    objection: RestoredReasons | None = None
    withdrawal: RestoredLevel | None = None
    opinion: RestoredOpinionText | None = None
    call: RestoredQuestion | None = None


@dataclass(frozen=True, kw_only=True)
class CorrectEntry:
    """Say what the entry `seq` should have said. It stays in the record, and what is restored holds from now on.

    Officers correct any entry of these kinds, a seat its own: roll calls, arrivals, departures, positions with the
    interests behind them, stances, objections and their answers, opinions, and what a call is to decide.
    """

    seq: Seq
    restored: Restored
    reason: str
    language: LanguageTag = LanguageTag("en")


@dataclass(frozen=True, kw_only=True)
class StepItemBack:
    """Undo the last step of an item: its cleaning or circulation, or that it was taken up. A blocked text goes back to
    the table.
    """

    item: ItemId
    reason: str
    language: LanguageTag = LanguageTag("en")


@dataclass(frozen=True, kw_only=True)
class ReopenCall:
    """Open the call again by which the text was adopted or blocked; its verdict stays in the record."""

    item: ItemId
    reason: str
    language: LanguageTag = LanguageTag("en")


@dataclass(frozen=True, kw_only=True)
class RescindAdoption:
    """Say that a text is adopted no longer; it is clean again."""

    item: ItemId
    reason: str
    language: LanguageTag = LanguageTag("en")
