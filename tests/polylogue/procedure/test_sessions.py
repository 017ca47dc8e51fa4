"""Chapter 1: a session is made, opened, suspended, closed and sealed; people are admitted to it."""

from fractions import Fraction
from typing import Any

import pytest

from polylogue import commands as c
from polylogue import events as e
from polylogue.record.canonical import digest
from polylogue.record.prose import Sealed
from polylogue.refusals import Refusal, RefusalCode
from polylogue.rules.shelf import whole
from polylogue.scenario import ScenarioDelegation, ScenarioItem, ScenarioProvision
from polylogue.vocabulary import (
    Dimension,
    Hash,
    ItemPhase,
    LanguageStatus,
    LanguageTag,
    Nature,
    PersonId,
    ProvisionKind,
    ProvisionState,
    Role,
    SeatCode,
    SessionId,
    SessionPhase,
    Standing,
    TextState,
)
from tests.scenes import EN, GUEST, RU, THREE, ZH, Scene, scenario, sco, text

KAZ, KGZ, UZB = THREE


def schedules(**of_scenario: Any) -> tuple[Scene, e.SessionScheduled]:
    scene = Scene()
    (scheduled,) = scene.give(c.ScheduleSession(scenario=scenario(**of_scenario)), "organiser")
    return scene, scheduled


def refused(**of_scenario: Any) -> Refusal:
    return Scene().refuse(c.ScheduleSession(scenario=scenario(**of_scenario)), "organiser")


# ── 1.1 making one ──


def test_a_session_is_made_from_its_scenario():
    water = ScenarioItem(
        titles=(text("Shared water"), text("Общая вода", "RU")),
        dimensions=(Dimension.SOCIAL, Dimension.ECONOMIC, Dimension.SOCIAL),
        provisions=(
            ScenarioProvision(kind=ProvisionKind.PREAMBULAR, versions=(text("Recalling"), text("Напоминая", "ru"))),
            ScenarioProvision(versions=(text("Decides"),)),
        ),
    )
    scene, scheduled = schedules(
        items=(water,),
        nature=Nature.CONSULTATION,
        conference="Model SCO 2026",
        continues=SessionId("01937e00-0000-7000-8000-00000000000a"),
        public=True,
        clock_scale="2/120",
        authentic=(ZH, RU, ZH),
    )
    (listed,) = scheduled.items
    first, second = listed.provisions
    assert listed.dimensions == (Dimension.ECONOMIC, Dimension.SOCIAL)
    assert [(v.language, v.status) for v in first.versions] == [
        (EN, LanguageStatus.WORKING),
        (RU, LanguageStatus.AUTHENTIC),
    ]
    assert (first.kind, second.kind) == (ProvisionKind.PREAMBULAR, ProvisionKind.OPERATIVE)
    assert all(isinstance(title, Sealed) for title in listed.titles)
    assert scheduled.rule_set == whole("sco-consensus/1")
    assert scheduled.rule_set_hash == digest(whole("sco-consensus/1"))
    assert (scheduled.format, scheduled.engine) == (0, 1)
    assert scheduled.authentic == (RU, ZH)
    assert scheduled.clock_scale == "1/60"

    state = scene.state
    assert state.phase is SessionPhase.SCHEDULED
    assert state.clock_scale == Fraction(1, 60)
    assert state.items[listed.id].phase is ItemPhase.LISTED
    assert state.items[listed.id].text is TextState.WORKING
    assert {p.state for p in state.provisions.values()} == {ProvisionState.PROPOSED}
    assert state.delegations == dict.fromkeys(THREE, Standing.MEMBER) | {
        "ARM": Standing.PARTNER,
        "MNG": Standing.OBSERVER,
        "UN_SC": Standing.GUEST,
    }


def test_only_the_organiser_makes_one():
    command = c.ScheduleSession(scenario=scenario())
    assert Scene().refuse(command, "worker").code is RefusalCode.NOT_PERMITTED
    assert Scene().refuse(command, "KAZ").code is RefusalCode.NOT_PERMITTED


def test_a_session_is_made_once():
    refusal = sco().refuse(c.ScheduleSession(scenario=scenario()), "organiser")
    assert refusal.code is RefusalCode.SESSION_PHASE


def test_nothing_else_is_possible_before():
    refusal = Scene().refuse(c.OpenSession())
    assert (refusal.code, refusal.rule) == (RefusalCode.UNKNOWN_REFERENCE, "0.1")


@pytest.mark.parametrize(
    ("of_scenario", "code", "path"),
    [
        ({"delegations": ()}, "LIST_EMPTY", "delegations"),
        ({"delegations": tuple(ScenarioDelegation(code=SeatCode(f"S{i}")) for i in range(201))}, "LIST_TOO_LONG",
         "delegations"),
        ({"delegations": (ScenarioDelegation(code=KAZ), ScenarioDelegation(code=KAZ))}, "DUPLICATE_ENTRY",
         "delegations/1/code"),
        ({"delegations": (ScenarioDelegation(code=SeatCode("K")),)}, "SEAT_CODE_INVALID", "delegations/0/code"),
        ({"delegations": (ScenarioDelegation(code=SeatCode("K" * 17)),)}, "SEAT_CODE_INVALID", "delegations/0/code"),
        ({"delegations": (ScenarioDelegation(code=KAZ, languages=(LanguageTag("русский"),)),)}, "LANGUAGE_TAG_INVALID",
         "delegations/0/languages/0"),
        ({"delegations": (ScenarioDelegation(code=KAZ, languages=(RU,) * 201),)}, "LIST_TOO_LONG",
         "delegations/0/languages"),
        ({"delegations": (ScenarioDelegation(code=KAZ, names=(text("A"), text("B", "EN"))),)}, "DUPLICATE_ENTRY",
         "delegations/0/names"),
        ({"items": 201}, "LIST_TOO_LONG", "items"),
        ({"clauses": 201}, "LIST_TOO_LONG", "items/0/provisions"),
        ({"items": (ScenarioItem(),)}, "LIST_EMPTY", "items/0/titles"),
        ({"items": (ScenarioItem(titles=(text(""),)),)}, "TEXT_EMPTY", "items/0/titles/0/text"),
        ({"items": (ScenarioItem(titles=(text("A"),), dimensions=(Dimension.SOCIAL,) * 201),)}, "LIST_TOO_LONG",
         "items/0/dimensions"),
        ({"items": (ScenarioItem(titles=(text("A"),), provisions=(ScenarioProvision(),)),)}, "LIST_EMPTY",
         "items/0/provisions/0/versions"),
        ({"items": (ScenarioItem(titles=(text("A"),), provisions=(ScenarioProvision(versions=(text("A"),) * 2),)),)},
         "DUPLICATE_ENTRY", "items/0/provisions/0/versions"),
        ({"titles": (text("A", "x_y"),)}, "LANGUAGE_TAG_INVALID", "titles/0/language"),
        ({"working": LanguageTag("")}, "LANGUAGE_TAG_INVALID", "working"),
        ({"authentic": (RU, LanguageTag("-"))}, "LANGUAGE_TAG_INVALID", "authentic/1"),
        ({"authentic": (RU,) * 201}, "LIST_TOO_LONG", "authentic"),
        ({"conference": "C" * 201}, "TEXT_TOO_LONG", "conference"),
        ({"conference": "\ud800"}, "CHARACTER_FORBIDDEN", "conference"),
        ({"continues": "a\nb"}, "UNKNOWN_REFERENCE", "continues"),
        ({"continues": "x" * 65}, "UNKNOWN_REFERENCE", "continues"),
        *[
            ({"clock_scale": scale}, "NUMBER_OUT_OF_RANGE", "clockScale")
            for scale in ("0", "-1", "1/0", "1/00", "101", "1e9", "1e999999999", "0.00000001", "nan", "", " 1", "１")
        ],
    ],
)  # fmt: skip
def test_a_scenario_that_cannot_be_is_refused_where_it_is_wrong(of_scenario: dict[str, Any], code: str, path: str):
    refusal = refused(**of_scenario)
    assert (refusal.code, "/".join(refusal.path)) == (code, f"scenario/{path}")


@pytest.mark.parametrize(("given", "kept"), [("1", "1"), ("0.5", "1/2"), ("100", "100"), ("60/3600", "1/60")])
def test_the_clock_scale_is_an_exact_fraction(given: str, kept: str):
    assert schedules(clock_scale=given)[1].clock_scale == kept


# ── 1.2 people ──


def test_the_chair_is_admitted_by_the_organiser_and_is_secretariat_too():
    scene, _ = schedules()
    admit = c.AdmitPerson(role=Role.CHAIR, person=PersonId("chair"))
    (admitted,) = scene.give(admit, "organiser")
    assert admitted.roles == (Role.CHAIR, Role.SECRETARIAT)
    refusal = scene.refuse(c.AdmitPerson(role=Role.CHAIR))
    assert (refusal.code, refusal.params) == (RefusalCode.NOT_PERMITTED, {"allowed": "ORGANISER"})


def test_what_a_person_is_admitted_to_adds_up():
    scene = sco(stage="scheduled")
    delegate = PersonId("delegate of KAZ")
    scene.give(c.AdmitPerson(role=Role.DELEGATE, seats=(GUEST, KGZ), person=delegate))
    (admitted,) = scene.give(c.AdmitPerson(role=Role.FACILITATOR, person=delegate))
    assert admitted == e.PersonAdmitted(
        person=delegate, roles=(Role.DELEGATE, Role.FACILITATOR), seats=(KAZ, KGZ, GUEST)
    )


def test_a_person_who_is_not_named_gets_a_fresh_id():
    scene = sco(stage="scheduled")
    (one,), (other,) = (scene.give(c.AdmitPerson(role=Role.PUBLIC)) for _ in range(2))
    assert one.person != other.person


@pytest.mark.parametrize(
    ("command", "code", "path"),
    [
        (c.AdmitPerson(role=Role.DELEGATE), RefusalCode.LIST_EMPTY, "seats"),
        (c.AdmitPerson(role=Role.FACILITATOR, seats=(KAZ,)), RefusalCode.NOT_PERMITTED, "seats"),
        (c.AdmitPerson(role=Role.WORKER), RefusalCode.NOT_PERMITTED, "role"),
        (c.AdmitPerson(role=Role.ORGANISER), RefusalCode.NOT_PERMITTED, "role"),
        (c.AdmitPerson(role=Role.DELEGATE, seats=(SeatCode("ZZZ"),)), RefusalCode.UNKNOWN_REFERENCE, "seats"),
        (c.AdmitPerson(role=Role.DELEGATE, seats=(KAZ,) * 201), RefusalCode.LIST_TOO_LONG, "seats"),
        (c.AdmitPerson(role=Role.PUBLIC, person=PersonId("\ud800")), RefusalCode.UNKNOWN_REFERENCE, "person"),
        (c.DismissPerson(person=PersonId("nobody")), RefusalCode.UNKNOWN_REFERENCE, "person"),
    ],
)
def test_who_cannot_be_admitted_or_dismissed(command: c.Command, code: RefusalCode, path: str):
    refusal = sco(stage="scheduled").refuse(command, "organiser")
    assert (refusal.code, refusal.path, refusal.rule) == (code, (path,), "1.2")


def test_who_is_dismissed_is_nobody_here_any_more():
    scene = sco()
    scene.give(c.DismissPerson(person=PersonId("delegate of KAZ")))
    assert scene.refuse(c.ReopenText(item=scene.item), "KAZ").code is RefusalCode.NOT_PERMITTED


def test_people_come_and_go_until_the_session_is_sealed():
    scene = sco()
    for step in (c.SuspendSession(), c.CloseSession()):
        scene.give(step)
        scene.give(c.AdmitPerson(role=Role.PUBLIC, person=PersonId("late")))
        scene.give(c.DismissPerson(person=PersonId("late")))
    scene.give(c.SealSession())
    assert scene.refuse(c.AdmitPerson(role=Role.PUBLIC), "organiser").code is RefusalCode.SESSION_SEALED


# ── 1.3 to 1.7 sittings ──


def test_each_opening_is_a_new_sitting_whose_roll_is_still_to_be_called():
    scene = sco()
    assert (scene.state.sitting, scene.state.present is None) == (1, False)
    scene.give(c.SuspendSession(reason="Lunch.", language=EN))
    assert scene.state.phase is SessionPhase.SUSPENDED
    assert scene.give(c.ResumeSession()) == (e.SessionResumed(sitting=2, objections_until=None),)
    assert (scene.state.sitting, scene.state.present) == (2, None)
    scene.give(c.CloseSession())
    (reopened,) = scene.give(c.ReopenSession(reason="A comma was forgotten."))
    assert (reopened.sitting, scene.state.phase, scene.state.present) == (3, SessionPhase.OPEN, None)


@pytest.mark.parametrize("reason", [None, "", " \n"])
def test_suspending_needs_no_reason(reason: str | None):
    assert sco().give(c.SuspendSession(reason=reason)) == (e.SessionSuspended(reason=None),)


def test_reopening_needs_one():
    scene = sco()
    scene.give(c.CloseSession())
    refusal = scene.refuse(c.ReopenSession(reason=" "))
    assert (refusal.code, refusal.rule) == (RefusalCode.REASON_MISSING, "1.6")


def test_a_session_is_closed_and_sealed_with_the_newest_reports():
    scene = sco(items=2)
    newest = scene.reports[scene.item] = Hash("ab" * 32)
    scene.give(c.CloseSession())
    (sealed,) = scene.give(c.SealSession())
    assert sealed.reports == (e.ReportCited(item=scene.item, hash=newest),)
    assert scene.state.phase is SessionPhase.SEALED


def test_a_session_is_closed_from_a_suspension_but_not_with_a_call_open():
    scene = sco(stage="called")
    scene.give(c.SuspendSession())
    assert scene.refuse(c.CloseSession()).code is RefusalCode.CALL_OPEN
    scene.give(c.ResumeSession())
    scene.give(c.CloseCall(item=scene.item, withdraw=True, reason="Not today."))
    scene.give(c.SuspendSession())
    scene.give(c.CloseSession())


def test_the_time_to_object_stands_still_while_the_session_is_suspended():
    scene = sco(stage="called")
    scene.wait(minutes=10)
    scene.give(c.SuspendSession())
    scene.wait(minutes=600)
    (resumed,) = scene.give(c.ResumeSession())
    scene.give(c.RecordRollCall(present=THREE))
    scene.wait(minutes=20, seconds=-0.001)
    refusal = scene.refuse(c.CloseCall(item=scene.item))
    assert (refusal.code, refusal.params) == (RefusalCode.WINDOW_OPEN, {"until": resumed.objections_until})
    scene.wait(seconds=0.001)
    assert scene.at == resumed.objections_until
    scene.give(c.CloseCall(item=scene.item))


def test_a_window_that_was_over_stays_over():
    scene = sco(stage="called")
    scene.wait(minutes=30)
    scene.give(c.SuspendSession())
    scene.wait(minutes=600)
    assert scene.give(c.ResumeSession()) == (e.SessionResumed(sitting=2, objections_until=None),)
    scene.give(c.RecordRollCall(present=THREE))
    scene.give(c.CloseCall(item=scene.item))
