"""Another program for Schulze's method, run by a Python of another environment and asked over a pipe.

Why a file of its own that imports nothing of ours: the peer is no part of the product and must not be installed beside
it. The first line of input is JSON: {NAME: [[[rank of each candidate], …], how often each ballot was cast]}. Each
further line "NAME" is done once, from ranks to winners, and answered with its seconds and the winners.
"""

import importlib
import json
import sys
import time
import warnings
from typing import Any


def main() -> None:
    warnings.simplefilter("ignore")
    profile_of: Any = importlib.import_module("pref_voting.profiles_with_ties").ProfileWithTies
    schulze: Any = importlib.import_module("pref_voting.margin_based_methods").beat_path
    given = {
        name: ([dict(enumerate(ranks)) for ranks in ballots], counts)
        for name, (ballots, counts) in json.loads(sys.stdin.readline()).items()
    }
    for line in sys.stdin:
        ballots, counts = given[line.strip()]
        begun = time.perf_counter()
        profile = profile_of(ballots, rcounts=counts, candidates=list(ballots[0]))
        # its own measure of a link is the margin; support is that of winning votes
        winners = schulze(profile, strength_function=profile.support)
        print(json.dumps([time.perf_counter() - begun, sorted(map(int, winners))]), flush=True)


if __name__ == "__main__":
    main()
