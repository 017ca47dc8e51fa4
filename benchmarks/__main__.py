"""All benchmarks, one after the other, as tables of Markdown for benchmarks/results.md.

Why each in a process of its own: what one leaves in memory is not measured with the next.

    python -m benchmarks [NAME …]
"""

import subprocess
import sys

NAMES = ("writer", "api", "latency", "memory", "convergence", "drafting", "document", "choice", "storm", "pages")


def main(*names: str) -> int:
    """Run those named, or all; how many of them failed."""
    failed = 0
    for name in names or NAMES:
        print(f"\n### {name}\n", flush=True)
        failed += subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], check=False).returncode != 0
    return failed


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
