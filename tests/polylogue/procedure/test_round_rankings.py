"""Rule 5.14: a delegation ranks the candidates of the newest round, and the order follows."""

from polylogue import commands as c
from polylogue.refusals import RefusalCode
from polylogue.vocabulary import CandidateId
from tests.polylogue.procedure.rounds import ids, two
from tests.scenes import OBSERVER, Scene, sco, takes


def ranks(scene: Scene, *groups: tuple[CandidateId, ...]) -> c.RankCandidates:
    return c.RankCandidates(item=scene.item, ranking=groups)


def test_a_ranking_takes_the_place_of_the_predicted_one_and_may_be_given_again():
    scene = sco()
    first, second = ids(two(scene))
    (ranked,) = scene.give(ranks(scene, (second,), (first,)), "UZB")
    assert (ranked.ballot, ranked.choice.winner) == (((2,), (1,)), second)
    assert scene.state.rounds[scene.item][-1].choice == ranked.choice
    (again,) = scene.give(ranks(scene, (first, second)), "UZB")
    assert (again.ballot, again.choice.groups) == (((1, 2),), ((2,), (1,)))


def test_what_is_left_out_comes_below():
    scene = sco()
    _, second = ids(two(scene))
    (ranked,) = scene.give(ranks(scene, (second,)), "UZB")
    assert (ranked.ballot, ranked.choice.preferred) == (((2,),), ((0, 0), (2, 0)))


def test_what_is_no_candidate_of_the_newest_round_is_not_ranked():
    scene = sco()
    earlier = ids(two(scene))[0]
    scene.give(takes(scene.item, scene.clauses[0]), "KAZ")
    now = ids(two(scene))[0]
    assert scene.refuse(ranks(scene, (earlier,)), "KAZ").code is RefusalCode.CANDIDATE_PAST
    assert scene.refuse(ranks(scene, (CandidateId("x"),)), "KAZ").code is RefusalCode.UNKNOWN_REFERENCE
    assert scene.refuse(ranks(scene, (now,), (now,)), "KAZ").code is RefusalCode.DUPLICATE_ENTRY
    assert scene.refuse(ranks(scene, ()), "KAZ").code is RefusalCode.LIST_EMPTY
    assert scene.refuse(ranks(scene, (now,)), OBSERVER).code is RefusalCode.NOT_A_MEMBER
