"""Texts, codes, numbers and lists that cannot be."""

from polylogue import commands as c
from polylogue.refusals import RefusalCode
from polylogue.scenario import LocalText, ScenarioItem
from polylogue.vocabulary import (
    LanguageTag,
    SeatCode,
)
from tests.polylogue.procedure.refused.cases import Cases, position, schedules
from tests.scenes import EN, sco, stance, takes

Code = RefusalCode
case = Cases()


@case(Code.TEXT_TOO_LONG, "4.1", "text", length=20_001, limit=20_000)
def a_position_longer_than_is_kept():
    scene = sco()
    return scene.refuse(position(scene, "я" * 20_001), "KAZ")


@case(Code.CHARACTER_FORBIDDEN, "4.1", "text", character="U+202E", position=4)
def a_position_that_reads_otherwise_than_it_looks():
    scene = sco()
    return scene.refuse(position(scene, "We \N{RIGHT-TO-LEFT OVERRIDE}agree."), "KAZ")


@case(Code.LANGUAGE_TAG_INVALID, "4.1", "language", tag="Kazakh!")
def a_position_in_no_language():
    scene = sco()
    return scene.refuse(position(scene, "We agree.", LanguageTag("Kazakh!")), "KAZ")


@case(Code.SEAT_CODE_INVALID, "1.1", "scenario", "delegations", "0", "code", given="kaz")
def a_seat_in_small_letters():
    return schedules(seats=(SeatCode("kaz"),))


@case(Code.NUMBER_OUT_OF_RANGE, "4.2", "stances", "0", "importance", value=4, least=1, most=3)
def a_stance_of_more_than_highest_importance():
    scene = sco()
    return scene.refuse(takes(scene.item, scene.clauses[0], importance=4), "KAZ")


@case(Code.LIST_TOO_LONG, "4.2", "stances", size=201, limit=200)
def stances_beyond_number():
    scene = sco()
    stances = (stance(scene.clauses[0]),) * 201
    return scene.refuse(c.StateStances(item=scene.item, stances=stances), "KAZ")


@case(Code.LIST_EMPTY, "1.1", "scenario", "titles", name="titles")
def a_session_without_a_title():
    return schedules(titles=())


@case(Code.DUPLICATE_ENTRY, "1.1", "scenario", "items", "0", "titles", entry="en")
def two_titles_in_one_language():
    twice = (LocalText(language=EN, text="Water"), LocalText(language=EN, text="Rivers"))
    return schedules(items=(ScenarioItem(titles=twice),))
