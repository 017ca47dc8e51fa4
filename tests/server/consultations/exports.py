"""Exports in folders of the tests' own, and a real one.

Why written anew: an import looks at files, however little of an export they hold.
"""

from pathlib import Path

from tests.polylogue.crowd.exports import EXAMPLES, WHOLE

EXAMPLE = EXAMPLES / "london-youth-policing"


def written(folder: Path, **changed: str | bytes | None) -> Path:
    """A small export; `changed` are other contents by the first word of the file's name, null for a missing file."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in WHOLE.items():
        content = changed.get(name.partition(".")[0].partition("-")[0], text)
        if content is not None:
            (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return folder
