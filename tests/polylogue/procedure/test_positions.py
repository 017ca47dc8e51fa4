"""Chapter 4: what delegations say, and how far they can go."""

from dataclasses import replace
from typing import Any

import pytest

from polylogue import commands as c
from polylogue import events as e
from polylogue.record.envelope import read_seen
from polylogue.record.prose import Sealed
from polylogue.refusals import Conflict, RefusalCode
from polylogue.rules.shelf import rule_set
from polylogue.vocabulary import (
    AlternativeId,
    Audience,
    ItemId,
    LanguageTag,
    ProvisionId,
    StanceLevel,
)
from tests.scenes import EN, GUEST, OBSERVER, PARTNER, RU, THREE, ZH, Scene, sco, stance, takes

KAZ, KGZ, UZB = THREE


def says(scene: Scene, words: str = "We agree.", **more: Any) -> c.PostPosition:
    return c.PostPosition(**({"item": scene.item, "text": words, "language": EN} | more))


def bracket(scene: Scene, clause: ProvisionId) -> AlternativeId:
    (proposed,) = scene.give(c.ProposeAlternative(provision=clause, text="Should.", language=EN), "UZB")
    return proposed.alternative


# ── 4.1 positions ──


def test_a_position_is_said_with_its_stances_and_the_interests_behind_it():
    scene = sco()
    clause = scene.clauses[0]
    command = says(
        scene,
        "We need wa\N{COMBINING DIAERESIS}ter.\r\nAlways.",
        translations=(c.Translation(language=RU, text="Нам нужна вода."),),
        interests="To irrigate in May.",
        stances=(stance(clause, StanceLevel.ACCEPT),),
    )
    posted, stated, interests = scene.give(command, "KAZ")
    assert scene.prose[scene.entries[-3].seq, "/text"] == "We need wäter.\nAlways."
    assert scene.prose[scene.entries[-3].seq, "/translations/0"] == "Нам нужна вода."
    assert [type(text) for text in (posted.text, *posted.translations)] == [Sealed, Sealed]
    assert (posted.revision, interests.revision, interests.position) == (1, 1, posted.position)
    assert [s.level for s in stated.stances] == [StanceLevel.ACCEPT]


def test_interests_are_for_the_seat_the_chair_and_facilitators():
    scene = sco()
    scene.give(says(scene, interests="To irrigate in May."), "chair", seat="KAZ")
    seen = [read_seen(line)[1] for line in scene.stored[-2:]]
    assert [(s.to, s.seats) for s in seen] == [(Audience.ALL, ()), (Audience.SEATS, (KAZ,))]


@pytest.mark.parametrize("interests", [None, "", "  "])
def test_no_interests_are_no_event(interests: str | None):
    scene = sco()
    assert [type(event) for event in scene.give(says(scene, interests=interests), "KAZ")] == [e.PositionPosted]


def test_a_position_is_revised_and_each_seat_has_its_own():
    scene = sco()
    (first,) = scene.give(says(scene), "KAZ")
    (other,) = scene.give(says(scene), "UZB")
    (second,) = scene.give(says(scene, "We think again.", if_revision=1), "KAZ")
    assert (second.position, second.revision) == (first.position, 2)
    assert (other.position != first.position, other.revision) == (True, 1)
    refusal = scene.refuse(says(scene, if_revision=1), "KAZ")
    assert isinstance(refusal, Conflict)
    assert (refusal.code, refusal.current_revision, refusal.path) == (
        RefusalCode.REVISION_STALE,
        2,
        ("ifRevision",),
    )


def test_homework_is_said_before_the_session_and_between_sittings():
    scene = sco(stage="scheduled")
    homework = says(scene, stances=(stance(scene.clauses[0]),))
    scene.give(homework, "KAZ")
    scene.sit()
    scene.rise()
    scene.give(homework, "KAZ")
    scene.give(c.CloseSession())
    assert scene.refuse(homework, "KAZ").code is RefusalCode.SESSION_PHASE


@pytest.mark.parametrize("seat", [PARTNER, OBSERVER, GUEST])
def test_whoever_has_a_seat_may_speak_and_take_stances(seat: str):
    scene = sco()
    posted, stated = scene.give(says(scene, stances=(stance(scene.clauses[0]),)), seat)
    assert (type(posted), type(stated)) == (e.PositionPosted, e.StancesStated)


def test_a_position_may_be_said_in_a_call_but_not_with_stances():
    scene = sco(stage="called")
    scene.give(says(scene), "KAZ")
    refusal = scene.refuse(says(scene, stances=(stance(scene.clauses[0]),)), "KAZ")
    assert (refusal.code, refusal.path, refusal.rule) == (RefusalCode.STANCE_IN_CALL, ("stances",), "4.1")


def test_a_house_may_say_when_the_stances_of_a_position_are_taken():
    """What a position brings along goes by the row of the stances."""
    scene = sco()
    rules = rule_set("sco-consensus/1")
    rows = dict(rules.commands)
    homework = says(scene, stances=(stance(scene.clauses[0]),))
    for member, value, code in (
        ("session", frozenset(), RefusalCode.SESSION_PHASE),
        ("seat", (), RefusalCode.NOT_A_MEMBER),
        ("item", frozenset(), RefusalCode.ITEM_PHASE),
        ("text", frozenset(), RefusalCode.TEXT_STATE),
    ):
        narrowed = replace(rows["StateStances"], **{member: value})
        scene.state.rules = replace(rules, commands={**rows, "StateStances": narrowed})
        assert scene.refuse(homework, "KAZ").code is code
        scene.give(says(scene), "KAZ")


@pytest.mark.parametrize(
    ("more", "code", "path"),
    [
        ({"translations": (c.Translation(language=RU, text="А"),) * 2}, "DUPLICATE_ENTRY", "translations"),
        ({"translations": (c.Translation(language=EN, text="A"),)}, "DUPLICATE_ENTRY", "translations"),
        ({"translations": (c.Translation(language=RU, text=""),)}, "TEXT_EMPTY", "translations/0/text"),
        ({"translations": (c.Translation(language=LanguageTag("?"), text="A"),)}, "LANGUAGE_TAG_INVALID",
         "translations/0/language"),
        ({"translations": (c.Translation(language=ZH, text="A"),) * 201}, "LIST_TOO_LONG", "translations"),
        ({"interests": "\x00"}, "CHARACTER_FORBIDDEN", "interests"),
        ({"text": "\u2066"}, "CHARACTER_FORBIDDEN", "text"),
        ({"text": "\u200d"}, "TEXT_EMPTY", "text"),
        ({"item": ItemId("nowhere")}, "UNKNOWN_REFERENCE", "item"),
    ],
)  # fmt: skip
def test_what_cannot_be_said(more: dict[str, Any], code: str, path: str):
    scene = sco()
    refusal = scene.refuse(says(scene, **more), "KAZ")
    assert (refusal.code, "/".join(refusal.path)) == (code, path)


def test_joiners_and_twenty_thousand_characters_stay_as_they_are():
    scene = sco()
    for words in ("می\N{ZERO WIDTH NON-JOINER}خواهیم", "語" * 20_000):
        scene.give(says(scene, words), "KAZ")
        assert scene.prose[scene.state.seq, "/text"] == words


# ── 4.2 stances ──


def test_a_stance_stands_on_the_wording_it_was_taken_on():
    scene = sco()
    clause = scene.clauses[0]
    (stated,) = scene.give(takes(scene.item, clause, StanceLevel.OBJECT, importance=3), "KAZ")
    (taken,) = stated.stances
    assert (taken.revision, taken.importance, taken.bulk) == (1, 3, False)
    assert scene.prose[scene.state.seq, "/stances/0/wouldBeRemovedBy"] == "A fund."
    held = scene.state.stances[KAZ][clause, None]
    assert (held.level, held.seq, held.place) == (StanceLevel.OBJECT, scene.state.seq, 0)
    assert not scene.state.carried((clause, None), held)


def test_a_stance_on_an_alternative_is_another():
    scene = sco()
    clause = scene.clauses[0]
    alternative = bracket(scene, clause)
    both = (stance(clause, StanceLevel.RESERVE), stance(clause, StanceLevel.SUPPORT, alternative=alternative))
    scene.give(c.StateStances(item=scene.item, stances=both), "KAZ")
    assert {target: held.level for target, held in scene.state.stances[KAZ].items()} == {
        (clause, None): StanceLevel.RESERVE,
        (clause, alternative): StanceLevel.SUPPORT,
    }


def test_a_stance_may_hold_on_condition():
    scene = sco()
    first, second = scene.clauses
    (stated,) = scene.give(takes(scene.item, first, if_agreed=second), "KAZ")
    assert stated.stances[0].if_agreed == second
    scene.give(c.WithdrawProvision(provision=second))
    refusal = scene.refuse(takes(scene.item, first, if_agreed=second), "KAZ")
    assert (refusal.code, refusal.path) == (RefusalCode.PROVISION_WITHDRAWN, ("stances", "0", "ifAgreed"))


def test_the_rest_is_what_is_not_stated_on_the_present_wording():
    scene = sco(clauses=4)
    first, second, third, fourth = scene.clauses
    scene.give(c.StateStances(item=scene.item, stances=(stance(first), stance(second))), "KAZ")
    scene.give(c.ProposeAlternative(provision=first, text="Should.", language=EN), "UZB")
    (amendment,) = scene.give(c.ProposeAmendment(provision=second, revision=1, text="May.", language=EN), "UZB")
    scene.give(c.AcceptAmendment(amendment=amendment.amendment))
    named = (stance(third, StanceLevel.RESERVE),)
    (stated,) = scene.give(c.StateStances(item=scene.item, stances=named, for_rest=StanceLevel.ACCEPT), "KAZ")
    assert [(s.provision, s.level, s.bulk, s.revision) for s in stated.stances] == [
        (third, StanceLevel.RESERVE, False, 1),
        (second, StanceLevel.ACCEPT, True, 2),
        (fourth, StanceLevel.ACCEPT, True, 1),
    ]
    refusal = scene.refuse(c.StateStances(item=scene.item, for_rest=StanceLevel.ACCEPT), "KAZ")
    assert (refusal.code, refusal.path) == (RefusalCode.LIST_EMPTY, ("forRest",))


def test_a_carried_objection_is_not_among_the_rest():
    """It is listed when the text is called (rule 6.1); its holder gives it up by name, or not at all."""
    scene = sco(clauses=3)
    kept, carried, untouched = scene.clauses
    objections = tuple(stance(clause, StanceLevel.OBJECT) for clause in (kept, carried))
    scene.give(c.StateStances(item=scene.item, stances=objections), "KAZ")
    (amendment,) = scene.give(c.ProposeAmendment(provision=carried, revision=1, text="May.", language=EN), "UZB")
    scene.give(c.AcceptAmendment(amendment=amendment.amendment))
    (stated,) = scene.give(c.StateStances(item=scene.item, for_rest=StanceLevel.SUPPORT), "KAZ")
    assert [s.provision for s in stated.stances] == [untouched]
    for clause in (kept, carried):
        assert scene.state.stances[KAZ][clause, None].level is StanceLevel.OBJECT
    assert scene.state.carried((carried, None), scene.state.stances[KAZ][carried, None])
    refusal = scene.refuse(c.StateStances(item=scene.item, for_rest=StanceLevel.SUPPORT), "KAZ")
    assert (refusal.code, refusal.path, refusal.params) == ("LIST_EMPTY", ("forRest",), {"rest": "SUPPORT"})
    scene.give(takes(scene.item, carried, StanceLevel.ACCEPT), "KAZ")
    assert scene.state.stances[KAZ][carried, None].level is StanceLevel.ACCEPT


@pytest.mark.parametrize(
    ("more", "code", "path"),
    [
        ({"provision": ProvisionId("nowhere")}, "UNKNOWN_REFERENCE", "provision"),
        ({"alternative": AlternativeId("nowhere")}, "UNKNOWN_REFERENCE", "alternative"),
        ({"if_agreed": ProvisionId("nowhere")}, "UNKNOWN_REFERENCE", "ifAgreed"),
        ({"if_revision": 2}, "REVISION_STALE", "ifRevision"),
        ({"importance": 0}, "NUMBER_OUT_OF_RANGE", "importance"),
        ({"level": StanceLevel.OBJECT}, "STANCE_REASON_MISSING", "reason"),
        ({"level": StanceLevel.OBJECT, "reason": "It costs."}, "STANCE_REASON_MISSING", "wouldBeRemovedBy"),
        ({"reason": "\u202b"}, "CHARACTER_FORBIDDEN", "reason"),
    ],
)
def test_a_stance_that_cannot_be_taken(more: dict[str, Any], code: str, path: str):
    scene = sco()
    given = c.StanceGiven(**({"provision": scene.clauses[0], "level": StanceLevel.ACCEPT} | more))
    refusal = scene.refuse(c.StateStances(item=scene.item, stances=(stance(scene.clauses[1]), given)), "KAZ")
    assert (refusal.code, "/".join(refusal.path)) == (code, f"stances/1/{path}")


def test_one_stance_on_each_wording():
    scene = sco()
    clause = scene.clauses[0]
    refusal = scene.refuse(c.StateStances(item=scene.item, stances=(stance(clause), stance(clause))), "KAZ")
    assert (refusal.code, refusal.params) == (RefusalCode.DUPLICATE_ENTRY, {"entry": clause})


def test_an_alternative_belongs_to_its_clause_while_its_bracket_is_open():
    scene = sco()
    first, second = scene.clauses
    alternative = bracket(scene, first)
    refusal = scene.refuse(takes(scene.item, second, alternative=alternative), "KAZ")
    assert (refusal.code, refusal.path) == (RefusalCode.STANCE_TARGET_INVALID, ("stances", "0", "alternative"))
    scene.give(c.CloseBracket(provision=first))
    refusal = scene.refuse(takes(scene.item, first, alternative=alternative), "KAZ")
    assert refusal.code is RefusalCode.UNKNOWN_REFERENCE


def test_the_language_of_a_reason_is_that_of_the_command():
    scene = sco()
    command = c.StateStances(
        item=scene.item, stances=(stance(scene.clauses[0], reason="It costs."),), language=LanguageTag("?")
    )
    refusal = scene.refuse(command, "KAZ")
    assert (refusal.code, refusal.path) == (RefusalCode.LANGUAGE_TAG_INVALID, ("language",))
    scene.give(takes(scene.item, scene.clauses[0]), "KAZ")
