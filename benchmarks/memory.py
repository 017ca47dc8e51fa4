"""What the memory of an embedded server has grown to when a whole session has been played on it.

Why the demo: it has everything in it that a small room has, and anybody can run it.

    python -m benchmarks.memory
"""

import tempfile
from pathlib import Path

from tests.serving import polylogue, serving


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder) / "data") as server:
        pid = server.process.pid
        before = resident(pid)
        played = polylogue(server.environment, "demo", "--fast")
        if played.returncode:
            raise RuntimeError(played.stdout + played.stderr)
        print("| Memory, MB | At the start | After the demo |\n|---|--:|--:|")
        print(f"| embedded server, with its workers | {before:.0f} | {resident(pid):.0f} |")
        for child in _children(pid):
            print(f"| its Valkey | | {resident(child):.0f} |")


def resident(pid: int) -> float:
    """Resident memory of a process in MB."""
    for line in Path(f"/proc/{pid}/status").read_text("ascii").splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0.0


def _children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()]


if __name__ == "__main__":
    main()
