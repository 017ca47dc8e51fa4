"""Rule 5.10: whose words come into a clean text, and where an objection to the only wording is answered."""

import pytest

from polylogue import commands as c
from polylogue import events as e
from polylogue.refusals import RefusalCode
from polylogue.vocabulary import StanceLevel
from tests.polylogue.procedure.brackets import opened
from tests.scenes import EN, OBSERVER, THREE, sco, stance, takes

KAZ, KGZ, UZB = THREE
OBJECT, RESERVE, ACCEPT, SUPPORT = StanceLevel.OBJECT, StanceLevel.RESERVE, StanceLevel.ACCEPT, StanceLevel.SUPPORT


def test_an_objection_to_the_only_wording_is_answered_in_the_call():
    scene, clause = opened()
    scene.give(takes(scene.item, clause, OBJECT), KGZ)
    scene.circulate()
    scene.clean()
    assert [(o.seat, o.provision) for o in scene.call().standing] == [(KGZ, clause)]


@pytest.mark.parametrize("level", [SUPPORT, ACCEPT])
def test_words_of_nobody_come_into_a_clean_text_when_a_member_stands_behind_them(level: StanceLevel):
    scene = sco(stage="circulated")
    drafted = c.DraftedClause(text="Welcomes.", language=EN)
    scene.give(c.TableDraft(item=scene.item, clauses=(drafted,)), "worker")
    clause = scene.clauses[-1]
    for seat, other in ((KAZ, RESERVE), (OBSERVER, SUPPORT)):
        scene.give(c.StateStances(item=scene.item, stances=(stance(clause, other),)), seat)
    refusal = scene.refuse(c.CleanText(item=scene.item))
    assert (refusal.code, refusal.params) == (RefusalCode.TEXT_UNSUPPORTED, {"clause": "1.3", "id": clause})
    scene.give(takes(scene.item, clause, level), KGZ)
    scene.give(c.CleanText(item=scene.item))


def test_an_alternative_of_nobody_is_no_better_when_it_is_chosen():
    scene = sco(stage="circulated")
    clause = scene.clauses[0]
    drafted = c.DraftedClause(provision=clause, revision=1, alternatives=(c.DraftedAlternative(text="Or so."),))
    (tabled,) = scene.give(c.TableDraft(item=scene.item, clauses=(drafted,)), "worker")
    scene.give(c.CloseBracket(provision=clause, alternative=tabled.clauses[0].alternatives[0].id))
    assert scene.refuse(c.CleanText(item=scene.item)).code is RefusalCode.TEXT_UNSUPPORTED
    scene.give(c.ReopenBracket(provision=clause, reason="Nobody's words."), KAZ)
    scene.give(c.CloseBracket(provision=clause, alternative=scene.newest(e.BracketReopened).former))
    scene.give(c.CleanText(item=scene.item))
