"""What happened elsewhere is fed in: every standing counts, no reasons are asked, and nothing is called."""

from polylogue import commands as c
from polylogue.convergence.scope import matrix
from polylogue.convergence.track import Tracker
from polylogue.drafting.rolling import backers
from polylogue.refusals import RefusalCode
from polylogue.rules.ruleset import parse
from polylogue.rules.shelf import whole
from polylogue.vocabulary import SCALE, StanceLevel
from tests.scenes import GUEST, OBSERVER, PARTNER, THREE, sco, takes

KAZ, KGZ, UZB = THREE


def test_recorded_votes_are_entered_without_reasons():
    scene = sco(rule_set="reconstruction/1")
    clause = scene.clauses[0]
    scene.give(takes(scene.item, clause, StanceLevel.OBJECT, reason=None, would_be_removed_by=None), "secretary", "KAZ")
    assert scene.state.stances[KAZ][clause, None].level is StanceLevel.OBJECT


def test_every_standing_counts():
    votes = {
        KAZ: StanceLevel.SUPPORT,
        PARTNER: StanceLevel.OBJECT,
        OBSERVER: StanceLevel.NEUTRAL,
        GUEST: StanceLevel.ACCEPT,
    }
    for rule_set, counted in (("reconstruction/1", set(votes)), ("sco-consensus/1", {KAZ})):
        scene = sco(rule_set=rule_set)
        for seat, level in votes.items():
            scene.give(takes(scene.item, scene.clauses[0], level), seat)
        table, _ = matrix(scene.state, scene.item)
        stated = {table.seats[cell.seat]: cell.level for cell in table.cells}
        assert stated == {seat: SCALE[level] for seat, level in votes.items() if seat in counted}
        tracker = Tracker()
        point = [point for entry in scene.entries for _, point in tracker.apply(entry)][-1]
        assert point.objections == (PARTNER in counted)
        behind = {seat for seat in counted if votes[seat] in (StanceLevel.SUPPORT, StanceLevel.ACCEPT)}
        assert set(backers(scene.state, (scene.clauses[0], None))) == behind


def test_a_session_of_votes_is_closed_without_concluding_anything():
    scene = sco(rule_set="reconstruction/1")
    scene.give(takes(scene.item, scene.clauses[0]), "secretary", "KAZ")
    scene.give(c.CloseSession())
    scene.give(c.SealSession())
    assert scene.phases == ("SEALED", "DELIBERATION", "WORKING")


def test_a_command_that_the_session_s_rules_do_not_know_is_not_permitted():
    """A record of before the command was there."""
    scene = sco()
    data = dict(whole("sco-consensus/1"))
    data["commands"] = {name: row for name, row in data["commands"].items() if name != "RequestDraft"}
    scene.state.rules = parse(data)
    refusal = scene.refuse(c.RequestDraft(item=scene.item))
    assert (refusal.code, refusal.rule) == (RefusalCode.NOT_PERMITTED, "0.4")
