"""Commands on amendments: proposed to a clause or to an amendment, revised, accepted, withdrawn."""

from dataclasses import dataclass

from polylogue.vocabulary import AmendmentId, AmendmentKind, ItemId, LanguageTag, ProvisionId, ProvisionKind


@dataclass(frozen=True, kw_only=True)
class ProposeAmendment:
    """Propose to replace a clause's wording as it stands at `revision`, to delete the clause, to move it, or to insert
    one.

    A move and an insertion go `after` another clause; without it to the beginning, and an insertion then names the
    `item`. With `amendment` it is that amendment's wording that is to be replaced, and `revision` is its edition.
    Without a `language` the words are in the session's working language.
    """

    provision: ProvisionId | None = None
    revision: int | None = None
    text: str | None = None
    language: LanguageTag | None = None
    kind: AmendmentKind = AmendmentKind.REPLACE
    reason: str | None = None
    after: ProvisionId | None = None
    item: ItemId | None = None
    provision_kind: ProvisionKind = ProvisionKind.OPERATIVE
    amendment: AmendmentId | None = None


@dataclass(frozen=True, kw_only=True)
class ReviseAmendment:
    """Give one's amendment other words, or take it over to the wording that stands at `revision`.

    Without `text` its changes are made in the present wording, which is possible where nobody else has changed the same
    words since; without a `language` it stays in its own.
    """

    amendment: AmendmentId
    revision: int | None = None
    text: str | None = None
    language: LanguageTag | None = None


@dataclass(frozen=True, kw_only=True)
class AcceptAmendment:
    """Agree, as a sponsor of the clause, that the amendment is friendly."""

    amendment: AmendmentId


@dataclass(frozen=True, kw_only=True)
class WithdrawAmendment:
    """Take one's amendment back."""

    amendment: AmendmentId
