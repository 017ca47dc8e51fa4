"""Schulze's method against paths counted one by one, published examples and its laws; ties step by step."""

import json
import os
import random
from collections.abc import Mapping, Sequence
from fractions import Fraction
from hashlib import sha256
from itertools import pairwise, permutations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polylogue.drafting.choice import Ballot, Facts, Groups, lot, schulze, settled
from polylogue.vocabulary import TieStep

FOLDER = os.environ.get("POLYLOGUE_DATA")
VECTORS = Path(FOLDER or "/nowhere") / "expected" / "schulze_vectors.json"
published = pytest.mark.skipif(not FOLDER, reason="POLYLOGUE_DATA does not name the folder of published examples")

Profile = tuple[tuple[str, ...], tuple[Ballot, ...]]


def ranked(*groups: str, times: int = 1) -> Ballot:
    """A ballot of candidates with one letter: "A", "BC" puts A above B and C, which are tied."""
    return Ballot({candidate: rank for rank, group in enumerate(groups) for candidate in group}, times)


# ── the oracle: every path, by the definition ──


def by_definition(candidates: Sequence[str], ballots: Sequence[Ballot]) -> tuple[list[list[int]], Groups]:
    """Strengths of paths found by walking every one, and the order they give; shares no code with the product."""

    def above(a: str, b: str) -> int:
        infinite = 10**9
        return sum(x.count for x in ballots if x.ranks.get(a, infinite) < x.ranks.get(b, infinite))

    def link(a: str, b: str) -> int:
        return above(a, b) if above(a, b) > above(b, a) else 0

    links = {(a, b): link(a, b) for a in candidates for b in candidates if a != b}

    def strongest(a: str, b: str) -> int:
        between = [c for c in candidates if c not in (a, b)]
        paths = (via for size in range(len(between) + 1) for via in permutations(between, size))
        return max(min(links[step] for step in pairwise((a, *via, b))) for via in paths)

    strengths = {pair: strongest(*pair) for pair in links}
    rest, groups = list(candidates), []
    while rest:
        first = [a for a in rest if not any(b != a and strengths[b, a] > strengths[a, b] for b in rest)]
        groups.append(tuple(first))
        rest = [a for a in rest if a not in first]
    return [[strengths.get((a, b), 0) for b in candidates] for a in candidates], tuple(groups)


def profiles_with_ties(many: int) -> list[Profile]:
    """Profiles at random: two to five candidates, few ballots, so that ties of every kind abound."""
    draw = random.Random(20_260_504)
    found: list[Profile] = []
    for _ in range(many):
        candidates = "ABCDE"[: draw.randint(2, 5)]
        ballots: list[Ballot] = []
        for _ in range(draw.randint(0, 6)):
            named = [c for c in candidates if draw.random() < 0.9]
            levels = draw.randint(1, len(candidates))
            ballots.append(Ballot({c: draw.randint(0, levels) for c in named}, draw.choice((1, 1, 1, 2, 5))))
        found.append((tuple(candidates), tuple(ballots)))
    return found


def test_paths_and_order_are_those_of_the_definition_on_thousands_of_profiles():
    tied = 0
    for candidates, ballots in profiles_with_ties(3_000):
        strengths, order = by_definition(candidates, ballots)
        found = schulze(candidates, ballots)
        assert [list(row) for row in found.strengths] == strengths, (candidates, ballots)
        assert found.order == order, (candidates, ballots)
        tied += len(order) < len(candidates)
    assert tied > 500


# ── published examples ──

FORTY_FIVE = (
    (5, "ACBED"), (5, "ADECB"), (8, "BEDAC"), (3, "CABED"), (7, "CAEBD"), (2, "CBADE"), (7, "DCEBA"), (8, "EBADC"),
)  # fmt: skip
"""Schulze's own first example: https://en.wikipedia.org/wiki/Schulze_method, section Example."""


def test_the_example_of_forty_five_voters():
    found = schulze("ABCDE", [ranked(*order, times=times) for times, order in FORTY_FIVE])
    assert found.preferred == (
        (0, 20, 26, 30, 22), (25, 0, 16, 33, 18), (19, 29, 0, 17, 24), (15, 12, 28, 0, 14), (23, 27, 21, 31, 0),
    )  # fmt: skip
    assert found.strengths == (
        (0, 28, 28, 30, 24), (25, 0, 28, 33, 24), (25, 29, 0, 29, 24), (25, 28, 28, 0, 24), (25, 28, 28, 31, 0),
    )  # fmt: skip
    assert found.order == (("E",), ("A",), ("C",), ("B",), ("D",))


def test_where_two_win_both_are_in_the_first_group():
    """Nine voters and two winners: from the tests of the Habermas Machine (Apache-2.0), after Electowiki."""
    ballots = [
        ranked("A", "B", "C", "D", times=3),
        ranked("D", "A", "B", "C", times=2),
        ranked("D", "B", "C", "A", times=2),
        ranked("C", "B", "D", "A", times=2),
    ]
    assert schulze("ABCD", ballots).order == (("B", "D"), ("A", "C"))


@published
def test_the_published_vectors():
    vectors = json.loads(VECTORS.read_text("utf-8"))
    checked = 0
    for name, vector in vectors.items():
        if name.startswith("_") or name == "schulze_wikipedia_45":
            continue
        cast = vector.get("rankings_counts") or [(1, ranks) for ranks in vector["rankings"]]
        ids = [str(i) for i in range(len(vector["social_rank"]))]
        found = schulze(ids, [Ballot(dict(zip(ids, ranks, strict=True)), count) for count, ranks in cast])
        place = {id: number for number, group in enumerate(found.order) for id in group}
        assert [place[id] for id in ids] == vector["social_rank"], name
        if "paths" in vector:
            assert [list(row) for row in found.strengths] == vector["paths"], name
        checked += 1
    assert checked == 4


# ── laws ──


@st.composite
def profiles(draw: st.DrawFn) -> Profile:
    candidates = tuple("ABCDEF"[: draw(st.integers(1, 6))])
    ranks = st.dictionaries(st.sampled_from(candidates), st.integers(-3, 3))
    ballots = draw(st.lists(st.builds(Ballot, ranks, st.integers(0, 4)), max_size=8))
    return candidates, tuple(ballots)


def place(order: Groups) -> dict[str, int]:
    return {candidate: number for number, group in enumerate(order) for candidate in group}


@given(profiles())
def test_everybody_stands_once_and_nobody_beats_who_stands_before(profile: Profile):
    candidates, ballots = profile
    found = schulze(candidates, ballots)
    assert sorted(c for group in found.order for c in group) == sorted(candidates)
    where = place(found.order)
    for i, a in enumerate(candidates):
        for j, b in enumerate(candidates):
            if found.strengths[i][j] > found.strengths[j][i]:
                assert where[a] < where[b]


@given(profiles(), st.randoms(use_true_random=False))
def test_the_order_of_ballots_and_candidates_makes_no_difference(profile: Profile, shuffle: random.Random):
    candidates, ballots = profile
    others, cast = shuffle.sample(candidates, len(candidates)), shuffle.sample(ballots, len(ballots))
    turned = [Ballot(dict(shuffle.sample(sorted(b.ranks.items()), len(b.ranks))), b.count) for b in cast]
    one, other = schulze(candidates, ballots), schulze(others, turned)
    assert [set(group) for group in one.order] == [set(group) for group in other.order]


@given(profiles(), st.integers(2, 2**60))
def test_a_profile_taken_many_times_gives_the_same_order_exactly(profile: Profile, times: int):
    candidates, ballots = profile
    one = schulze(candidates, ballots)
    many = schulze(candidates, [Ballot(b.ranks, b.count * times) for b in ballots])
    assert many.order == one.order
    assert many.strengths == tuple(tuple(s * times for s in row) for row in one.strengths)
    assert all(type(s) is int for row in many.strengths for s in row)


@given(profiles())
def test_turned_round_ballots_turn_who_beats_whom_round(profile: Profile):
    candidates, ballots = profile
    whole = [Ballot({c: b.ranks.get(c, 4) for c in candidates}, b.count) for b in ballots]
    one = schulze(candidates, whole)
    other = schulze(candidates, [Ballot({c: -rank for c, rank in b.ranks.items()}, b.count) for b in whole])
    assert one.strengths == tuple(zip(*other.strengths, strict=True))


@given(profiles())
def test_who_wins_every_comparison_stands_alone_at_the_top(profile: Profile):
    candidates, ballots = profile
    found = schulze(candidates, ballots)
    for i, candidate in enumerate(candidates):
        others = [j for j in range(len(candidates)) if j != i]
        if all(found.preferred[i][j] > found.preferred[j][i] for j in others):
            assert found.order[0] == (candidate,)


def test_many_ballots_are_counted_in_parts():
    ballots = [ranked("A", "B")] * 3_001 + [ranked("B", "A")] * 3_000
    assert schulze("AB", ballots).preferred == ((0, 3_001), (3_000, 0))


@pytest.mark.parametrize("count", [1, *(2**bits + more for bits in (7, 8, 15, 16, 24, 31, 53, 63) for more in (-1, 0))])
def test_counts_of_any_size_are_exact(count: int):
    found = schulze("AB", [Ballot({"A": 1, "B": 2}, count)])
    assert (found.preferred, found.strengths, found.order) == (((0, count), (0, 0)),) * 2 + ((("A",), ("B",)),)


def test_ranks_are_whole_numbers_of_any_size():
    assert schulze("ABCD", [Ballot({"A": 300, "B": 2**30, "C": -1, "D": 44})]).order == (("C",), ("D",), ("A",), ("B",))


@pytest.mark.parametrize(
    ("candidates", "ballot", "why"),
    [
        ("AA", ranked("A"), "twice"),
        ("AB", ranked("C"), "'C' does not stand"),
        ("AB", ranked("A", "C"), "'C' does not stand"),
        ("A", ranked("C"), "'C' does not stand"),
        ("AB", ranked("A", times=-1), "-1 cannot have cast"),
    ],
)
def test_what_cannot_be_counted_is_refused(candidates: str, ballot: Ballot, why: str):
    with pytest.raises(ValueError, match=why):
        schulze(candidates, [ballot])


def test_without_ballots_all_are_tied_and_without_candidates_there_is_nothing():
    assert schulze("BA", []).order == (("B", "A"),)
    assert schulze("", []).order == ()
    with pytest.raises(ValueError, match="nobody stands"):
        settled(schulze("", []), {}, b"")


# ── ties ──

EQUAL = Facts(objections=1, lowest=Fraction(1), mean=Fraction(2), words=10)


def tie(facts: Mapping[str, Facts], seed: bytes = b"root"):
    """All candidates tied, settled by what is known of them."""
    return settled(schulze(sorted(facts), []), facts, seed)


@pytest.mark.parametrize(
    ("better", "step"),
    [
        (EQUAL._replace(objections=0), TieStep.FEWEST_OBJECTIONS),
        (EQUAL._replace(lowest=Fraction(11, 10)), TieStep.HIGHEST_LOWEST),
        (EQUAL._replace(mean=Fraction(201, 100)), TieStep.HIGHEST_MEAN),
        (EQUAL._replace(words=9), TieStep.FEWEST_WORDS),
        (EQUAL._replace(keeps=1), TieStep.STATUS_QUO),
    ],
)
def test_each_step_of_the_tie_break_puts_the_better_one_first(better: Facts, step: TieStep):
    for names in ("AB", "BA"):
        found = tie({names[0]: better, names[1]: EQUAL})
        assert found.winner == names[0]
        assert found.breaks[0].order == tuple(names)
        assert found.breaks[0].steps == (step,)
        assert found.breaks[0].lots == ()


def test_steps_are_asked_in_their_order():
    """Each is better in one step and worse in all that come after it."""
    steps = [
        EQUAL._replace(objections=0, lowest=Fraction(0), mean=Fraction(0), words=99),
        EQUAL._replace(lowest=Fraction(2), mean=Fraction(0), words=99),
        EQUAL._replace(mean=Fraction(3), words=99),
        EQUAL._replace(words=5),
        EQUAL._replace(keeps=2),
        EQUAL._replace(keeps=1),
        EQUAL,
    ]
    names = "GFEDCBA"
    found = tie(dict(zip(names, steps, strict=True)))
    assert "".join(found.order) == names
    assert found.breaks[0].steps == (*list(TieStep)[:5], TieStep.STATUS_QUO)


def test_what_nothing_tells_apart_is_drawn_by_lot_which_follows_from_the_seed_alone():
    facts = dict.fromkeys("ABCDEFGH", EQUAL)
    found = tie(facts)
    lots = {name: sha256(b"root" + name.encode()).hexdigest() for name in facts}
    assert found.order == tuple(sorted(facts, key=lots.__getitem__))
    assert found.breaks[0].steps == (TieStep.LOT,) * 7
    assert dict(found.breaks[0].lots) == lots
    assert lot(b"root", "A") == lots["A"]
    assert len({tie(facts, bytes([seed])).winner for seed in range(50)}) == 8


def test_a_lot_is_told_only_of_those_that_it_told_apart():
    found = tie({"A": EQUAL, "B": EQUAL._replace(words=3), "C": EQUAL})
    assert [name for name, _ in found.breaks[0].lots] == sorted("AC", key=lambda name: lot(b"root", name))


def test_a_group_of_its_own_is_no_tie_and_groups_stay_in_order():
    ranking = schulze("ABC", [ranked("C", "AB")])
    facts = {"A": EQUAL, "B": EQUAL._replace(objections=0), "C": EQUAL._replace(objections=9)}
    found = settled(ranking, facts, b"")
    assert found.order == ("C", "B", "A")
    assert [broken.order for broken in found.breaks] == [("B", "A")]
    assert found.ranking is ranking


@given(profiles(), st.binary(max_size=4))
def test_a_settled_order_keeps_the_groups(profile: Profile, seed: bytes):
    ranking = schulze(*profile)
    found = settled(ranking, dict.fromkeys(profile[0], EQUAL), seed)
    where = place(ranking.order)
    assert sorted(found.order) == sorted(profile[0])
    assert [where[c] for c in found.order] == sorted(where.values())
