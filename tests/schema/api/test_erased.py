"""What has been erased is told from what was never said."""

from pathlib import Path
from typing import Any

from polylogue import commands as c
from polylogue.events import CallClosed
from polylogue.vocabulary import StanceLevel
from tests.ledger.course import CHAIR, EN, MEMBERS, RU, ZH, Course, of, scheduled, stance
from tests.schema.api.seen import Seen, in_file, person, seen, written

GONE = {"text": None, "erased": True, "language": "en"}
WORDS = "{ text erased language }"


def said(words: str, language: str = "en") -> dict[str, Any]:
    return {"text": words, "erased": False, "language": language}


async def test_reasons_of_every_stance(tmp_path: Path):
    course = scheduled()
    item = next(iter(course.state.items))
    first, second, third = course.state.items[item].provisions
    stances = (
        stance(first, StanceLevel.RESERVE, reason="It costs.", would_be_removed_by="A fund."),
        stance(second),
        stance(third, reason="We share it."),
    )
    (stated,) = course.go(c.StateStances(item=item, stances=stances), of(MEMBERS[0]))
    url = in_file(tmp_path / "record.db")
    await written(course, url)
    fields = f"agenda {{ text {{ provisions {{ stances {{ reason {WORDS} wouldBeRemovedBy {WORDS} }} }} }} }}"
    async with seen(course, url) as found:
        await found.erase((stated.seq, "/stances/0/reason"))
        told = (await found.session(fields, person(CHAIR)))["agenda"][0]["text"]["provisions"]
        assert [provision["stances"] for provision in told] == [
            [{"reason": GONE, "wouldBeRemovedBy": said("A fund.")}],
            [{"reason": None, "wouldBeRemovedBy": None}],
            [{"reason": said("We share it."), "wouldBeRemovedBy": None}],
        ]
        await found.erase((stated.seq, "/stances/0/wouldBeRemovedBy"), (stated.seq, "/stances/2/reason"))
        told = (await found.session(fields, person(CHAIR)))["agenda"][0]["text"]["provisions"]
        assert [provision["stances"] for provision in told] == [
            [{"reason": GONE, "wouldBeRemovedBy": GONE}],
            [{"reason": None, "wouldBeRemovedBy": None}],
            [{"reason": GONE, "wouldBeRemovedBy": None}],
        ]


async def test_an_erased_translation_hides_no_other(tmp_path: Path):
    course = scheduled()
    item = next(iter(course.state.items))
    translations = (c.Translation(language=RU, text="Вода."), c.Translation(language=ZH, text="水。"))
    position = c.PostPosition(item=item, text="Water.", language=EN, translations=translations)
    (posted,) = course.go(position, of(MEMBERS[0]))
    url = in_file(tmp_path / "record.db")
    await written(course, url)
    async with seen(course, url) as found:
        await found.erase((posted.seq, "/translations/0"))
        told = await found.session(f"agenda {{ positions {{ nodes {{ translations {WORDS} }} }} }}", person(CHAIR))
    (shown,) = told["agenda"][0]["positions"]["nodes"]
    assert shown["translations"] == [GONE | {"language": RU}, said("水。", ZH)]


async def test_the_reason_of_a_call_that_was_taken_back(kept: Seen, course: Course):
    (withdrawn,) = (e for e in course.entries if isinstance(e.event, CallClosed) and e.event.reason)
    fields = f"agenda {{ calls {{ reason {WORDS} }} }}"
    before = await kept.session(fields, person(CHAIR))
    await kept.erase((withdrawn.seq, "/reason"))
    after = await kept.session(fields, person(CHAIR))
    (taken_back,) = (call for item in before["agenda"] for call in item["calls"] if call["reason"])
    assert taken_back["reason"] == said("A point of order.")
    told = [call["reason"] for item in after["agenda"] for call in item["calls"]]
    assert [reason for reason in told if reason] == [GONE]
    assert None in told
