"""Rows applied as entries come are the rows that the record makes, in whatever portions they are written."""

from typing import get_args

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
from ledger.projections.rows import KEYS, TABLES, put
from migrations import steps
from polylogue.convergence.scope import matrix
from polylogue.events import Event
from polylogue.evolve import evolve
from polylogue.record import envelope
from polylogue.state import State
from polylogue.vocabulary import ItemId, ProvisionState
from tests.ledger.course import Course
from tests.ledger.projections.portions import made
from tests.ledger.wander import wander

SEEDS = st.integers(0, 2**32)
SITTINGS = settings(max_examples=30)  # each of a hundred commands


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
