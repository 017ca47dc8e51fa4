"""Events of language versions of clauses: given, or confirmed to fit."""

from dataclasses import dataclass
from typing import ClassVar

from polylogue.events.parts import Version
from polylogue.vocabulary import LanguageTag, ProvisionId


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionProvided:
    """A wording in one language, the only one of `versions`. Where it was missing or stale the clause keeps its
    `revision`; where it fitted, that is the next one, and the versions in the languages `stale` are so from here on.
    """

    v: ClassVar[int] = 1
    provision: ProvisionId
    revision: int
    versions: tuple[Version, ...]
    stale: tuple[LanguageTag, ...]
    reopens: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionConfirmed:
    """The version in this language says what the clause says at its `revision`."""

    v: ClassVar[int] = 1
    provision: ProvisionId
    revision: int
    language: LanguageTag
