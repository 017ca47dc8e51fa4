"""Rule 5.13: what a closing had ended stands again, with its stances."""

from polylogue import commands as c
from polylogue.drafting.brackets import PRESENT
from polylogue.refusals import RefusalCode
from polylogue.vocabulary import ProvisionState, StanceLevel
from tests.polylogue.procedure.brackets import MAY, SHALL, SHOULD, beside, close, held, three, words
from tests.scenes import OBSERVER, THREE, takes

KAZ, KGZ, UZB = THREE
ACCEPT = StanceLevel.ACCEPT


def test_what_was_closed_stands_again_with_its_stances():
    scene, clause, should, may = three()
    for seat, alternative in ((KAZ, should), (UZB, may), (KGZ, None)):
        scene.give(takes(scene.item, clause, ACCEPT, alternative=alternative), seat)
    scene.give(c.CloseBracket(provision=clause, alternative=should))
    (reopened,) = scene.give(c.ReopenBracket(provision=clause, reason="Too soon."), UZB)
    provision = scene.state.provisions[clause]
    assert provision.alternatives == [reopened.former, may]
    assert words(scene, clause) == {PRESENT: SHOULD, reopened.former: SHALL, may: MAY}
    assert held(scene, clause) == {KAZ: (ACCEPT, False), KGZ: (ACCEPT, True)}
    assert held(scene, clause, may) == {UZB: (ACCEPT, False)}
    assert held(scene, clause, reopened.former) == {KGZ: (ACCEPT, False)}
    assert (provision.state, provision.revision) == (ProvisionState.BRACKETED, 2)
    scene.give(c.CloseBracket(provision=clause, alternative=reopened.former))
    assert (scene.words(clause), held(scene, clause)) == (SHALL, {KAZ: (ACCEPT, True), KGZ: (ACCEPT, False)})


def test_what_a_closing_had_made_ends_and_what_came_since_stays():
    scene, clause, should, may = three()
    scene.give(close(clause, 2, should))
    (made,) = (id for id in scene.state.provisions[clause].alternatives if id != should)
    since = beside(scene, clause, "Meets.", KGZ)
    (reopened,) = scene.give(c.ReopenBracket(provision=clause, reason="Too soon."), KGZ)
    assert reopened.alternatives == (reopened.former, should, may, since)
    assert not scene.state.alternatives[made].open
    assert [scene.state.alternatives[id].ordinal for id in reopened.alternatives] == [0, 1, 2, 3]
    assert scene.refuse(c.ReopenBracket(provision=clause, reason="Again."), KGZ).code is RefusalCode.BRACKET_NOT_CLOSED


def test_any_member_reopens_a_clean_text_and_nobody_else():
    scene, clause, should, _ = three()
    scene.give(c.CloseBracket(provision=clause, alternative=should))
    scene.circulate()
    scene.give(c.CleanText(item=scene.item))
    command = c.ReopenBracket(provision=clause, reason="Too soon.", if_revision=2)
    assert scene.refuse(command, OBSERVER).code is RefusalCode.NOT_A_MEMBER
    assert scene.refuse(c.ReopenBracket(provision=clause, reason=" "), UZB).code is RefusalCode.REASON_MISSING
    (reopened,) = scene.give(command, UZB)
    assert (reopened.reopens, scene.phases) == (True, ("OPEN", "NEGOTIATION", "CIRCULATED"))
    assert scene.state.provisions[clause].state is ProvisionState.BRACKETED


def test_in_a_call_one_objects_instead():
    scene, clause, should, _ = three()
    scene.give(c.CloseBracket(provision=clause, alternative=should))
    scene.circulate()
    scene.clean()
    scene.call()
    assert scene.refuse(c.ReopenBracket(provision=clause, reason="No."), UZB).code is RefusalCode.TEXT_STATE
