"""What the demo tells of a call that was closed without consensus: what would unblock, and whether that came about."""

from typing import Any

from server.demo.stage import OnStage, Stage
from server.demo.telling import told
from server.demo.ways import smallest_change


def stage() -> Stage:
    item = OnStage(1, "i", "Water", clauses=("p1", "p2"))
    found = Stage(names={"BLR": "Belarus", "KAZ": "Kazakhstan", "KGZ": "Kyrgyzstan"}, items={"i": item})
    found.proposed |= {"a": "KAZ", "m": "KGZ"}
    found.amendments["m"] = {"provision": "p1", "item": "i", "would": "REPLACE", "behind": None, "amends": None}
    return found


def move(seat: str, provision: str, chosen: str | None = None, said: str | None = "One word less.") -> dict[str, Any]:
    words = {"wouldBeRemovedBy": {"text": said}}
    return {"seat": seat, "provision": provision, "chosen": chosen, "before": "OBJECT", "after": "RESERVE", **words}


def told_of(*sets: dict[str, Any]) -> tuple[str, str]:
    here = stage()
    line = smallest_change(here, here.items["i"], {"setCount": len(sets), "sets": list(sets)})
    return (line.did, line.words) if line else ("", "")


def test_the_least_costly_set_is_told_in_the_words_of_those_who_would_move():
    assert told_of({"moves": [move("BLR", "p1")], "takings": []}) == (
        "What would unblock item 1: Belarus from object to reserve on clause 1.1",
        "Belarus asks for: One word less.",
    )


def test_other_wordings_who_has_said_nothing_of_them_and_other_ways_are_told():
    first = {
        "moves": [move("BLR", "p1", said=None), move("KGZ", "p2", "a")],
        "takings": [{"provision": "p2", "chosen": "a", "notStated": ["TJK"], "assumed": ["KAZ"]}],
    }
    did, words = told_of(first, {"moves": [], "takings": []}, {"moves": [], "takings": []})
    assert did == (
        "What would unblock item 1: Belarus from object to reserve on clause 1.1; "
        "Kyrgyzstan from object to reserve on clause 1.2 in the wording of KAZ; "
        "clause 1.2 in the wording of KAZ, of which 1 delegation said nothing yet; "
        "Kazakhstan, whose it is, has not spoken on it (or 2 other ways)"
    )
    assert words == "Belarus asks for: words that were erased. Kyrgyzstan asks for: One word less."


def test_nothing_is_told_where_nobody_would_have_to_move():
    assert told_of({"moves": [], "takings": []}) == ("", "")


def entry(seq: int, kind: str, seat: str | None, **detail: Any) -> dict[str, Any]:
    return {"seq": seq, "kind": kind, "seat": seat, "actor": {"role": "CHAIR"}, "detail": detail}


def heard(*entries: dict[str, Any]) -> list[tuple[str, str]]:
    here = stage()
    lines = []
    for each in entries:
        here.hear(each)
        lines.append(told(here, each))
    return [(line.did, line.words) for line in lines if line]


def stance(provision: str, level: str, chosen: str | None = None) -> dict[str, Any]:
    return {"provision": provision, "level": level, "chosen": chosen, "bulk": False, "reason": None}


OBJECTION = entry(
    1,
    "ObjectionRaised",
    "BLR",
    provision="p1",
    version=None,
    reason={"text": "Too long."},
    wouldBeRemovedBy={"text": "Less."},
)
ACCEPTED = entry(2, "AmendmentAccepted", None, amendment="m", final=True, becomes=2, reopens=True)


def test_an_amendment_after_an_objection_is_told_with_what_had_been_asked_for():
    told_now = heard(OBJECTION, ACCEPTED, entry(3, "StancesStated", "BLR", item="i", stances=[stance("p1", "ACCEPT")]))
    assert told_now[1] == ("accepts the amendment of KGZ to clause 1.1", "Belarus had asked for: Less.")
    assert told_now[2] == ("can live with clause 1.1: it says what had been asked for", "")


def test_an_objection_withdrawn_after_other_words_is_told_as_met():
    told_now = heard(OBJECTION, ACCEPTED, entry(3, "ObjectionWithdrawn", "BLR", provision="p1"))
    assert told_now[2][0] == "withdraws the objection to clause 1.1: it says what had been asked for"


def test_nothing_is_claimed_for_others_for_other_clauses_or_without_other_words():
    stated = entry(3, "StancesStated", "KAZ", item="i", stances=[stance("p1", "ACCEPT")])
    elsewhere = entry(4, "StancesStated", "BLR", item="i", stances=[stance("p2", "ACCEPT")])
    on_another = entry(5, "StancesStated", "BLR", item="i", stances=[stance("p1", "ACCEPT", "a")])
    still = entry(6, "StancesStated", "BLR", item="i", stances=[stance("p1", "OBJECT")])
    lines = heard(OBJECTION, ACCEPTED, stated, elsewhere, on_another, still)
    lines += heard(OBJECTION, entry(2, "ObjectionWithdrawn", "BLR", provision="p1"))
    lines += heard(
        OBJECTION, ACCEPTED | {"detail": {"amendment": "m", "final": False, "becomes": None, "reopens": False}}, stated
    )
    assert not [did for did, _ in lines if "asked for" in did]


def test_an_entry_that_has_no_line_of_its_own_is_named_by_the_one_it_goes_with():
    here = stage()
    for each in (OBJECTION, ACCEPTED):
        here.hear(each)
        line = told(here, each)
        assert line
        here.lines = (*here.lines, line)
    assert [here.line_of(seq) for seq in (0, 1, 2, 9)] == [None, *here.lines, here.lines[-1]]
