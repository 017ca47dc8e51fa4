"""How long reports, pictures and the figures of a consultation take, against peers in the same run.

Why peers in an environment of their own: they are no part of the product. POLYLOGUE_PEERS names its Python, in which
the packages red-dwarf and krippendorff are installed; without it they are left out.

    python -m benchmarks.convergence

Everything is run in turns and the best time counts, since others on the machine can only slow it down; beside it stands
the least processor time. Recorded votes are those of examples/; the conversations of a folder that POLYLOGUE_DATA names
are taken as well.
"""

import csv
import gc
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import numpy as np

from polylogue.convergence.alpha import alpha_of
from polylogue.convergence.axes import axes
from polylogue.convergence.bridging import bridging
from polylogue.convergence.matrix import Cell, Matrix, canonical_input
from polylogue.convergence.pictures import pictures
from polylogue.convergence.report import compute
from polylogue.crowd import open_data
from polylogue.crowd.report import figures
from polylogue.crowd.votes import MISSING, Votes, votes_of
from polylogue.record.canonical import digest

ROLL_CALLS = Path(__file__).parents[1] / "examples" / "unga-roll-calls-1992-2019.csv"
STATES = ("AF", "BY", "CN", "IN", "IR", "KG", "KZ", "MN", "PK", "RU", "TJ", "TM", "UZ")
LEVEL = {"Y": 4, "A": 2, "N": 0}
ROUNDS = 7
STATED = 0.8


class Load(NamedTuple):
    """Something to be timed, in each turn so many times; `goal` in ms."""

    name: str
    times: int
    goal: float | None
    work: Callable[[], object]


class Best(NamedTuple):
    wall: float
    processor: float


def delegations(seats: int, provisions: int) -> Matrix:
    """Stances at random, four of five stated: the hardest case, as nothing occurs twice."""
    numbers = np.random.Generator(np.random.PCG64(1))
    levels, importance = numbers.integers(0, 5, (seats, provisions)), numbers.integers(1, 4, (seats, provisions))
    places = np.argwhere(numbers.random((seats, provisions)) < STATED).tolist()
    cells = tuple(Cell(i, j, int(levels[i, j]), int(importance[i, j])) for i, j in places)
    return Matrix("item", tuple(f"S{i:03}" for i in range(seats)), tuple(f"p{j}" for j in range(provisions)), cells)


def roll_calls() -> Matrix:
    """The roll calls of the General Assembly in its sessions 72–74: thirteen states, 277 texts."""
    with ROLL_CALLS.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if "1" not in (row["amend"], row["para"])]
    rows = [row for row in rows if row["session"] in ("72", "73", "74")]
    cells = tuple(
        Cell(i, j, LEVEL[row[state]], 1) for i, state in enumerate(STATES) for j, row in enumerate(rows) if row[state]
    )
    return Matrix("votes", STATES, tuple(row["rcid"] for row in rows), cells)


def people(participants: int, statements: int, share: float) -> Votes:
    """Three camps with an opinion on every statement and noise; `share` of the table is voted on."""
    numbers = np.random.Generator(np.random.PCG64(1))
    matrix = np.full((participants, statements), MISSING, np.int8)
    camps, opinions = numbers.integers(0, 3, participants), numbers.normal(size=(3, statements))
    for start in range(0, participants, 5_000):
        rows = matrix[start : start + 5_000]
        said = opinions[camps[start : start + 5_000]] + numbers.normal(size=rows.shape)
        voted = numbers.random(rows.shape) < share
        rows[voted] = np.sign(np.round(said))[voted]
    none = np.zeros(statements, np.bool_)
    names, ids = (tuple(f"{letter}{n}" for n in range(size)) for letter, size in zip("ps", matrix.shape, strict=True))
    return Votes(names, ids, matrix, none, none.copy())


def whole(matrix: Matrix, *, drawn: bool) -> None:
    """All that a worker does for one report from its stances on, hashes included; without what is drawn if so asked."""
    matrix = Matrix(matrix.item, matrix.seats, matrix.provisions, matrix.cells)
    seed = bytes.fromhex(digest(canonical_input(matrix)))
    document = compute(matrix).document()
    for part in document.values():
        digest(part)
    if drawn:
        pictures(matrix, seed)
    else:
        bridging(matrix, [matrix.seats])
        axes(matrix)


def in_turns(loads: Sequence[Load], rounds: int = ROUNDS) -> dict[str, Best]:
    """The best of all rounds for each load, in ms."""
    best = {load.name: Best(float("inf"), float("inf")) for load in loads}
    for _ in range(rounds):
        for load in loads:
            for _ in range(load.times):
                spent, begun = time.process_time(), time.perf_counter()
                load.work()
                found = Best((time.perf_counter() - begun) * 1e3, (time.process_time() - spent) * 1e3)
                best[load.name] = Best(*map(min, best[load.name], found))
    return best


def conversations() -> Iterator[tuple[str, Votes]]:
    """The largest exported conversation of the folder of data, where there is one."""
    folder = Path(os.environ.get("POLYLOGUE_DATA", "/nowhere")) / "polis" / "openData"
    found: list[tuple[int, str, Votes]] = []
    for path in sorted(folder.glob("*/participants-votes.csv")):
        lines = [(path.parent / name).read_text("utf-8").splitlines(keepends=True) for name in open_data.FILES]
        votes = open_data.read(*lines).votes
        found.append((votes.matrix.size, f"{path.parent.name}, {' × '.join(map(str, votes.matrix.shape))}", votes))
    yield from ((name, votes) for _, name, votes in sorted(found, key=lambda each: each[0])[-1:])


def cast(votes: Votes) -> list[tuple[str, str, int]]:
    places = np.argwhere(votes.matrix != MISSING).tolist()
    return [(votes.participants[i], votes.statements[j], int(votes.matrix[i, j])) for i, j in places]


class Peer:
    """The other environment's process; `seconds` of one run of a work, after a first one that does not count."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def seconds(self, work: str) -> tuple[float, float]:
        assert self._process.stdin is not None and self._process.stdout is not None  # noqa: PT018 -- narrows
        print(work, file=self._process.stdin, flush=True)
        seconds, figure = json.loads(self._process.stdout.readline())
        return seconds, figure


@contextmanager
def peer(python: str, tables: dict[str, Matrix], votes: dict[str, list[tuple[str, str, int]]]) -> Iterator[Peer]:
    rows = {
        name: [[None if not byte else byte % 5 for byte in row] for row in matrix.rows]
        for name, matrix in tables.items()
    }
    number = {
        name: {code: place for place, code in enumerate(dict.fromkeys(s for _, s, _ in all_cast))}
        for name, all_cast in votes.items()
    }
    plain = {
        name: [(int("".join(filter(str.isdigit, p))), number[name][s], vote) for p, s, vote in all_cast]
        for name, all_cast in votes.items()
    }
    argv = [python, str(Path(__file__).with_name("peer.py"))]
    with subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        print(json.dumps({"alpha": rows, "votes": plain}), file=process.stdin, flush=True)
        yield Peer(process)
        process.stdin.close()


def against_peers(python: str, tables: dict[str, Matrix], votes: dict[str, Votes]) -> None:
    """Alpha of the same stances, and statistics of the same votes given one by one, in turns."""
    all_cast = {name: cast(each) for name, each in votes.items()}
    print("\n| Against a peer, in turns | Ours, ms | Peer, ms | Ratio | Goal |\n|---|--:|--:|--:|--:|")
    with peer(python, tables, all_cast) as other:
        for name, matrix in tables.items():
            load = Load(name, 20 if len(matrix.cells) < 10_000 else 2, None, lambda matrix=matrix: alpha_of(matrix))
            mine, theirs, figure = _versus(load, other, f"alpha {name}")
            assert abs(float(alpha_of(matrix) or 0) - figure) < 1e-9, "the peer has another alpha"
            print(f"| α of {name}: krippendorff | {mine:,.2f} | {theirs:,.2f} | {theirs / mine:.1f} | 1 |")
        for name, each in votes.items():
            shape = name.replace("_", " ")
            works = (
                (f"single votes → statistics, {shape}", "votes", lambda name=name: figures(votes_of(all_cast[name]))),
                (f"table of votes → statistics, {shape}", "table", lambda each=each: figures(each)),
            )
            for what, work, ours in works:
                mine, theirs, _ = _versus(Load(what, 1, None, ours), other, f"{work} {name}", rounds=9)
                print(f"| {what}: red-dwarf | {mine:,.0f} | {theirs:,.0f} | {theirs / mine:.1f} | 10 |")


def _versus(load: Load, other: Peer, work: str, rounds: int = ROUNDS) -> tuple[float, float, float]:
    """Best ms of ours and of the peer's, and the peer's figure."""
    load.work()
    _, figure = other.seconds(work)
    mine = theirs = float("inf")
    for _ in range(rounds):
        mine = min(mine, in_turns([load], 1)[load.name].wall)
        theirs = min(theirs, *(other.seconds(work)[0] * 1e3 for _ in range(load.times)), float("inf"))
    return mine, theirs, figure


def sparse() -> None:
    """100,000 people on 1,000 statements, thirty votes each, in a process that has done nothing else."""
    votes = people(100_000, 1_000, 0.03)
    before = _peak()
    begun, spent = time.perf_counter(), time.process_time()
    figures(votes)
    wall, processor = time.perf_counter() - begun, time.process_time() - spent
    print(f"| crowd, 100,000 × 1,000, 3 % voted | 20,000 | {wall * 1e3:,.0f} | {processor * 1e3:,.0f} |")
    print(f"| its memory at the peak, MB; {before:.0f} when the table was made | | {_peak():.0f} | |")


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    small, large, recorded = delegations(10, 40), delegations(193, 2_000), roll_calls()
    like = delegations(*map(len, (recorded.seats, recorded.provisions)))
    crowd = people(1_921, 197, 0.4)
    loads = [
        Load("report, 10 × 40, nothing drawn", 20, 5, lambda: whole(small, drawn=False)),
        Load("report, 10 × 40, 200 draws", 10, None, lambda: whole(small, drawn=True)),
        Load("report, 13 × 277 at random, 200 draws", 5, 40, lambda: whole(like, drawn=True)),
        Load("report, 13 × 277 recorded votes, 200 draws", 5, 40, lambda: whole(recorded, drawn=True)),
        Load("report, 193 × 2,000, 10 draws", 1, 2_000, lambda: whole(large, drawn=True)),
        Load("crowd, 1,921 × 197, 40 % voted", 5, 100, lambda: figures(crowd)),
    ]
    real = dict(conversations())
    loads += [Load(f"crowd, {name}", 5, 100, lambda votes=votes: figures(votes)) for name, votes in real.items()]
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)  # as the server does
    print(f"Load before: {os.getloadavg()[0]:.1f}; BLAS threads: {os.environ.get('OPENBLAS_NUM_THREADS', 'not set')}\n")
    print("| Figures | Goal, ms | Best, ms | Processor, ms |\n|---|--:|--:|--:|")
    for load, best in zip(loads, in_turns(loads).values(), strict=True):
        goal = f"{load.goal:,.0f}" if load.goal else ""
        print(f"| {load.name} | {goal} | {best.wall:,.1f} | {best.processor:,.1f} |", flush=True)
    subprocess.run([sys.executable, "-m", "benchmarks.convergence", "--sparse"], check=True)
    if python := os.environ.get("POLYLOGUE_PEERS"):
        tables = {"10×40": small, "13×277,recorded": recorded, "193×2,000": large}
        against_peers(python, tables, {"1,921_×_197": crowd})
    else:
        print("\nPOLYLOGUE_PEERS names no Python with red-dwarf and krippendorff, so nothing was held against them.")
    print(f"\nLoad after: {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    sparse() if "--sparse" in sys.argv else main()
