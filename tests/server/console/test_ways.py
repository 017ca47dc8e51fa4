"""What would unblock, as a board shows it: whose stance on which wording, in what order, and how many sets."""

from typing import Any

from server.console.ways import MOST, Step, Taken, ways
from server.console.wordings import Wording

NAMES = {"BLR": "Belarus", "CHN": "China", "UZB": "Özbekistan", "KAZ": "Kazakhstan"}
ASKED = {"language": "ru", "text": "Другая служба."}


def move(seat: str, provision: str = "p1", alternative: str | None = None, said: Any = ASKED) -> dict[str, Any]:
    stance = {"before": "OBJECT", "after": "RESERVE", "carried": False, "wouldBeRemovedBy": said}
    return {"seat": seat, "provision": provision, "alternative": alternative, **stance}


def taking(provision: str, alternative: str, *unknown: str) -> dict[str, Any]:
    return {"provision": provision, "alternative": alternative, "notStated": list(unknown), "assumed": []}


def found(moves: list[dict[str, Any]], takings: list[dict[str, Any]] | None = None) -> dict[str, Any]:
    return {"moves": moves, "takings": takings or []}


def item(*sets: dict[str, Any], exact: bool = True, decided: bool = False) -> dict[str, Any]:
    provisions = [
        {"id": "p1", "number": 1, "alternatives": []},
        {"id": "p2", "number": 2, "alternatives": [{"id": "a", "label": "bis"}, {"id": "b", "label": "ter"}]},
    ]
    unblocking = {"exact": exact, "setCount": len(sets), "sets": list(sets)}
    return {
        "text": {"provisions": provisions},
        "unblocking": unblocking,
        "decision": {"number": 1} if decided else None,
    }


def test_a_step_says_whose_stance_on_which_wording_and_what_would_remove_it():
    shown = ways(item(found([move("BLR", "p2", "a")], [taking("p2", "a", "CHN", "KAZ")])), NAMES)
    assert shown
    (way,) = shown.shown
    words = Wording("Другая служба.", "ru")
    assert way.steps == (Step("concern-BLR-a", "BLR", "Belarus", 2, "bis", "OBJECT", "RESERVE", False, words),)
    assert way.taken == (Taken(2, "bis", 2),)
    assert shown.told == {"concern-BLR-a"}
    assert (shown.more, shown.exact) == (0, True)


def test_delegations_of_a_set_stand_in_alphabetical_order_of_their_names():
    shown = ways(item(found([move("CHN"), move("UZB"), move("BLR", "p2"), move("BLR")])), NAMES)
    assert shown
    assert [(step.name, step.clause) for step in shown.shown[0].steps] == [
        ("Belarus", 1), ("Belarus", 2), ("China", 1), ("Özbekistan", 1),
    ]  # fmt: skip


def test_three_sets_are_shown_and_the_others_counted():
    sets = [found([move(seat)]) for seat in ("UZB", "KAZ", "CHN", "BLR", "BLR")]
    shown = ways(item(*sets, exact=False), NAMES)
    assert shown
    assert [way.steps[0].code for way in shown.shown] == ["UZB", "KAZ", "CHN"]
    assert (len(shown.shown), shown.more, shown.exact) == (MOST, 2, False)


def test_another_wording_may_be_enough_without_anybody_moving():
    shown = ways(item(found([], [taking("p2", "b")])), NAMES)
    assert shown
    assert (shown.shown[0].steps, shown.shown[0].taken) == ((), (Taken(2, "ter", 0),))


def test_whose_wording_it_is_and_has_not_spoken_on_it_is_named():
    shown = ways(item(found([], [taking("p2", "b") | {"assumed": ["UZB"]}])), NAMES)
    assert shown
    assert shown.shown[0].taken == (Taken(2, "ter", 0, "Özbekistan"),)


def test_words_that_were_erased_or_never_given_are_not_made_up():
    shown = ways(item(found([move("BLR", said=None), move("CHN", said={"language": "en", "text": None})])), NAMES)
    assert shown
    assert [step.words for step in shown.shown[0].steps] == [None, Wording(None, "en")]


def test_nothing_is_shown_where_nothing_is_to_be_unblocked():
    assert ways(item(found([])), NAMES) is None
    assert ways(item(found([move("BLR")]), decided=True), NAMES) is None
