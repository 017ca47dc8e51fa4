"""Named guards: conditions that are no numbers, switched on by a rule set's row.

Why a closed list: a rule set is data and cannot bring code; what it may ask for is written and tested here.
"""

from collections.abc import Collection, Mapping, Sequence

from polylogue.calls import Call
from polylogue.drafting.distance import plain
from polylogue.drafting.provenance import Objection, keeps
from polylogue.procedure import answers
from polylogue.procedure.matter import Matter
from polylogue.refusals import RefusalCode, Refused
from polylogue.rules.ruleset import Guard
from polylogue.stances import Held
from polylogue.state import Amendment, Item, Provision, Wording
from polylogue.versions import unfit
from polylogue.vocabulary import (
    AlternativeId,
    LanguageTag,
    ObjectionState,
    ProvisionState,
    SeatCode,
    SessionPhase,
    StanceLevel,
)

BACKING = (StanceLevel.SUPPORT, StanceLevel.ACCEPT)
"""Stances by which a delegation stands behind a wording."""

IN_FORCE = (ObjectionState.RAISED, ObjectionState.MAINTAINED)


def no_call_open(matter: Matter) -> None:
    """NO_CALL_OPEN: at most one call in a session, and none is left behind."""
    if matter.guards(Guard.NO_CALL_OPEN) and (call := matter.state.call):
        raise matter.refuse(RefusalCode.CALL_OPEN, number=matter.state.items[call.item].number)


def sponsor(matter: Matter, sponsors: Sequence[SeatCode | None]) -> None:
    """SPONSOR: one of the sponsors; of opening or tabled text, the chair, which is null."""
    if matter.guards(Guard.SPONSOR) and matter.acting.seat not in sponsors:
        raise matter.refuse(RefusalCode.NOT_SPONSOR, sponsor=", ".join(seat or "CHAIR" for seat in sponsors))


def proposer(matter: Matter, amendment: Amendment) -> None:
    """PROPOSER: who proposed the amendment."""
    if matter.guards(Guard.PROPOSER) and matter.acting.seat != amendment.seat:
        raise matter.refuse(RefusalCode.NOT_SPONSOR, sponsor=amendment.seat)


def not_objected(matter: Matter, provision: Provision, wordings: Collection[AlternativeId | None]) -> None:
    """NOT_OBJECTED: no OBJECT that counts stands on a wording that is chosen; null is the present text.

    Several are given where what they have in common is chosen: a delegation that objects to one of them and can live
    with another does not object to that. Of a delegation that has said nothing on these, what it has said on another
    wording with the same words counts: another space or capital letter makes no other words.
    """
    if not matter.guards(Guard.NOT_OBJECTED):
        return
    objections: dict[SeatCode, Held] = {}
    alike = _alike(matter, provision, wordings)
    authors = {seat for id in wordings for seat in (matter.state.alternatives[id] if id else provision).authors}
    answered = {id: answers.to_wording(matter, provision, id) for id in {*wordings, *alike}}
    for seat in matter.state.eligible():
        counted = _in_force(matter, seat, provision, wordings, answered)
        if not counted and seat not in authors:
            counted = _in_force(matter, seat, provision, alike, answered)
        if counted and all(held.level is StanceLevel.OBJECT for held in counted):
            objections[seat] = counted[0]
    if objections:
        raise objected(matter, provision, objections)


def objected(
    matter: Matter, provision: Provision, objections: Mapping[SeatCode, Held], *, path: tuple[str, ...] = ()
) -> Refused:
    """The refusal of a choice against these objections, at least one, in the words of the first."""
    first = next(iter(objections.values()))
    reason = matter.occasion.prose(first.seq, f"/stances/{first.place}/reason") or ""
    seats = ", ".join(objections)
    return matter.refuse(
        RefusalCode.BRACKET_OBJECTED,
        path=path,
        seats=seats,
        clause=matter.clause(provision),
        id=provision.id,
        reason=reason,
    )


def kept(matter: Matter, provision: Provision, text: str, language: LanguageTag) -> dict[SeatCode, Held]:
    """The OBJECTs in force on wordings of a clause, by eligible seat, of which a text keeps all that is objected to."""
    words: dict[AlternativeId | None, str] = {}
    wordings = {id: matter.state.alternatives[id].wording for id in provision.alternatives}
    for id, wording in ({None: provision.wording} | wordings).items():
        if words_there := matter.occasion.prose(wording[0].seq, wording[0].pointer):
            words[id] = words_there
    found: dict[SeatCode, Held] = {}
    answered = {id: answers.to_wording(matter, provision, id) for id in words}
    for seat in matter.state.eligible():
        stated = {id: held for id in words for held in _in_force(matter, seat, provision, [id], answered)}
        backed = tuple(words[id] for id, held in stated.items() if held.level in BACKING)
        for id, held in stated.items():
            if held.level is not StanceLevel.OBJECT or _asks_for(matter, held, text, language):
                continue
            if keeps(text, Objection(seat, words[id], backed), language):
                found.setdefault(seat, held)
    return found


def _asks_for(matter: Matter, held: Held, text: str, language: LanguageTag) -> bool:
    """Whether a text is what would remove an objection, as its holder has said."""
    wanted = matter.occasion.prose(held.seq, f"/stances/{held.place}/wouldBeRemovedBy")
    return wanted is not None and plain(wanted, language) == plain(text, language)


def _in_force(
    matter: Matter,
    seat: SeatCode,
    provision: Provision,
    wordings: Collection[AlternativeId | None],
    answered: Mapping[AlternativeId | None, Mapping[SeatCode, answers.Answer]],
) -> list[Held]:
    """What a seat has stated on these wordings of a clause as they are now, or answered to them: of each the newest."""
    stated = matter.state.held(seat)
    found: list[Held] = []
    for wording in wordings:
        target, answer = (provision.id, wording), answered.get(wording, {}).get(seat)
        held = stated.get(target)
        if held and not matter.state.carried(target, held):
            found.append(answer.held if answer and answer.held.seq > held.seq else held)
        elif answer:
            found.append(answer.held)
    return found


def words_of(matter: Matter, wording: Wording) -> object:
    """What a wording says in its first language; where that was erased, which wording it is."""
    text = matter.occasion.prose(wording[0].seq, wording[0].pointer)
    return wording if text is None else (wording[0].language, text)


def _bare(words: object) -> object:
    """What `words_of` a wording gives, without what makes no other words of them."""
    match words:
        case (str(language), str(text)):
            return language, plain(text, language)
        case erased:
            return erased


def _alike(
    matter: Matter, provision: Provision, wordings: Collection[AlternativeId | None]
) -> list[AlternativeId | None]:
    """The wordings on the table that have the same words as one of these, however they are spaced or capitalised."""
    others = {id: _bare(words_of(matter, matter.state.alternatives[id].wording)) for id in provision.alternatives}
    says: dict[AlternativeId | None, object] = {None: _bare(words_of(matter, provision.wording)), **others}
    said = [says[wording] for wording in wordings if wording in says]
    return [id for id, words in says.items() if words in said]


def provision_left(matter: Matter, item: Item) -> None:
    """PROVISION_LEFT: a provision that is not withdrawn."""
    if matter.guards(Guard.PROVISION_LEFT) and not matter.state.in_text(item):
        raise matter.refuse(RefusalCode.PROVISION_MISSING, number=item.number)


def no_bracket(matter: Matter, item: Item) -> None:
    """NO_BRACKET: no provision has open alternatives."""
    left = sum(p.state is ProvisionState.BRACKETED for p in matter.state.in_text(item))
    if matter.guards(Guard.NO_BRACKET) and left:
        raise matter.refuse(RefusalCode.BRACKETS_OPEN, number=item.number, left=left)


def supported(matter: Matter, item: Item) -> None:
    """SUPPORTED: the record says of each clause whose words it has, or a member says that it can go with them."""
    if not matter.guards(Guard.SUPPORTED):
        return
    for provision in matter.state.in_text(item):
        if not provision.supported and not _backed(matter, provision):
            raise matter.refuse(RefusalCode.TEXT_UNSUPPORTED, clause=matter.clause(provision), id=provision.id)


def _backed(matter: Matter, provision: Provision) -> bool:
    """Whether a member's newest word on the clause as it stands is that it could go with it."""
    answered: dict[AlternativeId | None, dict[SeatCode, answers.Answer]]
    answered = {None: answers.to_wording(matter, provision, None)}
    said = (_in_force(matter, seat, provision, [None], answered) for seat in matter.state.eligible())
    return any(held.level in BACKING for each in said for held in each)


def authentic_versions(matter: Matter, item: Item) -> None:
    """AUTHENTIC_VERSIONS: each clause stands in every authentic language, and none of these versions is stale."""
    if not matter.guards(Guard.AUTHENTIC_VERSIONS):
        return
    left = [(provision, *found) for provision in matter.state.in_text(item) for found in unfit(matter.state, provision)]
    for provision, language, version in left[:1]:
        code = RefusalCode.VERSION_STALE if version else RefusalCode.VERSION_MISSING
        more: str | int = len(left) - 1 or ""
        raise matter.refuse(code, clause=matter.clause(provision), language=language, id=provision.id, more=more)


def own_language(matter: Matter, language: LanguageTag) -> None:
    """OWN_LANGUAGE: a delegation gives and confirms versions in the languages that it speaks; officers in all."""
    seat = matter.acting.seat
    if seat is None or not matter.guards(Guard.OWN_LANGUAGE):
        return
    spoken = matter.state.languages.get(seat, ())
    if language.partition("-")[0] not in {tag.partition("-")[0] for tag in spoken}:
        raise matter.refuse(
            RefusalCode.LANGUAGE_NOT_SPOKEN, path=("language",), seat=seat, language=language, allowed=", ".join(spoken)
        )


def quorum(matter: Matter) -> None:
    """QUORUM: enough of those who may decide were present at this sitting's roll call."""
    if not matter.guards(Guard.QUORUM):
        return
    roll_called(matter)
    present, needed = present_and_needed(matter)
    if present < needed:
        raise matter.refuse(RefusalCode.QUORUM_NOT_MET, present=present, needed=needed)


def roll_called(matter: Matter) -> None:
    """Who is present at this sitting is on record; without it neither a quorum nor the lack of one can be stated."""
    if matter.state.present is None:
        raise matter.refuse(RefusalCode.ROLL_CALL_MISSING, sitting=matter.state.sitting)


def present_and_needed(matter: Matter) -> tuple[int, int]:
    """How many of those who may decide are present, and how many are needed."""
    members = matter.state.eligible()
    present = matter.state.present or frozenset()
    return len(present.intersection(members)), matter.rules.quorum.needed(len(members))


def circulation_over(matter: Matter, item: Item) -> None:
    """CIRCULATION_OVER: delegations have had the text for the circulation period."""
    until = item.callable_from
    if matter.guards(Guard.CIRCULATION_OVER) and (until is None or matter.occasion.at < until):
        raise matter.refuse(RefusalCode.CIRCULATION_RUNNING, number=item.number, until=until or "")


def sitting_running(matter: Matter, item: Item) -> None:
    """SITTING_RUNNING: the text is called, or was adopted in the sitting that still runs."""
    adopted = item.adopted_in_sitting
    running = matter.state.phase is SessionPhase.OPEN and adopted in (None, matter.state.sitting)
    if matter.guards(Guard.SITTING_RUNNING) and not running:
        raise matter.refuse(RefusalCode.SITTING_OVER, number=item.number, sitting=adopted or 0)


def window_over(matter: Matter, call: Call) -> None:
    """WINDOW_OVER: members have had the time to object."""
    if matter.guards(Guard.WINDOW_OVER) and matter.occasion.at < call.objections_until:
        raise matter.refuse(RefusalCode.WINDOW_OPEN, until=call.objections_until)


def answered(matter: Matter, call: Call) -> None:
    """ANSWERED: every member present has maintained or withdrawn what stood when the call opened."""
    present = matter.state.present or frozenset()
    missing = {o.seat for o in call.objections.values() if o.state is ObjectionState.STANDING and o.seat in present}
    if matter.guards(Guard.ANSWERED) and missing:
        raise matter.refuse(RefusalCode.ANSWERS_MISSING, seats=", ".join(sorted(missing)))
