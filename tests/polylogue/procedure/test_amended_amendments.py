"""Chapter 5, amendments to amendments, and amendments revised by who proposed them."""

from typing import Any

from polylogue import commands as c
from polylogue.footing import outdated
from polylogue.refusals import Conflict, RefusalCode
from polylogue.scenario import ScenarioItem, ScenarioProvision
from polylogue.vocabulary import AmendmentId, AmendmentKind, AmendmentState
from tests.scenes import RU, THREE, Scene, objects, sco, text

KAZ, KGZ, UZB = THREE
WORDS = "Member States shall meet once a year in the host city."


def meeting(stage: Any = "open") -> Scene:
    """A session whose only clause can be amended in several places."""
    clause = ScenarioProvision(versions=(text(WORDS),))
    return sco(stage=stage, items=(ScenarioItem(titles=(text("Meetings"),), provisions=(clause,)),))


def amend(scene: Scene, words: str, by: str = "KAZ", revision: int = 1) -> AmendmentId:
    asked = c.ProposeAmendment(provision=scene.clauses[0], revision=revision, text=words)
    return scene.give(asked, by)[0].amendment


def sub(scene: Scene, of: AmendmentId, words: str, by: str = "UZB", edition: int = 1) -> AmendmentId:
    return scene.give(c.ProposeAmendment(amendment=of, revision=edition, text=words), by)[0].amendment


def accept(scene: Scene, amendment: AmendmentId, by: str = "chair") -> Any:
    return scene.give(c.AcceptAmendment(amendment=amendment), by)[0]


def state_of(scene: Scene, *amendments: AmendmentId) -> list[str]:
    return [scene.state.amendments[id].state.value for id in amendments]


# ── amendments to amendments ──


def test_who_proposed_an_amendment_accepts_its_rewording():
    scene = meeting()
    parent = amend(scene, "Twice.")
    child = sub(scene, parent, "Twice a year.")
    assert scene.refuse(c.AcceptAmendment(amendment=child)).params == {"sponsor": KAZ}
    accepted = accept(scene, child, "KAZ")
    assert (accepted.final, accepted.revision, accepted.edition) == (True, None, 2)
    assert scene.words(scene.clauses[0]) == WORDS
    assert state_of(scene, parent, child) == ["PENDING", "ACCEPTED"]
    accept(scene, parent)
    assert scene.words(scene.clauses[0]) == "Twice a year."


def test_what_a_sponsor_had_accepted_was_another_wording():
    scene = meeting()
    (clause,) = scene.give(c.ProposeProvision(item=scene.item, text="Once.", language=RU), "KGZ")
    scene.give(c.JoinSponsors(provision=clause.provision), "UZB")
    (parent,) = scene.give(c.ProposeAmendment(provision=clause.provision, revision=1, text="Twice."), "KAZ")
    assert not accept(scene, parent.amendment, "KGZ").final
    accept(scene, sub(scene, parent.amendment, "Thrice."), "KAZ")
    assert scene.state.amendments[parent.amendment].accepted_by == set()
    assert not accept(scene, parent.amendment, "KGZ").final
    assert accept(scene, parent.amendment, "UZB").final
    assert scene.words(clause.provision) == "Thrice."


def test_an_inserted_clause_is_amended_before_it_is_there():
    scene = meeting()
    asked = c.ProposeAmendment(kind=AmendmentKind.INSERT_AFTER, after=scene.clauses[0], text="Invites.")
    parent = scene.give(asked, "KAZ")[0].amendment
    accept(scene, sub(scene, parent, "Invites all."), "KAZ")
    accept(scene, parent)
    assert scene.words(scene.clauses[1]) == "Invites all."


def test_two_rewordings_of_one_amendment():
    scene = meeting()
    parent = amend(scene, "Twice.")
    one, two = sub(scene, parent, "Thrice."), sub(scene, parent, "Never.", "KGZ")
    accept(scene, one, "KAZ")
    refusal = scene.refuse(c.AcceptAmendment(amendment=two), "KAZ")
    assert isinstance(refusal, Conflict)
    assert (refusal.code, refusal.current_revision) == (RefusalCode.REVISION_STALE, 2)
    assert outdated(scene.state, scene.state.amendments[two])
    stale = scene.refuse(c.ProposeAmendment(amendment=parent, revision=1, text="No."), "UZB")
    assert (stale.code, stale.path) == (RefusalCode.REVISION_STALE, ("revision",))
    scene.give(c.ReviseAmendment(amendment=two, text="Not at all."), "KGZ")
    accept(scene, two, "KAZ")
    accept(scene, parent)
    assert scene.words(scene.clauses[0]) == "Not at all."


def test_children_fall_with_their_parent():
    scene = meeting()
    parents = [amend(scene, f"{times} times.") for times in (2, 3)]
    children = [sub(scene, parent, f"Or {n}.") for parent in parents for n in (1, 2)]
    (withdrawn,) = scene.give(c.WithdrawAmendment(amendment=parents[0]), "KAZ")
    assert withdrawn.lapsed == tuple(children[:2])
    assert state_of(scene, *children) == ["LAPSED", "LAPSED", "PENDING", "PENDING"]
    assert accept(scene, parents[1]).lapsed == tuple(children[2:])
    refusal = scene.refuse(c.AcceptAmendment(amendment=children[2]), "KAZ")
    assert (refusal.code, refusal.params) == (RefusalCode.AMENDMENT_NOT_PENDING, {"state": "LAPSED"})


def test_what_waits_when_the_text_is_cleaned_lapses_with_its_children():
    scene = meeting(stage="circulated")
    parent = amend(scene, "Twice.")
    child = sub(scene, parent, "Thrice.")
    begin = c.ProposeAmendment(kind=AmendmentKind.INSERT_AFTER, item=scene.item, text="Recalling.")
    first = scene.give(begin, "KAZ")[0].amendment
    (cleaned,) = scene.give(c.CleanText(item=scene.item))
    assert cleaned.lapsed == (parent, child, first)
    assert state_of(scene, parent, child, first) == ["LAPSED"] * 3


def test_an_amendment_to_an_amendment_is_the_last():
    scene = meeting()
    parent = amend(scene, "Twice.")
    child = sub(scene, parent, "Thrice.")
    refusal = scene.refuse(c.ProposeAmendment(amendment=child, revision=1, text="No."), "KGZ")
    assert (refusal.code, refusal.path) == (RefusalCode.AMENDMENT_DEPTH, ("amendment",))
    same = scene.refuse(c.ProposeAmendment(amendment=parent, revision=1, text="Twice."), "KGZ")
    assert same.code is RefusalCode.WORDING_UNCHANGED
    scene.give(c.WithdrawAmendment(amendment=parent), "KAZ")
    gone = scene.refuse(c.ProposeAmendment(amendment=parent, revision=1, text="No."), "KGZ")
    assert gone.code is RefusalCode.AMENDMENT_NOT_PENDING


def test_a_blocked_text_is_not_reopened_by_words_that_are_only_proposed():
    scene = meeting(stage="called")
    scene.give(objects(scene.item, scene.clauses[0]), "KGZ")
    scene.close()
    parent = amend(scene, "Twice.")
    assert not accept(scene, sub(scene, parent, "Thrice."), "KAZ").reopens
    assert scene.phases[2] == "BLOCKED"
    assert accept(scene, parent).reopens
    assert scene.phases[2] == "CIRCULATED"


def test_only_words_are_amended():
    scene = meeting()
    asked = c.ProposeAmendment(kind=AmendmentKind.DELETE, provision=scene.clauses[0], revision=1)
    parent = scene.give(asked, "KAZ")[0].amendment
    wrong: tuple[dict[str, Any], ...] = ({"text": "No."}, {"kind": AmendmentKind.DELETE})
    for members in wrong:
        refusal = scene.refuse(c.ProposeAmendment(amendment=parent, revision=1, **members), "KGZ")
        assert refusal.code is RefusalCode.AMENDMENT_INVALID


# ── revised ──


def test_other_words_of_the_clause_have_changed_and_the_amendment_follows():
    scene = meeting()
    often = amend(scene, WORDS.replace("once", "twice"))
    where = amend(scene, WORDS.replace("host city", "capital"), "UZB")
    soft = amend(scene, WORDS.replace("once", "seldom"), "KGZ")
    accept(scene, often)
    assert [outdated(scene.state, scene.state.amendments[id]) for id in (where, soft)] == [True, True]
    assert scene.refuse(c.AcceptAmendment(amendment=where)).code is RefusalCode.REVISION_STALE
    refusal = scene.refuse(c.ReviseAmendment(amendment=soft), "KGZ")
    assert (refusal.code, refusal.path) == (RefusalCode.AMENDMENT_OVERLAPS, ("text",))
    (revised,) = scene.give(c.ReviseAmendment(amendment=where, revision=2), "UZB")
    assert (revised.revision, revised.edition) == (2, 2)
    accept(scene, where)
    assert scene.words(scene.clauses[0]) == "Member States shall meet twice a year in the capital."


def test_an_amendment_follows_time_and_again():
    scene = meeting()
    where = amend(scene, WORDS.replace("host city", "capital"), "UZB")
    for revision, (said, instead) in enumerate((("once", "twice"), ("States", "states"), ("twice", "often")), 1):
        words = scene.words(scene.clauses[0]).replace(said, instead)
        accept(scene, amend(scene, words, revision=revision))
        scene.give(c.ReviseAmendment(amendment=where), "UZB")
    accept(scene, where)
    assert scene.words(scene.clauses[0]) == "Member states shall meet often a year in the capital."


def test_what_a_sponsor_had_accepted_was_not_the_revised_wording():
    scene = meeting()
    (clause,) = scene.give(c.ProposeProvision(item=scene.item, text="Once.", language=RU), "KGZ")
    scene.give(c.JoinSponsors(provision=clause.provision), "UZB")
    (made,) = scene.give(c.ProposeAmendment(provision=clause.provision, revision=1, text="Twice."), "KAZ")
    accept(scene, made.amendment, "KGZ")
    scene.give(c.ReviseAmendment(amendment=made.amendment, text="Never."), "KAZ")
    assert not accept(scene, made.amendment, "UZB").final
    assert accept(scene, made.amendment, "KGZ").final


def test_an_amendment_that_others_have_made_has_nothing_left_to_change():
    scene = meeting()
    one, two = amend(scene, WORDS.replace("once", "twice")), amend(scene, WORDS.replace("once", "twice"), "UZB")
    accept(scene, one)
    refusal = scene.refuse(c.ReviseAmendment(amendment=two), "UZB")
    assert refusal.code is RefusalCode.WORDING_UNCHANGED


def test_new_words_for_one_s_amendment():
    scene = meeting()
    amendment = amend(scene, "Twice.")
    child = sub(scene, amendment, "Thrice.")
    wrong: tuple[tuple[str, dict[str, Any], RefusalCode], ...] = (
        ("UZB", {"text": "No."}, RefusalCode.NOT_SPONSOR),
        ("KAZ", {}, RefusalCode.WORDING_UNCHANGED),
        ("KAZ", {"text": "Twice."}, RefusalCode.WORDING_UNCHANGED),
        ("KAZ", {"text": WORDS}, RefusalCode.WORDING_UNCHANGED),
        ("KAZ", {"text": "No.", "revision": 2}, RefusalCode.REVISION_STALE),
        ("KAZ", {"text": " "}, RefusalCode.TEXT_EMPTY),
    )
    for by, members, code in wrong:
        assert scene.refuse(c.ReviseAmendment(amendment=amendment, **members), by).code is code
    scene.give(c.ReviseAmendment(amendment=amendment, text="Дважды.", language=RU), "KAZ")
    assert outdated(scene.state, scene.state.amendments[child])
    accept(scene, amendment)
    assert scene.words(scene.clauses[0]) == "Дважды."
    assert scene.state.amendments[child].state is AmendmentState.LAPSED


def test_words_in_another_language_do_not_follow_by_themselves():
    scene = meeting()
    (made,) = scene.give(c.ProposeAmendment(provision=scene.clauses[0], revision=1, text="Дважды.", language=RU), "KAZ")
    accept(scene, amend(scene, "Twice.", "UZB"))
    refusal = scene.refuse(c.ReviseAmendment(amendment=made.amendment), "KAZ")
    assert refusal.code is RefusalCode.AMENDMENT_OVERLAPS


def test_a_move_has_no_words_to_revise():
    scene = sco(clauses=2)
    first, second = scene.clauses
    asked = c.ProposeAmendment(kind=AmendmentKind.MOVE, provision=first, after=second)
    moves = scene.give(asked, "KAZ")[0].amendment
    for words in (None, "No."):
        refusal = scene.refuse(c.ReviseAmendment(amendment=moves, text=words), "KAZ")
        assert refusal.code is RefusalCode.AMENDMENT_INVALID
