"""Chapter 5, sponsors: who joins and leaves, and amendments that all of them accept."""

import pytest

from polylogue import commands as c
from polylogue.refusals import RefusalCode
from polylogue.vocabulary import AmendmentId, AmendmentKind, ProvisionId
from tests.scenes import EN, OBSERVER, THREE, Scene, sco

KAZ, KGZ, UZB = THREE


def sponsored(*by: str) -> tuple[Scene, ProvisionId]:
    """A clause that the first has proposed and the others have joined."""
    scene = sco()
    clause = scene.give(c.ProposeProvision(item=scene.item, text="Once.", language=EN), by[0])[0].provision
    for seat in by[1:]:
        scene.give(c.JoinSponsors(provision=clause), seat)
    return scene, clause


def amends(scene: Scene, clause: ProvisionId, words: str = "Twice.", by: str = "UZB") -> AmendmentId:
    return scene.give(c.ProposeAmendment(provision=clause, revision=1, text=words), by)[0].amendment


def test_members_join_and_leave_the_sponsors():
    scene, clause = sponsored("KAZ", "KGZ")
    provision = scene.state.provisions[clause]
    assert (provision.sponsors, provision.sponsor) == ([KAZ, KGZ], KAZ)
    again = scene.refuse(c.JoinSponsors(provision=clause), "KGZ")
    assert (again.code, again.params) == (RefusalCode.ALREADY_SPONSOR, {"seat": KGZ})
    stranger = scene.refuse(c.LeaveSponsors(provision=clause), "UZB")
    assert (stranger.code, stranger.params) == (RefusalCode.NOT_SPONSOR, {"sponsor": "KAZ, KGZ"})
    assert scene.refuse(c.JoinSponsors(provision=clause), OBSERVER).code is RefusalCode.NOT_A_MEMBER
    scene.give(c.LeaveSponsors(provision=clause), "KAZ")
    assert provision.sponsor == KGZ


def test_opening_text_has_no_sponsors_to_join():
    scene = sco()
    for command in (c.JoinSponsors, c.LeaveSponsors):
        refusal = scene.refuse(command(provision=scene.clauses[0]), "KAZ")
        assert refusal.code in (RefusalCode.SPONSORED_BY_CHAIR, RefusalCode.NOT_SPONSOR)


def test_a_clause_is_withdrawn_by_its_first_sponsor():
    scene, clause = sponsored("KAZ", "KGZ")
    for by in ("KGZ", "chair"):
        assert scene.refuse(c.WithdrawProvision(provision=clause), by).params == {"sponsor": KAZ}
    scene.give(c.LeaveSponsors(provision=clause), "KAZ")
    scene.give(c.WithdrawProvision(provision=clause), "KGZ")
    for command in (c.JoinSponsors, c.LeaveSponsors):
        assert scene.refuse(command(provision=clause), "KGZ").code is RefusalCode.PROVISION_WITHDRAWN


def test_a_clause_that_its_last_sponsor_leaves_is_the_chair_s():
    scene, clause = sponsored("KAZ")
    amendment = amends(scene, clause)
    scene.give(c.LeaveSponsors(provision=clause), "KAZ")
    assert scene.refuse(c.AcceptAmendment(amendment=amendment), "KAZ").params == {"sponsor": "CHAIR"}
    scene.give(c.AcceptAmendment(amendment=amendment))
    assert scene.words(clause) == "Twice."


def test_every_sponsor_accepts_and_the_last_one_moves():
    scene, clause = sponsored("KAZ", "KGZ")
    amendment = amends(scene, clause)
    (first,) = scene.give(c.AcceptAmendment(amendment=amendment), "KGZ")
    assert (first.final, first.revision) == (False, None)
    assert scene.words(clause) == "Once."
    twice = scene.refuse(c.AcceptAmendment(amendment=amendment), "KGZ")
    assert (twice.code, twice.params) == (RefusalCode.ALREADY_ACCEPTED, {"waiting": "KAZ"})
    assert scene.refuse(c.AcceptAmendment(amendment=amendment), "UZB").params == {"sponsor": "KAZ, KGZ"}
    (last,) = scene.give(c.AcceptAmendment(amendment=amendment), "KAZ")
    assert (last.final, last.revision) == (True, 2)
    assert scene.words(clause) == "Twice."


def test_who_joins_late_is_asked_too():
    scene, clause = sponsored("KAZ", "KGZ")
    amendment = amends(scene, clause)
    scene.give(c.AcceptAmendment(amendment=amendment), "KAZ")
    scene.give(c.JoinSponsors(provision=clause), "UZB")
    assert not scene.give(c.AcceptAmendment(amendment=amendment), "KGZ")[0].final
    assert scene.give(c.AcceptAmendment(amendment=amendment), "UZB")[0].final


def test_who_has_left_counts_no_longer_and_moves_nothing_by_leaving():
    scene, clause = sponsored("KAZ", "KGZ")
    amendment = amends(scene, clause)
    scene.give(c.AcceptAmendment(amendment=amendment), "KAZ")
    (left,) = scene.give(c.LeaveSponsors(provision=clause), "KGZ")
    assert left.provision == clause
    assert scene.words(clause) == "Once."
    (said,) = scene.give(c.AcceptAmendment(amendment=amendment), "KAZ")
    assert said.final
    assert scene.words(clause) == "Twice."


@pytest.mark.parametrize("other", [False, True])
def test_an_acceptance_goes_with_who_gave_it(other: bool):
    """Also where two clauses have the same sponsors: leaving one leaves the other as it was."""
    scene, clause = sponsored("KAZ", "KGZ")
    beside = scene.give(c.ProposeProvision(item=scene.item, text="Once.", language=EN), "KAZ")[0].provision
    scene.give(c.JoinSponsors(provision=beside), "KGZ")
    amendment = amends(scene, beside if other else clause)
    scene.give(c.AcceptAmendment(amendment=amendment), "KGZ")
    scene.give(c.LeaveSponsors(provision=clause), "KGZ")
    scene.give(c.JoinSponsors(provision=clause), "KGZ")
    assert scene.give(c.AcceptAmendment(amendment=amendment), "KAZ")[0].final is other


def test_an_inserted_clause_waits_for_every_sponsor_of_the_one_before():
    scene, clause = sponsored("KAZ", "KGZ")
    before = scene.clauses
    asked = c.ProposeAmendment(kind=AmendmentKind.INSERT_AFTER, after=clause, text="Invites.")
    (made,) = scene.give(asked, "UZB")
    assert not scene.give(c.AcceptAmendment(amendment=made.amendment), "KAZ")[0].final
    assert scene.clauses == before
    assert scene.give(c.AcceptAmendment(amendment=made.amendment), "KGZ")[0].final
    assert scene.state.provisions[made.provision].sponsors == [UZB]
