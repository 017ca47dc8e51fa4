"""The matter at hand: whether a command is possible now, and for whom it is done.

Why before every chapter: who may act, in which phase and on which text is the rule set's table, asked in one place for
all commands.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from polylogue.commands import Command, ScheduleSession
from polylogue.events import Version
from polylogue.occasion import Acting, Actor, Occasion
from polylogue.procedure.words import refuse_text
from polylogue.record.prose import Said
from polylogue.refusals import Conflict, RefusalCode, Refused, refuse
from polylogue.rules.ruleset import CommandRule, Guard, RuleSet
from polylogue.rules.shelf import rule_set
from polylogue.state import Admission, Alternative, Amendment, Item, Provision, State, Wording
from polylogue.text import TextRefused, admit, admit_language
from polylogue.vocabulary import (
    AlternativeId,
    AmendmentId,
    CandidateId,
    Instant,
    ItemId,
    LanguageStatus,
    LanguageTag,
    Nature,
    ProvisionId,
    ProvisionState,
    Role,
    SeatCode,
    SessionPhase,
    TextState,
)

LIST_LIMIT = 200
"""How many elements a list in a command may have."""

ALTERNATIVES_LIMIT = 25
"""How many alternatives a bracket may hold."""

STANCES = "StateStances"
"""The command whose row says when stances are taken, by themselves or with a position."""

_CLAIMED_ID = re.compile(r"[ -~]{1,64}")


@dataclass(frozen=True, slots=True)
class Matter:
    """What a chapter decides on: the state, its rules, the command's row, who acts, and the occasion."""

    state: State
    rules: RuleSet
    row: CommandRule
    acting: Acting
    occasion: Occasion

    @property
    def seat(self) -> SeatCode:
        """The delegation the act is done for; refused where a house lets an officer do alone what needs a seat."""
        if self.acting.seat is None:
            raise self.refuse(RefusalCode.SEAT_AMBIGUOUS, path=("seat",), seats="")
        return self.acting.seat

    def fresh(self) -> str:
        return next(self.occasion.ids)

    def refuse(self, code: RefusalCode, *, path: tuple[str, ...] = (), **params: str | int) -> Refused:
        return refuse(code, self.row.rule, path=path, **params)

    def guards(self, guard: Guard) -> bool:
        """Whether the rule set switches this guard on for the command."""
        return guard in self.row.guards

    # -- things named by a command --

    def item(self, id: ItemId) -> Item:
        if found := self.state.items.get(id):
            return found
        raise self.refuse(RefusalCode.UNKNOWN_REFERENCE, path=("item",), kind="item", id=id)

    def provision(self, id: ProvisionId, *, path: tuple[str, ...] = ("provision",)) -> Provision:
        """A provision that is not withdrawn."""
        found = self.state.provisions.get(id)
        if found is None:
            raise self.refuse(RefusalCode.UNKNOWN_REFERENCE, path=path, kind="provision", id=id)
        if found.state is ProvisionState.WITHDRAWN:
            raise self.refuse(RefusalCode.PROVISION_WITHDRAWN, path=path, id=id)
        return found

    def clause(self, provision: Provision) -> str:
        """How a clause of the text is called where a sentence names it: "3.2", the second of item 3."""
        item = self.state.items[provision.item]
        return f"{item.number}.{self.state.in_text(item).index(provision) + 1}"

    def alternative(self, id: AlternativeId, of: Provision, *, path: tuple[str, ...] = ("alternative",)) -> Alternative:
        """An alternative of the provision whose bracket is open."""
        found = self.state.alternatives.get(id)
        if found is None or found.provision != of.id or not found.open:
            raise self.refuse(RefusalCode.UNKNOWN_REFERENCE, path=path, kind="alternative", id=id)
        return found

    def amendment(self, id: AmendmentId) -> Amendment:
        if found := self.state.amendments.get(id):
            return found
        raise self.refuse(RefusalCode.UNKNOWN_REFERENCE, path=("amendment",), kind="amendment", id=id)

    def seats(self, codes: Collection[SeatCode], *, path: tuple[str, ...]) -> tuple[SeatCode, ...]:
        """Codes of delegations of the session, each once, sorted."""
        self.within(codes, path=path)
        found = sorted(set(codes))
        for code in found:
            if code not in self.state.delegations:
                raise self.refuse(RefusalCode.UNKNOWN_REFERENCE, path=path, kind="delegation", id=code)
        return tuple(found)

    def fresh_revision(
        self, given: int | None, provision: Provision, *, path: tuple[str, ...] = ("ifRevision",)
    ) -> None:
        """Refuse a caller who looked at an older wording."""
        if given is not None and given != provision.revision:
            raise Refused(self.conflict(RefusalCode.REVISION_STALE, provision.revision, given, path=path))

    def conflict(
        self, code: RefusalCode, revision: int, given: int, *, path: tuple[str, ...] = ("ifRevision",)
    ) -> Conflict:
        return Conflict(
            code,
            self.row.rule,
            {"given": given, "current": revision},
            path,
            current_seq=self.state.seq,
            current_revision=revision,
        )

    def claimed(self, id: str, kind: str, *, path: tuple[str, ...]) -> str:
        """An id that is not of this session, and stands in the record as it was given: printable ASCII, not long."""
        if _CLAIMED_ID.fullmatch(id):
            return id
        raise self.refuse(RefusalCode.UNKNOWN_REFERENCE, path=path, kind=kind, id=ascii(id[:40]))

    # -- lists and texts --

    def within(
        self, values: Collection[object], *, path: tuple[str, ...], beside: int = 0, limit: int = LIST_LIMIT
    ) -> None:
        """Refuse a list that is too long, with what there is `beside` it."""
        if (size := len(values) + beside) > limit:
            raise self.refuse(RefusalCode.LIST_TOO_LONG, path=path, size=size, limit=limit)

    def once(self, entries: Iterable[str], *, path: tuple[str, ...]) -> None:
        """Refuse what is named twice."""
        named = tuple(entries)
        if len(set(named)) < len(named):
            twice = next(entry for i, entry in enumerate(named) if entry in named[:i])
            raise self.refuse(RefusalCode.DUPLICATE_ENTRY, path=path, entry=twice)

    def said(
        self,
        words: str,
        language: LanguageTag,
        *,
        path: tuple[str, ...] = ("text",),
        language_path: tuple[str, ...] | None = None,
    ) -> Said:
        """A text admitted to the record: normalised, and refused where it cannot be kept faithfully.

        Its language stands beside it in the input, or at `language_path`.
        """
        try:
            text = admit(words)
        except TextRefused as refused:
            raise refuse_text(refused, self.row.rule, path) from None
        return Said(self.language(language, path=language_path or (*path[:-1], "language")), text)

    def said_if(
        self,
        words: str | None,
        language: LanguageTag,
        *,
        path: tuple[str, ...],
        language_path: tuple[str, ...] | None = None,
    ) -> Said | None:
        """As `said`; nothing, or nothing but white space, is no text."""
        return self.said(words, language, path=path, language_path=language_path) if words and words.strip() else None

    def because(self, reason: str | None, language: LanguageTag) -> Said:
        """The reason of an act that needs one."""
        if said := self.said_if(reason, language, path=("reason",)):
            return said
        raise self.refuse(RefusalCode.REASON_MISSING, path=("reason",))

    def language(self, tag: LanguageTag, *, path: tuple[str, ...]) -> LanguageTag:
        """A language tag, admitted."""
        try:
            return LanguageTag(admit_language(tag))
        except TextRefused as refused:
            raise refuse_text(refused, self.row.rule, path) from None

    def wording(self, words: str, language: LanguageTag, *, path: tuple[str, ...] = ("text",)) -> tuple[Version, ...]:
        """A wording in one language version, authentic where the scenario says that language is."""
        return (version(self.said(words, language, path=path), self.state.authentic),)

    def differs(self, versions: Collection[Version], wording: Wording, *, path: tuple[str, ...] = ("text",)) -> None:
        """Refuse words that stand there already, in whatever language; white space around them is no difference."""
        there = {words.strip() for v in wording if (words := self.occasion.prose(v.seq, v.pointer)) is not None}
        if any(isinstance(v.text, Said) and v.text.words.strip() in there for v in versions):
            raise self.refuse(RefusalCode.WORDING_UNCHANGED, path=path)

    # -- when --

    def possible(self, item: Item, command: str, *, path: tuple[str, ...] = ()) -> None:
        """Refuse where the command's row does not name the phase the item is in, or the state of its text."""
        row = self.rules.commands.get(command, _NEVER)
        if item.phase not in row.item:
            raise self.refuse(
                RefusalCode.ITEM_PHASE, path=path, number=item.number, phase=item.phase, allowed=_listed(row.item)
            )
        if item.text not in row.text:
            in_call = item.text is TextState.CALLED and command == STANCES
            code = RefusalCode.STANCE_IN_CALL if in_call else RefusalCode.TEXT_STATE
            raise self.refuse(code, path=path, number=item.number, state=item.text, allowed=_listed(row.text))

    def also(self, item: Item, command: str, *, path: tuple[str, ...]) -> None:
        """Refuse what a command brings along where another command's row would not let the seat do it now."""
        row, seat = self.rules.commands.get(command, _NEVER), self.seat
        if self.state.phase not in row.session:
            raise self.refuse(
                RefusalCode.SESSION_PHASE, path=path, phase=self.state.phase, allowed=_listed(row.session)
            )
        if (standing := self.state.delegations[seat]) not in row.seat:
            raise self.refuse(RefusalCode.NOT_A_MEMBER, path=path, seat=seat, standing=standing)
        self.possible(item, command, path=path)


_NEVER = CommandRule("0.4", (), (), frozenset(), frozenset(), frozenset(), frozenset())
"""The row of a command that a rule set does not know: nobody may give it."""


def version(text: Said, authentic: Collection[LanguageTag]) -> Version:
    """A wording in one language, authentic where that language is."""
    language = LanguageTag(text.language)
    status = LanguageStatus.AUTHENTIC if language in authentic else LanguageStatus.WORKING
    return Version(language=language, status=status, text=text)


def admissible(state: State, command: Command, occasion: Occasion) -> Matter:
    """The matter of a command that may be given now; raises Refused where it may not."""
    rules = _rules(state, command)
    name = type(command).__name__
    row = rules.commands.get(name, _NEVER)
    if occasion.expected_seq is not None and occasion.expected_seq != state.seq:
        raise Refused(
            Conflict(
                RefusalCode.SESSION_MOVED_ON,
                "0.3",
                {"given": occasion.expected_seq, "current": state.seq},
                ("expectedSeq",),
                current_seq=state.seq,
            )
        )
    acting = _acting(state, rules, row, occasion)
    if occasion.occurred_at is not None:
        _claimed_time(state, row, acting, occasion, occasion.occurred_at)
    matter = Matter(state, rules, row, acting, occasion)
    if isinstance(command, ScheduleSession):
        if state.rules is not None:
            raise matter.refuse(RefusalCode.SESSION_PHASE, phase=state.phase, allowed="")
        return matter
    if state.phase is SessionPhase.SEALED:
        raise matter.refuse(RefusalCode.SESSION_SEALED)
    if state.phase not in row.session:
        raise matter.refuse(RefusalCode.SESSION_PHASE, phase=state.phase, allowed=_listed(row.session))
    if item := _item(matter, command):
        matter.possible(item, name)
    return matter


def _rules(state: State, command: Command) -> RuleSet:
    if state.rules is not None:
        return state.rules
    if not isinstance(command, ScheduleSession):
        raise refuse(RefusalCode.UNKNOWN_REFERENCE, "0.1", path=("sessionId",), kind="session", id="")
    try:
        return rule_set(command.scenario.rule_set)
    except KeyError:
        raise refuse(
            RefusalCode.UNKNOWN_RULE_SET, "1.1", path=("scenario", "ruleSet"), name=command.scenario.rule_set
        ) from None


def _item(matter: Matter, command: Command) -> Item | None:
    """The item a command is about, by itself or through a provision or amendment that it names."""
    if isinstance(id := getattr(command, "item", None), str):
        return matter.item(ItemId(id))
    if isinstance(id := getattr(command, "candidate", None), str):
        return matter.state.items.get(matter.state.candidates.get(CandidateId(id), ItemId("")))
    if isinstance(id := getattr(command, "amendment", None), str):
        return matter.item(matter.amendment(AmendmentId(id)).item)
    for name in ("provision", "after"):
        if isinstance(id := getattr(command, name, None), str):
            return matter.item(matter.provision(ProvisionId(id), path=(name,)).item)
    return None


def _acting(state: State, rules: RuleSet, row: CommandRule, occasion: Occasion) -> Acting:
    """Whose act it is: an officer's own, or a delegation's, said by its delegate or entered for it."""
    mine = state.persons.get(occasion.person, Admission(frozenset(), frozenset()))
    roles = occasion.site_roles | mine.roles
    office = next((role for role in row.by if role in roles), None)
    if office and (occasion.seat is None or not row.seat):
        return Acting(Actor(occasion.person, office))
    if not row.seat:
        raise refuse(RefusalCode.NOT_PERMITTED, row.rule, allowed=_listed(row.by))
    seat = occasion.seat or _only(mine.seats, row, may_enter=bool(roles & set(rules.enter_for)))
    standing = state.delegations.get(seat)
    if standing is None:
        raise refuse(RefusalCode.UNKNOWN_REFERENCE, row.rule, path=("seat",), kind="delegation", id=seat)
    if seat in mine.seats:
        acting = Acting(Actor(occasion.person, Role.DELEGATE), seat)
    elif clerk := next((role for role in rules.enter_for if role in roles), None):
        acting = Acting(Actor(None, Role.DELEGATE), seat, Actor(occasion.person, clerk), occasion.occurred_at)
    else:
        raise refuse(RefusalCode.SEAT_NOT_HELD, row.rule, path=("seat",), seat=seat)
    if standing not in row.seat:
        raise refuse(RefusalCode.NOT_A_MEMBER, row.rule, path=("seat",), seat=seat, standing=standing)
    return acting


def _claimed_time(state: State, row: CommandRule, acting: Acting, occasion: Occasion, claimed: Instant) -> None:
    """Refuse a time that is claimed for one's own act, or cannot be: to come, or before there was the session.

    What is fed into a reconstruction happened long before.
    """
    path = ("occurredAt",)
    if acting.entered_by is None:
        raise refuse(RefusalCode.OCCURRED_AT_NOT_CLAIMED, row.rule, path=path)
    beginning = state.beginning
    began = beginning.at if beginning and beginning.nature is not Nature.RECONSTRUCTION else Instant("")
    if not began <= claimed <= occasion.at:
        raise refuse(RefusalCode.OCCURRED_AT_OUT_OF_RANGE, row.rule, path=path, earliest=began, latest=occasion.at)


def _only(seats: frozenset[SeatCode], row: CommandRule, *, may_enter: bool) -> SeatCode:
    if len(seats) == 1:
        return next(iter(seats))
    if seats or may_enter:
        raise refuse(RefusalCode.SEAT_AMBIGUOUS, row.rule, path=("seat",), seats=", ".join(sorted(seats)))
    raise refuse(RefusalCode.NOT_PERMITTED, row.rule, allowed=_listed((*row.by, Role.DELEGATE)))


def _listed(values: Iterable[str]) -> str:
    return ", ".join(sorted(values))
