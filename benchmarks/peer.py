"""Other people's programs for the same figures, run by a Python of another environment and asked over a pipe.

Why a file of its own that imports nothing of ours: the peers are no part of the product and must not be installed
beside it. The first line of input is JSON: {"alpha": {NAME: rows}, "votes": {NAME: [[participant, statement, vote]]}}.
Each further line "alpha NAME", "votes NAME" or "table NAME" is done once and answered with its seconds and a figure;
the last is the votes once more, with their table made beforehand.
"""

import importlib
import json
import sys
import time
import warnings
from typing import Any

import numpy as np


def main() -> None:
    warnings.simplefilter("ignore")
    alpha: Any = importlib.import_module("krippendorff").alpha
    base: Any = importlib.import_module("reddwarf.implementations.base")
    as_table: Any = base.generate_raw_matrix
    given = json.loads(sys.stdin.readline())
    tables = {name: np.array(rows, np.float64) for name, rows in given["alpha"].items()}
    votes = {
        name: [{"participant_id": p, "statement_id": s, "vote": v} for p, s, v in cast]
        for name, cast in given["votes"].items()
    }
    made = {name: as_table(votes=cast) for name, cast in votes.items()}
    for line in sys.stdin:
        what, name = line.split()
        base.generate_raw_matrix = as_table if what == "votes" else lambda votes: made[votes].copy()
        begun = time.perf_counter()
        if what == "alpha":
            found = float(alpha(reliability_data=tables[name], level_of_measurement="ordinal"))
        else:
            given_votes = votes[name] if what == "votes" else name
            found = len(base.run_pipeline(votes=given_votes, reducer="pca", clusterer="kmeans", random_state=0).repness)
        print(json.dumps([time.perf_counter() - begun, found]), flush=True)


if __name__ == "__main__":
    main()
