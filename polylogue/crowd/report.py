"""All figures of a consultation, and the document that shows them.

Why floats, unlike a convergence report: these are the figures of Polis, which are shown beside a session, not hashed.
"""

from dataclasses import dataclass

import numpy as np

from polylogue.crowd import components as axes
from polylogue.crowd import groups as clusters
from polylogue.crowd.components import Components
from polylogue.crowd.consensus import Common, Consensus, consensus, group_aware
from polylogue.crowd.groups import Groups
from polylogue.crowd.priority import priority
from polylogue.crowd.representativeness import (
    Representative,
    Representativeness,
    Side,
    representativeness,
    representatives,
)
from polylogue.crowd.votes import NOBODY, Flags, Floats, Labels, Tally, Votes, tally

ALGORITHM = "crowd"
VERSION = 1


@dataclass(frozen=True, slots=True, eq=False)
class Crowd:
    """All figures of a consultation of n participants, C statements and G groups.

    `counted`, n: who has said enough to be placed. `points`, n × 2, `statement_points`, C × 2, and `extremity`, C: the
    map. `everybody`, each array C, and `by_group`, G × C: counts of votes. `group_aware` and `priority`: C each.
    `representatives`: a list for each group.
    """

    votes: Votes
    counted: Flags
    components: Components
    points: Floats
    statement_points: Floats
    extremity: Floats
    groups: Groups
    everybody: Tally
    by_group: Tally
    group_aware: Floats
    priority: Floats
    representativeness: Representativeness
    representatives: tuple[tuple[Representative, ...], ...]
    consensus: Consensus


def figures(votes: Votes, groups: Labels | None = None, components: Components | None = None) -> Crowd:
    """Every figure of docs/crowd.md.

    `groups`, of length n, are labels found elsewhere: 0 to G−1, or −1 for who is in none; without them they are
    found here. `components` likewise. Raises ValueError for labels or components that do not fit the votes.
    """
    found = axes.components(votes) if components is None else components
    if found.axes.shape != (axes.AXES, len(votes.statements)) or found.centre.shape != (len(votes.statements),):
        raise ValueError("components are of other statements")
    points = axes.project(votes, found)
    placed = clusters.divide(votes, points) if groups is None else clusters.given(groups, points)
    # One more group than there are, for who is in none: everybody is the sum, and the table is read once.
    count = len(placed.centres)
    parts = tally(votes, np.where(placed.labels == NOBODY, count, placed.labels), count + 1)
    by_group, everybody = Tally(*(part[:count] for part in parts)), _together(parts)
    extremity = axes.extremity(found)
    representative = representativeness(by_group)
    unlisted = votes.aside | (everybody.seen == 0)
    return Crowd(
        votes=votes,
        counted=clusters.counted(votes),
        components=found,
        points=points,
        statement_points=axes.statement_points(found),
        extremity=extremity,
        groups=placed,
        everybody=everybody,
        by_group=by_group,
        group_aware=group_aware(by_group),
        priority=priority(_together(by_group), extremity, votes.meta),
        representativeness=representative,
        representatives=representatives(representative, unlisted),
        consensus=consensus(everybody, unlisted),
    )


def _together(counts: Tally) -> Tally:
    return Tally(*(part.sum(axis=0) for part in counts))


def document(crowd: Crowd, *, points: bool = True) -> dict[str, object]:
    """The figures as JSON values; without `points` the list of participants is left out, which may be very long."""
    groups = range(len(crowd.groups.centres))
    shown: dict[str, object] = {
        "algorithm": ALGORITHM,
        "version": VERSION,
        "participants": len(crowd.votes.participants),
        "counted": int(crowd.counted.sum()),
        "explained": list(crowd.components.explained),
        "silhouettes": [{"groups": k, "silhouette": value} for k, value in crowd.groups.silhouettes],
        "groups": [_group(crowd, group) for group in groups],
        "consensus": {
            "agree": [_common(crowd, each) for each in crowd.consensus.agree],
            "disagree": [_common(crowd, each) for each in crowd.consensus.disagree],
        },
        "statements": [_statement(crowd, column) for column in range(len(crowd.votes.statements))],
    }
    if points:
        shown["points"] = [
            {"participant": participant, "at": at, "group": None if label == NOBODY else label}
            for participant, at, label in zip(
                crowd.votes.participants, crowd.points.tolist(), crowd.groups.labels.tolist(), strict=True
            )
        ]
    return shown


def _group(crowd: Crowd, group: int) -> dict[str, object]:
    return {
        "group": group,
        "members": int((crowd.groups.labels == group).sum()),
        "centre": crowd.groups.centres[group].tolist(),
        "representative": [_representative(crowd, each) for each in crowd.representatives[group]],
    }


def _representative(crowd: Crowd, entry: Representative) -> dict[str, object]:
    return {
        "statement": crowd.votes.statements[entry.statement],
        "side": "agree" if entry.agree else "disagree",
        "bestAgree": entry.best_agree,
        "agrees": entry.agrees,
        "votes": entry.successes,
        "seen": entry.trials,
        "share": entry.share,
        "shareTest": entry.share_test,
        "ratio": entry.ratio,
        "ratioTest": entry.ratio_test,
    }


def _common(crowd: Crowd, entry: Common) -> dict[str, object]:
    return {
        "statement": crowd.votes.statements[entry.statement],
        "votes": entry.successes,
        "seen": entry.trials,
        "share": entry.share,
        "shareTest": entry.share_test,
    }


def _statement(crowd: Crowd, column: int) -> dict[str, object]:
    groups = range(len(crowd.groups.centres))
    counts = crowd.everybody
    return {
        "statement": crowd.votes.statements[column],
        "out": bool(crowd.votes.out[column]),
        "meta": bool(crowd.votes.meta[column]),
        "agree": int(counts.agree[column]),
        "disagree": int(counts.disagree[column]),
        "pass": int(counts.passed[column]),
        "mean": float(crowd.components.centre[column]),
        "at": crowd.statement_points[column].tolist(),
        "extremity": float(crowd.extremity[column]),
        "groupAware": float(crowd.group_aware[column]) if groups else None,
        "priority": float(crowd.priority[column]),
        "byGroup": [
            {
                "agree": _side(crowd.representativeness.agree, group, column),
                "disagree": _side(crowd.representativeness.disagree, group, column),
                "seen": int(crowd.by_group.seen[group, column]),
            }
            for group in groups
        ],
    }


def _side(side: Side, group: int, column: int) -> dict[str, object]:
    return {
        "votes": int(side.votes[group, column]),
        "share": float(side.share[group, column]),
        "shareTest": float(side.share_test[group, column]),
        "ratio": float(side.ratio[group, column]),
        "ratioTest": float(side.ratio_test[group, column]),
    }
