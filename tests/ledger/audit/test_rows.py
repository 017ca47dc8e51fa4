"""The tables that are read: every difference from what the record makes is named."""

import pytest
import sqlalchemy as sa

from ledger.rebuild import rebuild_session
from tests.ledger.audit.planted import SESSION, TABLES, Faults, audited, sql

ROWS: Faults = {
    "a stance": (
        sql("UPDATE stance SET level = 'OBJECT' WHERE seat = 'RUS'"),
        "level should be 'SUPPORT' and is 'OBJECT'",
    ),
    "an item": (sql("UPDATE agenda_item SET input_seq = 999 WHERE number = 2"), " and is 999"),
    "the session": (
        sql("UPDATE session SET phase = 'OPEN'"),
        f"the session row id {SESSION}: phase should be 'SEALED' and is 'OPEN'",
    ),
    "nobody there": (
        sql("UPDATE delegation SET present = true WHERE code = 'KGZ'"),
        "the delegation row code KGZ: present should be None and is True",
    ),
    "an opinion less": (sql("DELETE FROM opinion WHERE kind = 'RESERVATION'"), "is missing"),
    "a table emptied": (sql("DELETE FROM roll_call"), "the roll call row sitting 1, seat CHN is missing"),
    "an intruder": (
        lambda c: put_in(c, "an intruder"),
        "the admission row person an intruder is there, and the record makes none",
    ),
    "the last of all": (
        lambda c: put_in(c, "\U0010ffff"),
        "the admission row person \U0010ffff is there, and the record makes none",
    ),
    "an adopted text": (sql("UPDATE decision SET clauses = '[]'"), "clauses should be '[{"),
}


def put_in(connection: sa.Connection, person: str) -> None:
    row = {"session": SESSION, "person": person, "roles": '["CHAIR"]', "seats": "[]", "seq": 3}
    connection.execute(sa.insert(TABLES["admission"]).values(row))


@pytest.mark.parametrize("fault", ROWS)
def test_rows(kept: str, fault: str):
    plant, said = ROWS[fault]
    found = audited(kept, plant)
    assert len(found.faults) == 1
    assert said in found.faults[0]


def test_rows_made_anew_are_sound_again(kept: str):
    def plant(connection: sa.Connection) -> None:
        for damage, _ in ROWS.values():
            damage(connection)
        rebuild_session(connection, SESSION)

    assert audited(kept, plant).faults == ()
