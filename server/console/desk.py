"""What a chair may do, in the words of a chair: titles of acts, what each asks for, and under which heading it stands.

Why a table: an act more is a row here, and a test tries each row on the input type of its mutation.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from server.console.languages import marked
from server.console.pages import Answer

SITTING, ITEM, TEXT, MENDING = "sitting", "item", "text", "mending"
GROUPS = (ITEM, TEXT, SITTING, MENDING)
"""Headings, in the order in which a chair looks for something."""


@dataclass(frozen=True, slots=True)
class Act:
    """A mutation: what it is called, its heading, and the fields of its form besides what it is about.

    Fields: `reason` (`why` where it may be left out), `roll`, `arrivals`, `departures`, `title`, `decision`, `draft`,
    `text`, `brackets`, `bracket`. What is `final` asks for a second, deliberate step.
    """

    mutation: str
    title: str
    group: str
    fields: tuple[str, ...] = ()
    final: bool = False


ACTS = (
    Act("openSession", marked("Open the session"), SITTING),
    Act("resumeSession", marked("Resume the session"), SITTING),
    Act("recordRollCall", marked("Call the roll"), SITTING, ("roll",)),
    Act("noteArrival", marked("Note who has come"), SITTING, ("arrivals",)),
    Act("noteDeparture", marked("Note who has left"), SITTING, ("departures",)),
    Act("suspendSession", marked("Suspend the session"), SITTING, ("why",)),
    Act("closeSession", marked("Close the session"), SITTING, final=True),
    Act("reopenSession", marked("Reopen the session"), SITTING, ("reason",)),
    Act("sealSession", marked("Seal the record"), SITTING, final=True),
    Act("openItem", marked("Take up an item"), ITEM),
    Act("circulateText", marked("Circulate the text"), ITEM),
    Act("cleanText", marked("Declare the text clean"), ITEM),
    Act("callForConsensus", marked("Call for consensus"), ITEM, ("decision",)),
    Act("closeCall", marked("Close the call"), ITEM),
    Act("deferItem", marked("Leave an item for another time"), ITEM, ("reason",)),
    Act("addItem", marked("Add an item to the agenda"), ITEM, ("title",)),
    Act("requestDraft", marked("Ask for a draft"), TEXT, ("draft",)),
    Act("takeCandidate", marked("Make a candidate the text"), TEXT),
    Act("closeBracket", marked("Choose a wording"), TEXT),
    Act("acceptAmendment", marked("Accept an amendment"), TEXT),
    Act("mergeBrackets", marked("Treat several brackets as one"), TEXT, ("brackets",)),
    Act("splitBracket", marked("Take brackets apart that are treated as one"), TEXT, ("bracket",)),
    Act("withdrawProvision", marked("Take a clause out"), TEXT, final=True),
    Act("provideVersion", marked("Give a clause in another language"), TEXT, ("text",)),
    Act("confirmVersion", marked("Confirm a version in another language"), TEXT),
    Act("stepItemBack", marked("Undo the last step of an item"), MENDING, ("reason",)),
    Act("reopenCall", marked("Open a call again"), MENDING, ("reason",)),
    Act("rescindAdoption", marked("Rescind an adoption"), MENDING, ("reason",), final=True),
)
FOR_A_SEAT = (
    Act("stateStances", marked("A stance"), TEXT, ("stance",)),
    Act("raiseObjection", marked("An objection"), ITEM, ("objection",)),
    Act("maintainObjection", marked("An objection is maintained"), ITEM),
    Act("withdrawObjection", marked("An objection is withdrawn"), ITEM, ("level",)),
    Act("placeOpinionOnRecord", marked("An opinion on record"), ITEM, ("opinion",)),
    Act("postPosition", marked("A position"), ITEM, ("position",)),
    Act("proposeAlternative", marked("Another wording"), TEXT, ("words",)),
    Act("proposeAmendment", marked("An amendment"), TEXT, ("words",)),
    Act("acceptAmendment", marked("An amendment is accepted"), TEXT),
    Act("withdrawAmendment", marked("An amendment is withdrawn"), TEXT),
    Act("reopenText", marked("The text is taken back to the table"), ITEM, ("why",)),
)
"""What is entered for a seat. Fields besides: `stance`, `objection`, `level`, `opinion`, `position`, `words`."""
ELSEWHERE = frozenset(("admitPerson", "dismissPerson", "correctEntry", "tableDraft"))
"""Moves that have a place of their own: join cards, the last entries; and what comes from a program."""

OBVIOUS = frozenset(
    (
        "ITEM_PHASE", "TEXT_STATE", "UNKNOWN_REFERENCE", "NOT_BRACKETED", "BRACKET_NOT_CLOSED", "BRACKET_SINGLE",
        "VERSION_FITS", "VERSION_MISSING",
    )
)  # fmt: skip
"""Why a move is not possible on one thing among others, where nobody would look for it."""
IDS = ("itemId", "provisionId", "alternativeId", "amendmentId", "candidateId")
"""What a move is about, as members of its input."""
WORDED = ("amendmentId", "alternativeId", "provisionId")
WITH_ITEM = frozenset(("stateStances", "raiseObjection", "maintainObjection", "withdrawObjection"))
"""Moves on a clause that name its item as well."""
NESTED = {("stateStances", "provisionId"): "stances.0.provisionId"}
"""Members that lie deeper in the input."""
REVISION = {
    "mergeBrackets": "ifRevision", "splitBracket": "ifRevision", "proposeAlternative": "ifRevision",
    "stateStances": "stances.0.ifRevision", "proposeAmendment": "revision", "closeBracket": "ifRevision",
    "provideVersion": "ifRevision", "confirmVersion": "ifRevision",
}  # fmt: skip
"""Where a move on a clause says which revision its giver has looked at."""


@dataclass(frozen=True, slots=True)
class Aim:
    """What a move is about: `hidden` are the members of its input, `id` tells it from the others on the page."""

    id: str
    label: str | None
    hidden: tuple[tuple[str, str], ...]
    refusal: Mapping[str, Any] | None
    language: str | None = None
    withdraw: bool = False

    @property
    def wording(self) -> str:
        """Whose words it is about: an amendment's, an alternative's, else a clause's."""
        named = {name.rpartition(".")[2]: value for name, value in self.hidden}
        return next((named[name] for name in WORDED if name in named), "")

    @property
    def about(self) -> str:
        """The candidate or the item that it is about."""
        named = dict(self.hidden)
        return named.get("candidateId") or named.get("itemId", "")


@dataclass(frozen=True, slots=True)
class Move:
    """An act with what it is possible on now; `refused` are those near things on which it is not, and why."""

    act: Act
    possible: tuple[Aim, ...]
    refused: tuple[Aim, ...]
    refusal: Mapping[str, Any] | None

    def on(self, item: str) -> Aim | None:
        """What it is about in an item, possible or not."""
        return next((aim for aim in (*self.possible, *self.refused) if dict(aim.hidden).get("itemId") == item), None)


def moves(answer: Answer) -> dict[str, Move]:
    """The moves of a session's answer that are acts of the desk, by mutation."""
    return {move.act.mutation: move for move in moves_of(answer, ACTS)}


def moves_of(answer: Answer, acts: Iterable[Act]) -> list[Move]:
    """These acts as they are possible now, in their order."""
    found = {move["mutation"]: move for move in answer["availableMoves"]}
    return [_move(act, found[act.mutation], answer) for act in acts if act.mutation in found]


def grouped(found: Mapping[str, Move], without: Iterable[str]) -> Iterator[tuple[str, list[Move]]]:
    """What is possible, by heading, without what stands elsewhere on the page."""
    for group in GROUPS:
        possible = [m for m in found.values() if m.act.group == group and m.possible and m.act.mutation not in without]
        if possible:
            yield group, possible


def _move(act: Act, move: Answer, answer: Answer) -> Move:
    aims = [_aim(act, target, answer) for target in move["targets"] if not _written_by_seats(act, target)]
    return Move(
        act,
        possible=tuple(aim for aim in aims if aim.refusal is None),
        refused=tuple(aim for aim in aims if aim.refusal and aim.refusal["code"] not in OBVIOUS),
        refusal=move["refusal"],
    )


def _written_by_seats(act: Act, target: Answer) -> bool:
    """Whether it needs more than the desk notes: a clause put in, an amendment to an amendment."""
    return act.mutation == "proposeAmendment" and (not target["provisionId"] or bool(target["amendmentId"]))


def _aim(act: Act, target: Answer, answer: Answer) -> Aim:
    names = [name for name in IDS if target[name] and _takes(act, name, target)]
    hidden = [(NESTED.get((act.mutation, name), name), target[name]) for name in names]
    if target["language"]:
        hidden.append(("language", target["language"]))
    if target["withdraw"]:
        hidden.append(("withdraw", "true"))
    if target["provisionId"] and (revision := REVISION.get(act.mutation)):
        hidden.append((revision, str(_revision(target["provisionId"], answer))))
    return Aim(
        id="-".join((act.mutation, *(value for _, value in hidden))),
        label=target["label"],
        hidden=tuple(hidden),
        refusal=target["refusal"],
        language=target["language"],
        withdraw=target["withdraw"],
    )


def _takes(act: Act, name: str, target: Answer) -> bool:
    """Whether a member is in the input: most name a clause without its item, and an amendment without its clause."""
    match name:
        case "itemId":
            below = target["provisionId"] or target["amendmentId"] or target["candidateId"]
            return act.mutation in WITH_ITEM or not below
        case "provisionId":
            return not target["amendmentId"]
        case _:
            return True


def _revision(provision: str | None, answer: Answer) -> int:
    clauses = ((each["id"], each["revision"]) for item in answer["agenda"] for each in item["text"]["provisions"])
    return dict(clauses).get(provision or "", 0)
