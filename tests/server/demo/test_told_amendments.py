"""What the demo tells of amendments of every kind, and where the clauses stand afterwards."""

from typing import Any

import pytest

from server.demo.stage import OnStage, Stage
from server.demo.telling import told

WORDS = [{"text": "Twice."}]


class Hall:
    """A stage with one item of two clauses, and what it tells."""

    def __init__(self) -> None:
        self.stage = Stage(items={"i": OnStage(1, "i", "Water", clauses=("p1", "p2"))})
        self.seq = 0

    def tell(self, kind: str, seat: str | None = "KAZ", **detail: Any) -> str:
        self.seq += 1
        entry = {"seq": self.seq, "kind": kind, "seat": seat, "actor": {"role": "CHAIR"}, "detail": detail}
        self.stage.hear(entry)
        line = told(self.stage, entry)
        assert line
        return line.did

    def propose(self, would: str, provision: str = "p1", **more: Any) -> str:
        given = {"amendment": f"m{self.seq}", "item": "i", "provision": provision, "would": would, "behind": None}
        given |= {"amends": None, "reason": None, "versions": WORDS if would in ("REPLACE", "INSERT_AFTER") else []}
        return self.tell("AmendmentProposed", **(given | more))

    def accept(self, amendment: str, *, final: bool = True, becomes: int | None = None) -> str:
        return self.tell("AmendmentAccepted", None, amendment=amendment, final=final, becomes=becomes, reopens=False)

    @property
    def clauses(self) -> tuple[str, ...]:
        return self.stage.items["i"].clauses


@pytest.mark.parametrize(
    ("would", "more", "did", "clauses"),
    [
        ("REPLACE", {}, "amend clause 1.1", ("p1", "p2")),
        ("DELETE", {}, "take out clause 1.1", ("p1", "p2")),
        ("MOVE", {"behind": "p2"}, "have clause 1.1 stand behind clause 1.2", ("p2", "p1")),
        ("MOVE", {"provision": "p2"}, "have clause 1.2 stand at the beginning", ("p2", "p1")),
        ("INSERT_AFTER", {"provision": "p3"}, "put in a clause at the beginning", ("p3", "p1", "p2")),
        (
            "INSERT_AFTER", {"provision": "p3", "behind": "p1"}, "put in a clause behind clause 1.1", ("p1", "p3", "p2")
        ),
    ],
)  # fmt: skip
def test_a_proposal_is_told_and_made(would: str, more: dict[str, Any], did: str, clauses: tuple[str, ...]):
    hall = Hall()
    assert hall.propose(would, **more) == f"proposes to {did}"
    assert hall.accept("m0", final=False).endswith("; other sponsors are still asked")
    assert hall.clauses == ("p1", "p2")
    assert hall.accept("m0").startswith("accepts the ")
    assert hall.clauses == clauses


def test_words_of_an_amendment_are_amended_revised_and_taken_back():
    hall = Hall()
    hall.propose("REPLACE")
    assert hall.propose("REPLACE", amends="m0") == "proposes to reword the amendment of KAZ"
    assert hall.accept("m1") == "accepts the proposal of KAZ to reword the amendment of KAZ"
    assert hall.tell("AmendmentRevised", amendment="m0", versions=WORDS) == "revises its amendment to amend clause 1.1"
    assert hall.tell("AmendmentWithdrawn", amendment="m0") == "takes back its proposal to amend clause 1.1"


def test_sponsors_come_and_go():
    hall = Hall()
    assert hall.tell("SponsorJoined", provision="p2") == "becomes a sponsor of clause 1.2"
    assert hall.tell("SponsorLeft", provision="p2") == "leaves the sponsors of clause 1.2"
