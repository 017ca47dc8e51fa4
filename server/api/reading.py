"""Why a request cannot be read, in a sentence that says what is wrong and, where it is known, at which byte.

Why apart from reading: msgspec is quick and tells little, half a body and half a letter being one to it; so the JSON is
looked at once more, when it has been refused already. Bytes are counted from 1, as the characters of a text are.
"""

import json
import re
from collections.abc import Callable, Mapping

MESSAGES = ("connection_init", "ping", "pong", "subscribe", "complete")

Misfit = Callable[[object], str | None]
"""What is wrong with a value that JSON allows, None when nothing is."""

_ESCAPES = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"  # both halves of a character
    r"|(\\u[dD][89a-fA-F][0-9a-fA-F]{2})"
    r"|\\."
)
_STRING, _OBJECT = "a string", "an object"
_MEMBERS: Mapping[str, str] = {
    "query": _STRING, "operationName": _STRING, "variables": _OBJECT, "extensions": _OBJECT,
}  # fmt: skip
_KINDS: Mapping[type, str] = {
    bool: "a boolean", int: "a number", float: "a number", str: _STRING, list: "an array", dict: _OBJECT,
}  # fmt: skip


def fault(given: bytes | str, misfit: Misfit) -> str:
    """A sentence about JSON that was refused, as it came in; `misfit` judges what JSON itself allows."""
    try:
        text = given.decode() if isinstance(given, bytes) else given
    except UnicodeDecodeError as error:
        byte = f"byte {error.start + 1} is 0x{error.object[error.start]:02X}"
        return f"This is not UTF-8: {byte}, which is no part of a character there."
    if not text.strip(" \t\r\n"):
        return "There is nothing to read; a JSON object is needed."
    if text.startswith("\ufeff"):
        return "The JSON begins with a byte-order mark; leave it out."
    try:
        value = json.loads(text, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        return _broken(text, error)
    except RecursionError:
        return "The JSON is nested too deeply."
    except ValueError as error:  # `_no_number`, or Python's bound on the digits of a number
        return str(error) if isinstance(error, _NoNumber) else "A number has too many digits."
    lone = next((found for found in _ESCAPES.finditer(text) if found[1]), None)
    if lone:
        return f"{lone[1]} at byte {_byte(text, lone.start())} is half of a surrogate pair; give both halves or none."
    return misfit(value) or "The JSON has a number that is out of range."


def operation_misfit(value: object) -> str | None:
    """What keeps a value from being an operation: its own kind, or that of a member."""
    if not isinstance(value, dict):
        return f"The request is {_kind(value)}; it must be an object with a `query`."
    if "query" not in value:
        return "The `query` is missing."
    wrong = (
        f"`{name}` is {_kind(value[name])}; it must be {wanted}."
        for name, wanted in _MEMBERS.items()
        if name in value and _kind(value[name]) != wanted and (value[name] is not None or name == "query")
    )
    return next(wrong, None)


def message_misfit(value: object) -> str | None:
    """What keeps a value from being a message that a client sends over a WebSocket."""
    if not isinstance(value, dict):
        return f"The message is {_kind(value)}; it must be an object with a `type`."
    kind = value.get("type")
    if kind not in MESSAGES:
        return f"`type` must be {', '.join(MESSAGES[:-1])} or {MESSAGES[-1]}."
    if kind in ("subscribe", "complete") and not (isinstance(value.get("id"), str) and value["id"]):
        return "`id` must be a string, and not empty."
    payload = value.get("payload")
    if kind == "subscribe":
        return operation_misfit(payload) if payload is not None else "The `payload` is missing."
    if kind != "complete" and not isinstance(payload, dict | None):
        return f"`payload` is {_kind(payload)}; it must be an object."
    return None


class _NoNumber(ValueError):
    """A word that Python's reader takes for a number."""


def _no_number(word: str) -> float:
    message = f"{word} is no number of JSON."
    raise _NoNumber(message)


def _broken(text: str, error: json.JSONDecodeError) -> str:
    at = error.pos
    if at >= len(text) or error.msg.startswith("Unterminated string"):
        return f"The JSON ends too early: byte {len(text.encode())} is the last."
    if error.msg.startswith("Extra data"):
        return f"The JSON is over before byte {_byte(text, at)}; nothing may follow it."
    if error.msg.startswith("Invalid control character"):
        return f"Byte {_byte(text, at)} is U+{ord(text[at]):04X}, which a string of JSON has as \\u{ord(text[at]):04x}."
    return f"Byte {_byte(text, at)} is nothing that JSON allows there."


def _byte(text: str, at: int) -> int:
    return len(text[:at].encode()) + 1


def _kind(value: object) -> str:
    return _KINDS.get(type(value), "null")
