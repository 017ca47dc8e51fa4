"""Chapter 5, amendments that put a clause in, take one out or move one, and those that change nothing."""

from typing import Any

import pytest

from polylogue import commands as c
from polylogue.refusals import RefusalCode
from polylogue.vocabulary import (
    AmendmentId,
    AmendmentKind,
    AmendmentState,
    ItemId,
    ProvisionId,
    ProvisionKind,
    ProvisionState,
    StanceLevel,
)
from tests.scenes import EN, RU, THREE, Scene, objects, sco, takes

KAZ, KGZ, UZB = THREE
REPLACE, INSERT_AFTER, DELETE, MOVE = AmendmentKind
INVALID = RefusalCode.AMENDMENT_INVALID


def propose(scene: Scene, by: str = "KAZ", **members: Any) -> AmendmentId:
    return scene.give(c.ProposeAmendment(**members), by)[0].amendment


def accept(scene: Scene, amendment: AmendmentId, by: str = "chair") -> Any:
    return scene.give(c.AcceptAmendment(amendment=amendment), by)[0]


def inserts(scene: Scene, by: str = "KAZ", words: str = "Invites.", **members: Any) -> AmendmentId:
    return propose(scene, by, kind=INSERT_AFTER, text=words, **members)


# ── a clause put in ──


def test_a_clause_is_put_behind_another_and_its_proposer_sponsors_it():
    scene = sco(clauses=2)
    first, second = scene.clauses
    amendment = inserts(scene, after=first, reason="It is missing.")
    assert scene.clauses == [first, second]
    accepted = accept(scene, amendment)
    assert (accepted.final, accepted.revision, accepted.lapsed) == (True, None, ())
    new = scene.state.amendments[amendment].provision
    assert scene.clauses == [first, new, second]
    made = scene.state.provisions[new]
    assert (made.sponsors, made.kind, made.revision, made.state) == (
        [KAZ], ProvisionKind.OPERATIVE, 1, ProvisionState.PROPOSED
    )  # fmt: skip
    assert scene.words(new) == "Invites."


def test_a_clause_is_put_at_the_beginning_of_an_item():
    scene = sco(clauses=1)
    amendment = inserts(scene, item=scene.item)
    accept(scene, amendment)
    assert scene.clauses[0] == scene.state.amendments[amendment].provision


def test_of_two_put_in_one_place_the_later_accepted_comes_first():
    scene = sco(clauses=1)
    (first,) = scene.clauses
    one, two = inserts(scene, after=first), inserts(scene, "UZB", "Thanks.", after=first)
    accept(scene, two)
    accept(scene, one)
    assert [scene.words(clause) for clause in scene.clauses[1:]] == ["Invites.", "Thanks."]


def test_nothing_is_put_behind_a_clause_that_is_withdrawn():
    scene = sco(clauses=3)
    first, second, third = scene.clauses
    waiting = inserts(scene, after=second), propose(scene, kind=MOVE, provision=first, after=second)
    scene.give(c.WithdrawProvision(provision=second))
    for amendment in waiting:
        assert scene.refuse(c.AcceptAmendment(amendment=amendment)).code is RefusalCode.ORDER_WITHDRAWN
    for given in (
        c.ProposeAmendment(kind=INSERT_AFTER, text="More.", after=second),
        c.ProposeAmendment(kind=MOVE, provision=first, after=second),
    ):
        refusal = scene.refuse(given, "KAZ")
        assert (refusal.code, refusal.path) == (RefusalCode.PROVISION_WITHDRAWN, ("after",))
    assert scene.clauses == [first, third]


def test_no_operative_clause_comes_before_the_preamble_and_no_preambular_one_behind_it():
    scene = sco(clauses=2)
    first, second = scene.clauses
    early, late = inserts(scene, item=scene.item), propose(scene, kind=MOVE, provision=second, after=None)
    begins = inserts(scene, item=scene.item, provision_kind=ProvisionKind.PREAMBULAR)
    accept(scene, begins)
    recital = scene.state.amendments[begins].provision
    for amendment, path in ((early, ("amendment",)), (late, ("after",))):
        refusal = scene.refuse(c.AcceptAmendment(amendment=amendment))
        assert (refusal.code, refusal.path, refusal.params) == (
            RefusalCode.ORDER_PREAMBLE, path, {"behind": "1.1"}
        )  # fmt: skip
    for given, params in (
        (c.ProposeAmendment(kind=INSERT_AFTER, text="More.", item=scene.item), {"behind": "1.1"}),
        (c.ProposeAmendment(kind=MOVE, provision=first, after=None), {"behind": "1.1"}),
        (c.ProposeAmendment(kind=MOVE, provision=recital, after=second), {"before": "1.2"}),
    ):
        refusal = scene.refuse(given, "KAZ")
        assert (refusal.code, refusal.path, refusal.params) == (RefusalCode.ORDER_PREAMBLE, ("after",), params)
    accept(scene, propose(scene, kind=MOVE, provision=second, after=recital))
    assert scene.clauses == [recital, second, first]


def test_the_sponsor_of_the_clause_before_accepts_what_is_put_behind_it():
    scene = sco(clauses=1)
    (clause,) = scene.give(c.ProposeProvision(item=scene.item, text="Once.", language=EN), "KGZ")
    amendment = inserts(scene, after=clause.provision)
    assert scene.refuse(c.AcceptAmendment(amendment=amendment)).params == {"sponsor": KGZ}
    accept(scene, amendment, "KGZ")


def test_a_text_holds_two_hundred_clauses_and_no_insertion_more():
    scene = sco(clauses=199)
    last = scene.clauses[-1]
    one, two = inserts(scene, after=last), inserts(scene, after=last)
    accept(scene, one)
    assert scene.refuse(c.AcceptAmendment(amendment=two)).code is RefusalCode.LIST_TOO_LONG
    refusal = scene.refuse(c.ProposeAmendment(kind=INSERT_AFTER, text="More.", after=last), "KAZ")
    assert (refusal.code, refusal.path) == (RefusalCode.LIST_TOO_LONG, ("after",))


# ── a clause taken out ──


def test_a_clause_is_taken_out_and_what_waits_for_it_lapses():
    scene = sco(clauses=2)
    first, second = scene.clauses
    scene.give(takes(scene.item, first), "UZB")
    scene.give(c.ProposeAlternative(provision=first, text="Should.", language=EN), "UZB")
    deletes = propose(scene, kind=DELETE, provision=first, revision=1)
    words = propose(scene, "UZB", provision=first, revision=1, text="Twice.")
    about_words = propose(scene, "KGZ", amendment=words, revision=1, text="Thrice.")
    moves = propose(scene, "UZB", kind=MOVE, provision=first, after=second)
    behind = inserts(scene, item=scene.item)
    elsewhere = propose(scene, "UZB", provision=second, revision=1, text="Twice.")
    accepted = accept(scene, deletes)
    assert accepted.lapsed == (words, about_words, moves)
    assert scene.state.provisions[first].state is ProvisionState.WITHDRAWN
    assert scene.clauses == [second]
    states = {id: scene.state.amendments[id].state for id in (words, about_words, moves, behind, elsewhere)}
    assert [state.value for state in states.values()] == ["LAPSED"] * 3 + ["PENDING"] * 2
    assert scene.state.stances[UZB][first, None].level is StanceLevel.SUPPORT
    accept(scene, behind)


def test_the_withdrawal_of_a_clause_takes_its_amendments_along():
    scene = sco(clauses=1)
    (first,) = scene.clauses
    words = propose(scene, provision=first, revision=1, text="Twice.")
    (withdrawn,) = scene.give(c.WithdrawProvision(provision=first))
    assert withdrawn.lapsed == (words,)
    assert scene.state.amendments[words].state is AmendmentState.LAPSED
    for kind in (REPLACE, DELETE, MOVE):
        words = "Twice." if kind is REPLACE else None
        refusal = scene.refuse(c.ProposeAmendment(kind=kind, provision=first, revision=1, text=words), "KAZ")
        assert (refusal.code, refusal.path) == (RefusalCode.PROVISION_WITHDRAWN, ("provision",))


def test_a_deletion_rests_on_the_words_it_was_proposed_to():
    scene = sco(clauses=1)
    (first,) = scene.clauses
    deletes = propose(scene, kind=DELETE, provision=first, revision=1)
    accept(scene, propose(scene, "UZB", provision=first, revision=1, text="Twice."))
    assert scene.refuse(c.AcceptAmendment(amendment=deletes)).code is RefusalCode.REVISION_STALE
    (revised,) = scene.give(c.ReviseAmendment(amendment=deletes), "KAZ")
    assert (revised.revision, revised.edition, revised.versions) == (2, 2, ())
    refusal = scene.refuse(c.ReviseAmendment(amendment=deletes), "KAZ")
    assert refusal.code is RefusalCode.WORDING_UNCHANGED
    accept(scene, deletes)


def test_a_clause_taken_out_of_a_blocked_text_takes_it_back_to_the_table():
    scene = sco(stage="called", clauses=2)
    first, second = scene.clauses
    scene.give(objects(scene.item, first), "KAZ")
    scene.close()
    accepted = accept(scene, propose(scene, kind=DELETE, provision=first, revision=1))
    assert accepted.reopens
    assert (scene.phases, scene.clauses) == (("OPEN", "NEGOTIATION", "CIRCULATED"), [second])
    scene.clean()
    scene.call()
    scene.close()
    assert scene.phases[2] == "ADOPTED"


# ── a clause moved ──


@pytest.mark.parametrize(
    ("moved", "after", "then"), [(0, 2, [1, 2, 0]), (2, None, [2, 0, 1]), (0, 1, [1, 0, 2]), (2, 0, [0, 2, 1])]
)
def test_a_clause_is_moved(moved: int, after: int | None, then: list[int]):
    scene = sco(clauses=3)
    clauses = scene.clauses
    behind = None if after is None else clauses[after]
    scene.give(takes(scene.item, clauses[moved]), "UZB")
    accepted = accept(scene, propose(scene, kind=MOVE, provision=clauses[moved], after=behind))
    assert accepted.revision is None
    assert scene.clauses == [clauses[place] for place in then]
    assert not scene.state.carried((clauses[moved], None), scene.state.stances[UZB][clauses[moved], None])


def test_a_clause_is_not_moved_to_where_it_stands_nor_behind_itself():
    scene = sco(clauses=3, items=2)
    first, second, third = scene.clauses
    scene.give(c.WithdrawProvision(provision=second))
    for provision, after, params in (
        (first, first, {"itself": "1.1"}),
        (first, None, {}),
        (third, first, {}),  # with what is withdrawn between them
    ):
        refusal = scene.refuse(c.ProposeAmendment(kind=MOVE, provision=provision, after=after), "KAZ")
        assert (refusal.code, refusal.path, refusal.params) == (RefusalCode.ORDER_UNCHANGED, ("after",), params)
    other = scene.state.items[list(scene.state.items)[1]].provisions[0]
    refusal = scene.refuse(c.ProposeAmendment(kind=MOVE, provision=first, after=other), "KAZ")
    assert refusal.code is RefusalCode.UNKNOWN_REFERENCE


def test_moves_in_a_circle_are_made_one_after_the_other():
    scene = sco(clauses=2)
    first, second = scene.clauses
    one = propose(scene, kind=MOVE, provision=first, after=second)
    two = propose(scene, "UZB", kind=MOVE, provision=second, after=None)
    accept(scene, one)
    assert scene.clauses == [second, first]
    assert scene.refuse(c.AcceptAmendment(amendment=two)).code is RefusalCode.ORDER_UNCHANGED
    back = propose(scene, kind=MOVE, provision=second, after=first)
    accept(scene, back)
    accept(scene, two)  # what it asks for is not there any more
    assert scene.clauses == [second, first]


def test_a_move_rests_on_no_words():
    scene = sco(clauses=2)
    first, second = scene.clauses
    moves = propose(scene, kind=MOVE, provision=first, after=second)
    accept(scene, propose(scene, "UZB", provision=first, revision=1, text="Twice."))
    accept(scene, moves)
    assert scene.clauses == [second, first]


# ── what does not fit ──


@pytest.mark.parametrize(
    ("members", "path", "params"),
    [
        ({"kind": MOVE, "text": "No."}, "text", {"kind": "MOVE", "surplus": "text"}),
        ({"kind": DELETE, "revision": 1, "text": "No."}, "text", {"kind": "DELETE", "surplus": "text"}),
        ({"kind": DELETE}, "revision", {"kind": "DELETE", "missing": "revision"}),
        ({"text": "No."}, "revision", {"kind": "REPLACE", "missing": "revision"}),
        ({"revision": 1, "text": "No.", "after": "x"}, "after", {"kind": "REPLACE", "surplus": "after"}),
        ({"kind": INSERT_AFTER, "text": "No."}, "provision", {"kind": "INSERT_AFTER", "surplus": "provision"}),
    ],
)
def test_an_amendment_names_what_its_kind_has(members: dict[str, Any], path: str, params: dict[str, str]):
    scene = sco()
    refusal = scene.refuse(c.ProposeAmendment(provision=scene.clauses[0], **members), "KAZ")
    assert (refusal.code, refusal.path, refusal.params) == (INVALID, (path,), params)


def test_an_insertion_says_where():
    scene = sco()
    first = scene.clauses[0]
    nowhere = scene.refuse(c.ProposeAmendment(kind=INSERT_AFTER, text="No."), "KAZ")
    assert (nowhere.code, nowhere.path, nowhere.params["missing"]) == (INVALID, ("item",), "item")
    twice = scene.refuse(c.ProposeAmendment(kind=INSERT_AFTER, text="No.", after=first, item=scene.item), "KAZ")
    assert (twice.code, twice.path) == (INVALID, ("item",))
    replaced = scene.refuse(c.ProposeAmendment(text="No.", revision=1), "KAZ")
    assert (replaced.code, replaced.path) == (INVALID, ("provision",))
    unknown: tuple[dict[str, Any], ...] = ({"after": ProvisionId("nowhere")}, {"item": ItemId("nowhere")})
    for members in unknown:
        refusal = scene.refuse(c.ProposeAmendment(kind=INSERT_AFTER, text="No.", **members), "KAZ")
        assert refusal.code is RefusalCode.UNKNOWN_REFERENCE


@pytest.mark.parametrize("stage", ["clean", "called"])
def test_an_insertion_waits_for_its_text_to_be_open(stage: Any):
    scene = sco(stage=stage)
    refusal = scene.refuse(c.ProposeAmendment(kind=INSERT_AFTER, text="No.", after=scene.clauses[0]), "KAZ")
    assert refusal.code is RefusalCode.TEXT_STATE


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("", RefusalCode.TEXT_EMPTY),
        (" \u200b\n", RefusalCode.TEXT_EMPTY),
        ("x" * 50_000, RefusalCode.TEXT_TOO_LONG),
        ("Item 1, clause 1.", RefusalCode.WORDING_UNCHANGED),
        ("  Item 1, clause 1.\r\n", RefusalCode.WORDING_UNCHANGED),
        ("\u202eevil", RefusalCode.CHARACTER_FORBIDDEN),
    ],
)
def test_words_that_are_no_amendment(words: str, code: RefusalCode):
    scene = sco()
    before = len(scene.stored)
    for language in (EN, RU):
        asked = c.ProposeAmendment(provision=scene.clauses[0], revision=1, text=words, language=language)
        refusal = scene.refuse(asked, "KAZ")
        assert (refusal.code, refusal.path) == (code, ("text",))
    assert len(scene.stored) == before


@pytest.mark.parametrize("words", ["يجب على الدول الأعضاء", "e\u0301tat — \u0915\u094d\u0937", "成员国应当深化合作。"])
def test_words_in_any_script_are_kept(words: str):
    scene = sco()
    amendment = propose(scene, provision=scene.clauses[0], revision=1, text=words)
    accept(scene, amendment)
    assert scene.words(scene.clauses[0]) == words.replace("e\u0301", "\u00e9")


def test_an_erased_wording_is_like_no_other():
    scene = sco()
    clause = scene.clauses[0]
    version = scene.state.provisions[clause].wording[0]
    scene.erase(version.seq, version.pointer)
    propose(scene, provision=clause, revision=1, text="Item 1, clause 1.")
