"""Language versions of clauses: given, stale, confirmed, objected to, adopted together (docs/procedure.md, 5.17)."""

from collections.abc import Callable

import pytest

from polylogue import commands as c
from polylogue import events as e
from polylogue.refusals import RefusalCode
from polylogue.scenario import ScenarioDelegation, ScenarioItem, ScenarioProvision
from polylogue.vocabulary import (
    CallOutcome,
    LanguageStatus,
    LanguageTag,
    ProvisionId,
    ProvisionState,
    SeatCode,
    StanceLevel,
    TextState,
)
from tests.scenes import EN, RU, TEN, ZH, Scene, Stage, sco, takes, text

WATER = ScenarioItem(
    titles=(text("Water"),),
    provisions=(
        ScenarioProvision(
            versions=(text("Water is shared."), text("Вода общая.", RU), text("水由各方共享。", ZH)),
        ),
        ScenarioProvision(versions=(text("Rivers are mapped."), text("Реки наносятся на карту.", RU))),
    ),
)


SPOKEN = {"CHN": (LanguageTag("zh-Hant-HK"),), "RUS": (RU,), "KAZ": (LanguageTag("kk"), RU)}
SEATS = tuple(ScenarioDelegation(code=code, languages=SPOKEN.get(code, ())) for code in TEN)


def shared(stage: Stage = "open", **more: object) -> Scene:
    """Ten members, English to work in, Russian and Chinese authentic; the second clause has no Chinese yet."""
    return sco(10, stage=stage, authentic=(RU, ZH), items=(WATER,), delegations=SEATS, **more)


def versions(scene: Scene, clause: ProvisionId) -> list[tuple[str, str, bool]]:
    """A clause's versions in their order: language, words, and whether it is stale."""
    wording = scene.state.provisions[clause].wording
    return [(v.language, scene.prose[v.seq, v.pointer], v.stale) for v in wording]


def provides(
    clause: ProvisionId, words: str, language: LanguageTag = ZH, if_revision: int | None = None
) -> c.ProvideVersion:
    return c.ProvideVersion(provision=clause, text=words, language=language, if_revision=if_revision)


def test_a_missing_version_is_given_and_changes_nothing_else():
    scene = shared()
    second = scene.clauses[1]
    scene.give(takes(scene.item, second), "KAZ")
    fed = scene.state.items[scene.item].input_seq
    (provided,) = scene.give(provides(second, "绘制河流图。"), "secretary")
    assert (provided.revision, provided.stale) == (1, ())
    assert provided.versions[0].status is LanguageStatus.AUTHENTIC
    assert versions(scene, second) == [
        ("en", "Rivers are mapped.", False),
        ("ru", "Реки наносятся на карту.", False),
        ("zh-Hans", "绘制河流图。", False),
    ]
    held = scene.state.stances[SeatCode("KAZ")][second, None]
    assert not scene.state.carried((second, None), held)
    assert scene.state.items[scene.item].input_seq == fed


def test_an_amendment_in_one_language_makes_the_others_stale():
    scene = shared()
    first = scene.clauses[0]
    scene.give(takes(scene.item, first), "KAZ")
    (proposed,) = scene.give(
        c.ProposeAmendment(provision=first, revision=1, text="Вода и лёд общие.", language=RU), "RUS"
    )
    scene.give(c.AcceptAmendment(amendment=proposed.amendment))
    assert versions(scene, first) == [
        ("ru", "Вода и лёд общие.", False),
        ("en", "Water is shared.", True),
        ("zh-Hans", "水由各方共享。", True),
    ]
    assert scene.state.provisions[first].revision == 2
    assert scene.state.carried((first, None), scene.state.stances[SeatCode("KAZ")][first, None])
    scene.give(provides(first, "Water and ice are shared.", EN), "secretary")
    scene.give(c.ConfirmVersion(provision=first, language=ZH), "CHN")
    assert [(language, stale) for language, _, stale in versions(scene, first)] == [
        ("en", False),
        ("ru", False),
        ("zh-Hans", False),
    ]
    assert scene.state.provisions[first].revision == 2


def test_a_chosen_alternative_makes_the_other_versions_stale():
    scene = shared()
    first = scene.clauses[0]
    (proposed,) = scene.give(c.ProposeAlternative(provision=first, text="Water belongs to all."), "KAZ")
    scene.give(c.CloseBracket(provision=first, alternative=proposed.alternative))
    assert [(language, stale) for language, _, stale in versions(scene, first)] == [
        ("en", False),
        ("ru", True),
        ("zh-Hans", True),
    ]
    (again,) = scene.give(c.ProposeAlternative(provision=first, text="Water is everybody's."), "KAZ")
    scene.give(provides(first, "Вода принадлежит всем.", RU), "secretary")
    scene.give(c.CloseBracket(provision=first))
    assert again.provision == first
    assert [stale for *_, stale in versions(scene, first)] == [False, False, True]  # the present text was chosen


def test_other_words_in_a_version_that_fits_are_a_new_revision():
    scene = shared()
    first = scene.clauses[0]
    scene.give(takes(scene.item, first), "KAZ")
    (provided,) = scene.give(provides(first, "水由所有各方共享。"), "secretary")
    assert (provided.revision, provided.stale) == (2, (EN, RU))
    assert [(language, stale) for language, _, stale in versions(scene, first)] == [
        ("zh-Hans", False),
        ("en", True),
        ("ru", True),
    ]
    assert scene.state.carried((first, None), scene.state.stances[SeatCode("KAZ")][first, None])


def test_what_is_negotiated_is_changed_by_amendment_and_by_a_seat_nothing_that_fits():
    scene = shared()
    first = scene.clauses[0]
    refusal = scene.refuse(provides(first, "Water is everybody's.", EN), "secretary")
    assert refusal.code is RefusalCode.VERSION_FITS
    assert dict(refusal.params) | {"id": ""} == {"clause": "1.1", "language": "en", "id": ""}
    assert scene.refuse(provides(first, "水由所有各方共享。"), "CHN").code is RefusalCode.VERSION_FITS
    assert scene.refuse(provides(first, "水由各方共享。"), "secretary").code is RefusalCode.WORDING_UNCHANGED


@pytest.mark.parametrize(
    ("command", "by", "code"),
    [
        (lambda id: provides(id, "绘图。"), "KAZ", "LANGUAGE_NOT_SPOKEN"),
        (lambda id: provides(id, "Las riveras.", LanguageTag("es")), "secretary", "LANGUAGE_NOT_IN_SESSION"),
        (lambda id: provides(id, "绘图。", if_revision=7), "secretary", "REVISION_STALE"),
        (lambda id: provides(id, "  "), "secretary", "TEXT_EMPTY"),
        (lambda id: provides(id, "绘图。"), "facilitator", "NOT_PERMITTED"),
        (lambda id: c.ConfirmVersion(provision=id, language=ZH), "secretary", "VERSION_MISSING"),
        (lambda id: c.ConfirmVersion(provision=id, language=RU), "secretary", "VERSION_FITS"),
    ],
)
def test_what_is_no_version_of_the_clause_is_refused(command: Callable[[ProvisionId], c.Command], by: str, code: str):
    scene = shared()
    assert scene.refuse(command(scene.clauses[1]), by).code == code


def test_a_session_without_authentic_languages_keeps_no_versions():
    scene = sco()
    first = scene.clauses[0]
    refusal = scene.refuse(provides(first, "Вода.", RU), "secretary")
    assert (refusal.code, refusal.params["allowed"]) == ("LANGUAGE_NOT_IN_SESSION", "")
    (proposed,) = scene.give(c.ProposeAmendment(provision=first, revision=1, text="Вода.", language=RU), "KAZ")
    scene.give(c.AcceptAmendment(amendment=proposed.amendment))
    assert versions(scene, first) == [("ru", "Вода.", False)]
    scene.circulate()
    scene.give(c.CleanText(item=scene.item))


def test_a_text_is_clean_when_all_authentic_versions_fit():
    scene = shared("circulated")
    first, second = scene.clauses
    refusal = scene.refuse(c.CleanText(item=scene.item))
    assert (refusal.code, refusal.rule) == (RefusalCode.VERSION_MISSING, "5.10")
    assert refusal.params == {"clause": "1.2", "language": "zh-Hans", "id": second, "more": ""}
    scene.give(provides(first, "水由所有各方共享。"), "secretary")
    refusal = scene.refuse(c.CleanText(item=scene.item))
    assert (refusal.code, refusal.params["clause"], refusal.params["language"]) == ("VERSION_STALE", "1.1", "ru")
    assert refusal.params["more"] == 1  # the working version may be stale
    scene.clean()
    assert scene.text is TextState.CLEAN
    assert scene.refuse(provides(second, "画河流图。"), "secretary").code is RefusalCode.TEXT_STATE


def test_all_versions_that_fit_are_adopted_inline():
    scene = shared("circulated")
    first, _ = scene.clauses
    scene.give(provides(first, "水由所有各方共享。"), "secretary")
    scene.clean()
    scene.call()
    scene.close()
    clauses = scene.newest(e.TextAdopted).clauses
    assert [[(v.language, v.status.value) for v in clause.versions] for clause in clauses] == [
        [("ru", "AUTHENTIC"), ("zh-Hans", "AUTHENTIC")],  # the English was stale, and is not what was agreed
        [("en", "WORKING"), ("ru", "AUTHENTIC"), ("zh-Hans", "AUTHENTIC")],
    ]
    assert clauses[0].versions[1].text == "水由所有各方共享。"


def objects_to(scene: Scene, clause: ProvisionId, version: LanguageTag | None) -> c.RaiseObjection:
    return c.RaiseObjection(
        item=scene.item, provision=clause, reason="It says possession.", would_be_removed_by="Another word.",
        language=EN, version=version,
    )  # fmt: skip


def test_an_objection_to_one_version_blocks_that_version_alone():
    scene = shared("called")
    first, second = scene.clauses
    (raised,) = scene.give(objects_to(scene, first, ZH), "CHN")
    assert raised.version == ZH
    assert (first, None) not in scene.state.held(SeatCode("CHN"))  # nothing is said against the clause
    scene.wait(minutes=30)
    closed, blocked = scene.give(c.CloseCall(item=scene.item))
    assert closed.outcome is CallOutcome.BLOCKED
    assert [(o.seat, o.version) for o in closed.verdict.objections] == [("CHN", ZH)]
    assert [(d.provision, d.language) for d in blocked.disputed] == [(first, ZH)]
    assert [(language, stale) for language, _, stale in versions(scene, first)] == [
        ("en", False),
        ("ru", False),
        ("zh-Hans", True),
    ]
    assert not any(stale for *_, stale in versions(scene, second))
    (provided,) = scene.give(provides(first, "水为各方共有。"), "CHN")
    assert (provided.revision, provided.reopens) == (1, True)
    assert scene.phases == ("OPEN", "NEGOTIATION", "CIRCULATED")
    scene.clean()
    scene.call()
    assert scene.close().outcome is CallOutcome.ADOPTED


def test_an_objection_to_a_version_is_withdrawn_without_a_stance():
    scene = shared("called")
    first = scene.clauses[0]
    scene.give(objects_to(scene, first, RU), "RUS")
    (withdrawn,) = scene.give(c.WithdrawObjection(item=scene.item, provision=first), "RUS")
    assert isinstance(withdrawn, e.ObjectionWithdrawn)
    assert scene.close().outcome is CallOutcome.ADOPTED


@pytest.mark.parametrize(
    ("version", "code"), [(EN, "VERSION_NOT_AUTHENTIC"), (LanguageTag("-"), "LANGUAGE_TAG_INVALID")]
)
def test_only_authentic_versions_are_objected_to(version: LanguageTag, code: str):
    scene = shared("called")
    assert scene.refuse(objects_to(scene, scene.clauses[0], version), "KAZ").code == code
    one = sco(stage="called")
    assert one.refuse(objects_to(one, one.clauses[0], version), "KAZ").code == code


def test_whoever_objects_to_the_clause_objects_to_all_of_it():
    scene = shared("called")
    first = scene.clauses[0]
    _, stated = scene.give(objects_to(scene, first, None), "KAZ")
    assert stated.stances[0].level is StanceLevel.OBJECT
    scene.wait(minutes=30)
    _, blocked = scene.give(c.CloseCall(item=scene.item))
    assert blocked.disputed == ()


def test_a_house_may_ask_for_versions_later_or_never():
    scene = shared("circulated", rule_set="reconstruction/1")
    scene.give(provides(scene.clauses[1], "绘制河流图。"), "secretary")
    scene.give(c.CleanText(item=scene.item))
    assert all(p.state is ProvisionState.AGREED for p in scene.state.in_text(scene.state.items[scene.item]))
