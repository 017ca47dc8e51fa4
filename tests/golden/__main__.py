"""Write the golden lines anew: `python -m tests.golden`; while the record is of format 0 only, and with a reason."""

import json
from pathlib import Path

from polylogue.events import FORMAT
from polylogue.record.tree import leaf_hash
from tests.golden.history import golden

HERE = Path(__file__).parent


def main() -> None:
    if FORMAT:
        raise SystemExit("Golden lines of format 1 never change: write those of a new kind into a file of their own.")
    scene = golden()
    (HERE / "events.jsonl").write_bytes(b"".join(line + b"\n" for line in scene.stored))
    leaves = [leaf_hash(line).hex() for line in scene.stored]
    tree = {"size": len(leaves), "root": scene.root().hex(), "leaves": leaves}
    (HERE / "tree.json").write_text(json.dumps(tree, indent=1) + "\n", "utf-8")
    print(f"{len(leaves)} lines, root {tree['root']}")


if __name__ == "__main__":
    main()
