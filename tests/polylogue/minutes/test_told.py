"""What minutes tell of a history: each entry in its place, with its numbers, reasons and people."""

from typing import Any

import pytest

from polylogue import commands as c
from polylogue.events import KINDS, CallClosed, InterestsStated, ObjectionRaised, RollCallRecorded, TextAdopted
from polylogue.minutes.account import Account
from polylogue.minutes.compose import compose
from polylogue.minutes.page import Voice
from polylogue.vocabulary import AmendmentKind, SeatCode, Seq
from tests.polylogue.minutes.accounts import account, flat, history, lines, minutes, told
from tests.scenes import EN, THREE, Scene, objects, sco


def seq_of(kind: type, nth: int = 0) -> int:
    return [entry.seq for entry in history().entries if isinstance(entry.event, kind)][nth]


@pytest.mark.parametrize("language", ["en", "ru", "zh-Hans", "fr"])
def test_every_entry_has_a_line_in_order(language: str):
    found = [line.seq for section in minutes(language).sections for line in section.lines]
    assert found == [entry.seq for entry in history().entries]
    kinds = {type(entry.event).__name__ for entry in history().entries}
    assert kinds == KINDS.keys()
    for seq, line in lines(minutes(language)).items():
        assert flat(line.told.words).strip(), seq
        assert "{" not in told(line), seq


def test_a_language_without_phrases_has_english_ones():
    assert minutes("fr").language == "en"
    assert flat(minutes("fr").sections[0].title) == flat(minutes("en").sections[0].title)


def test_the_masthead_names_the_nature_and_the_rule_set():
    found = minutes()
    facts = {name: flat(words) for name, words in found.facts}
    assert (found.label, found.title.text) == ("Simulation", "A council of ten")
    assert facts["Rule set"] == "SCO consensus (sco-consensus/1)"
    assert facts["Conference"] == "Model SCO 2026"
    last = history().entries[-1]
    assert f"entry {last.seq}" in facts["Record"]
    assert minutes("ru").label == "Моделирование"


def test_delegations_stand_in_the_order_of_the_alphabet():
    (table,) = [section.table for section in minutes().sections if section.anchor == "delegations"]
    assert table
    names = [flat(row[0]) for row in table.rows]
    assert names == sorted(names)
    assert len(names) == len(history().state.delegations)


def test_roll_calls_have_their_quorum_and_who_was_absent():
    (table,) = [section.table for section in minutes().sections if section.anchor == "attendance"]
    assert table
    second = [flat(cell) for cell in table.rows[1]]
    assert second[2:4] == ["6 of 10 members", "7"]
    assert "Delegation of PAK, Delegation of RUS" in second[4]
    assert "There is no quorum." in told(lines(minutes())[seq_of(RollCallRecorded, 1)])


def test_an_objection_has_its_reason_and_what_would_remove_it():
    said = told(lines(minutes())[seq_of(ObjectionRaised)])
    assert said.startswith("Delegation of IND objected to clause 1.3.")
    assert "Reason: It costs too much." in said
    assert "Would be removed by: A fund." in said
    with_it = told(lines(minutes())[seq_of(ObjectionRaised) + 1])
    assert with_it == "With it, Delegation of IND stated its stance on item 1. | Clause 1.3: cannot live with it"


def test_a_call_has_its_verdict_and_who_was_absent():
    closed = [entry.seq for entry in history().entries if isinstance(entry.event, CallClosed)]
    said = told(lines(minutes())[closed[0]])
    assert "Rule sco-consensus/1 6.5: asked 10, members 10, objections 0, present 6; of the members, 7 needed." in said
    assert "Absent: Delegation of PAK, Delegation of RUS, Delegation of TJK, Delegation of UZB." in said


def test_results_have_the_adopted_words_and_lead_to_the_entry():
    results = {section.anchor: section for section in minutes().sections if section.anchor.startswith("result-")}
    first, *rest = results["result-1"].intro
    assert flat(first.words).startswith("Adopted as decision 1 on ")
    assert seq_of(TextAdopted) in [run.entry for run in first.words]
    adopted = next(entry.event for entry in history().entries if isinstance(entry.event, TextAdopted))
    words = [quote.words.text for each in rest for quote in each.quotes]
    for clause in adopted.clauses:
        for version in clause.versions:
            assert version.text in words


def test_what_is_not_for_all_is_told_to_those_who_may_read_it():
    interests = seq_of(InterestsStated)
    every, public = minutes(), minutes(private=False)
    assert "To irrigate in May." in told(lines(every)[interests])
    assert "Not for everybody: for Delegation of KAZ, the chair and facilitators." in told(lines(every)[interests])
    assert every.warning
    assert interests not in lines(public)
    assert not public.warning
    assert "To irrigate" not in str(public)
    facts = {name: flat(words) for name, words in public.facts}
    assert f" {interests}," in facts["Withheld"]


def test_a_clause_is_called_by_the_number_that_it_had():
    found = {seq: told(line) for seq, line in lines(minutes()).items()}
    assert found[30].startswith("Delegation of UZB proposed a new clause 1.2.")
    assert found[32] == "Delegation of UZB withdrew clause 1.2."
    assert found[62].startswith("Delegation of CHN proposed to move clause 1.1 behind clause 1.2.")


def test_a_clause_that_is_withdrawn_has_the_number_that_it_had_last():
    scene = sco()
    first, second = scene.clauses
    scene.give(c.ProposeAmendment(kind=AmendmentKind.MOVE, provision=second, revision=1, after=None), "KAZ")
    (amendment,) = scene.state.amendments
    scene.give(c.AcceptAmendment(amendment=amendment))
    assert scene.clauses == [second, first]
    scene.give(c.WithdrawProvision(provision=second))
    said = told(lines(compose(account(scene)))[scene.entries[-1].seq])
    assert said == "The chair withdrew clause 1.1."


def test_what_was_entered_for_a_seat_says_so():
    said = told(lines(minutes())[28])
    assert "Entered by: secretariat." in said
    assert "Said to have happened on 4 May 2026, 09:00:00 UTC." in said


def test_an_erased_text_says_where_it_stood():
    scene = sco()
    scene.give(c.PostPosition(item=scene.item, text="Too much was said.", language=EN), "KAZ")
    seq = scene.entries[-1].seq
    scene.erase(seq, "/text")
    (quote,) = lines(compose(account(scene)))[seq].told.quotes
    assert (quote.words.text, quote.words.voice) == (f"[erased, entry {seq}]", Voice.GONE)


def test_an_erased_name_leaves_the_code():
    whole = account(history())
    texts = {place: words for place, words in whole.texts.items() if words != "Delegation of IND"}
    assert len(texts) == len(whole.texts) - 1
    (table,) = [each.table for each in compose(Account(whole.entries, texts)).sections if each.anchor == "delegations"]
    assert table
    assert [flat(row[0]) for row in table.rows if flat(row[1]) == "IND"] == ["IND"]


def corrects(scene: Scene, seq: int, **restored: Any) -> int:
    """The entry by which the chair corrects one."""
    scene.give(c.CorrectEntry(seq=Seq(seq), restored=c.Restored(**restored), reason="Misheard."))
    return scene.state.seq


def test_a_correction_shows_both_entries():
    scene = sco()
    scene.give(c.PostPosition(item=scene.item, text="Yes.", language=EN), "KAZ")
    wrong = scene.state.seq
    right = corrects(scene, wrong, position=c.RestoredWords(text="No.", language=EN))
    found = lines(compose(account(scene)))
    assert told(found[right]).startswith("The chair corrected the record. | It should have read | ")
    assert f" | Corrects entry {wrong}, which said: KAZ took a position" in told(found[right])
    assert told(found[right]).endswith("Reason: Misheard. | Text: No. | Text: Yes.")
    assert f"Corrected by entry {right}." in told(found[wrong])


def test_a_correction_of_what_is_not_for_the_reader_is_not_either():
    scene = sco()
    scene.give(c.PostPosition(item=scene.item, text="Yes.", language=EN, interests="Water."), "KAZ")
    hidden = scene.state.seq
    right = corrects(scene, hidden, interests=c.RestoredWords(text="Wine.", language=EN))
    assert not {hidden, right} & set(lines(compose(account(scene, private=False))))
    assert "Wine." in told(lines(compose(account(scene)))[right])


def test_attendance_has_who_came_and_left_and_what_was_corrected():
    scene = sco()
    called = scene.state.seq - 1
    scene.give(c.NoteDeparture(seats=(THREE[0],)))
    corrects(scene, called, roll_call=c.RestoredPresence(present=THREE[:2]))
    scene.give(c.NoteArrival(seats=(THREE[2],)), "secretary")
    (table,) = [section.table for section in compose(account(scene)).sections if section.anchor == "attendance"]
    assert table
    rows = [[flat(cell) for cell in row] for row in table.rows]
    assert [row[2] for row in rows] == ["3 of 3 members", "2 of 3 members", "1 of 3 members", "2 of 3 members"]
    assert [row[1].rpartition(", ")[2] for row in rows[1:]] == ["left: KAZ", "corrected", "came: UZB"]
    assert rows[-1][4] == "ARM, KAZ, MNG, UN_SC"


def test_results_show_what_was_rescinded_reopened_and_corrected():
    scene = sco(stage="called")
    scene.give(c.PlaceOpinionOnRecord(item=scene.item, text="As read.", language=EN), "KAZ")
    opinion = c.RestoredOpinionText(text="As read out.", language=EN)
    corrects(scene, scene.state.seq, opinion=opinion)
    scene.give(c.PlaceOpinionOnRecord(item=scene.item, text="Nothing.", language=EN), "UZB")
    corrects(scene, scene.state.seq, void=True)
    scene.close()
    first = scene.state.seq
    scene.give(c.ReopenCall(item=scene.item, reason="A dead telephone."))
    scene.close()
    second = scene.state.seq
    scene.give(c.RescindAdoption(item=scene.item, reason="A page was missing."))
    (section,) = [each for each in compose(account(scene)).sections if each.anchor == "result-1"]
    said = [flat(each.words) for each in section.intro]
    assert f"Decision 1 (entry {first}) was taken back (entry {first + 1})." in said
    assert f"Call reopened (entry {first + 1})." in said
    assert f"Decision 2 (entry {second}) was taken back (entry {second + 1})." in said
    opinions = [each.quotes[0].words.text for each in section.intro if "KAZ" in flat(each.words) and each.quotes]
    assert (opinions, "UZB" in " ".join(said)) == (["As read out."], False)


def test_entries_between_sittings_have_a_heading_of_their_own():
    scene = sco()
    scene.rise()
    scene.give(c.PostPosition(item=scene.item, text="At home.", language=EN), "KAZ")
    scene.sit(*THREE)
    found = {section.anchor: section for section in compose(account(scene)).sections}
    assert "At home." in told(found["after-1"].lines[0])
    assert flat(found["sitting-1"].intro[0].words).startswith("From ")
    assert flat(found["sitting-2"].intro[0].words).startswith("Began ")


def test_a_record_of_another_beginning_is_refused():
    scene = sco()
    whole = account(scene)
    with pytest.raises(ValueError, match="begin with the entry that schedules"):
        compose(Account(whole.entries[1:], whole.texts))


def test_an_objection_in_a_call_is_told_with_its_clause():
    scene = sco(3, stage="called")
    scene.give(objects(scene.item, scene.clauses[1]), "KAZ")
    scene.close()
    found = [told(line) for line in lines(compose(account(scene))).values()]
    assert any("Objection in force: " in said and "clause 1.2" in said for said in found)
    assert SeatCode("KAZ") in scene.state.delegations


def test_a_call_without_a_window_ends_with_the_chair():
    scene = sco(3, stage="called", clock_scale="1/9999999")
    (said,) = (told(line) for line in lines(compose(account(scene))).values() if "called for" in told(line))
    assert "objections are possible until the chair closes the call." in said


def test_who_is_let_in_no_longer_is_told_with_the_seat():
    scene = sco()
    person = next(one for one, held in scene.state.persons.items() if held.seats == {SeatCode("KAZ")})
    scene.give(c.DismissPerson(person=person))
    said = told(lines(compose(account(scene)))[scene.state.seq])
    assert said.startswith("The admission of a person ended who spoke for KAZ.")
