"""The map at some moments: as evenly as can be, the last as it is shown elsewhere, and none of them turned over."""

from itertools import pairwise, product
from math import dist

import pytest
import sqlalchemy as sa

from ledger.database import open_database
from server.convergence.moments import MOST, Moment, moments
from server.convergence.reading import Reported, meeting, reports
from tests.server.convergence.conftest import Room


@pytest.fixture
async def shown(room: Room) -> list[tuple[Reported, list[Moment]]]:
    """The reports on the session and its first item, with the moments of their maps."""
    database = open_database(f"sqlite:///{room.directory / 'polylogue.db'}")

    def read(connection: sa.Connection) -> list[tuple[Reported, list[Moment]]]:
        found = meeting(connection, room.session)
        assert found
        reported = reports(connection, found, [found.whole, found.items[0]])
        drawn = moments(connection, room.session, reported)
        return [(each, drawn[each.about.scope]) for each in reported]

    made = await database.read(read)
    await database.close()
    return made


def test_moments_lead_to_the_map_of_the_report(shown: list[tuple[Reported, list[Moment]]]) -> None:
    for each, found in shown:
        seqs = [moment.seq for moment in found]
        fed = {p["seq"] for _, points in each.timelines for p in points if p["meanCloseness"] is not None}
        assert len(seqs) == MOST
        assert sorted({*seqs}) == seqs
        assert (seqs[0], seqs[-1]) == (min(fed), each.basis)
        assert {*seqs} <= fed
        assert found[-1].points == {p["seat"]: (p["x"], p["y"]) for p in each.pictures["axes"]["points"]}
        assert len(found[0].points) == 2, "two had stated something"
        assert {moment.seats for moment in found} == {10}


def test_no_map_is_turned_over_against_the_next(shown: list[tuple[Reported, list[Moment]]]) -> None:
    for _, found in shown:
        for now, after in pairwise(found):
            common = sorted({*now.points} & {*after.points})
            middles = [[sum(m.points[s][axis] for s in common) / len(common) for axis in (0, 1)] for m in (now, after)]
            turned = {
                signs: sum(
                    dist(
                        [sign * (x - m) for sign, x, m in zip(signs, now.points[s], middles[0], strict=True)],
                        [x - m for x, m in zip(after.points[s], middles[1], strict=True)],
                    )
                    for s in common
                )
                for signs in product((1, -1), repeat=2)
            }
            assert min(turned, key=turned.__getitem__) == (1, 1)
