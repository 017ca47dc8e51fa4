"""Commands on amendments: proposed, accepted, withdrawn."""

from dataclasses import dataclass

from polylogue.vocabulary import AmendmentId, AmendmentKind, LanguageTag, ProvisionId


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
