"""Rows of people, names, wordings, positions and opinions: which there are, and where their words are found."""

import sqlalchemy as sa

from ledger.audit import rows
from ledger.projections import Rows, write_rows
from ledger.projections.rows import TABLES, drop, put
from migrations import steps
from tests.ledger.course import CHAIR, MEMBERS, Course, of
from tests.ledger.projections.portions import made, rows_of, said_at


def test_a_dismissed_person_is_gone(course: Course):
    assert course.rows["admission"][course.session, "visitor"] is None
    with rows.scratch() as scratch:
        write_rows(scratch, next(made(course, {14})))
        write_rows(scratch, {"admission": {(course.session, CHAIR): None}})
        persons = scratch.execute(sa.select(TABLES["admission"].c.person)).scalars().all()
    assert sorted(persons) == sorted(map(of, (*MEMBERS, "MNG")))  # type: ignore[arg-type]


def test_names_are_found_where_the_record_has_them(course: Course):
    """Of the session, of each delegation and of each item, also one put on the agenda later."""
    items = list(course.state.items)
    said = {
        (row["of"], row["language"]): course.prose[row["seq"], row["pointer"]]["text"]  # type: ignore[index]
        for row in rows_of(course, "naming")
    }
    assert said == {
        (course.session, "en"): "Water and energy",
        (course.session, "zh-Hans"): "水与能源",
        **{(seat, "en"): f"Delegation of {seat}" for seat in (*MEMBERS, "MNG")},
        **{(id, "en"): name for id, name in zip(items, ("Reservoirs", "Grids", "Fisheries"), strict=True)},
        **{(id, "ru"): f"{name} (ru)" for id, name in zip(items, ("Reservoirs", "Grids", "Fisheries"), strict=True)},
    }
    assert [row["ordinal"] for row in rows_of(course, "naming") if row["of"] == course.session] == [0, 1]


def test_wordings_are_found_where_the_record_has_them(course: Course):
    said = [
        (row["revision"], row["language"], said_at(course, row), row["stale"])
        for row in rows_of(course, "wording")
        if row["of"] == course.state.items[next(iter(course.state.items))].provisions[0]
    ]
    assert said == [
        (1, "en", "Recalls Reservoirs 0.", False),
        (1, "ru", "Напоминает Reservoirs 0.", False),
        (2, "en", "Should meet.", False),
        (2, "ru", "Напоминает Reservoirs 0.", True),
        (3, "en", "Should meet.", False),
        (3, "ru", "ru: 112", True),  # somebody has objected to it in a call
        (3, "zh-Hans", "zh-Hans: 113", False),
        (4, "en", "Shall try to meet.", False),
        (4, "ru", "ru: 112", False),  # and said that it fits the new words
        (4, "zh-Hans", "zh-Hans: 139", False),
    ]


def test_each_revision_of_a_position_is_kept(course: Course):
    assert [(row["revision"], row["interests_seq"] is not None) for row in rows_of(course, "position_revision")] == [
        (1, True),
        (2, False),
        (1, False),
        (1, True),
    ]
    assert [(row["seat"], row["revision"]) for row in rows_of(course, "position")] == [
        ("CHN", 2),
        ("MNG", 1),
        ("KAZ", 1),
    ]


def test_words_that_were_corrected_are_found_in_the_correction(course: Course):
    revision, opinion = rows_of(course, "position_revision")[-1], rows_of(course, "opinion")[-1]
    objection = rows_of(course, "objection")[-1]
    places = [
        (revision["seq"], f"{revision['pointer']}/text"),
        (revision["interests_seq"], f"{revision['interests_pointer']}/text"),
        (opinion["seq"], f"{opinion['pointer']}/text"),
        (objection["words_seq"], f"{objection['words_pointer']}/reason"),
    ]
    said = [course.prose[place]["text"] for place in places]  # type: ignore[index]
    assert said == ["Сети.", "Wind.", "So be it.", "Нет."]


def test_opinions_are_kept(course: Course):
    assert [(row["seat"], row["kind"], row["provision"] is None) for row in rows_of(course, "opinion")] == [
        ("KGZ", "INTERPRETATION", False),
        ("CHN", "RESERVATION", True),
        ("KAZ", "INTERPRETATION", True),
    ]


def test_interests_written_apart_from_their_position_find_its_revision(course: Course):
    interests, _ = (entry for entry in course.entries if type(entry.event).__name__ == "InterestsStated")
    *_, last = made(course, {interests.seq})
    revision, _ = (row for row in last["position_revision"].values() if row and row["interests_seq"])
    (posted,) = (row for row in rows_of(course, "position_revision") if row["interests_seq"] == interests.seq)
    assert revision == posted
    assert posted["seq"] < interests.seq  # type: ignore[operator]


def test_a_nul_in_a_name_from_outside_stops_nobody(live: str):
    """PostgreSQL keeps none in a text; the record has it escaped."""
    put(found := Rows(), "admission", {"session": "s", "person": "a\0b", "roles": "[]", "seats": "[]", "seq": 1})
    drop(gone := Rows(), "admission", "s", "a\0b")

    def apply(connection: sa.Connection) -> list[str]:
        write_rows(connection, found)
        persons = list(connection.execute(sa.select(TABLES["admission"].c.person)).scalars())
        write_rows(connection, gone)
        assert connection.execute(sa.select(TABLES["admission"].c.person)).all() == []
        return persons

    assert steps.at(live, apply) == ["a\ufffdb"]
