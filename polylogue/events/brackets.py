"""Events of brackets: another wording beside the present one, and the choice between them."""

from dataclasses import dataclass
from typing import ClassVar

from polylogue.events.parts import Version
from polylogue.vocabulary import AlternativeId, ProvisionId


@dataclass(frozen=True, slots=True, kw_only=True)
class AlternativeProposed:
    """`reopens`: the text was blocked and goes back to the table."""

    v: ClassVar[int] = 1
    alternative: AlternativeId
    provision: ProvisionId
    revision: int
    versions: tuple[Version, ...]
    reopens: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BracketClosed:
    """The chosen wording is the clause's next revision; without `alternative` it is the text that stood."""

    v: ClassVar[int] = 1
    provision: ProvisionId
    alternative: AlternativeId | None
    revision: int
