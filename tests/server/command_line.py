"""The command line in a process of its own, on a data directory.

Why not forked: it is killed midway, and only what it has written is left.
"""

import os
import subprocess
import sys
from pathlib import Path


def command(directory: Path, *words: str) -> tuple[list[str], dict[str, str]]:
    return [sys.executable, "-m", "server.cli", *words], os.environ | {"POLYLOGUE_DATA_DIR": str(directory)}


def run(directory: Path, *words: str) -> subprocess.CompletedProcess[str]:
    argv, environment = command(directory, *words)
    return subprocess.run(argv, env=environment, capture_output=True, text=True, timeout=300, check=False)
