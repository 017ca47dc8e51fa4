"""The whole report: its bytes, its laws, and the inputs from which little can be said."""

import json
from fractions import Fraction
from hashlib import sha256
from itertools import combinations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from polylogue.convergence import agreement
from polylogue.convergence.matrix import Cell, Matrix, canonical_input
from polylogue.convergence.report import Report, compute
from tests.polylogue.convergence import by_definition
from tests.polylogue.convergence.drawn import drawn, matrices
from tests.polylogue.convergence.example import EXAMPLE, written


def test_version_1_gives_these_bytes_for_ever():
    """A change that turns this red needs a new version beside the old one (docs/convergence.md, the hashed input)."""
    document = compute(EXAMPLE).document()
    assert document["public"] == {
        "algorithm": "convergence",
        "version": 1,
        "item": "item",
        "scale": 5,
        "minimumOverlap": 5,
        "seats": ["KAZ", "KGZ", "TJK", "UZB"],
        "headline": {
            "stated": 19,
            "cells": 24,
            "coverage": "0.791666667",
            "objections": 1,
            "comparable": 6,
            "unanimous": 3,
            "unanimityShare": "0.500000000",
            "meanCloseness": "0.805555556",
            "alpha": "0.297400127",
        },
        "provisions": [
            provision("p1", [0, 0, 0, 0, 4], [], "1.000000000", "1.000000000"),
            provision("p2", [0, 1, 0, 1, 2], [], "0.583333333", "0.333333333"),
            provision("p3", [0, 0, 0, 3, 0], ["UZB"], "1.000000000", "1.000000000"),
            provision("p4", [0, 0, 1, 1, 0], ["TJK", "UZB"], "0.750000000", "0.750000000"),
            provision("p5", [1, 0, 0, 0, 3], [], "0.500000000", "0.000000000"),
            provision("p6", [0, 0, 2, 0, 0], ["KAZ", "UZB"], "1.000000000", "1.000000000"),
        ],
        "pairs": [
            pair("KAZ", "KGZ", 5, "0.583333333", "0.400000000"),
            pair("KAZ", "TJK", 4, None, None),
            pair("KAZ", "UZB", 3, None, None),
            pair("KGZ", "TJK", 5, "0.900000000", "0.800000000"),
            pair("KGZ", "UZB", 3, None, None),
            pair("TJK", "UZB", 3, None, None),
        ],
    }
    assert document["perSeat"] == {
        "KAZ": {"leaveOneOut": {"provisions": 5, "meanCloseness": "0.083333333", "unanimityShare": "0.200000000"}},
        "KGZ": {"leaveOneOut": {"provisions": 4, "meanCloseness": "-0.062500000", "unanimityShare": "0.000000000"}},
        "TJK": {"leaveOneOut": {"provisions": 5, "meanCloseness": "0.016666667", "unanimityShare": "0.000000000"}},
        "UZB": {"leaveOneOut": {"provisions": 6, "meanCloseness": "-0.041666667", "unanimityShare": "0.000000000"}},
    }
    assert (
        sha256(written(canonical_input(EXAMPLE)).encode()).hexdigest()
        == "a59ff94a4bdd21cffd380bd92b342c1773463d45b72ac92341d55ab9403cf9ad"
    )
    assert (
        sha256(written(document).encode()).hexdigest()
        == "184ee73dcb55efae80e0029ce1120763be7fda9bda64818772259dcc7524ef53"
    )


def provision(name: str, histogram: list[int], missing: list[str], closeness: str, agreed: str) -> dict[str, object]:
    return {
        "id": name,
        "histogram": histogram,
        "stated": sum(histogram),
        "notStated": missing,
        "objections": histogram[0],
        "closeness": closeness,
        "agreement": agreed,
    }


def pair(first: str, second: str, overlap: int, similarity: str | None, identical: str | None) -> dict[str, object]:
    return {"first": first, "second": second, "overlap": overlap, "similarity": similarity, "identical": identical}


@given(matrices())
def test_the_headline_is_what_its_definition_gives(matrix: Matrix):
    of = by_definition.stances(matrix)
    rows = [by_definition.levels(of, provision) for provision in matrix.provisions]
    comparable = [row for row in rows if len(row) >= 2]
    headline = compute(matrix).headline
    assert headline.stated == sum(map(len, rows))
    assert headline.cells == len(matrix.seats) * len(rows)
    assert (headline.coverage is None) == (not headline.cells)
    assert headline.cells * (headline.coverage or 0) == headline.stated
    assert headline.objections == sum(row.count(0) for row in rows)
    assert headline.comparable == len(comparable)
    assert headline.unanimous == sum(len(set(row)) == 1 for row in comparable)
    assert headline.unanimity_share == by_definition.mean([Fraction(len(set(r)) == 1) for r in comparable])
    assert headline.mean_closeness == by_definition.mean(
        [by_definition.closeness(row) or Fraction(0) for row in comparable]
    )
    assert headline.alpha == by_definition.alpha(rows, "ordinal")


@given(matrices())
def test_the_gain_without_a_seat_is_what_its_definition_gives(matrix: Matrix):
    for code, gain in zip(matrix.seats, compute(matrix).gains, strict=True):
        assert gain.seat == code
        assert (gain.provisions, gain.mean_closeness, gain.unanimity_share) == by_definition.gain(matrix, code)


def everywhere(report: Report) -> set[object]:
    """All that a report says, without the order in which it says it."""
    return {
        report.headline,
        *report.provisions,
        *(frozenset({"pair", p.overlap, p.similarity, p.identical, f"{p.first}-{p.second}"}) for p in report.pairs),
        *report.gains,
    }


@given(matrices(), st.data())
def test_the_order_of_provisions_does_not_matter(matrix: Matrix, data: st.DataObject):
    order = data.draw(st.permutations(range(len(matrix.provisions))))
    moved = Matrix(
        matrix.item,
        matrix.seats,
        tuple(matrix.provisions[place] for place in order),
        tuple(cell._replace(provision=order.index(cell.provision)) for cell in matrix.cells),
    )
    assert everywhere(compute(moved)) == everywhere(compute(matrix))
    assert tuple(p.id for p in compute(moved).provisions) == moved.provisions


@given(matrices(), st.data())
def test_the_names_of_delegations_do_not_matter(matrix: Matrix, data: st.DataObject):
    """The seats change names, and with them their places in the alphabet."""
    place = data.draw(st.permutations(range(len(matrix.seats))))
    renamed = tuple(f"Z{number}" for number in range(len(matrix.seats)))
    other = compute(
        Matrix(
            matrix.item,
            renamed,
            matrix.provisions,
            tuple(cell._replace(seat=place[cell.seat]) for cell in matrix.cells),
        )
    )
    report = compute(matrix)
    name = {code: renamed[place[seat]] for seat, code in enumerate(matrix.seats)}
    assert other.headline == report.headline
    assert [(p.histogram, p.closeness, p.agreement) for p in other.provisions] == [
        (p.histogram, p.closeness, p.agreement) for p in report.provisions
    ]
    assert [set(p.not_stated) for p in other.provisions] == [{name[c] for c in p.not_stated} for p in report.provisions]
    assert {(frozenset({p.first, p.second}), p.overlap, p.similarity, p.identical) for p in other.pairs} == {
        (frozenset({name[p.first], name[p.second]}), p.overlap, p.similarity, p.identical) for p in report.pairs
    }
    assert {(g.seat, g.provisions, g.mean_closeness, g.unanimity_share) for g in other.gains} == {
        (name[g.seat], g.provisions, g.mean_closeness, g.unanimity_share) for g in report.gains
    }


@given(matrices(), st.data())
def test_the_document_is_a_function_of_the_hashed_input(matrix: Matrix, data: st.DataObject):
    """A matrix read back from the input, its cells shuffled, gives the same bytes; and no float is among them."""
    read = json.loads(written(canonical_input(matrix)))
    cells = data.draw(st.permutations(read["cells"]))
    again = Matrix(read["item"], tuple(read["seats"]), tuple(read["provisions"]), tuple(Cell(*cell) for cell in cells))
    document = compute(matrix).document()
    assert written(compute(again).document()) == written(document)
    assert not list(floats(document))


def floats(value: object):
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from floats(each)
    elif isinstance(value, float):
        yield value


@given(matrices())
def test_figures_are_bounded(matrix: Matrix):
    report = compute(matrix, minimum_overlap=1)
    shares = [
        *(figure for p in report.pairs for figure in (p.similarity, p.identical)),
        *(p.closeness for p in report.provisions),
        report.headline.mean_closeness,
        report.headline.unanimity_share,
        report.headline.coverage,
    ]
    signed = [
        *(p.agreement for p in report.provisions),
        *(figure for g in report.gains for figure in (g.mean_closeness, g.unanimity_share)),
        report.headline.alpha,
    ]
    assert all(0 <= share <= 1 for share in shares if share is not None)
    assert all(-1 <= figure <= 1 for figure in signed if figure is not None)


@given(matrices(), st.data())
def test_missing_is_not_neutral(matrix: Matrix, data: st.DataObject):
    """A gap filled with NEUTRAL is seen: in its provision, in the coverage, in the pairs."""
    stated = {(cell.seat, cell.provision) for cell in matrix.cells}
    gaps = [(s, p) for s in range(len(matrix.seats)) for p in range(len(matrix.provisions)) if (s, p) not in stated]
    assume(gaps)
    seat, place = data.draw(st.sampled_from(gaps))
    filled = Matrix(matrix.item, matrix.seats, matrix.provisions, (*matrix.cells, Cell(seat, place, 2, 1)))
    before, after = compute(matrix, minimum_overlap=1), compute(filled, minimum_overlap=1)
    assert after.headline.stated == before.headline.stated + 1
    assert after.provisions[place].histogram[2] == before.provisions[place].histogram[2] + 1
    assert matrix.seats[seat] in before.provisions[place].not_stated
    assert matrix.seats[seat] not in after.provisions[place].not_stated
    grown = sum(p.overlap for p in after.pairs) - sum(p.overlap for p in before.pairs)
    assert grown == before.provisions[place].stated


def headline_of(text: str) -> dict[str, object]:
    public = compute(drawn(text)).document()["public"]
    assert isinstance(public, dict)
    return {name: public["headline"][name] for name in ("coverage", "unanimityShare", "meanCloseness", "alpha")}


@pytest.mark.parametrize(
    ("text", "coverage", "unanimity", "closeness", "alpha"),
    [
        ("KAZ 4 3 0", "1.000000000", None, None, None),
        ("KAZ . .\nKGZ . .", "0.000000000", None, None, None),
        ("KAZ 4 . .\nKGZ . 4 .\nTJK . . 4", "0.333333333", None, None, None),
        ("KAZ 4 4\nKGZ 4 4", "1.000000000", "1.000000000", "1.000000000", None),
        ("KAZ 0 0\nKGZ 0 0", "1.000000000", "1.000000000", "1.000000000", None),
        ("KAZ 4 0\nKGZ 4 0", "1.000000000", "1.000000000", "1.000000000", "1.000000000"),
        ("KAZ 4\nKGZ 0", "1.000000000", "0.000000000", "0.000000000", "0.000000000"),
        ("KAZ 4\nKGZ 4\nTJK .", "0.666666667", "1.000000000", "1.000000000", None),
    ],
    ids=["one delegation", "no stances", "nothing in common", "all equal", "all object", "two unanimous", "one", "gap"],
)
def test_little_to_say_is_said(text: str, coverage: str, unanimity: str, closeness: str, alpha: str):
    assert headline_of(text) == {
        "coverage": coverage,
        "unanimityShare": unanimity,
        "meanCloseness": closeness,
        "alpha": alpha,
    }


@pytest.mark.parametrize(("seats", "provisions"), [((), ()), ((), ("p1",)), (("KAZ", "KGZ"), ())])
def test_without_seats_or_provisions_there_are_no_cells(seats: tuple[str, ...], provisions: tuple[str, ...]):
    report = compute(Matrix("item", seats, provisions, ()))
    assert report.headline.cells == 0
    assert report.headline.coverage is report.headline.mean_closeness is report.headline.alpha is None
    assert [(p.first, p.second, p.overlap, p.similarity) for p in report.pairs] == [
        (first, second, 0, None) for first, second in combinations(seats, 2)
    ]
    assert set(report.document()) == {"public", "perSeat"}


def test_a_looser_minimum_is_named_in_the_document():
    loose = compute(EXAMPLE, minimum_overlap=1)
    assert all(pair.similarity is not None for pair in loose.pairs)
    assert loose.document()["public"] != compute(EXAMPLE).document()["public"]
    assert loose.minimum_overlap == 1 < agreement.MINIMUM_OVERLAP


def test_one_who_stands_apart_holds_the_others_down_and_only_its_own_part_says_so():
    report = compute(drawn("KAZ 4 4 4\nKGZ 4 4 4\nTJK 4 4 4\nUZB 0 0 0"))
    assert [(gain.seat, gain.mean_closeness, gain.unanimity_share) for gain in report.gains] == [
        *((code, -Fraction(1, 6), 0) for code in ("KAZ", "KGZ", "TJK")),
        ("UZB", Fraction(1, 2), 1),
    ]
    assert "leaveOneOut" not in written(report.document()["public"])
