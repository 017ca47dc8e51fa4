"""What people try in random sittings, most of which is refused.

Why apart from what always holds: other laws are tried on the same sittings.
"""

from random import Random
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from polylogue import commands as c
from polylogue.footing import accepting
from polylogue.state import Item, Provision
from polylogue.vocabulary import (
    AmendmentKind,
    AmendmentState,
    CandidateId,
    ClauseForm,
    DecisionType,
    ItemPhase,
    ProvisionId,
    RequestId,
    SeatCode,
    SessionPhase,
    SourceKind,
    StanceLevel,
    TextState,
)
from tests.mending import idea
from tests.polylogue.procedure.moves import moves, seen
from tests.polylogue.procedure.page import MOVES
from tests.scenes import EN, OBSERVER, PARTNER, THREE, Scene, objects, sco, stance

ONWARD = {
    SessionPhase.SCHEDULED: c.OpenSession(),
    SessionPhase.SUSPENDED: c.ResumeSession(),
    SessionPhase.CLOSED: c.ReopenSession(reason="More."),
}
BACK = (c.SuspendSession(), c.CloseSession())
STEPS: dict[TextState, Any] = {
    TextState.WORKING: c.CirculateText,
    TextState.CIRCULATED: c.CleanText,
    TextState.CLEAN: c.CallForConsensus,
    TextState.CALLED: c.CloseCall,
    TextState.BLOCKED: c.ReopenText,
}

WORDINGS = (
    "Item 1 has a first clause, which all delegations shall read in May.",
    "Item 1 has a second clause, which all delegations shall read in May.",
    "Item 1 has a first clause, which some delegations shall read twice.",
    "Item 1 has one clause, which all delegations should read in June.",
)

seats = st.sampled_from(THREE)
anybody = st.sampled_from((*THREE, PARTNER, OBSERVER, "secretary"))
levels = st.sampled_from(StanceLevel)
any_of = st.integers(0, 9)


def nth(values: Any, number: int) -> Any:
    """One of them, or None where there is none."""
    listed = list(values)
    return listed[number % len(listed)] if listed else None


class Tries(RuleBasedStateMachine):
    """Whatever people may try in a session, whoever they are."""

    @initialize(
        stage=st.sampled_from(["open", "called", "circulated", "scheduled", "clean"]),
        items=st.integers(1, 2),
        clauses=st.integers(0, 2),
    )
    def convene(self, stage: Any, items: int, clauses: int):
        fits = stage in ("scheduled", "open") or clauses
        self.scene = sco(stage=stage if fits else "open", items=items, clauses=clauses)

    def attempt(self, command: c.Command, by: str = "chair", seat: str | None = None) -> None:
        before = seen(self.scene.state)
        self.scene.attempt(command, by, seat)
        assert moves(type(command).__name__, before, seen(self.scene.state)) <= MOVES

    def item(self, number: int) -> Item:
        return nth(self.scene.state.items.values(), number)

    def clause(self, number: int) -> Any:
        return nth(self.scene.state.provisions, number)

    @rule(what=st.sampled_from((*ONWARD.values(), *BACK)), here=st.none() | st.sets(seats, min_size=1))
    def convene_or_rise(self, what: c.Command, here: set[SeatCode] | None):
        self.attempt(what) if here is None else self.attempt(c.RecordRollCall(present=tuple(sorted(here))), "secretary")

    @rule(n=any_of, minutes=st.sampled_from((24 * 60, 30, 1)))
    def take_the_next_step(self, n: int, minutes: int):
        """What a chair would do who wants the text adopted; without it few sittings would come as far as a call."""
        item, phase = self.item(n), self.scene.state.phase
        if phase is not SessionPhase.OPEN:
            self.attempt(ONWARD[phase])
            self.attempt(c.RecordRollCall(present=THREE))
        if item.phase in (ItemPhase.LISTED, ItemPhase.DEFERRED):
            self.attempt(c.OpenItem(item=item.id))
        self.scene.wait(minutes=minutes)
        if step := STEPS.get(item.text):
            self.attempt(step(item=item.id), "KAZ" if step is c.ReopenText else "chair")

    @rule(n=any_of, what=st.sampled_from(("call", "expel", "clean", "circulate", "open", "defer", "draft", "reopen")))
    def move_an_item(self, n: int, what: str):
        item = self.item(n).id
        commands: dict[str, c.Command] = {
            "call": c.CallForConsensus(item=item),
            "expel": c.CallForConsensus(item=item, decision_type=DecisionType.EXPULSION, concerned=THREE[2]),
            "clean": c.CleanText(item=item),
            "circulate": c.CirculateText(item=item),
            "open": c.OpenItem(item=item),
            "defer": c.DeferItem(item=item, reason="Later."),
            "draft": c.RequestDraft(item=item),
            "reopen": c.ReopenText(item=item),
        }
        self.attempt(commands[what], "UZB" if what == "reopen" else "chair")

    @rule(k=any_of, by=anybody, level=levels, on=st.none() | any_of, rest=st.none() | levels, words=st.booleans())
    def take_a_stance(self, k: int, by: str, level: StanceLevel, on: int | None, rest: StanceLevel | None, words: bool):
        if (clause := self.clause(k)) is None:
            return
        item = self.scene.state.provisions[clause].item
        alternatives = self.scene.state.provisions[clause].alternatives
        stances = (stance(clause, level, alternative=None if on is None else nth(alternatives, on)),)
        command = (
            c.PostPosition(item=item, text="We hold.", language=EN, stances=stances, interests="Peace.")
            if words
            else c.StateStances(item=item, stances=stances, for_rest=rest)
        )
        self.attempt(command, by, "KAZ" if by == "secretary" else None)

    @rule(
        k=any_of,
        by=seats,
        what=st.sampled_from(("bracket", "amend", "accept", "choose", "keep", "propose", "withdraw", "give up")),
    )
    def word_a_clause(self, k: int, by: str, what: str):
        """Members word, the chair closes brackets; of opening text it is the chair who accepts and withdraws."""
        clause, state = self.clause(k), self.scene.state
        if clause is None or what == "propose":
            said = c.ProposeProvision(item=self.item(k).id, text="Decides.", language=EN)
            self.attempt(said, by)
            return
        of = state.provisions[clause]
        sponsor = of.sponsor or "chair"
        amendment = nth([a for a in state.amendments.values() if a.item == of.item], k)
        match what:
            case "bracket":
                self.attempt(c.ProposeAlternative(provision=clause, text="Should.", language=EN), by)
            case "amend":
                amends = c.ProposeAmendment(provision=clause, revision=of.revision, text="Twice.", language=EN)
                self.attempt(amends, by)
            case "accept" if amendment:
                self.attempt(c.AcceptAmendment(amendment=amendment.id), nth(accepting(state, amendment), k) or "chair")
            case "give up" if amendment:
                self.attempt(c.WithdrawAmendment(amendment=amendment.id), amendment.seat)
            case "withdraw":
                self.attempt(c.WithdrawProvision(provision=clause), sponsor)
            case _:
                chosen = nth(of.alternatives, k) if what == "choose" else None
                self.attempt(c.CloseBracket(provision=clause, alternative=chosen))

    @rule(
        k=any_of,
        by=seats,
        what=st.sampled_from(("beside", "beside", "close", "close", "merge", "split", "reopen")),
        number=st.integers(1, 2),
        words=st.sampled_from(WORDINGS),
    )
    def bracket_a_clause(self, k: int, by: str, what: str, number: int, words: str):
        """Several brackets in a clause, and what is done to one of them."""
        if (clause := self.clause(k)) is None:
            return
        of = self.scene.state.provisions[clause]
        match what:
            case "beside":
                self.attempt(c.ProposeAlternative(provision=clause, text=words, language=EN), by)
            case "close":
                chosen = nth((None, *of.alternatives), k)
                self.attempt(c.CloseBracket(provision=clause, bracket=number, alternative=chosen))
            case "merge":
                merged = c.MergeBrackets(provision=clause, first=1, last=1 + number, if_revision=of.revision)
                self.attempt(merged, "secretary")
            case "split":
                self.attempt(c.SplitBracket(provision=clause, bracket=number, if_revision=of.revision))
            case _:
                self.attempt(c.ReopenBracket(provision=clause, reason="Too soon."), by)

    @rule(k=any_of, by=seats, kind=st.sampled_from(AmendmentKind), after=st.none() | any_of, words=st.integers(1, 4))
    def amend_a_text(self, k: int, by: str, kind: AmendmentKind, after: int | None, words: int):
        """Clauses reworded, put in, taken out, moved; where something waits, that is amended as often."""
        clause, state = self.clause(k), self.scene.state
        behind = None if after is None else self.clause(after)
        if clause is None:
            return
        of, said = state.provisions[clause], "So. " * words
        of_item = [a for a in state.amendments.values() if a.item == of.item]
        if kind is AmendmentKind.REPLACE and (parent := nth(of_item, words)):
            asked = c.ProposeAmendment(amendment=parent.id, revision=parent.edition, text=said)
        elif kind is AmendmentKind.INSERT_AFTER:
            item = of.item if behind is None else None
            asked = c.ProposeAmendment(kind=kind, item=item, after=behind, text=said)
        elif kind is AmendmentKind.MOVE:
            asked = c.ProposeAmendment(kind=kind, provision=clause, after=behind)
        else:
            text = said if kind is AmendmentKind.REPLACE else None
            asked = c.ProposeAmendment(kind=kind, provision=clause, revision=of.revision, text=text)
        self.attempt(asked, by)

    @precondition(lambda self: self.scene.state.amendments)
    @rule(k=any_of, words=st.none() | st.integers(1, 4), n=any_of, accept=st.booleans())
    def revise_or_accept_an_amendment(self, k: int, words: int | None, n: int, accept: bool):
        state = self.scene.state
        pending = [a for a in state.amendments.values() if a.state is AmendmentState.PENDING]
        if amendment := nth(pending, k):
            asked = c.ReviseAmendment(amendment=amendment.id, text=None if words is None else "Or. " * words)
            agreed = c.AcceptAmendment(amendment=amendment.id)
            by = nth(accepting(state, amendment), n) or "chair" if accept else amendment.seat
            self.attempt(agreed if accept else asked, by)

    @rule(k=any_of, by=seats, joins=st.booleans())
    def join_or_leave_the_sponsors(self, k: int, by: str, joins: bool):
        if clause := self.clause(k):
            self.attempt((c.JoinSponsors if joins else c.LeaveSponsors)(provision=clause), by)

    @rule(n=any_of, k=any_of, new=st.booleans(), alternatives=st.integers(0, 2))
    def table_a_draft(self, n: int, k: int, new: bool, alternatives: int):
        item = self.item(n)
        wanted = (c.DraftedAlternative(text="May.", language=EN),) * alternatives
        clause = nth(item.provisions, k)
        if new or clause is None:
            drafted = c.DraftedClause(text="Welcomes.", language=EN, alternatives=wanted)
        else:
            revision = self.scene.state.provisions[clause].revision
            drafted = c.DraftedClause(provision=clause, revision=revision, alternatives=wanted)
        self.attempt(c.TableDraft(item=item.id, clauses=(drafted,), request=item.request), "worker")

    @rule(
        n=any_of,
        k=any_of,
        form=st.sampled_from((ClauseForm.MERGED, ClauseForm.MERGED, ClauseForm.OMITTED, ClauseForm.ALTERNATIVE)),
        by=st.none() | seats,
        level=levels,
    )
    def hold_a_round(self, n: int, k: int, form: ClauseForm, by: str | None, level: StanceLevel):
        """Two candidates: the text as it stands, and one that does something else with one clause; somebody may answer
        the second, and the chair takes it then.
        """
        item = self.item(n)
        self.attempt(c.RequestDraft(item=item.id, candidates=4))
        if not item.request or not (clauses := self.scene.state.in_text(item)):
            return
        chosen = nth(clauses, k)
        self.attempt(round_of(self.scene, item, clauses, chosen, form), "worker")
        if by and (rounds := self.scene.state.rounds.get(item.id)):
            candidate = rounds[-1].proposed.candidates[-1].id
            self.attempt(answer_to(candidate, chosen.id, level), by)
            self.attempt(c.TakeCandidate(candidate=candidate))

    @precondition(lambda self: self.scene.state.candidates)
    @rule(k=any_of, m=any_of, by=seats, level=levels, does=st.sampled_from(("rank", "answer", "take")))
    def speak_in_a_round(self, k: int, m: int, by: str, level: StanceLevel, does: str):
        candidate = nth(reversed(self.scene.state.candidates), k)
        item = self.scene.state.candidates[candidate]
        if does == "rank":
            self.attempt(c.RankCandidates(item=item, ranking=((candidate,),)), by)
        elif does == "take":
            self.attempt(c.TakeCandidate(candidate=candidate))
        elif clause := nth(self.scene.state.in_text(self.scene.state.items[item]), m):
            self.attempt(answer_to(candidate, clause.id, level), by)

    @rule(seed=st.integers(0, 2**16))
    def mend_a_mistake(self, seed: int):
        command, seat = idea(Random(seed), self.scene.state, self.scene.entries)
        self.attempt(command, seat or "chair")

    @precondition(lambda self: self.scene.state.call)
    @rule(k=any_of, by=seats, does=st.sampled_from(("object", "give up", "hold", "opine", "end", "take back")))
    def speak_in_the_call(self, k: int, by: str, does: str):
        call = self.scene.state.call
        assert call
        clause = nth(self.scene.state.in_text(self.scene.state.items[call.item]), k).id
        objection = nth(call.objections.values(), k)
        match does:
            case "object":
                self.attempt(objects(call.item, clause), by)
            case "give up" if objection:
                self.attempt(c.WithdrawObjection(item=call.item, provision=objection.provision), objection.seat)
            case "hold" if objection:
                self.attempt(c.MaintainObjection(item=call.item, provision=objection.provision), objection.seat)
            case "take back":
                self.attempt(c.CloseCall(item=call.item, withdraw=True, reason="Not today."))
            case "end":
                self.scene.wait(minutes=30)
                self.attempt(c.CloseCall(item=call.item))
            case _:
                self.attempt(c.PlaceOpinionOnRecord(item=call.item, text="We understand.", language=EN), by)


def answer_to(candidate: CandidateId, clause: ProvisionId, level: StanceLevel) -> c.AnswerCandidate:
    said = stance(clause, level)
    why: dict[str, Any] = {"reason": said.reason, "would_be_removed_by": said.would_be_removed_by}
    return c.AnswerCandidate(candidate=candidate, answers=(c.AnswerGiven(provision=clause, level=level, **why),))


def round_of(
    scene: Scene, item: Item, clauses: list[Provision], chosen: Provision, form: ClauseForm
) -> c.ProposeCandidates:
    """The round of two candidates; new words of the chosen clause are those that it has."""
    lies = chosen.wording[0]
    other = c.DraftedWording(
        provision=chosen.id,
        revision=chosen.revision,
        form=form,
        alternative=nth(chosen.alternatives, 0) if form is ClauseForm.ALTERNATIVE else None,
        text=scene.prose[lies.seq, lies.pointer],
        language=lies.language,
        sources=(c.CandidateSource(kind=SourceKind.WORDING, seq=lies.seq, pointer=lies.pointer),),
    )
    present = [c.DraftedWording(provision=p.id, revision=p.revision, form=ClauseForm.PRESENT) for p in clauses]
    said: dict[str, Any] = {"explanation": "So.", "lowest": "1", "mean": "2", "words": 3}
    places = tuple(range(len(clauses)))
    changed = tuple(len(clauses) if clauses[place] is chosen else place for place in places)
    return c.ProposeCandidates(
        item=item.id,
        request=item.request or RequestId(""),
        basis=scene.state.seq,
        clauses=tuple(c.DraftedClause(provision=p.id, revision=p.revision) for p in clauses),
        wordings=(*present, other),
        candidates=(c.DraftedCandidate(wordings=places, **said), c.DraftedCandidate(wordings=changed, **said)),
        ballots=tuple(c.DraftedBallot(seat=seat, groups=((1,), (2,))) for seat in THREE),
    )
