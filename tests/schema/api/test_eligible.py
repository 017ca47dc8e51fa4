"""Who counts is what the session's rule set calls eligible, wherever the API counts anybody."""

from pathlib import Path

import pytest

from polylogue import commands as c
from polylogue.rules.shelf import rule_set
from tests.ledger.course import CHAIR, MEMBERS, OBSERVER, of, scheduled, stance
from tests.schema.api.seen import in_file, person, seen, written

FIELDS = """ruleSet { eligible } quorum { present needed members met }
    agenda { text { provisions { notStated } } }"""


@pytest.mark.parametrize(
    ("rules", "counted"), [("sco-consensus/1", MEMBERS), ("reconstruction/1", tuple(sorted((*MEMBERS, OBSERVER))))]
)
async def test_who_counts_is_who_is_eligible(tmp_path: Path, rules: str, counted: tuple[str, ...]):
    course = scheduled(rule_set=rules)
    item = next(iter(course.state.items))
    clause = course.state.items[item].provisions[0]
    course.go(c.OpenSession())
    uncalled = course.state.seq
    course.go(c.RecordRollCall(present=(OBSERVER, *MEMBERS[:4])))
    course.go(c.OpenItem(item=item))
    for seat in (OBSERVER, MEMBERS[0]):
        course.go(c.StateStances(item=item, stances=(stance(clause),)), of(seat))
    url = in_file(tmp_path / "record.db")
    await written(course, url)
    async with seen(course, url) as found:
        told = await found.session(FIELDS, person(CHAIR))
        before = await found.session(FIELDS, person(CHAIR), arguments=f", asOf: {{ seq: {uncalled} }}")
    assert set(told["ruleSet"]["eligible"]) == rule_set(rules).eligible
    assert counted == tuple(course.state.eligible())
    present, needed = len({OBSERVER, *MEMBERS[:4]}.intersection(counted)), rule_set(rules).quorum.needed(len(counted))
    assert told["quorum"] == {"present": present, "needed": needed, "members": len(counted), "met": present >= needed}
    assert before["quorum"] == {"present": None, "needed": needed, "members": len(counted), "met": False}
    first, second = told["agenda"][0]["text"]["provisions"][:2]
    assert first["notStated"] == [seat for seat in counted if seat not in (OBSERVER, MEMBERS[0])]
    assert second["notStated"] == list(counted)
