"""Where the keys and values of a TOML file stand.

Why a scanner beside tomllib: tomllib tells what a file says and forgets where, and whoever wrote it needs the line.
"""

import re
import tomllib
from dataclasses import dataclass, field

Path = tuple[str | int, ...]
"""Keys and numbers that lead to a value: ("items", 0, "titles", "en")."""

_BLANK = re.compile(r"(?:[ \t\n]|#[^\n]*)*")
_PART = re.compile(r'"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'|[A-Za-z0-9_-]+')
_DOT = re.compile(r"[ \t]*\.[ \t]*")
_SPACE = re.compile(r"[ \t]*")
_STRING = re.compile(
    r"""
    \"{3} (?: \\. | (?!\"{3}) [^\\] )* \"{3,5}  # up to two quotation marks may stand before the closing three
    | '{3} (?: (?!'{3}) . )* '{3,5}
    | " (?: \\. | [^"\\\n] )* "
    | ' [^'\n]* '
    """,
    re.DOTALL | re.VERBOSE,
)
_BARE = re.compile(r"[^\s,\[\]{}#\"'][^,\[\]{}#\n]*")


class Torn(Exception):
    """The text cannot be read on; `began` is where the value begins that is not finished."""

    def __init__(self, began: int) -> None:
        super().__init__(began)
        self.began = began


@dataclass(frozen=True, order=True)
class Place:
    """A line and a column, both from 1."""

    line: int
    column: int


@dataclass
class _Scan:
    """A walk through the text; `arrays` counts the tables of each [[list]]."""

    text: str
    at: int = 0
    found: dict[Path, int] = field(default_factory=dict[Path, int])
    arrays: dict[Path, int] = field(default_factory=dict[Path, int])


def places(toml: str) -> dict[Path, Place]:
    """Where each key and each element of a list stands, in a text that tomllib reads. Raises Torn where it does not."""
    scan = _Scan(toml.replace("\r\n", "\n"))
    table: Path = ()
    _past(scan, _BLANK)
    while scan.at < len(scan.text):
        if scan.text[scan.at] == "[":
            table = _header(scan)
        else:
            _pair(scan, table)
        _past(scan, _BLANK)
    return {path: place_at(scan.text, at) for path, at in scan.found.items()}


def place_at(text: str, at: int) -> Place:
    """The place of a character, counted from 0."""
    return Place(text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at))


def _header(scan: _Scan) -> Path:
    """`[table]` or `[[list]]`: the path of the keys below it."""
    began = scan.at
    several = scan.text.startswith("[[", began)
    scan.at += 1 + several
    _past(scan, _SPACE)
    names = _key(scan, began)
    _past(scan, _SPACE)
    _need(scan, "]]" if several else "]", began)
    path: Path = ()
    for number, name in enumerate(names, 1):
        path = (*path, name)
        scan.found.setdefault(path, began)
        if several and number == len(names):
            scan.arrays[path] = scan.arrays.get(path, 0) + 1
        if path in scan.arrays:
            path = (*path, scan.arrays[path] - 1)
            scan.found.setdefault(path, began)
    return path


def _pair(scan: _Scan, table: Path) -> None:
    """`key = value`."""
    began, path = scan.at, table
    for name in _key(scan, began):
        path = (*path, name)
        scan.found.setdefault(path, began)
    _past(scan, _SPACE)
    _need(scan, "=", began)
    _past(scan, _SPACE)
    _value(scan, path)


def _value(scan: _Scan, path: Path) -> None:
    began = scan.at
    if scan.text.startswith("[", began):
        scan.at += 1
        number = 0
        while not _ends(scan, "]", began):
            scan.found[(*path, number)] = scan.at
            _value(scan, (*path, number))
            _comma(scan, "]", began)
            number += 1
    elif scan.text.startswith("{", began):
        scan.at += 1
        while not _ends(scan, "}", began):
            _pair(scan, path)
            _comma(scan, "}", began)
    elif not (_past(scan, _STRING) or _past(scan, _BARE)):
        raise Torn(began)


def _ends(scan: _Scan, sign: str, began: int) -> bool:
    """Whether a list or an inline table ends here; what ends with the text raises Torn."""
    _past(scan, _BLANK)
    if scan.at >= len(scan.text):
        raise Torn(began)
    if ends := scan.text.startswith(sign, scan.at):
        scan.at += 1
    return ends


def _comma(scan: _Scan, end: str, began: int) -> None:
    _past(scan, _BLANK)
    if not scan.text.startswith(end, scan.at):
        _need(scan, ",", began)


def _key(scan: _Scan, began: int) -> list[str]:
    """A key and those behind its dots."""
    names: list[str] = []
    while True:
        found = _PART.match(scan.text, scan.at)
        if found is None:
            raise Torn(began)
        scan.at = found.end()
        names.append(tomllib.loads(f"name = {found[0]}")["name"] if found[0][0] in "\"'" else found[0])
        if not _past(scan, _DOT):
            return names


def _past(scan: _Scan, pattern: re.Pattern[str]) -> bool:
    """Step over what the pattern matches, if it does; whether that was anything."""
    if found := pattern.match(scan.text, scan.at):
        scan.at = found.end()
    return bool(found and found[0])


def _need(scan: _Scan, sign: str, began: int) -> None:
    if not scan.text.startswith(sign, scan.at):
        raise Torn(began)
    scan.at += len(sign)
