"""Sittings played over GraphQL by the chair, who enters what each seat says, up to the moments that a board shows.

Why through the API: what a page shows is then what a real sitting leaves in the database.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from server.demo.client import shown_as_input
from server.scenarios.loader import shipped
from tests.serving import Server

T = TypeVar("T")

PATIENCE_SECONDS = 60
"""How long an answer, or what workers compute, may take on a busy machine."""
SECRET = "Because our own border posts have no radio."
"""Interests, which are on no page."""
TEXT = """query($id: ID!) { session(id: $id) { head { seq } delegations { code standing } agenda { id number
  text { state provisions { id number revision state alternatives { id seat } amendments { id state }
    versions { language status stale } } }
  call { unanswered } convergence { basis } } } }"""


@dataclass
class Sitting:
    """A session with its chair, who speaks for everybody."""

    server: Server
    id: str
    chair: str
    seats: list[str]
    partners: list[str]

    def do(self, mutation: str, **input: Any) -> dict[str, Any]:
        """Give a command that must be accepted."""
        done = self.server.give(mutation, self.chair, sessionId=self.id, **input)
        assert done["__typename"].endswith("Payload"), (mutation, done)
        return done

    def when(self, code: str, mutation: str, **input: Any) -> None:
        """Give a command as soon as it is not refused with this code any more."""

        def accepted() -> bool:
            done = self.server.give(mutation, self.chair, sessionId=self.id, **input)
            assert done.get("code", code) == code, done
            return done["__typename"].endswith("Payload")

        until(accepted)

    def session(self) -> dict[str, Any]:
        return self.server.ask(TEXT, self.chair, id=self.id)["session"]

    def item(self, number: int = 1) -> dict[str, Any]:
        return self.session()["agenda"][number - 1]

    def clause(self, number: int, item: int = 1) -> dict[str, Any]:
        return self.item(item)["text"]["provisions"][number - 1]

    def state(self, seat: str, levels: str, item: int = 1, **more: Any) -> None:
        """Stances on the first clauses by their letters, "SAN.O"; a dot says nothing."""
        provisions = self.item(item)["text"]["provisions"]
        words = {"S": "SUPPORT", "A": "ACCEPT", "N": "NEUTRAL", "R": "RESERVE", "O": "OBJECT"}
        stances = [
            {"provisionId": provision["id"], "level": words[letter], **(more if letter in "RO" else {})}
            for provision, letter in zip(provisions, levels, strict=False)
            if letter in words
        ]
        self.do("stateStances", seat=seat, itemId=self.item(item)["id"], stances=stances)

    def settled(self) -> None:
        """Wait until the figures are those of what was said."""
        query = "query($id: ID!) { session(id: $id) { lag { events } agenda { convergence { basis } } } }"

        def computed() -> bool:
            found = self.server.ask(query, self.chair, id=self.id)["session"]
            return not found["lag"]["events"] and found["agenda"][0]["convergence"] is not None

        until(computed)


def until(asked: Callable[[], T]) -> T:
    """What is answered in the end, asked for again and again until there is something."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not (answer := asked()):
        assert time.monotonic() < deadline, f"after {PATIENCE_SECONDS} seconds it was still {answer!r}"
        time.sleep(0.1)
    return answer


def scheduled(server: Server, scenario: str = "sco-sustainable-security", **changes: Any) -> Sitting:
    """A session of a scenario that ships, with changes, with a chair; not yet open."""
    definition = shown_as_input(replace(shipped(scenario), **changes))
    made = server.give("scheduleSession", definition=definition, fields="session { id delegations { code standing } }")
    assert made["__typename"] == "ScheduleSessionPayload", made
    session = made["session"]
    admitted = server.give("admitPerson", sessionId=session["id"], role="CHAIR", name="The chair", fields="token")
    seats = [each["code"] for each in session["delegations"] if each["standing"] == "MEMBER"]
    partners = [each["code"] for each in session["delegations"] if each["standing"] != "MEMBER"]
    return Sitting(server, session["id"], admitted["token"], seats, partners)


def opened(sitting: Sitting) -> Sitting:
    """The first sitting is open, its roll called, and item 1 taken up."""
    sitting.do("openSession")
    sitting.do("recordRollCall", present=sitting.seats[:-1])
    sitting.do("openItem", itemId=sitting.item()["id"])
    return sitting


CAN_BE_KEPT = "Thirty days cannot be kept by border units that are moved at short notice."
FOURTEEN = "Fourteen days, or as soon as the exercise is ordered."


def negotiated(sitting: Sitting) -> Sitting:
    """Stances, a bracket with two more wordings and their backers, a concern, a partner's concern, one carried over."""
    for seat, levels in zip(sitting.seats, STANCES, strict=False):
        sitting.state(seat, levels, reason=CAN_BE_KEPT, wouldBeRemovedBy=FOURTEEN)
    if sitting.partners:
        sitting.state(sitting.partners[0], "SA.AS")
        sitting.state(
            sitting.partners[-1],
            "..O",
            reason="A contact line needs a common technical standard.",
            wouldBeRemovedBy="Name the standard in an annex.",
        )
    bracketed = sitting.clause(2)
    wordings = (
        ("KAZ", "en", "Member States shall inform one another, in good time, of exercises near shared borders."),
        ("CHN", "zh-Hans", "成员国应至迟提前十四天相互通报在共同边界附近举行的军事演习。"),
        ("RUS", "ru", "Государства-члены заблаговременно, как правило за четырнадцать дней, информируют друг друга."),
    )
    for seat, language, text in wordings:
        sitting.do("proposeAlternative", seat=seat, provisionId=bracketed["id"], text=text, language=language)
    first = sitting.clause(2)["alternatives"][0]["id"]
    for seat in ("KGZ", "TJK", "UZB"):
        stance = {"provisionId": bracketed["id"], "alternativeId": first, "level": "SUPPORT"}
        sitting.do("stateStances", seat=seat, itemId=sitting.item()["id"], stances=[stance])
    changed = sitting.clause(4)
    sitting.do(
        "proposeAmendment", seat="IRN", provisionId=changed["id"], revision=changed["revision"], language="en",
        text="Contact points against terrorism, separatism and extremism shall exchange assessments twice a year.",
    )  # fmt: skip
    sitting.do("acceptAmendment", amendmentId=sitting.clause(4)["amendments"][0]["id"])
    later = sitting.clause(5)
    sitting.do(
        "proposeAmendment", seat="IND", provisionId=later["id"], revision=later["revision"], language="en",
        text="A dialogue on perceptions of security shall be held every second year.",
    )  # fmt: skip
    return sitting


STANCES = ("SASSS", "SAAS.", "SOASA", "AASRS", "SSSAS", "SRSAN", "AO.SS", "SSASS", "S.S.S")


def called(sitting: Sitting) -> Sitting:
    """The bracket is closed with Kazakhstan's wording, the text cleaned and called. India's objection to what stood
    there before is not answered yet, Pakistan's is maintained, Iran's is new.
    """
    first = sitting.clause(2)
    sitting.do("circulateText", itemId=sitting.item()["id"])
    for provision in sitting.item()["text"]["provisions"]:
        if provision["state"] == "BRACKETED":
            chosen = provision["alternatives"][0]["id"]
            sitting.do("closeBracket", provisionId=provision["id"], alternativeId=chosen)
    provided(sitting)
    sitting.do("cleanText", itemId=sitting.item()["id"])
    sitting.when("CIRCULATION_RUNNING", "callForConsensus", itemId=sitting.item()["id"])
    sitting.do("maintainObjection", seat="PAK", itemId=sitting.item()["id"], provisionId=first["id"])
    sitting.do(
        "raiseObjection", seat="IRN", itemId=sitting.item()["id"], provisionId=sitting.clause(3)["id"], language="en",
        reason="The duty officers’ languages are left open.",
        wouldBeRemovedBy="Say that one common language is agreed between neighbours.",
    )  # fmt: skip
    return sitting


def provided(sitting: Sitting) -> None:
    """Every language version that is missing, or older than its clause, is given by the secretariat."""
    words = {"ru": "Перевод пункта {n}.", "zh-Hans": "第{n}段的译文。"}
    for provision in sitting.item()["text"]["provisions"]:
        for each in provision["versions"]:
            if each["stale"] or each["status"] == "MISSING":
                text = words[each["language"]].format(n=provision["number"])
                sitting.do("provideVersion", provisionId=provision["id"], language=each["language"], text=text)


def blocked(sitting: Sitting) -> Sitting:
    """India maintains its objection, and the call is closed with three of them; then Belarus and China, too, say that
    they cannot live with a clause.
    """
    item = sitting.item()["id"]
    sitting.do("maintainObjection", seat="IND", itemId=item, provisionId=sitting.clause(2)["id"])
    sitting.when("WINDOW_OPEN", "closeCall", itemId=item)
    for seat, clause, language, reason, remedy in (
        ("BLR", 4, "ru", "Это противоречит нашему закону.", "Обмениваться оценками раз в год."),
        ("CHN", 5, "zh-Hans", "每年一次过于频繁。", "改为每两年举行一次，由轮值主席国筹备。"),
    ):
        stance = {"provisionId": sitting.clause(clause)["id"], "level": "OBJECT"}
        said = {"reason": reason, "wouldBeRemovedBy": remedy}
        sitting.do("stateStances", seat=seat, itemId=item, language=language, stances=[stance | said])
    sitting.settled()
    return sitting


def adopted(sitting: Sitting) -> Sitting:
    """All objections are withdrawn, opinions placed on record, and nobody objects."""
    item, second, third = sitting.item()["id"], sitting.clause(2)["id"], sitting.clause(3)["id"]
    for seat, provision in (("PAK", second), ("IND", second), ("IRN", third)):
        sitting.do("withdrawObjection", seat=seat, itemId=item, provisionId=provision, level="RESERVE")
    opinions = (
        ("PAK", second, "RESERVATION", "en", "We read “in good time” as thirty days where that can be done."),
        ("CHN", None, "INTERPRETATION", "zh-Hans", "我们理解，通报不涉及例行的小规模训练。"),
        ("RUS", second, "INTERPRETATION", "ru", "Под учениями понимаются манёвры на уровне бригады и выше."),
    )
    for seat, provision, kind, language, text in opinions:
        sitting.do(
            "placeOpinionOnRecord", seat=seat, itemId=item, kind=kind, provisionId=provision, language=language,
            text=text,
        )  # fmt: skip
    sitting.when("WINDOW_OPEN", "closeCall", itemId=item)
    return sitting


def ended(sitting: Sitting) -> Sitting:
    """The next item fails, as one seat cannot live with its text and another not with what is proposed instead; it is
    deferred, the last not taken up, and the record sealed.
    """
    item, clause = sitting.item(2)["id"], sitting.clause(3, item=2)["id"]
    sitting.do("openItem", itemId=item)
    sitting.state("KAZ", "..O", item=2, reason="Не все таможенные посты подключены.", wouldBeRemovedBy="A later date.")
    sitting.do(
        "proposeAlternative", seat="KAZ", provisionId=clause, text="Documents shall be recognised.", language="en"
    )
    instead = {"provisionId": clause, "alternativeId": sitting.clause(3, item=2)["alternatives"][0]["id"]}
    reason = {"level": "OBJECT", "reason": "Without a date nothing is promised.", "wouldBeRemovedBy": "A date."}
    sitting.do("stateStances", seat="CHN", itemId=item, language="en", stances=[instead | reason])
    sitting.do("deferItem", itemId=item, reason="No date is acceptable to all.", language="en")
    sitting.do("closeSession")
    sitting.do("sealSession")
    return sitting
