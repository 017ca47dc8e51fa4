"""The example of docs/drafting.md, computed: what is predicted, the ballots, and the order."""

from pathlib import Path

from polylogue.drafting.ballots import expected
from polylogue.drafting.candidates import propose
from polylogue.drafting.distance import compared, distance
from polylogue.vocabulary import TieStep
from tests.polylogue.drafting.briefs import KAZ, KGZ, SEATS, TJK, UZB, A, O, S, brief, clause, settle

PAGE = (Path(__file__).parents[3] / "docs" / "drafting.md").read_text("utf-8")
SHALL, SHOULD = "Member States shall deepen trade.", "Member States should deepen trade."
EXAMPLE = brief(clause(SHALL, (SHOULD, UZB), on=[{KAZ: S, KGZ: O, TJK: A}, {KAZ: A}]))
WHAT = {"PRESENT": "present text", "ALTERNATIVE": "the alternative", "OMITTED": "no text"}


def test_the_table_of_predictions():
    found = propose(EXAMPLE)
    for candidate in found:
        cells = [f"{p.figure} {p.basis}" for p in candidate.predictions[0]]
        row = f"| {candidate.id}, {WHAT[candidate.clauses[0].form]} | {' | '.join(cells)} |"
        assert row in PAGE
    assert str(distance(compared(SHALL, "en"), compared(SHOULD, "en"))) == "1/6"
    assert [(len(c.objections), str(c.lowest), str(c.mean)) for c in found] == [
        (1, "2/5", "73/30"), (1, "0", "31/12"), (2, "0", "3/4"),
    ]  # fmt: skip
    assert "the mean 73/30; the\npresent text 1, 0 and 31/12; no text 2, 0 and 3/4" in PAGE


def test_the_ballots_and_the_order():
    found = propose(EXAMPLE)
    assert expected(SEATS, found) == {
        KAZ: ((2,), (1,), (3,)), KGZ: ((3,), (1,), (2,)), TJK: ((2,), (1,), (3,)), UZB: ((1,), (2,), (3,)),
    }  # fmt: skip
    settled = settle(EXAMPLE, found)
    assert settled.ranking.preferred == ((0, 2, 3), (2, 0, 3), (1, 1, 0))
    assert (settled.order, [tie.steps for tie in settled.breaks]) == (("1", "2", "3"), [(TieStep.HIGHEST_LOWEST,)])
