"""Moves: what a viewer may do in a session now, on what, and why not otherwise.

Why asked of the rules each time and never kept: an answer holds for the entry at which the record ends, and for the
moment; the next act or the next minute may change it.
"""

from collections.abc import Callable
from itertools import count
from typing import Any

from polylogue.commands import Command
from polylogue.moves import Answer, Target, available
from polylogue.occasion import Occasion
from polylogue.refusals import Refusal
from polylogue.state import Admission, Amendment, State, Wording
from polylogue.vocabulary import (
    AlternativeId,
    AmendmentId,
    CallId,
    CandidateId,
    Hash,
    ItemId,
    LanguageTag,
    PersonId,
    ProvisionId,
    SeatCode,
    Seq,
    SessionId,
)
from schema.api.actions import ACTIONS, action_of
from schema.api.context import Context, Newest
from schema.api.errors import ApiError, ErrorCode
from schema.api.inputs import input_path, input_type_of
from schema.api.naming import load_names
from schema.api.results import Refused, shown_refused
from schema.api.selection import Selection
from schema.api.standpoint import OF_THE_SITE, Reader
from schema.api.values import Text, in_language, shown

MOST_AT_ONCE = 10
"""Sessions in which one operation may ask: each answer tries a hundred commands."""
LONGEST_WORDS = 60
"""Characters of a wording that a label repeats."""
NOBODY = PersonId("")
"""Who tries: what the viewer is in the session is given with it."""


@shown
class MoveTarget:
    """What a move is about, named as far as the answer depends on it: by an item alone where it is so for everything of
    the item. `language` is that of a version, `seq` the entry that would be corrected, `withdraw` that the call is
    taken back.

    The `label` is the place in the agenda and the text and the first words, such as "1.2 Water is shared."
    """

    item_id: ItemId | None
    provision_id: ProvisionId | None
    alternative_id: AlternativeId | None
    amendment_id: AmendmentId | None
    candidate_id: CandidateId | None
    call_id: CallId | None
    language: LanguageTag | None
    seq: Seq | None
    withdraw: bool
    label: str | None
    allowed: bool
    refusal: Refused | None


@shown
class Move:
    """A mutation that is the viewer's to give, with the name of its input type, on what it is possible now, and why not
    otherwise. It is `allowed` where it is possible on something; `refusal` is why it is possible on nothing.

    It was tried with the plainest input there is: what is allowed may still be refused for what is said in it.
    """

    mutation: str
    input: str
    allowed: bool
    refusal: Refused | None
    targets: list[MoveTarget]


async def available_moves(
    context: Context, session: SessionId, seat: SeatCode | None, reader: Reader, asked: Selection
) -> list[Move]:
    """The viewer's moves in a session, for a seat or, where it is null, of their own office and seat."""
    context.tried += 1
    if context.tried > MOST_AT_ONCE:
        message = f"What may be done can be asked in at most {MOST_AT_ONCE} sessions at once."
        raise ApiError(ErrorCode.VARIABLES_INVALID, message)
    return await context.newest(session, lambda newest: moves(newest, session, seat, reader, asked)) or []


def moves(newest: Newest, session: SessionId, seat: SeatCode | None, reader: Reader, asked: Selection) -> list[Move]:
    """Takes its time: milliseconds for an agenda of three items."""
    standpoint = reader.standpoint
    occasion = Occasion(
        at=newest.at,
        person=NOBODY,
        ids=(f"fresh {number}" for number in count()),
        site_roles=standpoint.roles & OF_THE_SITE,
        seat=seat,
        prose=newest.prose,
        recorded=newest.recorded,
        root=lambda: Hash("0" * 64),
        model=newest.model,
    )
    asker = Admission(standpoint.roles - OF_THE_SITE, standpoint.seats)
    label = _labels(newest, session, reader) if "label" in asked.below("targets") else _no_label
    return [
        Move(
            mutation=action,
            input=input_type_of(move.command).__name__,
            allowed=move.allowed,
            refusal=_refused(move.command, move.refusal, reader),
            targets=[_target(move.command, answer, label, reader) for answer in move.answers],
        )
        for move in available(newest.state, asker, occasion)
        if (action := action_of(move.command)) in ACTIONS
    ]


def _target(
    command: type[Command], answer: Answer, label: Callable[[Target], str | None], reader: Reader
) -> MoveTarget:
    target = answer.target
    return MoveTarget(
        item_id=target.item,
        provision_id=target.provision,
        alternative_id=target.alternative,
        amendment_id=target.amendment,
        candidate_id=target.candidate,
        call_id=target.call,
        language=target.language,
        seq=target.entry,
        withdraw=target.withdraw,
        label=label(target),
        allowed=answer.refusal is None,
        refusal=_refused(command, answer.refusal, reader),
    )


def _refused(command: type[Command], refusal: Refusal | None, reader: Reader) -> Refused | None:
    if refusal is None:
        return None
    return shown_refused(refusal, input_path(input_type_of(command), refusal.path), reader.language, reader.now)


# ── labels ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def _no_label(_: Target) -> None:
    return None


def _labels(newest: Newest, session: SessionId, reader: Reader) -> Callable[[Target], str | None]:
    state, names = newest.state, load_names(newest.connection, session)
    languages = (reader.language, state.working)
    places = {
        clause.id: f"{item.number}.{place}"
        for item in state.items.values()
        for place, clause in enumerate(state.in_text(item), 1)
    }

    def label(target: Target) -> str | None:
        if target.entry is not None:
            entry = newest.recorded(target.entry)
            return f"{target.entry} {type(entry.event).__name__}" if entry else None
        if target.item is None:
            return None
        number = str(state.items[target.item].number)
        place = places.get(target.provision or ProvisionId(""), number)
        if target.amendment:
            return _of_amendment(newest, state.amendments[target.amendment], place, languages)
        if target.candidate:
            return f"{number} #{_number(state, target.item, target.candidate)}"
        if target.alternative:
            proposers = ", ".join(state.proposers(target.alternative))
            wording = state.alternatives[target.alternative].wording
            return f"{place} {_said(proposers, _words(newest, wording, languages))}"
        if target.provision:
            return f"{place} {_words(newest, state.provisions[target.provision].wording, languages)}".strip()
        return f"{number}. {_title(names.get(target.item, []), languages)}".strip()

    return label


def _number(state: State, item: ItemId, candidate: CandidateId) -> int:
    """A candidate's number in its round."""
    return [each.id for each in state.rounds[item][-1].proposed.candidates].index(candidate) + 1


def _of_amendment(newest: Newest, amendment: Amendment, place: str, languages: tuple[LanguageTag, ...]) -> str:
    return f"{place} {_said(amendment.seat, _words(newest, amendment.wording, languages))}"


def _said(by: str, words: str) -> str:
    return ": ".join(part for part in (by, words) if part)


def _title(texts: list[Text], languages: tuple[LanguageTag, ...]) -> str:
    return _cut(in_language(texts, languages) or "")


def _words(newest: Newest, wording: Wording, languages: tuple[LanguageTag, ...]) -> str:
    """The first words of a wording, in the first of these languages it has, else in its own."""
    in_order: list[Any] = [at for tag in languages for at in wording if at.language == tag]
    said = (newest.prose(at.seq, at.pointer) for at in (*in_order, *wording))
    return _cut(next((words for words in said if words), ""))


def _cut(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= LONGEST_WORDS else f"{line[: LONGEST_WORDS - 1].rstrip()}…"
