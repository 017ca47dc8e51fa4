"""A commitment is what any other program would compute from the text, its language, its field and its salt."""

import hashlib
import hmac

import pytest

from polylogue.record.prose import commitment, field_of

SALT = bytes(range(32))


def test_a_commitment_can_be_computed_without_this_software():
    message = '{"field":"reason","language":"kk","text":"Су — \\"ортақ\\"\\nигілік"}'.encode()
    expected = hmac.new(SALT, message, hashlib.sha256).hexdigest()
    assert commitment(SALT, "reason", "kk", 'Су — "ортақ"\nигілік') == expected


def test_salt_field_language_and_words_are_all_committed_to():
    variants = {
        commitment(SALT, "reason", "en", "water"),
        commitment(SALT[::-1], "reason", "en", "water"),
        commitment(SALT, "text", "en", "water"),
        commitment(SALT, "reason", "de", "water"),
        commitment(SALT, "reason", "en", "Water"),
    }
    assert len(variants) == 5


@pytest.mark.parametrize("length", [0, 16, 31, 33])
def test_a_salt_of_another_length_is_refused(length: int):
    with pytest.raises(ValueError, match=f"32 bytes, not {length}"):
        commitment(bytes(length), "reason", "en", "water")


@pytest.mark.parametrize(
    ("pointer", "field"),
    [
        ("/text", "text"),
        ("/stances/3/reason", "reason"),
        ("/titles/0", "titles"),
        ("/items/0/provisions/12/versions/0/text", "text"),
    ],
)
def test_the_field_is_the_last_member_that_has_a_name(pointer: str, field: str):
    assert field_of(pointer) == field


@pytest.mark.parametrize("pointer", ["", "/0", "/0/1"])
def test_a_pointer_without_a_name_has_no_field(pointer: str):
    with pytest.raises(ValueError, match="names no member"):
        field_of(pointer)
