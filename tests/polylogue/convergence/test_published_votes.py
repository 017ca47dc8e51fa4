"""All roll calls of the General Assembly from 1992 to 2019: published agreement scores, and how alpha rose and fell.

The published scores are found in the folder that the environment variable POLYLOGUE_DATA names, under unvotes; without
it the tests that need them are skipped. Alpha is that of the table in examples/, sessions pooled by five years, on the
roll calls in which at least half of the states voted.
"""

import csv
import os
from pathlib import Path

import pytest

from polylogue.convergence.agreement import identical_shares
from polylogue.convergence.alpha import krippendorff
from polylogue.convergence.matrix import Cell, Matrix
from polylogue.vocabulary import SeatCode
from server.votes.figures import EIGHT, FOUNDERS, PERIODS, series
from server.votes.rollcalls import STATES, VotesFile, read_votes
from tests.polylogue.convergence import by_definition

EXAMPLE = Path(__file__).parents[3] / "examples" / "unga-roll-calls-1992-2019.csv"
FOLDER = os.environ.get("POLYLOGUE_DATA")
SCORES = Path(FOLDER or "/nowhere") / "unvotes" / "voeten_idealpoints_agreement_sco_s46_s78.csv"
published = pytest.mark.skipif(not FOLDER, reason="POLYLOGUE_DATA does not name the folder of published scores")
WITH = {"RUSSAgree": "RUS", "ChinaAgree": "CHN", "IndiaAgree": "IND"}
SEVENTH_DIGIT = 1e-6
NOT_PUBLISHED = {
    47: {3679},
    51: {4015, 4024},
    57: {4378},
    59: {4582},
    63: {4833},
    64: {4979, 4983},
    69: {5317},
    71: {5496},
    72: {5562},
}
"""Roll calls of the table that the published scores do not rest on: without them all pairs of the session agree, and
the states voted as often as is published."""


@pytest.fixture(scope="module")
def votes() -> VotesFile:
    return read_votes(EXAMPLE)


def table(votes: VotesFile, session: int, without: frozenset[int] | set[int] = frozenset()) -> Matrix:
    calls = [call for call in votes.sessions[session] if call.rcid not in without]
    level = {"SUPPORT": 4, "NEUTRAL": 2, "OBJECT": 0}
    cells = tuple(
        Cell(i, j, level[call.votes[seat].name], 1)
        for i, seat in enumerate(votes.seats)
        for j, call in enumerate(calls)
        if seat in call.votes
    )
    return Matrix("votes", votes.seats, tuple(str(call.rcid) for call in calls), cells)


@pytest.fixture(scope="module")
def tables(votes: VotesFile) -> dict[int, Matrix]:
    return {session: table(votes, session) for session in votes.sessions}


def scores() -> dict[int, dict[tuple[str, str], float]]:
    """The published scores by session and pair of seats, in alphabetical order."""
    found: dict[int, dict[tuple[str, str], float]] = {}
    with SCORES.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            seat = STATES[row["iso2"]]
            for column, other in WITH.items():
                if seat != other and row[column]:
                    first, second = sorted((seat, other))
                    found.setdefault(int(row["session"]), {})[first, second] = float(row[column])
    return found


@published
@pytest.mark.parametrize("session", range(47, 75))
def test_every_published_agreement_score_is_found(votes: VotesFile, session: int):
    """Session 46 is published too; the table has one of its roll calls."""
    expected = scores()[session]
    shares = identical_shares(table(votes, session, NOT_PUBLISHED.get(session, set())))
    off = {pair: score for pair, score in expected.items() if abs(float(shares[pair][0]) - score) > SEVENTH_DIGIT}
    assert len(expected) >= 24
    assert off == {}


@published
@pytest.mark.parametrize("session", sorted(NOT_PUBLISHED))
def test_with_the_roll_calls_that_are_not_published_the_scores_are_others(votes: VotesFile, session: int):
    """So that nothing is left out that need not be."""
    for rcid in NOT_PUBLISHED[session]:
        shares = identical_shares(table(votes, session, NOT_PUBLISHED[session] - {rcid}))
        assert any(abs(float(shares[pair][0]) - score) > SEVENTH_DIGIT for pair, score in scores()[session].items())


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        (FOUNDERS, (0.228, 0.409, 0.563, 0.555, 0.421, 0.429)),
        (EIGHT, (0.151, 0.335, 0.469, 0.499, 0.426, 0.449)),
        (None, (0.188, 0.303, 0.419, 0.474, 0.417, 0.434)),
    ],
    ids=["founders", "eight", "thirteen"],
)
def test_alpha_rises_and_then_falls(
    votes: VotesFile,
    tables: dict[int, Matrix],
    states: tuple[SeatCode, ...] | None,
    expected: tuple[float, ...],
):
    """Figures to three places as the package krippendorff gives them too, with and without each state."""
    found = series(tables, states or votes.seats)
    values = [float(period.alpha or 0) for period in found]
    assert [(period.first, period.last) for period in found] == list(PERIODS)
    assert values == pytest.approx(expected, abs=0.0005)
    top = values.index(max(values))
    assert top in (2, 3), "2002–2006 or 2007–2011"
    assert values[top] > values[0] + 0.25
    assert max(values[4:]) < values[top] - 0.03


def test_the_series_without_each_state_is_that_of_the_others(tables: dict[int, Matrix]):
    """The roll calls stay those of the whole group."""
    period = series(tables, FOUNDERS)[0]
    rows = [
        {seat: stated.get((seat, call)) for seat in FOUNDERS}
        for session in range(47, 52)
        for stated in [by_definition.stances(tables[session])]
        for call in tables[session].provisions
    ]
    rows = [row for row in rows if sum(stance is not None for stance in row.values()) >= len(FOUNDERS) / 2]
    assert tuple(period.without) == FOUNDERS
    for seat, found in period.without.items():
        others = [[stance[0] for other, stance in row.items() if stance and other != seat] for row in rows]
        assert found == krippendorff([tuple(map(levels.count, range(5))) for levels in others])


def test_periods_without_a_session_are_left_out(tables: dict[int, Matrix]):
    assert series({}, FOUNDERS) == []
    assert [(period.first, period.last) for period in series({74: tables[74], 46: tables[46]}, FOUNDERS)] == [(72, 74)]
