"""Rows of sessions and items: sittings, drafts, brackets, calls and decisions, and where an item stands."""

import json

import pytest

from ledger.projections import Rows, project
from polylogue import commands as c
from polylogue.occasion import Entry
from polylogue.state import State
from polylogue.vocabulary import SessionPhase
from tests.ledger.course import MEMBERS, RU, Course, named, of, scheduled, stance
from tests.ledger.projections.portions import rows_of
from tests.ledger.whole import whole


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


def test_a_session_begins_with_its_schedule():
    entry = scheduled().entries[1]
    with pytest.raises(ValueError, match="begins with"):
        project("s", State(), Entry(entry.seq, entry.at, entry.acting, whole().entries[-1].event), Rows())
