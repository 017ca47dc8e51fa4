"""Canonical bytes are those of RFC 8785 wherever the domain lets a value in, and nowhere else is a value let in."""

from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from polylogue.record.canonical import LARGEST, OutsideDomain, canonical, check_domain

NAMES = st.text(st.characters(max_codepoint=127))
LEAVES = st.none() | st.booleans() | st.integers(-LARGEST, LARGEST) | st.text()


def json_of(leaves: st.SearchStrategy[Any], names: st.SearchStrategy[str] = NAMES) -> st.SearchStrategy[Any]:
    return st.recursive(
        leaves, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(names, inner, max_size=4), max_leaves=12
    )


@given(json_of(LEAVES))
def test_the_bytes_are_those_of_rfc_8785(value: Any):
    check_domain(value)
    assert canonical(value) == rfc8785.dumps(value)


@given(json_of(LEAVES | st.integers() | st.floats() | st.text(st.characters()), NAMES | st.text()))
def test_whatever_is_let_in_has_the_bytes_of_rfc_8785(value: Any):
    try:
        check_domain(value)
    except OutsideDomain:
        return
    assert canonical(value) == rfc8785.dumps(value)


def test_every_control_character_is_written_as_rfc_8785_says():
    value = "".join(map(chr, range(0xA0))) + '"\\\u2028\u2029😀'
    assert canonical(value) == rfc8785.dumps(value)


def test_names_stand_in_the_order_of_their_code_points():
    assert canonical({"b": 1, "a": [], "B": {}, "10": None, "9": True}) == b'{"10":null,"9":true,"B":{},"a":[],"b":1}'


@pytest.mark.parametrize(
    ("value", "pointer", "why"),
    [
        ({"rules": [{"share": 0.5}]}, "/rules/0/share", "a float"),
        ([1.0], "/0", "a float"),
        (float("nan"), "", "a float"),
        ({"n": LARGEST + 1}, "/n", "beyond"),
        ([0, -LARGEST - 1], "/1", "beyond"),
        (("a", "\ud83d"), "/1", "surrogate"),
        ({"имя": 1}, "", "not ASCII"),
        ({"a": {1: 1}}, "/a", "not ASCII"),
        ({"a": b"bytes"}, "/a", "a bytes"),
        ({"a": {1, 2}}, "/a", "a set"),
    ],
)
def test_what_has_no_agreed_bytes_is_refused_with_its_place(value: Any, pointer: str, why: str):
    with pytest.raises(OutsideDomain, match=why) as found:
        check_domain(value)
    assert found.value.pointer == pointer


def test_an_unpaired_surrogate_has_no_bytes():
    with pytest.raises(UnicodeEncodeError):
        canonical({"text": "\udc00"})
