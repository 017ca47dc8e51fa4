"""Requests that cannot be read: each gets a sentence of its own, and a byte where there is one to name."""

import json

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from server.api.door import Operation
from server.api.reading import fault, message_misfit, operation_misfit
from server.api.socket import Message

WHOLE = json.dumps({"query": "{ é }", "variables": {"n": [1.5, "\\ud800"], "m": None}}, ensure_ascii=False).encode()


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (b" \n", "There is nothing to read; a JSON object is needed."),
        (b"\xef\xbb\xbf{}", "The JSON begins with a byte-order mark; leave it out."),
        (b'{"query": "\xe9"}', "This is not UTF-8: byte 12 is 0xE9, which is no part of a character there."),
        (b'{"query": "a"', "The JSON ends too early: byte 13 is the last."),
        ('{"query": "é'.encode(), "The JSON ends too early: byte 13 is the last."),
        (b'{"query": "a"} b', "The JSON is over before byte 16; nothing may follow it."),
        ('{"query": "é", }'.encode(), "Byte 17 is nothing that JSON allows there."),
        (b"{'query': 'a'}", "Byte 2 is nothing that JSON allows there."),
        (b'{"query": "a\tb"}', "Byte 13 is U+0009, which a string of JSON has as \\u0009."),
        (b'{"query": NaN}', "NaN is no number of JSON."),
        (b'{"query": "a", "variables": {"n": 1e999}}', "The JSON has a number that is out of range."),
        (b'{"query": ' + b"9" * 5000 + b"}", "A number has too many digits."),
        (b"[" * 50_000, "The JSON is nested too deeply."),
        ('{"query": "é\\ud800"}'.encode(), r"\ud800 at byte 14 is half of a surrogate pair; give both halves or none."),
        (
            b'{"query": "\\\\ud800 \\ud83d\\ude00 \\ude00"}',
            r"\ude00 at byte 33 is half of a surrogate pair; give both halves or none.",
        ),
        (b'[{"query": "a"}]', "The request is an array; it must be an object with a `query`."),
        (b"{}", "The `query` is missing."),
        (b'{"query": null}', "`query` is null; it must be a string."),
        (b'{"query": "a", "operationName": 1}', "`operationName` is a number; it must be a string."),
        (b'{"query": "a", "variables": "{}"}', "`variables` is a string; it must be an object."),
        (b'{"query": "a", "variables": null, "extensions": true}', "`extensions` is a boolean; it must be an object."),
    ],
    ids=range(21),
)  # fmt: skip
def test_a_request_that_cannot_be_read_is_told_why(body: bytes, sentence: str):
    with pytest.raises((msgspec.DecodeError, UnicodeDecodeError, RecursionError)):
        msgspec.json.decode(body, type=Operation)
    assert fault(body, operation_misfit) == sentence


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[]", "The message is an array; it must be an object with a `type`."),
        ('{"type": "start"}', "`type` must be connection_init, ping, pong, subscribe or complete."),
        ('{"type": ["ping"]}', "`type` must be connection_init, ping, pong, subscribe or complete."),
        ('{"type": "ping", "payload": []}', "`payload` is an array; it must be an object."),
        ('{"type": "complete"}', "`id` must be a string, and not empty."),
        ('{"type": "subscribe", "id": "", "payload": {}}', "`id` must be a string, and not empty."),
        ('{"type": "subscribe", "id": "a"}', "The `payload` is missing."),
        ('{"type": "subscribe", "id": "a", "payload": {}}', "The `query` is missing."),
    ],
)
def test_a_message_that_is_none_is_told_why(text: str, sentence: str):
    with pytest.raises(msgspec.DecodeError):
        msgspec.json.decode(text, type=Message)
    assert fault(text, message_misfit) == sentence


@given(st.integers(0, len(WHOLE)), st.integers(0, len(WHOLE)), st.binary(max_size=3))
@example(0, len(WHOLE), b"\xef\xbb\xbf")
def test_whatever_is_broken_gets_a_sentence_of_its_own(begin: int, end: int, put: bytes):
    """None falls through to the last, which is for numbers that are out of range."""
    body = WHOLE[:begin] + put + WHOLE[end:]
    try:
        msgspec.json.decode(body, type=Operation)
    except (msgspec.DecodeError, UnicodeDecodeError):
        said = fault(body, operation_misfit)
    else:
        said = "Read."
    assert said.endswith(".")
    assert "out of range" not in said
