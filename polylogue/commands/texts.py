"""Commands on the negotiating text: its clauses, and its life up to the call."""

from dataclasses import dataclass

from polylogue.vocabulary import ItemId, LanguageTag, ProvisionId, ProvisionKind


@dataclass(frozen=True, kw_only=True)
class ProposeProvision:
    """Propose a new clause, after another one or at the end: of the preamble, if it is a preambular one."""

    item: ItemId
    text: str
    language: LanguageTag
    kind: ProvisionKind = ProvisionKind.OPERATIVE
    after: ProvisionId | None = None


@dataclass(frozen=True, kw_only=True)
class WithdrawProvision:
    """Take a clause back."""

    provision: ProvisionId


@dataclass(frozen=True, kw_only=True)
class JoinSponsors:
    """Become a sponsor of a clause that has one already."""

    provision: ProvisionId


@dataclass(frozen=True, kw_only=True)
class LeaveSponsors:
    """Be a sponsor of the clause no longer; a clause whose last sponsor leaves is left to the chair."""

    provision: ProvisionId


@dataclass(frozen=True, kw_only=True)
class CirculateText:
    """Send the text to all delegations; the circulation period begins."""

    item: ItemId


@dataclass(frozen=True, kw_only=True)
class CleanText:
    """Declare the text clean: no bracket is left."""

    item: ItemId


@dataclass(frozen=True, kw_only=True)
class ReopenText:
    """Take a clean or blocked text back to the table."""

    item: ItemId
    reason: str | None = None
    language: LanguageTag = LanguageTag("en")
