"""Sponsors and amendments."""

from dataclasses import replace

from polylogue import commands as c
from polylogue.refusals import RefusalCode
from polylogue.vocabulary import (
    AmendmentId,
    AmendmentKind,
    ProvisionKind,
)
from tests.polylogue.procedure.refused.cases import Cases
from tests.scenes import EN, THREE, Scene, sco

KAZ, _, _ = THREE
Code = RefusalCode
case = Cases()


@case(Code.NOT_SPONSOR, "5.2", sponsor="CHAIR")
def withdrawing_a_clause_of_the_opening_text():
    scene = sco()
    return scene.refuse(c.WithdrawProvision(provision=scene.clauses[0]), "KAZ")


def amends(scene: Scene, words: str = "Twice.", by: str = "KAZ", revision: int = 1) -> AmendmentId:
    asked = c.ProposeAmendment(provision=scene.clauses[0], revision=revision, text=words)
    return scene.give(asked, by)[0].amendment


@case(Code.ALREADY_SPONSOR, "5.2", "provision", seat=KAZ)
def a_sponsor_becomes_one():
    scene = sco()
    (made,) = scene.give(c.ProposeProvision(item=scene.item, text="Decides.", language=EN), "KAZ")
    return scene.refuse(c.JoinSponsors(provision=made.provision), "KAZ")


@case(Code.SPONSORED_BY_CHAIR, "5.2", "provision")
def joining_the_chair():
    scene = sco()
    return scene.refuse(c.JoinSponsors(provision=scene.clauses[0]), "KAZ")


@case(Code.AMENDMENT_INVALID, "5.4", "text", kind="DELETE", surplus="text")
def words_for_a_clause_that_is_to_go():
    scene = sco()
    asked = c.ProposeAmendment(kind=AmendmentKind.DELETE, provision=scene.clauses[0], revision=1, text="Twice.")
    return scene.refuse(asked, "KAZ")


@case(Code.AMENDMENT_DEPTH, "5.4", "amendment")
def amending_what_amends_an_amendment():
    scene = sco()
    asked = c.ProposeAmendment(amendment=amends(scene), revision=1, text="Thrice.")
    child = scene.give(asked, "KGZ")[0].amendment
    return scene.refuse(replace(asked, amendment=child, text="Never."), "UZB")


@case(Code.AMENDMENT_OVERLAPS, "5.4", "text")
def changing_words_that_others_have_changed():
    scene = sco()
    one, two = amends(scene), amends(scene, "Never.", "KGZ")
    scene.give(c.AcceptAmendment(amendment=one))
    return scene.refuse(c.ReviseAmendment(amendment=two), "KGZ")


@case(Code.ALREADY_ACCEPTED, "5.5", "amendment", waiting="KGZ")
def accepting_twice():
    scene = sco()
    (made,) = scene.give(c.ProposeProvision(item=scene.item, text="Decides.", language=EN), "KAZ")
    scene.give(c.JoinSponsors(provision=made.provision), "KGZ")
    asked = c.ProposeAmendment(provision=made.provision, revision=1, text="Twice.")
    accepts = c.AcceptAmendment(amendment=scene.give(asked, "UZB")[0].amendment)
    scene.give(accepts, "KAZ")
    return scene.refuse(accepts, "KAZ")


@case(Code.WORDING_UNCHANGED, "5.3", "text")
def an_alternative_that_is_the_text():
    scene = sco()
    clause = scene.clauses[0]
    return scene.refuse(c.ProposeAlternative(provision=clause, text=scene.words(clause), language=EN), "KAZ")


@case(Code.ORDER_UNCHANGED, "5.4", "after")
def a_clause_moved_to_where_it_stands():
    scene = sco()
    return scene.refuse(c.ProposeAmendment(kind=AmendmentKind.MOVE, provision=scene.clauses[0]), "KAZ")


@case(Code.ORDER_PREAMBLE, "5.4", "after", before="1.1")
def a_recital_put_behind_what_is_decided():
    scene = sco()
    kind = ProvisionKind.PREAMBULAR
    puts = c.ProposeAmendment(
        kind=AmendmentKind.INSERT_AFTER, text="Recalling.", after=scene.clauses[0], provision_kind=kind
    )
    return scene.refuse(puts, "KAZ")


@case(Code.ORDER_WITHDRAWN, "5.5", "amendment")
def accepting_what_stands_behind_a_clause_that_has_gone():
    scene = sco()
    first, second = scene.clauses
    moves = c.ProposeAmendment(kind=AmendmentKind.MOVE, provision=first, after=second)
    (proposed,) = scene.give(moves, "KAZ")
    scene.give(c.WithdrawProvision(provision=second))
    return scene.refuse(c.AcceptAmendment(amendment=proposed.amendment))


@case(Code.AMENDMENT_NOT_PENDING, "5.5", "amendment", state="WITHDRAWN")
def accepting_what_was_taken_back():
    scene = sco()
    clause = scene.clauses[0]
    (proposed,) = scene.give(c.ProposeAmendment(provision=clause, revision=1, text="Twice.", language=EN), "KAZ")
    scene.give(c.WithdrawAmendment(amendment=proposed.amendment), "KAZ")
    return scene.refuse(c.AcceptAmendment(amendment=proposed.amendment))


@case(Code.REVISION_STALE, "5.4", "revision", given=7, current=1)
def amending_a_wording_that_does_not_stand():
    scene = sco()
    return scene.refuse(c.ProposeAmendment(provision=scene.clauses[0], revision=7, text="Twice.", language=EN), "KAZ")
