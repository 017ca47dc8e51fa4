"""Every stored report of a session computed again from its record, and its hashes compared; rounds of candidates, too.

Why with the audit's own parts: there is one answer to whether a result is the record's, and one place that gives it.
"""

from collections import Counter
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import exc

from ledger.audit import is_id
from ledger.audit.finding import Fault
from ledger.audit.recompute import Hashes, recompute
from ledger.audit.results import Results, kept_results
from ledger.lines import entry_of, pages
from ledger.raw import printable, shown
from polylogue.convergence.scope import Scope
from polylogue.convergence.track import Tracker
from polylogue.state import State
from polylogue.vocabulary import Seq, SessionId
from schema.circumstances import circumstances
from server.convergence.rounds_again import ERASED, MODEL, OTHER, SAME, Rounds, rounds_of

Version = tuple[str, int]
"""An algorithm and its version."""


@dataclass(frozen=True, slots=True)
class Recomputed:
    """How many reports of which version are the same, how many nobody can compute now, and the first difference.

    `rounds` of candidates by what came of them: "same", or not looked at since they were made with a "model" or by an
    "other" search, or since words that they rest on have been "erased".
    """

    session: SessionId
    entries: int
    same: dict[Version, int]
    unknown: dict[Version, int]
    rounds: dict[str, int]
    difference: str | None

    @property
    def sound(self) -> bool:
        return self.difference is None

    @property
    def sentence(self) -> str:
        """One line for a person."""
        parts = [f"{count} of {name} {version} the same" for (name, version), count in sorted(self.same.items())]
        parts += [
            f"{count} of {name} {version}, which this software no longer has, not looked at"
            for (name, version), count in sorted(self.unknown.items())
        ]
        parts += [f"{_rounds(self.rounds[kind])} {what}" for kind, what in OF_ROUNDS.items() if kind in self.rounds]
        said = ", ".join(parts) or "no report"
        if self.difference:
            return f"Session {self.session}: {said}, and then a difference: {self.difference}."
        return f"Session {self.session}: {said}."

    def document(self) -> dict[str, object]:
        """The same as JSON values."""
        return {
            "session": self.session,
            "entries": self.entries,
            "same": {f"{name} {version}": count for (name, version), count in sorted(self.same.items())},
            "unknown": {f"{name} {version}": count for (name, version), count in sorted(self.unknown.items())},
            "rounds": self.rounds,
            "difference": self.difference,
        }


OF_ROUNDS = {
    SAME: "the same",
    MODEL: "made with a model, not looked at",
    OTHER: "by a search that is not this software's, not looked at",
    ERASED: "from words that are erased, not looked at",
}


def _rounds(count: int) -> str:
    return f"{count} {'round' if count == 1 else 'rounds'} of candidates"


def recomputed(connection: sa.Connection, session: SessionId) -> Recomputed:
    """Fold the record and compute each report at its basis; the points of the timelines are compared on the way.

    Goes as far as the first difference, as which counts whatever cannot be read. In the caller's transaction, which
    should be one snapshot.
    """
    if not is_id(session):
        return Recomputed(SessionId(shown(session)), 0, {}, {}, {}, "its id is no UTF-8 text")
    seen: Counter[Version] = Counter()
    unknown: Counter[Version] = Counter()

    def counted(state: State, scope: Scope, algorithm: str, version: int) -> Hashes | None:
        made = recompute(state, scope, algorithm, version)
        (unknown if made is None else seen)[algorithm, version] += 1
        last.append((algorithm, version))
        return made

    last: list[Version] = []
    results, rounds = Results({}, {}, {}, counted), Rounds(connection, session, {})
    tracker, entries, difference = Tracker(), 0, None
    try:
        results = kept_results(connection, session, counted)
        rounds = rounds_of(connection, session)
        for lines in pages(connection, session):
            for line in lines:
                fed = tracker.apply(entry_of(line))
                entries = line.seq
                results.take(tracker.state, fed)
                rounds.take(tracker.state, Seq(line.seq))
        results.none_left()
    except Fault as fault:
        difference = str(fault)
        if last and sum(seen.values()) > results.checked:
            seen[last[-1]] -= 1
    except exc.DBAPIError as error:
        if circumstances(error):
            raise
        difference = f"what is kept cannot be read ({error.orig}); `polylogue audit` says more"
    except Exception as error:
        if circumstances(error):
            raise
        difference = f"entry {entries + 1} cannot be read ({error!r}); `polylogue audit` says more"
    told = None if difference is None else printable(difference)
    return Recomputed(session, entries, dict(+seen), dict(unknown), dict(rounds.found), told)
