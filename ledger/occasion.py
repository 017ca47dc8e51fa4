"""What the core is given from outside: who acts, the time, fresh ids.

Why here: the core asks no clock and draws nothing, so whoever calls it does; and everybody draws in the same way.
"""

import os
import time
from dataclasses import dataclass
from datetime import UTC, datetime

from polylogue.procedure.time import instant
from polylogue.vocabulary import Instant, PersonId, Role


@dataclass(frozen=True, slots=True)
class By:
    """Who gives a command: a person, and what they are on this site."""

    person: PersonId
    site_roles: frozenset[Role] = frozenset()


_VERSION = 7 << 76
_VARIANT = 2 << 62
_RANDOM = ~(15 << 76) & ~(3 << 62)  # the random bits leave version and variant clear


def now() -> Instant:
    """The time by this machine's clock, as the record writes it."""
    return instant(datetime.now(UTC))


def fresh_id() -> str:
    """A UUIDv7 (RFC 9562) in lower case: ids that sort roughly by the time they were drawn at."""
    bits = time.time_ns() // 1_000_000 << 80 | int.from_bytes(os.urandom(10)) & _RANDOM | _VERSION | _VARIANT
    h = f"{bits:032x}"
    return f"{h[:8]}-{h[8:12]}-{h[12:16]}-{h[16:20]}-{h[20:]}"
