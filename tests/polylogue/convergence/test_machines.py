"""The hashed bytes are the same under every BLAS kernel and number of threads, and when they are computed again.

Why other processes: OpenBLAS chooses its kernel when it is loaded. Pictures are drawn in each as well, before the
figures are hashed, so that whatever they do to numpy is done.

    python -m tests.polylogue.convergence.test_machines     prints the hashes, one matrix a line
"""

import os
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

from polylogue.convergence.matrix import Cell, Matrix, canonical_input
from polylogue.convergence.pictures import pictures
from polylogue.convergence.report import compute
from polylogue.record.canonical import digest

ROOT = Path(__file__).parents[3]
SHAPES = ((1, 5), (4, 0), (0, 3), (6, 40), (10, 40), (13, 277), (40, 120))
KERNELS = ("Haswell", "Nehalem", "Sandybridge", "Prescott")


def fixed(seats: int, provisions: int) -> Matrix:
    """Always the same stances; ten seats get those of a circle, of whose map no direction is the first."""
    chance = Random(f"{seats} {provisions}")
    cells = tuple(
        Cell(
            i, j, (4 if (i - j) % seats in (0, 1) else 0) if seats == 10 else chance.randrange(5), chance.randint(1, 3)
        )
        for i in range(seats)
        for j in range(provisions)
        if seats == 10 or chance.random() < 0.8
    )
    return Matrix("item", tuple(f"S{i:03}" for i in range(seats)), tuple(f"p{j}" for j in range(provisions)), cells)


def hashes() -> list[str]:
    found: list[str] = []
    for shape in SHAPES:
        matrix = fixed(*shape)
        asked = digest(canonical_input(matrix))
        pictures(matrix, bytes.fromhex(asked))
        document = compute(matrix).document()
        seats = document["perSeat"]
        assert isinstance(seats, dict)
        found.append(
            f"{asked} {digest(document['public'])} {digest({code: digest(part) for code, part in seats.items()})}"
        )
    return found


def computed(**environment: str) -> list[str]:
    argv = [sys.executable, "-m", "tests.polylogue.convergence.test_machines"]
    done = subprocess.run(argv, cwd=ROOT, env=os.environ | environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


@pytest.fixture(scope="module")
def here() -> list[str]:
    return hashes()


def test_computed_again_they_are_the_same(here: list[str]):
    assert hashes() == here
    assert len(set(here)) == len(SHAPES)


@pytest.mark.parametrize("kernel", KERNELS)
@pytest.mark.parametrize("threads", ["1", "2"])
def test_under_another_kernel_they_are_the_same(here: list[str], kernel: str, threads: str):
    environment = {"OPENBLAS_CORETYPE": kernel, "OPENBLAS_NUM_THREADS": threads}
    assert computed(**environment, PYTHONHASHSEED=threads) == here


if __name__ == "__main__":
    print("\n".join(hashes()))
