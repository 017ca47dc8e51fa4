"""How long merging and showing clauses takes, beside Python's own difflib in the same run.

Why difflib as peer: it compares the present text with one wording at a time and brackets nothing, so it does less; who
takes as long for more has lost nothing.

    python -m benchmarks.drafting

Everything is run in turns and the least processor time counts, since others on the machine can only add to it. Hard
cases are edited at random, a word in ten and a word in three; with the speeches of a folder that POLYLOGUE_DATA names
real passages are taken as well.
"""

import csv
import difflib
import os
import re
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from random import Random
from typing import NamedTuple

from polylogue.drafting.clause import forget, printed
from polylogue.drafting.merge import chosen, merge
from polylogue.drafting.redline import redline
from polylogue.drafting.render import Voices
from polylogue.drafting.tokens import tokens

ROUNDS = 5
JOINING = ("the", "of", "and", "to", "in", "on", "for", "with", "shall", "by", ",")
WORDS = tuple(f"{a}{b}{c}" for a in ("re", "con", "sta", "mul") for b in ("ti", "la", "vo", "ge") for c in "nrtsmdlk")
CHARACTERS = tuple(chr(0x4E00 + 7 * place) for place in range(900))


class Load(NamedTuple):
    """Something to be timed; `goal` in ms."""

    name: str
    goal: float | None
    work: Callable[[], object]


def written(chance: Random, words: int, *, chinese: bool = False) -> list[str]:
    """So many words, four in ten of which are the same few."""
    if chinese:
        return [chance.choice(CHARACTERS[: 900 if chance.random() < 0.7 else 30]) for _ in range(words)]
    return [chance.choice(JOINING if chance.random() < 0.4 else WORDS) for _ in range(words)]


def edited(chance: Random, words: list[str], share: float, strange: list[str]) -> list[str]:
    """Words of which this share is left out, replaced or comes with others."""
    found: list[str] = []
    for word in words:
        change = chance.random() / share
        if change >= 1 or change < 2 / 3:
            found += [word] if change >= 1 / 3 else []
        if change < 2 / 3:
            found.append(chance.choice(strange))
    return found


def clause(seed: int, wordings: int, words: int, share: float, *, chinese: bool = False) -> dict[str, str]:
    """A clause and what others would make of it."""
    chance = Random(seed)
    present = written(chance, words, chinese=chinese)
    strange = written(chance, words, chinese=chinese)
    between = "" if chinese else " "
    return {"": between.join(present)} | {
        f"{place:03}": between.join(edited(chance, present, share, strange)) for place in range(1, wordings)
    }


def of_all(texts: Mapping[str, str], language: str = "en") -> Callable[[], object]:
    """The merge, and that it is right."""
    pieces = merge(texts, language)
    assert all(chosen(pieces, holder) == text for holder, text in texts.items())
    return lambda: merge(texts, language)


def by_difflib(texts: Mapping[str, str], language: str = "en") -> Callable[[], object]:
    """Each wording held against the present one, by tokens."""

    def compare() -> object:
        present = tokens(texts[""], language)
        return [
            difflib.SequenceMatcher(None, present, tokens(text, language), autojunk=False).get_opcodes()
            for holder, text in texts.items()
            if holder
        ]

    return compare


class Text:
    """Two hundred clauses with four to eight wordings each, of which one gets other words before each showing."""

    def __init__(self) -> None:
        self.clauses = [clause(seed, 4 + seed % 5, 60, 0.1) for seed in range(200)]
        names = {f"{place:03}": f"{place} bis" for place in range(1, 9)}
        self.voices = Voices(names, {key: ("CHN", f"S{key}") for key in ("", *names)})
        self.changes = 0

    def change(self) -> object:
        self.changes += 1
        self.clauses[self.changes % 200]["001"] += f" and {self.changes}"
        return self.show()

    def show(self) -> object:
        return [printed(str(number), texts, self.voices, "en") for number, texts in enumerate(self.clauses, 1)]

    def afresh(self) -> object:
        """As if nothing had been shown before; a word more in each clause, since the merge remembers too."""
        forget()
        for texts in self.clauses:
            texts["002"] += " so"
        return self.show()


def passages(folder: str) -> dict[str, str]:
    """What thirteen states said around the first mention of terrorism in 2009: 150 words each."""
    csv.field_size_limit(sys.maxsize)
    found: dict[str, str] = {}
    with (Path(folder) / "ungd" / "ungdc_sco_2001_2024.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            match = re.search("terrorism", row["text"])
            if row["year"] == "2009" and match:
                found[row["iso3"] if found else ""] = " ".join(row["text"][match.start() :].split()[:150])
    return found


def loads() -> list[Load]:
    near, hard, far = clause(1, 13, 60, 0.1), clause(2, 13, 60, 0.33), clause(3, 13, 60, 1.0)
    long, longer = clause(4, 13, 600, 0.1), clause(5, 13, 600, 0.33)
    many, most = clause(6, 193, 60, 0.05), clause(7, 193, 60, 0.33)
    chinese = clause(8, 13, 200, 0.1, chinese=True)
    large = clause(9, 13, 3_000, 0.05)
    text = Text()
    found = [
        Load("13 wordings × 60 words, one in ten changed", 5, of_all(near)),
        Load("… difflib", None, by_difflib(near)),
        Load("13 × 60, one in three changed", 5, of_all(hard)),
        Load("13 × 60, all of them changed", 5, of_all(far)),
        Load("13 × 600, one in ten changed", 100, of_all(long)),
        Load("… difflib", None, by_difflib(long)),
        Load("13 × 600, one in three changed", 100, of_all(longer)),
        Load("193 × 60, one in twenty changed", 300, of_all(many)),
        Load("… difflib", None, by_difflib(many)),
        Load("193 × 60, one in three changed", 300, of_all(most)),
        Load("13 × 200 Chinese characters, one in ten changed", None, of_all(chinese, "zh")),
        Load("13 × 3,000 words (20,000 characters)", None, of_all(large)),
        Load("a redline of 600 words", None, lambda: redline(long[""], long["001"], "en")),
        Load("200 clauses shown again after a change", 20, text.change),
        Load("200 clauses shown for the first time", None, text.afresh),
    ]
    if folder := os.environ.get("POLYLOGUE_DATA"):
        said = passages(folder)
        found.append(Load(f"{len(said)} passages of speeches, 150 words each", None, of_all(said)))
    return found


def main() -> None:
    measured = loads()
    best = [float("inf")] * len(measured)
    for _ in range(ROUNDS):
        for place, load in enumerate(measured):
            begun = time.process_time()
            load.work()
            best[place] = min(best[place], (time.process_time() - begun) * 1000)
    print("| Load | ms | Aim |\n|---|--:|--:|")
    for load, took in zip(measured, best, strict=True):
        print(f"| {load.name} | {took:.1f} | {'' if load.goal is None else load.goal} |")


if __name__ == "__main__":
    main()
