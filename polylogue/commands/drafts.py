"""Commands on drafts: asked for, and put on the table."""

from dataclasses import dataclass

from polylogue.vocabulary import (
    AlternativeId,
    AmendmentId,
    ItemId,
    LanguageTag,
    PositionId,
    ProvisionId,
    ProvisionKind,
    RequestId,
    SeatCode,
    WriterKind,
)


@dataclass(frozen=True, kw_only=True)
class RequestDraft:
    """Ask for a draft of the item's text, with 4 to 16 candidates for the whole of it at most, or 0: no round.

    `writer` says who words what no delegation has worded. A request that still waits lapses when this one is made
    `instead_of` it.
    """

    item: ItemId
    candidates: int = 16
    writer: WriterKind = WriterKind.RULES
    instead_of: RequestId | None = None


@dataclass(frozen=True, kw_only=True)
class DraftSource:
    """Where a wording comes from: a position's revision, an alternative, an amendment, or a revision of the clause.

    What is named must have just these words, but for white space and capital letters; with a `seat` alone, it must have
    given them on this item. Words that are made of others are `drawn` from these: they are nobody's own. With an
    amendment, `revision` is its edition: it must then wait in this edition when the draft is tabled.
    """

    seat: SeatCode | None = None
    position: PositionId | None = None
    alternative: AlternativeId | None = None
    amendment: AmendmentId | None = None
    revision: int | None = None
    drawn: bool = False


@dataclass(frozen=True, kw_only=True)
class DraftedAlternative:
    """A wording beside the present one: an alternative on the table, or a new text.

    `backers` have given these words, or have said that they support or accept them.
    """

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
