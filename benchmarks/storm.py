"""How a thousand stance changes in two seconds come through: how many reports, and when a subscriber has the last.

Why beside the test of the same storm: the test says what must be so on any machine, this says how long it took here.

    python -m benchmarks.storm [STORMS]
"""

import os
import sys
import tempfile
from pathlib import Path

from server.serve import installation, run, serving
from server.services import RedisAt
from server.settings import Settings
from tests.storm import CHANGES, Seen, storm


def main(storms: int) -> None:
    print(f"Load before: {os.getloadavg()[0]:.1f}\n")
    print("| Storm | Changes | Lasted, s | Reports seen | Last seen after its end, ms (aim: 1,000) |")
    print("|---|--:|--:|--:|--:|")
    for number in range(1, storms + 1):
        seen = _passed()
        delay = (seen.came[-1] - seen.ended) * 1e3
        lasted = seen.ended - seen.begun
        print(f"| {number} | {CHANGES:,} | {lasted:.2f} | {len(seen.bases)} | {delay:,.0f} |", flush=True)


def _passed() -> Seen:
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data_dir=Path(folder) / "data", port=0)

        async def watched(redis_at: RedisAt) -> Seen:
            async with serving(settings, redis_at) as server:
                return await storm(server)

        with installation(settings) as redis_at:
            return run(watched(redis_at))


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 3)
