"""Sessions in which a guard holds a command back, and rules in which one row is different.

Why beside the tests: the page of the procedure is held to the same cases.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from polylogue import commands as c
from polylogue.refusals import RefusalCode
from polylogue.rules.ruleset import Guard
from polylogue.rules.shelf import rule_set
from polylogue.vocabulary import StanceLevel
from tests.scenes import EN, RU, THREE, Scene, sco, takes

Given = tuple[Scene, c.Command, str]
KAZ, KGZ, UZB = THREE


def house(scene: Scene, command: str, *, without: Guard | None = None, **row: Any) -> None:
    """Let the session go by rules in which one row is different."""
    rules = scene.state.rules or rule_set("sco-consensus/1")
    own = rules.commands[command]
    changed = replace(own, guards=own.guards - {without}, **row)
    scene.state.rules = replace(rules, commands={**rules.commands, command: changed})


def closing_in_a_call() -> Given:
    return sco(stage="called"), c.CloseSession(), "chair"


def calling_in_a_call() -> Given:
    scene = sco(items=2, stage="clean")
    second = list(scene.state.items)[1]
    for command in (c.OpenItem, c.CirculateText, c.CleanText):
        scene.give(command(item=second))
    scene.wait(minutes=24 * 60)
    scene.call()
    return scene, c.CallForConsensus(item=second), "chair"


def withdrawing_what_another_sponsors() -> Given:
    scene = sco()
    return scene, c.WithdrawProvision(provision=scene.clauses[0]), "KAZ"


def taking_back_what_another_proposed() -> Given:
    scene = sco()
    amendment = c.ProposeAmendment(provision=scene.clauses[0], revision=1, text="Twice.", language=EN)
    (proposed,) = scene.give(amendment, "KAZ")
    return scene, c.WithdrawAmendment(amendment=proposed.amendment), "UZB"


def choosing_what_is_objected_to() -> Given:
    scene = sco()
    scene.give(takes(scene.item, scene.clauses[0], StanceLevel.OBJECT), "UZB")
    scene.give(c.ProposeAlternative(provision=scene.clauses[0], text="Should.", language=EN), "KAZ")
    return scene, c.CloseBracket(provision=scene.clauses[0]), "chair"


def circulating_nothing() -> Given:
    scene = sco(clauses=0)
    return scene, c.CirculateText(item=scene.item), "chair"


def cleaning_a_bracket() -> Given:
    scene = sco(stage="circulated")
    scene.give(c.ProposeAlternative(provision=scene.clauses[0], text="Should.", language=EN), "KAZ")
    return scene, c.CleanText(item=scene.item), "chair"


def cleaning_what_nobody_stands_behind() -> Given:
    scene = sco(stage="circulated")
    drafted = c.DraftedClause(text="Welcomes.", language=EN, sources=(c.DraftSource(revision=1),))
    scene.give(c.TableDraft(item=scene.item, clauses=(drafted,)), "secretary")
    return scene, c.CleanText(item=scene.item), "chair"


def cleaning_what_is_not_in_every_authentic_language() -> Given:
    scene = sco(stage="circulated", authentic=(RU,))
    return scene, c.CleanText(item=scene.item), "chair"


def giving_a_version_in_a_language_that_is_not_spoken() -> Given:
    scene = sco(authentic=(RU,))
    return scene, c.ProvideVersion(provision=scene.clauses[0], language=RU, text="Один."), "KAZ"


def calling_without_a_roll_call() -> Given:
    scene = sco(stage="clean")
    scene.rise()
    scene.give(c.ResumeSession())
    return scene, c.CallForConsensus(item=scene.item), "chair"


def calling_too_soon() -> Given:
    scene = sco(stage="circulated")
    scene.give(c.CleanText(item=scene.item))
    return scene, c.CallForConsensus(item=scene.item), "chair"


def an_opinion_too_late() -> Given:
    scene = sco(stage="called")
    scene.close()
    scene.rise()
    scene.sit()
    return scene, c.PlaceOpinionOnRecord(item=scene.item, text="We understand.", language=EN), "KAZ"


def closing_a_call_too_soon() -> Given:
    scene = sco(stage="called")
    return scene, c.CloseCall(item=scene.item), "chair"


def closing_a_call_unanswered() -> Given:
    scene = sco(stage="clean")
    scene.give(takes(scene.item, scene.clauses[0], StanceLevel.OBJECT), "UZB")
    scene.call()
    scene.wait(minutes=30)
    return scene, c.CloseCall(item=scene.item), "chair"


GUARDED: dict[Guard, tuple[Callable[[], Given], RefusalCode]] = {
    Guard.NO_CALL_OPEN: (closing_in_a_call, RefusalCode.CALL_OPEN),
    Guard.SPONSOR: (withdrawing_what_another_sponsors, RefusalCode.NOT_SPONSOR),
    Guard.PROPOSER: (taking_back_what_another_proposed, RefusalCode.NOT_SPONSOR),
    Guard.NOT_OBJECTED: (choosing_what_is_objected_to, RefusalCode.BRACKET_OBJECTED),
    Guard.PROVISION_LEFT: (circulating_nothing, RefusalCode.PROVISION_MISSING),
    Guard.NO_BRACKET: (cleaning_a_bracket, RefusalCode.BRACKETS_OPEN),
    Guard.SUPPORTED: (cleaning_what_nobody_stands_behind, RefusalCode.TEXT_UNSUPPORTED),
    Guard.AUTHENTIC_VERSIONS: (cleaning_what_is_not_in_every_authentic_language, RefusalCode.VERSION_MISSING),
    Guard.OWN_LANGUAGE: (giving_a_version_in_a_language_that_is_not_spoken, RefusalCode.LANGUAGE_NOT_SPOKEN),
    Guard.QUORUM: (calling_without_a_roll_call, RefusalCode.ROLL_CALL_MISSING),
    Guard.CIRCULATION_OVER: (calling_too_soon, RefusalCode.CIRCULATION_RUNNING),
    Guard.SITTING_RUNNING: (an_opinion_too_late, RefusalCode.SITTING_OVER),
    Guard.WINDOW_OVER: (closing_a_call_too_soon, RefusalCode.WINDOW_OPEN),
    Guard.ANSWERED: (closing_a_call_unanswered, RefusalCode.ANSWERS_MISSING),
}
