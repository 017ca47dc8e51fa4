"""Commands on the negotiating text: clauses, alternatives, amendments, drafts, circulation."""

from dataclasses import dataclass

from polylogue.vocabulary import (
    AlternativeId,
    AmendmentId,
    AmendmentKind,
    ItemId,
    LanguageTag,
    PositionId,
    ProvisionId,
    ProvisionKind,
    RequestId,
    SeatCode,
)


@dataclass(frozen=True, kw_only=True)
class ProposeProvision:
    """Propose a new clause, after another one or at the end."""

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
class ProposeAlternative:
    """Propose another wording of a whole clause beside the present one."""

    provision: ProvisionId
    text: str
    language: LanguageTag
    if_revision: int | None = None


@dataclass(frozen=True, kw_only=True)
class CloseBracket:
    """Choose one of the wordings of a bracketed clause; without `alternative` the present text."""

    provision: ProvisionId
    alternative: AlternativeId | None = None
    if_revision: int | None = None


@dataclass(frozen=True, kw_only=True)
class ProposeAmendment:
    """Propose to replace a clause's wording as it stands at `revision`."""

    provision: ProvisionId
    revision: int
    text: str
    language: LanguageTag
    kind: AmendmentKind = AmendmentKind.REPLACE
    reason: str | None = None


@dataclass(frozen=True, kw_only=True)
class AcceptAmendment:
    """Agree, as sponsor of the clause, that the amendment is friendly."""

    amendment: AmendmentId


@dataclass(frozen=True, kw_only=True)
class WithdrawAmendment:
    """Take one's amendment back."""

    amendment: AmendmentId


@dataclass(frozen=True, kw_only=True)
class RequestDraft:
    """Ask for a draft of the item's text."""

    item: ItemId


@dataclass(frozen=True, kw_only=True)
class DraftSource:
    """Where a wording comes from: a position's revision, an alternative, an amendment, or a revision of the clause."""

    seat: SeatCode | None = None
    position: PositionId | None = None
    alternative: AlternativeId | None = None
    amendment: AmendmentId | None = None
    revision: int | None = None


@dataclass(frozen=True, kw_only=True)
class DraftedAlternative:
    """A wording beside the present one: an alternative on the table, or a new text."""

    alternative: AlternativeId | None = None
    text: str | None = None
    language: LanguageTag | None = None
    backers: tuple[SeatCode, ...] = ()
    sources: tuple[DraftSource, ...] = ()


@dataclass(frozen=True, kw_only=True)
class DraftedClause:
    """A clause of a draft: one on the table as it stood at `revision`, or (without `provision`) a new one.

    Only a new clause brings its `kind`, `text` and `language`; it comes after all that are in the text.
    """

    provision: ProvisionId | None = None
    revision: int | None = None
    kind: ProvisionKind = ProvisionKind.OPERATIVE
    text: str | None = None
    language: LanguageTag | None = None
    backers: tuple[SeatCode, ...] = ()
    sources: tuple[DraftSource, ...] = ()
    alternatives: tuple[DraftedAlternative, ...] = ()


@dataclass(frozen=True, kw_only=True)
class TableDraft:
    """Put a draft on the table: the negotiating text with its alternatives and their backers."""

    item: ItemId
    clauses: tuple[DraftedClause, ...] = ()
    request: RequestId | None = None


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
