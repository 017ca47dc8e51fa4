"""A folder with an exported consultation: read whole, or refused with the file, the line and the reason.

Why its words are gone through: strangers wrote them, and they end up in terminals and on screens.
"""

import hashlib
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from polylogue.crowd import open_data
from polylogue.crowd.open_data import COMMENTS, FILES, Consultation, Malformed

READMES = ("README.md", "README.txt", "README")
_SAYS = ("attribution", "licence", "license")
_LONGEST = 2_000
"""Characters of an attribution; who puts a whole licence there means another thing."""

_NOT_SHOWN = re.compile(
    r"(?!\n)[\x00-\x1f\x7f-\x9f"  # control characters, with which a text could steer a terminal
    r"\u202a-\u202e\u2066-\u2069\ud800-\udfff]"  # and what would show it in another order than it is kept in
)


class ExportRefused(Exception):
    """A folder that cannot be read as an export; the message names the file, and the line where there is one."""


@dataclass(frozen=True, slots=True)
class Export:
    """A consultation as its files say it, their `digest`, and where it comes from.

    `digest` is what `sha256sum summary.csv comments.csv votes.csv participants-votes.csv | sha256sum` prints in the
    folder. `texts` are the statements' words, line for line with the statements. `differences` tell what one file says
    and another does not, and which words were changed.
    """

    consultation: Consultation
    digest: str
    title: str
    description: str
    source: str
    attribution: str | None
    texts: tuple[str, ...]
    differences: tuple[str, ...]


def read_export(directory: Path) -> Export:
    """Read the four files of a folder. Raises ExportRefused."""
    folder = directory.resolve()
    data = {name: _bytes(directory / name) for name in FILES}
    digests = (f"{hashlib.sha256(data[name]).hexdigest()}  {name}\n" for name in FILES)
    try:
        found = open_data.read(*(_lines(name, data[name]) for name in FILES))
    except Malformed as malformed:
        raise ExportRefused(f"{directory / malformed.file}{_place(malformed)}") from None
    texts = tuple(plain(each.text) for each in found.statements)
    changed = (
        f"{COMMENTS}: signs of statement {statement.id} that cannot be shown are replaced"
        for statement, text in zip(found.statements, texts, strict=True)
        if "\ufffd" in text and "\ufffd" not in statement.text
    )
    return Export(
        found,
        hashlib.sha256("".join(digests).encode()).hexdigest(),
        in_a_line(found.topic) or folder.name,
        plain(found.description).strip(),
        in_a_line(found.summary.get("url", "")) or folder.name,
        _attribution(folder, found.summary),
        texts,
        (*found.differences, *changed),
    )


def plain(words: str) -> str:
    """The words with what would not be shown as it stands replaced by U+FFFD; a tab becomes a space."""
    return _NOT_SHOWN.sub("\ufffd", words.replace("\r\n", "\n").replace("\t", " "))


def in_a_line(words: str) -> str:
    """The same on one line."""
    return plain(" ".join(words.split()))


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise ExportRefused(f"There is no {path}; an export has {', '.join(FILES)}.") from None
    except OSError as wrong:
        raise ExportRefused(f"{path} cannot be read: {wrong.strerror}.") from None


def _lines(name: str, data: bytes) -> io.StringIO:
    try:
        return io.StringIO(data.decode("utf-8"), newline="")
    except UnicodeDecodeError as wrong:
        line = data.count(b"\n", 0, wrong.start) + 1
        raise Malformed(name, line, "not UTF-8") from None


def _place(malformed: Malformed) -> str:
    return f": {malformed.reason}" if malformed.line is None else f", line {malformed.line}: {malformed.reason}"


def _attribution(folder: Path, summary: Mapping[str, str]) -> str | None:
    """What the summary says of licence or attribution, else what a README in the folder, or a page beside it, does."""
    for name in _SAYS:
        if said := in_a_line(summary.get(name, "")):
            return said[:_LONGEST]
    for path in (*(folder / name for name in READMES), folder.with_name(f"{folder.name}.md")):
        try:
            text = path.read_text("utf-8", errors="replace")
        except OSError:
            continue
        for name in _SAYS:
            # the rest of a paragraph, or of an item of a list, that begins with the word and a colon
            label = rf"^[ \t>*_-]*{name}[*_]*[ \t]*:[*_]*(.+?)(?=\n[ \t]*(?:\n|[*-] )|\Z)"
            found = re.search(label, text, re.IGNORECASE | re.MULTILINE | re.DOTALL)
            if found and (said := in_a_line(found[1])):
                return said[:_LONGEST]
    return None
