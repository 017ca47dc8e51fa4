"""Brackets, versions and what makes a text clean."""

from dataclasses import replace

from polylogue import commands as c
from polylogue.refusals import RefusalCode
from polylogue.vocabulary import (
    LanguageTag,
    ProvisionId,
    Seq,
    StanceLevel,
)
from tests.polylogue.procedure.refused.cases import Cases
from tests.scenes import EN, RU, ZH, Scene, Stage, objects, sco, takes

Code = RefusalCode
case = Cases()


@case(Code.PROVISION_WITHDRAWN, "4.2", "stances", "0", "provision")
def a_stance_on_what_was_withdrawn():
    scene = sco()
    clause = scene.clauses[0]
    scene.give(c.WithdrawProvision(provision=clause))
    return scene.refuse(takes(scene.item, clause), "KAZ")


@case(Code.PROVISION_MISSING, "5.9", number=1)
def circulating_nothing():
    scene = sco(clauses=0)
    return scene.refuse(c.CirculateText(item=scene.item))


@case(Code.BRACKETS_OPEN, "5.10", number=1, left=1)
def cleaning_a_text_with_a_bracket():
    scene = sco(stage="circulated")
    scene.give(c.ProposeAlternative(provision=scene.clauses[0], text="Should.", language=EN), "KAZ")
    return scene.refuse(c.CleanText(item=scene.item))


@case(Code.NOT_BRACKETED, "5.6", "provision", state="PROPOSED")
def closing_a_bracket_that_is_not_there():
    scene = sco()
    return scene.refuse(c.CloseBracket(provision=scene.clauses[0]))


def bracketed(*alternatives: str) -> tuple[Scene, ProvisionId]:
    scene = sco()
    clause = scene.clauses[0]
    for words in alternatives:
        scene.give(c.ProposeAlternative(provision=clause, text=words, language=EN), "KAZ")
    return scene, clause


@case(Code.BRACKET_UNKNOWN, "5.6", "bracket", bracket=3, clause="1.1", count=2)
def closing_a_bracket_beyond_the_last():
    scene, clause = bracketed("Point 1, clause 2.")
    return scene.refuse(c.CloseBracket(provision=clause, bracket=3))


@case(Code.BRACKET_MOVED, "5.6", "ifBracketsSeq", clause="1.1", given=15, current=16)
def closing_a_bracket_of_before():
    scene, clause = bracketed("Point 1, clause 1.", "Item 1, clause 2.")
    return scene.refuse(c.CloseBracket(provision=clause, bracket=1, if_brackets_seq=Seq(15)))


@case(Code.BRACKET_WHOLE, "5.6", "bracket", clause="1.1")
def closing_a_bracket_between_two_languages():
    scene = sco()
    clause = scene.clauses[0]
    scene.give(c.ProposeAlternative(provision=clause, text="Пункт 1.", language=LanguageTag("ru")), "KAZ")
    return scene.refuse(c.CloseBracket(provision=clause, bracket=1))


@case(Code.BRACKET_SINGLE, "5.12", "bracket", bracket=1)
def taking_apart_what_is_one():
    scene, clause = bracketed("Point 1, clause 1.")
    return scene.refuse(c.SplitBracket(provision=clause, bracket=1, if_revision=1))


@case(Code.BRACKET_PLACE, "5.12", "places", bracket=1)
def cutting_only_one_reading():
    scene, clause = bracketed("Each point 1, clause 1.")
    places = (c.SplitPlace(beginning=""),)
    return scene.refuse(c.SplitBracket(provision=clause, bracket=1, if_revision=1, places=places))


@case(Code.BRACKET_NOT_CLOSED, "5.13", "provision", clause="1.1")
def reopening_what_was_never_closed():
    scene = sco()
    return scene.refuse(c.ReopenBracket(provision=scene.clauses[0], reason="Too soon."), "KAZ")


@case(Code.TEXT_UNSUPPORTED, "5.10", clause="1.3")
def cleaning_words_of_nobody():
    scene = sco(stage="circulated")
    drafted = c.DraftedClause(text="Welcomes.", language=EN)
    scene.give(c.TableDraft(item=scene.item, clauses=(drafted,)), "worker")
    return scene.refuse(c.CleanText(item=scene.item))


def in_russian(stage: Stage = "open") -> Scene:
    return sco(stage=stage, authentic=(RU,))


def gives(scene: Scene, text: str = "Один.", language: LanguageTag = RU) -> c.ProvideVersion:
    return c.ProvideVersion(provision=scene.clauses[0], text=text, language=language)


@case(Code.VERSION_MISSING, "5.10", clause="1.1", language="ru", more=1)
def cleaning_what_is_only_in_the_working_language():
    scene = in_russian("circulated")
    return scene.refuse(c.CleanText(item=scene.item))


@case(Code.VERSION_STALE, "5.10", clause="1.1", language="ru", more=1)
def cleaning_with_a_version_of_older_words():
    scene = in_russian("circulated")
    scene.give(gives(scene), "secretary")
    (proposed,) = scene.give(c.ProposeAlternative(provision=scene.clauses[0], text="One."), "KAZ")
    scene.give(c.CloseBracket(provision=scene.clauses[0], alternative=proposed.alternative))
    return scene.refuse(c.CleanText(item=scene.item))


@case(Code.VERSION_FITS, "5.17", "language", clause="1.1", language="en")
def rewording_what_is_negotiated_without_an_amendment():
    scene = in_russian()
    return scene.refuse(gives(scene, "One.", EN))


@case(Code.VERSION_NOT_AUTHENTIC, "6.2", "version", language="en", allowed="ru")
def objecting_to_a_version_that_is_not_to_be_adopted():
    scene = in_russian("called")
    return scene.refuse(replace(objects(scene.item, scene.clauses[0]), version=EN), "KAZ")


@case(Code.LANGUAGE_NOT_IN_SESSION, "5.17", "language", language="zh-Hans", allowed="en, ru")
def giving_a_version_in_a_language_of_no_use():
    scene = in_russian()
    return scene.refuse(gives(scene, "一。", ZH))


@case(Code.LANGUAGE_NOT_SPOKEN, "5.17", "language", seat="KAZ", language="ru", allowed="")
def giving_a_version_in_the_language_of_others():
    scene = in_russian()
    return scene.refuse(gives(scene), "KAZ")


@case(Code.BRACKET_OBJECTED, "5.6", seats="KGZ, UZB", clause="1.1", reason="It costs too much.")
def choosing_a_wording_that_members_cannot_live_with():
    scene = sco()
    clause = scene.clauses[0]
    scene.give(c.ProposeAlternative(provision=clause, text="Should.", language=EN), "KAZ")
    for seat in ("UZB", "KGZ"):
        scene.give(takes(scene.item, clause, StanceLevel.OBJECT), seat)
    return scene.refuse(c.CloseBracket(provision=clause))
