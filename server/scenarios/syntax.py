"""Whether a scenario's file is TOML, and each line in which it is not.

Why apart: what a file says can only be looked at when it can be read, and who writes by hand forgets a quotation mark
first.
"""

import re
import tomllib

from server.scenarios.mistakes import Mistake, ScenarioInvalid
from server.scenarios.places import Place, Torn, place_at, places

_SAID = re.compile(r"(.*) \(at (?:line (\d+), column (\d+)|end of document)\)", re.DOTALL)
_PLAIN = {
    "Invalid value": "no value stands here; a text goes in quotation marks, a list in [ ]",
    "Invalid statement": "neither a key with = and a value nor a [table] begins here",
    "Unterminated string": "the text is not closed by a quotation mark",
    "Illegal character '\\n'": "the text is not closed by a quotation mark",
    'Expected "\'"': "the text is not closed by a quotation mark",
    "Unclosed array": "the list is not closed by ], or a comma is missing in it",
    "Unclosed inline table": "the table is not closed by }, or a comma is missing in it",
    "Cannot overwrite a value": "this is there already; name it once",
    "Expected '=' after a key in a key/value pair": "= is missing behind the key, or the text has no quotation mark",
    "Expected ']' at the end of a table declaration": "] is missing behind the table's name",
    "Expected ']]' at the end of an array declaration": "]] is missing behind the list's name",
    "Expected newline or end of document after a statement": "something stands behind the value; a line takes one key",
}


def decoded(file: bytes, where: str) -> str:
    """The file's text, without the mark that editors of Windows put before it. ScenarioInvalid when it is not UTF-8."""
    try:
        return file.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as wrong:
        line = file.count(b"\n", 0, wrong.start) + 1
        column = wrong.start - file.rfind(b"\n", 0, wrong.start)
        told = f"no text in UTF-8: {wrong.reason} at byte {wrong.start}; save the file as UTF-8"
        raise ScenarioInvalid(where, [Mistake((), told, place=Place(line, column))]) from wrong


def torn_lines(text: str) -> tuple[Mistake, ...]:
    """The mistakes of syntax. It goes on behind a line only if that line would be wrong anywhere: the others depend."""
    found = list[Mistake]()
    lines = text.split("\n")
    while mistake := _torn("\n".join(lines)):
        found.append(mistake)
        line = mistake.place.line - 1
        alone = "" if "there already" in mistake.reason else lines[line]
        if not lines[line].strip() or (alone and not _torn(alone)):
            break
        lines[line] = ""
    return tuple(found)


def _torn(text: str) -> Mistake | None:
    try:
        tomllib.loads(text)
    except ValueError as wrong:
        return _told(str(wrong), text)
    except RecursionError:
        return Mistake((), "lists stand in lists too deeply")
    return None


def _told(wrong: str, text: str) -> Mistake:
    """The message of tomllib in words of ours, where the value that it is about begins."""
    said = _SAID.fullmatch(wrong)
    if said is None:  # a number of thousands of digits, say: it is Python that refuses it, and tells no line
        return Mistake((), f"this cannot be read: {wrong}")
    reason, line, column = said.groups()
    declared = re.match(r"Cannot declare \((.*)\) twice", reason)
    plain = _PLAIN.get(reason, f"this is no TOML: {reason}")
    if declared:
        key = ".".join(re.findall(r"'([^']*)'", declared[1]))
        plain = f"the table [{key}] is there already; in a list it is [[{key}]]"
    place = Place(int(line), int(column)) if line else place_at(text, max(len(text.rstrip()) - 1, 0))
    began = _began(text)
    if began and began.line < place.line and "already" not in plain:
        plain, place = "what begins here is not closed, or a comma or quotation mark is missing in it", began
    return Mistake((), plain, place=place)


def _began(text: str) -> Place | None:
    """Where the text, list or table begins that does not end."""
    try:
        places(text)
    except Torn as torn:
        return place_at(text, torn.began)
    return None
