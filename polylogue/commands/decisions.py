"""Commands on a call for consensus and what follows from it."""

from dataclasses import dataclass

from polylogue.vocabulary import DecisionType, ItemId, LanguageTag, OpinionKind, ProvisionId, SeatCode, StanceLevel


@dataclass(frozen=True, kw_only=True)
class CallForConsensus:
    """Ask whether anybody objects. `concerned` is the member that a suspension or expulsion is about."""

    item: ItemId
    decision_type: DecisionType = DecisionType.ORDINARY
    concerned: SeatCode | None = None


@dataclass(frozen=True, kw_only=True)
class RaiseObjection:
    """Object to a provision in the call, with the reason and the change that would remove the objection.

    With `version` only to what it says in that authentic language; `language` is that of the reason.
    """

    item: ItemId
    provision: ProvisionId
    reason: str
    would_be_removed_by: str
    language: LanguageTag
    version: LanguageTag | None = None


@dataclass(frozen=True, kw_only=True)
class MaintainObjection:
    """Hold, in the call, to an objection that stood when it opened."""

    item: ItemId
    provision: ProvisionId


@dataclass(frozen=True, kw_only=True)
class WithdrawObjection:
    """Give up an objection; `level` is the stance that takes its place."""

    item: ItemId
    provision: ProvisionId
    level: StanceLevel = StanceLevel.RESERVE


@dataclass(frozen=True, kw_only=True)
class PlaceOpinionOnRecord:
    """Annex an opinion to the decision; it does not block."""

    item: ItemId
    text: str
    language: LanguageTag
    kind: OpinionKind = OpinionKind.INTERPRETATION
    provision: ProvisionId | None = None


@dataclass(frozen=True, kw_only=True)
class CloseCall:
    """End the call. `withdraw` takes it back for the `reason` given.

    `unreachable` are seats whose devices did not answer.
    """

    item: ItemId
    withdraw: bool = False
    reason: str | None = None
    language: LanguageTag = LanguageTag("en")
    unreachable: tuple[SeatCode, ...] = ()
