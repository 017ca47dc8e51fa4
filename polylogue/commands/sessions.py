"""Commands on a session as a whole and on who takes part."""

from dataclasses import dataclass

from polylogue.scenario import Scenario
from polylogue.vocabulary import LanguageTag, PersonId, Role, SeatCode


@dataclass(frozen=True, kw_only=True)
class ScheduleSession:
    """Make a session from a scenario."""

    scenario: Scenario


@dataclass(frozen=True, kw_only=True)
class AdmitPerson:
    """Admit a pseudonymous person to a role; a delegate to one or several seats. CHAIR brings SECRETARIAT with it."""

    role: Role
    seats: tuple[SeatCode, ...] = ()
    person: PersonId | None = None


@dataclass(frozen=True, kw_only=True)
class DismissPerson:
    """End what a person was admitted to."""

    person: PersonId


@dataclass(frozen=True, kw_only=True)
class OpenSession:
    """Open the first sitting."""


@dataclass(frozen=True, kw_only=True)
class SuspendSession:
    """End the sitting for now."""

    reason: str | None = None
    language: LanguageTag = LanguageTag("en")


@dataclass(frozen=True, kw_only=True)
class ResumeSession:
    """Begin the next sitting."""


@dataclass(frozen=True, kw_only=True)
class CloseSession:
    """End the session's work."""


@dataclass(frozen=True, kw_only=True)
class ReopenSession:
    """Take up again what was closed."""

    reason: str
    language: LanguageTag = LanguageTag("en")


@dataclass(frozen=True, kw_only=True)
class SealSession:
    """Close the record for good."""
