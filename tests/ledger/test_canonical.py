"""The writer's canonical bytes are the core's."""

import json
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.canonical import canonical, read
from polylogue.events import KINDS
from polylogue.record import envelope
from polylogue.record.canonical import LARGEST
from polylogue.record.canonical import canonical as of_the_core
from polylogue.vocabulary import Audience, Role
from tests.ledger.conftest import Place
from tests.ledger.scene import record, saying, schedule
from tests.ledger.whole import whole

NAMES = st.text(st.characters(max_codepoint=127))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-LARGEST, LARGEST) | st.text() | st.sampled_from(Role),
    lambda inner: st.lists(inner) | st.dictionaries(NAMES, inner),
    max_leaves=30,
)


@given(VALUES)
def test_any_value_has_the_same_bytes(value: Any):
    assert canonical(value) == of_the_core(value)


@pytest.mark.parametrize("character", [chr(code) for code in (*range(0x20), 0x22, 0x5C, 0x7F, 0x2028, 0x2029, 0xFFFD)])
def test_what_is_escaped_is_escaped_in_the_same_way(character: str):
    assert canonical({character: character}) == of_the_core({character: character})


def test_half_a_character_is_refused_by_both():
    for make in (canonical, of_the_core):
        with pytest.raises(UnicodeEncodeError):
            make("\ud800")


def test_every_kind_of_event_has_the_same_bytes_and_is_read_alike():
    """Written and sealed by the core alone, then with the writer's bytes."""
    course = whole()
    assert {type(entry.event) for entry in course.entries} == set(KINDS.values())
    for line, entry in zip(course.lines, course.entries, strict=True):
        stored = cast("bytes", line["stored"])
        assert canonical(json.loads(stored)) == stored
        assert read(stored) == envelope.read_seen(stored)
        seen = envelope.visibility(entry.event, entry.acting)
        nonce = None if seen.to is Audience.ALL else bytes(envelope.NONCE_BYTES)
        written = [
            envelope.write(course.session, "command", entry, seal=lambda _, said: said.words, nonce=nonce, canonical=by)
            for by in (canonical, of_the_core)
        ]
        assert written[0] == written[1]


async def test_what_is_stored_is_canonical(place: Place):
    ledger = place.ledger()
    scene = await schedule(ledger)
    await saying(ledger, scene, 3)
    for row in await record(ledger, scene.session):
        assert row.stored == of_the_core(json.loads(row.stored))
