"""Reports computed again from the record, by the version that made them.

Why hashes: they are over every exact figure, so equal hashes are equal reports. What is shown beside the figures has
none and is compared as it is.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from polylogue.convergence.extras import beside
from polylogue.convergence.matrix import ALGORITHM, VERSION, canonical_input
from polylogue.convergence.report import compute
from polylogue.convergence.scope import Scope, matrix
from polylogue.record.canonical import digest
from polylogue.state import State
from polylogue.vocabulary import Hash


@dataclass(frozen=True, slots=True)
class Hashes:
    """Hashes of a report's input, of everybody's part and of each delegation's; `beside` is shown and not hashed."""

    input: Hash
    public: Hash
    per_seat: Mapping[str, Hash]
    beside: Mapping[str, object] = field(default_factory=dict[str, object], compare=False)


Recompute = Callable[[State, Scope, str, int], Hashes | None]
"""From the session as it stood at a report's basis, its scope, algorithm and version; null when it is gone."""


def recompute(state: State, scope: Scope, algorithm: str, version: int) -> Hashes | None:
    """The hashes of a report of a version that this software has."""
    if (algorithm, version) != (ALGORITHM, VERSION):
        return None
    found, extras = matrix(state, scope)
    document = compute(found).document()
    per_seat = cast("Mapping[str, Any]", document["perSeat"])
    return Hashes(
        digest(canonical_input(found)),
        digest(document["public"]),
        {seat: digest(p) for seat, p in per_seat.items()},
        beside(found, extras),
    )
