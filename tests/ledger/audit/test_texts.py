"""The texts beside the record: erased is no fault, changed is."""

import pytest
import sqlalchemy as sa

from tests.ledger.audit.planted import COURSE, TABLES, Faults, audited, sql

TEXTS: Faults = {
    "a text changed": (
        sql("UPDATE prose SET text = 'We want war.' WHERE seq = 16 AND pointer = '/text'"),
        "the text at /text of entry 16 is not the one that the entry commits to",
    ),
    "a text in another language": (
        sql("UPDATE prose SET language = 'fr' WHERE seq = 16 AND pointer = '/text'"),
        "the text at /text of entry 16 is not the one",
    ),
    "a salt that is short": (
        lambda c: c.execute(sa.update(TABLES["prose"]).where(TABLES["prose"].c.seq == 16).values(salt=b"1")),
        "the text at /text of entry 16: a salt has 32 bytes, not 1",
    ),
    "a text that was moved": (
        sql("UPDATE prose SET pointer = '/words' WHERE seq = 16 AND pointer = '/text'"),
        "there is a text at /words of entry 16, where the entry has none",
    ),
    "a text of no entry": (
        sql("INSERT INTO prose SELECT session, 1000, pointer, language, text, salt FROM prose WHERE seq = 16"),
        "1 texts belong to no entry",
    ),
}


@pytest.mark.parametrize("fault", TEXTS)
def test_texts(kept_in_sqlite: str, fault: str):
    plant, said = TEXTS[fault]
    found = audited(kept_in_sqlite, plant)
    assert len(found.faults) == 1
    assert said in found.faults[0]


def test_a_text_changed_is_found_on_both_databases(kept: str):
    found = audited(kept, TEXTS["a text changed"][0])
    assert found.faults == (TEXTS["a text changed"][1],)


def test_an_erased_text_is_no_fault(kept: str):
    found = audited(kept, sql("DELETE FROM prose WHERE seq = 16"))
    assert (found.faults, found.erased, found.texts) == ((), 1, len(COURSE.prose) - 1)
    assert "1 erased" in found.sentence


def test_a_record_without_any_text_is_sound(kept: str):
    found = audited(kept, sql("DELETE FROM prose"))
    assert (found.faults, found.erased, found.texts) == ((), len(COURSE.prose), 0)
