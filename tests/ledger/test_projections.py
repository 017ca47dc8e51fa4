"""Rows applied as entries come are the rows that the record makes, in whatever portions they are written."""

import json
from collections.abc import Collection, Iterator
from typing import get_args

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.audit import rows
from ledger.projections import (
    Rows,
    agenda,
    amendments,
    brackets,
    decisions,
    drafts,
    positions,
    project,
    sessions,
    write_rows,
)
from ledger.projections.rows import KEYS, TABLES, drop, put
from migrations import steps
from polylogue import commands as c
from polylogue.convergence.scope import matrix
from polylogue.events import Event
from polylogue.evolve import evolve
from polylogue.occasion import Entry
from polylogue.record import envelope
from polylogue.state import State
from polylogue.vocabulary import ItemId, ProvisionState, SessionPhase
from tests.ledger.course import CHAIR, MEMBERS, RU, Course, named, of, scheduled, stance, wander, whole

SEEDS = st.integers(0, 2**32)
SITTINGS = settings(max_examples=30)  # each of a hundred commands


@pytest.fixture(scope="module")
def course() -> Course:
    return whole()


@pytest.fixture
def live(url: str) -> str:
    return url


def made(course: Course, cuts: Collection[int] = ()) -> Iterator[Rows]:
    """The rows of a course in portions, a new one beginning at each cut."""
    state, portion = State(), Rows()
    for entry in course.entries:
        if entry.seq in cuts:
            yield portion
            portion = Rows()
        evolve(state, entry)
        project(course.session, state, entry, portion)
    yield portion


def test_the_course_has_every_kind_of_event(course: Course):
    assert {type(entry.event) for entry in course.entries} == set(get_args(Event))


def test_every_table_has_rows_of_it(course: Course):
    assert set(course.rows) == set(TABLES)


@SITTINGS
@given(SEEDS)
def test_rows_are_whole_and_keyed(seed: int):
    for table, found in wander(seed, 60).rows.items():
        for key, row in found.items():
            if row is not None:
                assert list(row) == TABLES[table].c.keys()
                assert key == tuple(row[column] for column in KEYS[table])


def test_rows_applied_in_portions_are_the_rows_made_at_once(live: str, course: Course):
    def apply(connection: sa.Connection) -> None:
        for portion in made(course, set(range(2, 200, 3))):
            write_rows(connection, portion)
        with rows.scratch() as scratch:
            write_rows(scratch, course.rows)
            assert rows.compare(connection, scratch, course.session) == sum(
                row is not None for found in course.rows.values() for row in found.values()
            )

    steps.at(live, apply)


@SITTINGS
@given(SEEDS, st.sets(st.integers(2, 200), max_size=12))
def test_where_a_random_sitting_is_cut_does_not_matter(seed: int, cuts: set[int]):
    course = wander(seed, 100)
    with rows.scratch() as whole_, rows.scratch() as cut:
        write_rows(whole_, course.rows)
        for portion in made(course, cuts):
            write_rows(cut, portion)
        rows.compare(cut, whole_, course.session)


@SITTINGS
@given(SEEDS)
def test_the_record_with_its_texts_gone_makes_the_same_rows_and_state(seed: int):
    """What is read back has commitments where the writer had words."""
    course = wander(seed, 100)
    state, again = State(), Rows()
    for line in course.lines:
        entry = envelope.read(bytes(line["stored"]))  # type: ignore[arg-type]
        evolve(state, entry)
        project(course.session, state, entry, again)
    assert again == course.rows
    assert state == course.state


@SITTINGS
@given(SEEDS)
def test_what_feeds_a_figure_moves_the_item(seed: int):
    """Nothing that a report or a timeline is made of changes without `input_seq`, and nothing else moves it."""
    state, before = State(), dict[ItemId, object]()
    for entry in wander(seed, 120).entries:
        evolve(state, entry)
        for item in state.items.values():
            brackets = [p.id for p in state.in_text(item) if p.state is ProvisionState.BRACKETED]
            after = (matrix(state, item.id), brackets)
            assert after == before.get(item.id) or item.input_seq == entry.seq, entry.event
            before[item.id] = after


def standing(session: str, state: State) -> Rows:  # noqa: C901 -- a loop a table
    """Every row that can be told from a state alone, whatever led to it."""
    found = Rows()
    sessions.session_row(session, state, found)
    sessions.sitting_row(session, state, found)
    sessions.delegation_rows(session, state, found)
    for item in state.items.values():
        agenda.moved(session, state, item.id, found)
    for provision in state.provisions.values():
        agenda.provision_row(session, state, provision, found)
        agenda.wording_rows(session, provision.id, provision.revision, provision.wording, found)
    for alternative in state.alternatives.values():
        brackets._alternative_row(session, alternative, found)
        agenda.wording_rows(session, alternative.id, 1, alternative.wording, found)
    for amendment in state.amendments.values():
        amendments.amendment_moved(session, state, amendment.id, found)
        agenda.wording_rows(session, amendment.id, amendment.edition, amendment.wording, found)
    for request in state.requests.values():
        drafts._request_row(session, request, found)
    for seat, stances in state.stances.items():
        for target in stances:
            positions.stance_row(session, state, seat, target, found)
    if state.call:
        put(found, "call", decisions._opening(session, state.call) | decisions._STILL_OPEN)
    for call in state.calls.values():
        for seat, clause in call.objections:
            decisions.objection_row(session, call, seat, clause, found)
    for item_id, seat in state.positions:
        positions.position_row(session, state, item_id, seat, found)
    for id, posted in state.posted.items():
        for revision in range(1, len(posted) + 1):
            positions.revision_row(session, state, id, revision, found)
    return found


@SITTINGS
@given(SEEDS)
def test_no_row_is_left_behind_by_an_entry(seed: int):
    """After each entry, what was written for it and those before is all that the state has to say."""
    course, state, rows = wander(seed, 80), State(), Rows()
    for entry in course.entries:
        evolve(state, entry)
        project(course.session, state, entry, rows)
        for table, found in standing(course.session, state).items():
            for key, row in found.items():
                assert rows[table].get(key) == row, (table, entry)
        persons = {key[1] for key, row in rows.get("admission", {}).items() if row is not None}
        assert persons == set(state.persons)


def said_at(course: Course, row: dict[str, object]) -> str:
    return str(course.prose[row["seq"], row["pointer"]]["text"])  # type: ignore[index]


def rows_of(course: Course, table: str) -> list[dict[str, object]]:
    return [row for row in course.rows[table].values() if row is not None]


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


def test_drafts_are_kept(course: Course):
    requests = {row["item"]: row["id"] for row in rows_of(course, "draft_request") if row["state"] == "TABLED"}
    drafts = rows_of(course, "draft")
    assert [(row["number"], row["request"]) for row in drafts] == [(1, requests[row["item"]]) for row in drafts]
    assert len(drafts) == 2


def test_an_item_says_where_it_stands(course: Course):
    first, second, third = rows_of(course, "agenda_item")
    assert (first["phase"], first["text_state"], first["adopted_in_sitting"]) == ("CONCLUDED", "ADOPTED", 2)
    assert (second["phase"], second["text_state"]) == ("CONCLUDED", "ADOPTED")
    assert (third["phase"], third["dimensions"]) == ("DELIBERATION", '["ECONOMIC","ENVIRONMENTAL"]')
    assert {row["request"] for row in (first, second, third)} == {None}


def test_a_deferral_lasts_until_the_item_is_taken_up():
    course = scheduled()
    item = next(iter(course.state.items))
    course.go(c.OpenSession())
    course.go(c.OpenItem(item=item))
    deferred = course.go(c.DeferItem(item=item, reason="Late."))[0]
    assert course.rows["agenda_item"][course.session, item]["deferred_seq"] == deferred.seq  # type: ignore[index]
    course.go(c.OpenItem(item=item))
    assert course.rows["agenda_item"][course.session, item]["deferred_seq"] is None  # type: ignore[index]


def test_draft_requests_end_tabled_or_lapsed(course: Course):
    states = [row["state"] for row in rows_of(course, "draft_request")]
    assert states == ["TABLED", "LAPSED", "LAPSED", "TABLED", "LAPSED"]


def test_a_bracket_closed_on_an_alternative_makes_its_stances_those_on_the_text():
    course = scheduled()
    item = next(iter(course.state.items))
    a = course.state.items[item].provisions[0]
    course.go(c.OpenSession())
    course.go(c.OpenItem(item=item))
    chn, kaz, *_ = MEMBERS
    course.go(c.StateStances(item=item, stances=(stance(a),)), of(kaz))
    other = named(course.go(c.ProposeAlternative(provision=a, text="Or.", language=RU), of(kaz)), "alternative")
    stated = course.go(c.StateStances(item=item, stances=(stance(a, alternative=other),)), of(chn))[0]
    closed = course.go(c.CloseBracket(provision=a, alternative=other))[0]
    on_text = course.rows["stance"][course.session, chn, a, ""]
    carried = course.rows["stance"][course.session, kaz, a, ""]
    assert on_text is not None
    assert carried is not None
    assert (on_text["revision"], on_text["seq"], on_text["at"]) == (2, stated.seq, stated.at)
    assert carried["revision"] == 1
    wording = course.rows["wording"]
    assert wording[course.session, a, 2, RU] == wording[course.session, other, 1, RU] | {  # type: ignore[operator]
        "of": a, "revision": 2, "fits": 2,
    }  # fmt: skip
    assert course.rows["agenda_item"][course.session, item]["input_seq"] == closed.seq  # type: ignore[index]


def test_a_clause_put_between_others_moves_those_behind_it():
    course = scheduled()
    item = next(iter(course.state.items))
    course.go(c.OpenSession())
    course.go(c.OpenItem(item=item))
    first, *rest = course.state.items[item].provisions
    new = named(
        course.go(c.ProposeProvision(item=item, text="New.", language=RU, after=first), of(MEMBERS[0])), "provision"
    )
    order = sorted((row["ordinal"], row["id"]) for row in rows_of(course, "provision") if row["item"] == item)
    assert [id for _, id in order] == [first, new, *rest]
    assert course.rows["wording"][course.session, new, 1, RU]["status"] == "AUTHENTIC"  # type: ignore[index]


def test_calls_keep_how_they_ended_and_objections_what_became_of_them(course: Course):
    ended = ["WITHDRAWN", "BLOCKED", "ADOPTED", "NO_QUORUM", "ADOPTED", "ADOPTED"]
    assert [row["outcome"] for row in rows_of(course, "call")] == ended
    raised, of_version, carried, again, *_ = rows_of(course, "objection")
    assert (raised["state"], raised["raised"], raised["carried"]) == ("RAISED", True, False)
    assert (of_version["state"], of_version["version"], raised["version"]) == ("RAISED", "ru", None)
    assert (carried["state"], carried["raised"], carried["carried"]) == ("WITHDRAWN", False, True)
    assert (again["state"], again["raised"]) == ("WITHDRAWN", True)
    verdict = json.loads(str(rows_of(course, "call")[1]["verdict"]))
    assert [(each["seat"], each["version"]) for each in verdict["objections"]] == [("KAZ", None), ("KGZ", "ru")]


def test_a_decision_holds_what_was_adopted(course: Course):
    decision, *others = rows_of(course, "decision")
    assert [row["decision"] for row in rows_of(course, "rescission")] == [other["id"] for other in others[:2]]
    adopted = rows_of(course, "call")[2]
    assert (decision["call"], decision["number"], decision["report"]) == (adopted["id"], 1, "ab" * 32)
    assert json.loads(str(decision["clauses"]))[0]["versions"][0]["text"] == "Shall try to meet."
    assert rows_of(course, "session")[0]["decisions"] == 1 + len(others) == 4


def test_sittings_end_once_and_are_called_anew(course: Course):
    first, second, third = rows_of(course, "sitting")
    assert first["ended_at"] < second["opened_at"] or first["ended_at"] == second["opened_at"]  # type: ignore[operator]
    assert all(row["ended_at"] for row in (first, second, third))
    assert third["roll_call_seq"] is None
    assert {row["present"] for row in rows_of(course, "delegation")} == {None}
    assert len(rows_of(course, "roll_call")) == 2 * (len(MEMBERS) + 1)


def test_a_suspended_session_that_is_closed_keeps_the_end_of_its_sitting():
    course = scheduled()
    course.go(c.OpenSession())
    course.wait(60)
    ended = course.go(c.SuspendSession())[0].at
    course.wait(60)
    course.go(c.CloseSession())
    assert course.rows["sitting"][course.session, 1]["ended_at"] == ended  # type: ignore[index]
    assert course.rows["session"][course.session,]["phase"] == SessionPhase.CLOSED  # type: ignore[index]


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


def test_a_session_begins_with_its_schedule():
    entry = scheduled().entries[1]
    with pytest.raises(ValueError, match="begins with"):
        project("s", State(), Entry(entry.seq, entry.at, entry.acting, whole().entries[-1].event), Rows())
