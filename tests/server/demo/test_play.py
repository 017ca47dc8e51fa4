"""The demo played on a real server through its public API, and what a terminal shows of it."""

import asyncio
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console

from polylogue.convergence.report import compute
from polylogue.convergence.scope import matrix
from polylogue.vocabulary import SessionId
from server.demo.acts import SCRIPTS, Script, script, script_of
from server.demo.client import PlayStopped
from server.demo.finale import QUERY
from server.demo.outcome import Outcome
from server.demo.play import perform, play
from server.demo.rehearsal import rehearse
from server.demo.screen import BANNER, LiveScreen, PlainScreen
from server.demo.show import show
from server.demo.stage import Line, Stage
from server.scenarios.loader import load
from tests.server.demo.parts import choices, gains, gives, members
from tests.serving import Server, serving

ROOT = Path(__file__).resolve().parents[3]
SEEDS = range(3)
RECORD = """query($id: ID!, $after: Seq!) { session(id: $id) { record(after: $after, first: 1000) {
  ... on Event { seq kind seat actor { person role } } ... on Withheld { seq } } } }"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("demo")) as found:
        yield found


@pytest.fixture(scope="module")
def played(server: Server) -> dict[int, tuple[Outcome, str]]:
    """Every script, played one after the other on the same server as the command does, with all that was printed."""

    async def audit(session: SessionId) -> str:
        return f"the record of {session} holds"

    found: dict[int, tuple[Outcome, str]] = {}
    for seed in SEEDS:
        printed = io.StringIO()
        console = Console(file=printed, width=500)
        shown = show(server.url, server.organiser, seed=seed, fast=True, console=console, audit=audit, lasting=True)
        found[seed] = asyncio.run(shown), printed.getvalue()
    return found


@pytest.mark.parametrize("seed", SEEDS)
def test_a_play_ends_as_its_rehearsal_did(played: dict[int, tuple[Outcome, str]], seed: int):
    outcome, _ = played[seed]
    rehearsed = rehearse(script_of(seed), load("sco-sustainable-security"))
    assert outcome.phase == "SEALED"
    assert [item.phase for item in outcome.items] == ["CONCLUDED", "CONCLUDED", "DEFERRED"]
    assert [item.decision for item in outcome.items] == [1, 2, 0]
    first, second, third = outcome.items
    assert sorted(opinion.kind for opinion in first.opinions) == ["INTERPRETATION", "RESERVATION"]
    assert len(first.clauses) == 5
    assert len(second.clauses) == 6
    assert all(clause.texts.keys() == {"en", "ru", "zh-Hans"} for item in (first, second) for clause in item.clauses)
    assert third.deferred
    assert first.objections == second.objections == ()
    present, instead = third.objections  # each wording of one clause meets somebody's objection
    assert (present.of, present.clause) == ("", instead.clause)
    assert instead.of
    assert present.seat != instead.seat
    assert all((each.reason, each.removed_by) for each in third.objections)
    assert all(item.closeness[-1] > item.closeness[0] for item in (first, second))
    for item, heard in zip(rehearsed.state.items.values(), outcome.items, strict=True):
        closeness = compute(matrix(rehearsed.state, item.id)[0]).headline.mean_closeness
        assert heard.closeness[-1] == pytest.approx(float(closeness or 0), abs=1e-9)
    # The gallery and the facilitator are two persons more than the rehearsal had.
    assert outcome.entries == len(rehearsed.entries) + 2


@pytest.mark.parametrize("seed", SEEDS)
def test_an_opinion_that_was_recorded_beside_another_clause_is_put_right(
    played: dict[int, tuple[Outcome, str]], seed: int
):
    outcome, printed = played[seed]
    ((seat, clause),) = re.findall(r"corrects the opinion of ([A-Z]{3}): it is on clause 1\.(\d)", printed)
    wrong = re.search(rf"{seat}.* places (?:an interpretation of|a reservation on) clause 1\.(\d) on record", printed)
    assert wrong
    assert wrong[1] != clause
    (mine,) = (opinion for opinion in outcome.items[0].opinions if opinion.seat == seat)
    assert str(mine.clause) == clause


@pytest.mark.parametrize("seed", SEEDS)
def test_the_chair_is_told_which_version_is_wanting_before_the_text_is_clean(
    played: dict[int, tuple[Outcome, str]], seed: int
):
    _, printed = played[seed]
    refused = printed.index("more are missing or stale")
    given = printed.index("gives clause 1.2 in Chinese")
    assert refused < given < printed.index("Chair  declares the text of item 1 clean")


def signed(change: float | None) -> str:
    return "–" if change is None else f"{change:+.2f}".replace("-", "−")


@pytest.mark.parametrize("seed", SEEDS)
def test_who_speaks_is_shown_in_order(played: dict[int, tuple[Outcome, str]], seed: int):
    _, printed = played[seed]
    places = [
        printed.index(words)
        for words in (
            BANNER,
            "Live board: http",
            "opens the sitting",
            "takes up item 1",
            "Server  tables draft 1 of item 1",
            "closes the bracket of clause 1.",
            "calls for consensus on item 1",
            "objects to clause 1.",
            "closes the call on item 1: no consensus – Objection of",
            "What would unblock item 1: ",
            "Chair  accepts the amendment of",
            "had asked for: ",
            "it says what had been asked for",
            "is adopted as decision 1",
            "closes the call on item 2: nobody objects",
            "Refused. This wording of clause ",
            "defers item 3",
            "seals the record",
        )
    ]
    assert places == sorted(places)
    assert re.search(r"Refused\. This wording of clause \d\.\d is objected to by [A-Z]{3} \(“", printed)
    assert "closeness" in printed


@pytest.mark.parametrize("seed", SEEDS)
def test_what_would_unblock_is_what_was_asked_for_and_then_taken_up(played: dict[int, tuple[Outcome, str]], seed: int):
    outcome, printed = played[seed]
    (objection,) = [act for act in outcome.script.acts if act.do == "RaiseObjection" and act.said["clause"][0] == "1"]
    who, clause, asked = outcome.names[objection.by], objection.said["clause"], objection.said["would_be_removed_by"]
    assert f"What would unblock item 1: {who} from object to reserve on clause {clause} – {who} asks for: {asked}" in (
        printed
    )
    assert f"to clause {clause} – {who} had asked for: {asked}" in printed


@pytest.mark.parametrize("seed", SEEDS)
def test_the_end_names_the_moves_that_changed_the_figure_most_and_new_words(
    played: dict[int, tuple[Outcome, str]], seed: int
):
    outcome, printed = played[seed]
    for item in outcome.items:
        assert (item.phase == "CONCLUDED") <= len(item.moved) <= 6
        assert [each.seq for each in item.moved] == sorted(each.seq for each in item.moved)
        for each in item.moved:
            who = outcome.names.get(each.line.who, each.line.who)
            head = f"  {each.seq:>5}  {signed(each.change):>9}  {who} {each.line.did}"
            share = f" ({signed(each.by_moves)} of it by stances that were changed)"
            assert f"{head}{share if abs(each.by_moves) >= 0.005 else ''}\n" in printed
    assert printed.count("  entry  closeness  the acts that changed it") == len([i for i in outcome.items if i.moved])
    every = [each for item in outcome.items for each in item.moved]
    new_words = ("closes the bracket", "accepts", "takes candidate")
    assert all(each.line.did.startswith(new_words) for each in every if not each.by_moves)
    assert any(each.change for each in every)
    assert not any("position" in each.line.did for each in every)
    assert "  (also in" not in printed
    assert re.search(r"calls the roll – 9 of 10 members \(quorum: 7\) and \d of 4 others present; absent: ", printed)
    assert f"polylogue convergence {outcome.session} --svg pictures\n" in printed


@pytest.mark.parametrize("seed", SEEDS)
def test_the_end_says_of_each_member_what_it_gained_and_gave(played: dict[int, tuple[Outcome, str]], seed: int):
    """No more than the rehearsal finds, which counts on the rules; to agree to one's own words is no gift here."""
    outcome, printed = played[seed]
    rehearsed = rehearse(script_of(seed), load("sco-sustainable-security"))
    names = {part.name: part for part in outcome.parts}
    assert list(names) == sorted(outcome.names[seat] for seat in members(rehearsed.state))
    gained, gave = ({outcome.names[seat] for seat in found} for found in (gains(rehearsed), gives(rehearsed)))
    assert {name for name, part in names.items() if "its words in" in part.gained} == gained
    assert {name for name, part in names.items() if part.gave} <= gave
    had = {outcome.names[seat] for seat in choices(rehearsed)[0]}
    assert {name for name, part in names.items() if "it preferred in" in part.gained} <= had
    objectors = {outcome.names[act.by] for act in outcome.script.acts if act.do == "RaiseObjection"}
    assert objectors & {name for name, part in names.items() if "what it asked for in" in part.gained}
    for part in outcome.parts:
        line = f"  {part.name:<10}  gained {part.gained}; {part.gave}"
        assert f"{line}\n" in printed
        assert len(line) <= 80


@pytest.mark.parametrize("seed", SEEDS)
def test_in_every_script_every_member_gains_and_gives(played: dict[int, tuple[Outcome, str]], seed: int):
    outcome, _ = played[seed]
    assert len(outcome.parts) == 10
    assert all(part.gained and part.gave for part in outcome.parts)


@pytest.mark.parametrize("seed", SEEDS)
def test_no_interests_are_shown(played: dict[int, tuple[Outcome, str]], seed: int):
    outcome, printed = played[seed]
    private = [act.said["interests"] for act in outcome.script.acts if "interests" in act.said]
    rounds = sum(act.do == "RequestDraft" for act in outcome.script.acts)
    assert outcome.withheld == len(private) + 10 * rounds > 10 * rounds > 0
    assert f"The gallery was not shown {outcome.withheld} of them: interests behind positions" in printed
    assert not [words for words in private if words in printed]


def test_each_delegation_speaks_for_itself(server: Server, played: dict[int, tuple[Outcome, str]]):
    outcome, _ = played[0]
    session = server.ask(RECORD, id=outcome.session, after=0)["session"]
    said = [entry for entry in session["record"] if entry.get("seat")]
    speakers = {(entry["seat"], entry["actor"]["person"]) for entry in said}
    assert len(speakers) == len({seat for seat, _ in speakers}) == len({person for _, person in speakers})
    assert {entry["actor"]["role"] for entry in said} == {"DELEGATE"}


def test_the_end_shows_the_adopted_text_and_what_was_left(played: dict[int, tuple[Outcome, str]]):
    _, printed = played[0]
    ended = printed[printed.rindex(BANNER) :]
    assert "each member decides which of its services answers." in ended
    assert "Interpretation of India on clause 2: It is understood" in ended
    assert "Reservation of Iran on clause 4: " in ended
    assert "(also in Russian and Chinese)" in ended
    assert "Deferred. Two wordings of clause 2 stand" in ended
    assert "Objections that stand, however close they are (0.8" in ended
    assert "Iran to clause 2 as it stands: A register kept in one place" in ended
    assert "Uzbekistan to clause 2 in the wording of Iran: Summaries that each makes" in ended


@pytest.mark.parametrize("seed", SEEDS)
def test_the_end_tells_what_the_audit_says_and_how_to_look_further(
    server: Server, played: dict[int, tuple[Outcome, str]], seed: int
):
    outcome, printed = played[seed]
    assert f"Audit: the record of {outcome.session} holds" in printed
    assert f"the board  {server.url}/s/{outcome.session}\n" in printed
    assert f"polylogue demo --seed {(seed + 1) % 3}\n" in printed
    assert f"polylogue minutes {outcome.session}\n" in printed
    assert f"the query  {QUERY}\n" in printed
    assert f"with this token  {outcome.facilitator}\n" in printed


@pytest.mark.parametrize("seed", SEEDS)
def test_a_facilitator_finds_who_objected_why_and_what_changed_afterwards(
    server: Server, played: dict[int, tuple[Outcome, str]], seed: int
):
    outcome, _ = played[seed]
    query = (ROOT / QUERY).read_text("utf-8")
    assert query.startswith("# Who objected, why")
    (found,) = server.ask(query, outcome.facilitator)["me"]["sessions"]
    session = found["session"]
    assert session["id"] == outcome.session
    item = session["agenda"][0]
    (objection,) = item["calls"][0]["objections"]
    assert objection["reason"]["text"]
    assert objection["wouldBeRemovedBy"]["text"]
    clause = next(each for each in item["text"]["provisions"] if each["id"] == objection["provision"])
    (amended,) = [each for each in clause["amendments"] if each["seq"] > objection["seq"]]
    assert amended["state"] == "ACCEPTED"
    first, *translations = clause["revisions"][-1]["versions"]
    assert [first] == amended["versions"]
    assert sorted(each["language"] for each in translations) == ["ru", "zh-Hans"]
    # The record tells the same in its order, and nothing in it is withheld from a facilitator.
    after = [entry for entry in session["record"] if entry["seq"] > objection["seq"]]
    assert [e["kind"] for e in after if e["kind"].startswith(("Amendment", "CallC"))][:4] == [
        "CallClosed", "AmendmentProposed", "AmendmentAccepted", "CallClosed",
    ]  # fmt: skip
    # Read on from an entry, as the query says where there are more than come at once, it goes on without a gap.
    assert session["head"]["seq"] == outcome.entries
    (rest,) = server.ask(query, outcome.facilitator, after=objection["seq"])["me"]["sessions"]
    assert rest["session"]["record"] == after
    # Of the last item, objections to both wordings of a clause.
    third = session["agenda"][2]["text"]["provisions"]
    wordings = [each for clause in third for each in (clause, *clause["alternatives"])]
    objecting = [stance["seat"] for each in wordings for stance in each["stances"] if stance["level"] == "OBJECT"]
    assert objecting == [each.seat for each in outcome.items[2].objections]


def changed(name: str, number: int, do: str) -> Script:
    """A script that ends with another command in the place of an act."""
    whole = script(name)
    acts = (*whole.acts[:number], replace(whole.acts[number], do=do))
    return replace(whole, acts=acts)


def test_an_unexpected_refusal_stops_the_play_with_its_sentence(server: Server):
    opening = next(number for number, act in enumerate(script(SCRIPTS[0]).acts) if act.do == "OpenSession")
    with pytest.raises(PlayStopped, match=r"act 9.*: The session is scheduled; .*\(SESSION_PHASE\)"):
        asyncio.run(
            perform(
                server.url,
                server.organiser,
                changed(SCRIPTS[0], opening, "SealSession"),
                pace=0,
                screen=PlainScreen(Console(file=io.StringIO())),
            )
        )


@pytest.mark.parametrize(
    ("url", "token", "said"),
    [
        (None, f"plg_{'A' * 43}", "The token is unknown or has been revoked"),
        ("http://127.0.0.1:9", "plg_", "does not answer"),
    ],
)
def test_without_a_server_or_a_token_there_is_no_play(server: Server, url: str | None, token: str, said: str):
    with pytest.raises(PlayStopped, match=said):
        asyncio.run(play(url or server.url, token, seed=0, pace=0, screen=PlainScreen(Console(file=io.StringIO()))))


class Watched(LiveScreen):
    """A live screen whose picture is checked at every line."""

    pictures: int = 0

    def line(self, line: Line) -> None:
        super().line(line)
        lines = self._console.render_lines(self.render())
        assert len(lines) == self._console.height
        assert all(sum(segment.cell_length for segment in each) <= self._console.width for each in lines)
        shown = "".join(segment.text for each in lines for segment in each)
        assert "SIMULATION" in shown
        rows = ["".join(segment.text for segment in each).strip() for each in lines]
        assert line.did in " ".join(rows)
        # No title is cut; side by side, each is wrapped in its own panel.
        assert any("military-political field" in row or "political field" in row for row in rows)
        self.pictures += 1


def test_the_live_screen_fits_its_terminal_and_calls_wait_for_the_clock(server: Server):
    consoles = [
        Console(file=io.StringIO(), force_terminal=True, width=width, height=height)
        for width, height in ((80, 24), (140, 45))
    ]
    item_1 = tuple(act for act in script_of(0).acts if "/item-2" not in act.where and "/item-3" not in act.where)
    short = replace(script_of(0), acts=tuple(replace(act, pause=0) for act in item_1))
    small = Watched(consoles[0], "http://board/{session}")

    class Both(Watched):
        def begin(self, session: SessionId, script: Script, stage: Stage) -> None:
            small.begin(session, script, stage)
            super().begin(session, script, stage)

        def line(self, line: Line) -> None:
            small.line(line)
            super().line(line)

    with Both(consoles[1], "http://board/{session}") as large:
        # Without pauses the acts are much quicker than the clock, so calls come too early unless they are waited for.
        asyncio.run(perform(server.url, server.organiser, short, pace=0.3, screen=large))
    assert small.pictures == large.pictures > 70
    assert "SIMULATION" in consoles[1].file.getvalue()  # pyright: ignore[reportAttributeAccessIssue]
