"""How long a round of candidates takes, and Schulze's method against a peer in the same run, from ranks to the order.

Why from ranks: nobody is given a table of pairs; to count the ballots is most of the work. POLYLOGUE_PEERS names the
Python of an environment in which pref_voting is installed; without it the peer is left out.

    python -m benchmarks.choice

Peer and we are asked in turns and the best time of each counts, since others on the machine can only slow it down.
Thousands of small profiles with ties are run by both, and the winners must be the same.
"""

import gc
import json
import os
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

from benchmarks.drafting import written
from polylogue.drafting.ballots import expected
from polylogue.drafting.brief import Brief, Clause, Stated, Wording
from polylogue.drafting.candidates import propose
from polylogue.drafting.choice import Ballot, Facts, schulze, settled
from polylogue.drafting.explain import explained
from polylogue.vocabulary import (
    ItemId,
    LanguageTag,
    ProvisionId,
    ProvisionKind,
    ProvisionState,
    SeatCode,
    Seq,
    StanceLevel,
)

SIZES = ((5, 16), (12, 40), (30, 100))
ALIKE = 5_000
ROUNDS = 20
IN_A_ROW = 5
"""How often each is asked before the other, so that neither finds only what the other has left in the caches."""
EN = LanguageTag("en")

Ranks = list[list[int]]


def ranks(chance: Random, candidates: int, ballots: int) -> Ranks:
    """Ballots at random, ties allowed."""
    return [[chance.randrange(candidates) for _ in range(candidates)] for _ in range(ballots)]


def given(ballots: Ranks, counts: list[int]) -> tuple[list[str], list[Ballot]]:
    ids = [str(place) for place in range(len(ballots[0]))]
    return ids, [Ballot(dict(zip(ids, row, strict=True)), count) for row, count in zip(ballots, counts, strict=True)]


def brief(provisions: int, seats: int, alternatives: int, words: int) -> Brief:
    """Clauses with alternatives that change a few words, and half of all possible stances, at random."""
    chance = Random(1)
    codes = tuple(SeatCode(f"S{place:02}") for place in range(seats))
    levels = list(StanceLevel)
    clauses: list[Clause] = []
    for number in range(provisions):
        base = ["Member", "States", *written(chance, words)]
        wordings = [Wording("", " ".join(base) + ".", EN)]
        for place in range(alternatives):
            text = list(base)
            for _ in range(chance.randrange(1, 7)):
                at = chance.randrange(2, len(text))
                text[at : at + chance.randrange(2)] = written(chance, chance.randrange(2))
            wordings.append(Wording(f"{number}-{place}", " ".join(text) + ".", EN, (chance.choice(codes),)))
        stated = [
            Stated(code, wording.key, chance.choice(levels), chance.randrange(1, 4), Seq(1))
            for code in codes
            for wording in wordings
            if chance.random() < 0.5
        ]
        clauses.append(
            Clause(
                ProvisionId(f"p{number}"),
                1,
                ProvisionKind.OPERATIVE,
                ProvisionState.BRACKETED,
                tuple(wordings),
                tuple(stated),
            )
        )
    names = tuple((code, EN, f"Country {code}") for code in codes)
    return Brief(ItemId("item"), codes, tuple(clauses), names)


def round_of(question: Brief) -> tuple[str, ...]:
    """All of a round: candidates, expected ballots, their order, and what is said of each."""
    candidates = propose(question)
    cast = [
        Ballot({str(number): rank for rank, group in enumerate(ballot) for number in group})
        for ballot in expected(question.seats, candidates).values()
    ]
    facts = {c.id: Facts(len(c.objections), c.lowest, c.mean, c.words, 2 * c.status_quo) for c in candidates}
    order = settled(schulze([c.id for c in candidates], cast), facts, b"seed")
    return explained(question, candidates, order, item=1)


@contextmanager
def peer(
    python: str, profiles: dict[str, tuple[Ranks, list[int]]]
) -> Iterator[Callable[[str], tuple[float, list[int]]]]:
    """The other environment's process: seconds and winners by the name of a profile."""
    argv = [python, str(Path(__file__).with_name("peer_choice.py"))]
    with subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        source, answers = process.stdin, process.stdout
        assert source is not None
        assert answers is not None

        def ask(name: str) -> tuple[float, list[int]]:
            print(name, file=source, flush=True)
            seconds, winners = json.loads(answers.readline())
            return seconds, winners

        print(json.dumps(profiles), file=source, flush=True)
        yield ask
        source.close()


def against_peer(python: str) -> None:
    chance = Random(1)
    profiles = {f"{n}×{b}": (ranks(chance, n, b), [1] * b) for n, b in SIZES}
    small: dict[str, tuple[Ranks, list[int]]] = {}
    for place in range(ALIKE):
        candidates, ballots = chance.randrange(2, 7), chance.randrange(1, 12)
        small[f"small{place}"] = ranks(chance, candidates, ballots), [chance.randrange(1, 4) for _ in range(ballots)]
    with peer(python, profiles | small) as ask:
        tied = 0
        for name, profile in small.items():
            ids, cast = given(*profile)
            first = schulze(ids, cast).order[0]
            assert ask(name)[1] == sorted(map(int, first)), name
            tied += len(first) > 1
        print(f"The winners of {ALIKE:,} profiles are the same, {tied:,} of them with several.\n")
        print("| Schulze, candidates × ballots | Ours, ms | pref_voting, ms | Ratio | Aim |\n|---|--:|--:|--:|--:|")
        for name, profile in profiles.items():
            ids, cast = given(*profile)
            first = sorted(map(int, schulze(ids, cast).order[0]))
            mine = theirs = float("inf")
            for _ in range(ROUNDS):
                for _ in range(IN_A_ROW):
                    begun = time.perf_counter()
                    schulze(ids, cast)
                    mine = min(mine, (time.perf_counter() - begun) * 1e3)
                for _ in range(IN_A_ROW):
                    seconds, winners = ask(name)
                    theirs = min(theirs, seconds * 1e3)
                    assert winners == first
            aim = "100" if name == "30×100" else ""
            print(f"| {name} | {mine:.3f} | {theirs:.2f} | {theirs / mine:.0f} | {aim} |")


def main() -> None:
    print(f"Load before: {os.getloadavg()[0]:.1f}\n")
    gc.collect()
    gc.freeze()
    print("| A round of candidates | Processor, ms | Aim |\n|---|--:|--:|")
    for provisions, seats, alternatives, words, aim in (
        (5, 4, 2, 30, ""),
        (40, 10, 4, 40, "1,000"),
        (40, 10, 12, 40, ""),
        (40, 10, 16, 40, "1,000"),
    ):
        question = brief(provisions, seats, alternatives, words)
        best = float("inf")
        for _ in range(3):
            begun = time.process_time()
            round_of(question)
            best = min(best, (time.process_time() - begun) * 1e3)
        print(f"| {provisions} provisions, {seats} seats, {alternatives} alternatives each | {best:,.0f} | {aim} |")
    print()
    if python := os.environ.get("POLYLOGUE_PEERS"):
        against_peer(python)
    else:
        print("POLYLOGUE_PEERS names no Python with pref_voting, so Schulze's method was held against nothing.")
    print(f"\nLoad after: {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
