"""How long the document of a long text takes after a change, as a tree and as Markdown.

Why of equal values each time: a document is made from rows, and nothing in them is the same thing as before.

    python -m benchmarks.document

Two hundred clauses have four wordings of 60 words each, and each of these two seats that back it and two that say why
they do not. One clause gets other words before each turn, and the least processor time counts.
"""

import gc
import os
import pickle
import time
from collections.abc import Iterator
from dataclasses import replace
from random import Random

from benchmarks.drafting import clause, written
from polylogue.drafting.compose import compose
from polylogue.drafting.markdown import markdown
from polylogue.drafting.paper import Clause, Paper, Said, Stance, Wording
from polylogue.vocabulary import (
    Instant,
    LanguageTag,
    Nature,
    ProvisionId,
    ProvisionKind,
    SeatCode,
    Seq,
    StanceLevel,
    TextState,
)

TURNS = 15
EN = LanguageTag("en")
SEATS = [SeatCode(f"S{place:02}") for place in range(10)]


def of(seed: int) -> Clause:
    """A clause; nearly all of its wordings differ, in one word of ten."""
    chance = Random(seed)
    present, *others = (
        Wording(key, (Said(text, EN),), key, stances=tuple(stances(chance)))
        for key, text in clause(seed, 4, 60, 0.1).items()
    )
    return Clause(ProvisionId(f"p{seed}"), seed + 1, ProvisionKind.OPERATIVE, present, tuple(others))


def stances(chance: Random) -> Iterator[Stance]:
    for place, seat in enumerate(chance.sample(SEATS, 4)):
        if place % 2:
            yield Stance(seat, StanceLevel.SUPPORT)
        else:
            reason, condition = (Said(" ".join(written(chance, words)), EN) for words in (15, 10))
            yield Stance(seat, StanceLevel.OBJECT, reason=reason, would_be_removed_by=condition)


def paper() -> Paper:
    called = (Said("Trust", EN),)
    return Paper(
        nature=Nature.SIMULATION,
        conference=None,
        session=called,
        item=1,
        titles=called,
        languages=(EN,),
        authentic=(EN,),
        state=TextState.WORKING,
        seq=Seq(900),
        at=Instant("2026-05-04T09:00:00.000Z"),
        clauses=tuple(map(of, range(200))),
        names={seat: (Said(f"Country {seat}", EN),) for seat in SEATS},
        backing=frozenset(SEATS),
    )


def changed(kept: bytes, turn: int) -> Paper:
    """The text read anew, with other words in one clause."""
    read: Paper = pickle.loads(kept)  # noqa: S301 -- written a moment ago
    at = turn * 7 % len(read.clauses)
    mine = read.clauses[at]
    words = replace(mine.present, versions=(Said(f"{mine.present.versions[0].text} and {turn}", EN),))
    clauses = (*read.clauses[:at], replace(mine, present=words), *read.clauses[at + 1 :])
    return replace(read, clauses=clauses, seq=Seq(901 + turn))


def main() -> None:
    print(f"Load before: {os.getloadavg()[0]:.1f}\n")
    first = paper()
    begun = time.process_time()
    markdown(compose(first))
    print("| A document of 200 clauses | Processor, ms | Aim |\n|---|--:|--:|")
    print(f"| for the first time | {(time.process_time() - begun) * 1e3:,.0f} | |")
    kept = pickle.dumps(first)
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)  # as the server does
    trees, pages = [float("inf")], [float("inf")]
    for turn in range(TURNS):
        given = changed(kept, turn)
        begun = time.process_time()
        tree = compose(given)
        made = time.process_time()
        markdown(tree)
        trees.append((made - begun) * 1e3)
        pages.append((time.process_time() - made) * 1e3)
    print(f"| after a change, as a tree | {min(trees):.1f} | |")
    print(f"| … its Markdown | {min(pages):.1f} | |")
    print(f"| … both | {min(map(sum, zip(trees, pages, strict=True))):.1f} | 20 |")
    print(f"\nLoad after: {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
