"""Commands on language versions of clauses: given, or confirmed to fit."""

from dataclasses import dataclass

from polylogue.vocabulary import LanguageTag, ProvisionId


@dataclass(frozen=True, kw_only=True)
class ProvideVersion:
    """Give a clause's wording in one language: where it is missing or stale, what the clause says; else other words.

    `if_revision` is the clause's revision that the words were written to.
    """

    provision: ProvisionId
    language: LanguageTag
    text: str
    if_revision: int | None = None


@dataclass(frozen=True, kw_only=True)
class ConfirmVersion:
    """Say that a language version from before the clause was reworded says what the clause says now."""

    provision: ProvisionId
    language: LanguageTag
    if_revision: int | None = None
