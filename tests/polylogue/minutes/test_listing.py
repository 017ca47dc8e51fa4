"""A record as a list: what each entry is of and about, and nothing of one that is withheld."""

from polylogue.minutes.listing import listing
from polylogue.vocabulary import LanguageTag
from tests.polylogue.minutes.accounts import account, history, told

ABOUT_NO_ITEM = {
    "SessionScheduled", "PersonAdmitted", "PersonDismissed", "SessionOpened", "SessionSuspended", "SessionResumed",
    "SessionClosed", "SessionReopened", "SessionSealed", "RollCallRecorded", "ArrivalNoted", "DepartureNoted",
}  # fmt: skip
RU = LanguageTag("ru")


def test_every_kind_of_entry_is_about_an_item_or_about_none():
    found = [each for each in listing(account(history()), RU) if each]
    assert [each.seq for each in found] == [entry.seq for entry in history().entries]
    assert {each.kind for each in found if each.item is None} <= ABOUT_NO_ITEM | {"EntryCorrected"}
    assert not {each.kind for each in found if each.item} & ABOUT_NO_ITEM
    about = {each.seq: each.item for each in found}
    for entry in history().entries:
        if provision := getattr(entry.event, "provision", None):
            assert about[entry.seq] == history().state.items[history().state.provisions[provision].item].number


def test_an_entry_is_found_by_the_delegations_that_it_is_of_or_about():
    found = {each.seq: each for each in listing(account(history()), RU) if each}
    for entry in history().entries:
        if entry.seat:
            assert entry.seat in found[entry.seq].seats
        named = getattr(entry.event, "seats", ())
        assert found[entry.seq].seats >= set(named)
        if corrected := getattr(entry.event, "of_seat", None):
            assert corrected in found[entry.seq].seats


def test_an_entry_and_its_correction_name_each_other():
    found = {each.seq: each for each in listing(account(history()), RU) if each}
    corrections = [each for each in found.values() if each.kind == "EntryCorrected"]
    assert corrections
    for each in corrections:
        assert each.corrects
        assert found[each.corrects].corrected == each.seq
        assert f"Исправлено: запись {each.seq}" in told(found[each.corrects].line)


def test_what_is_not_for_the_reader_has_its_place_and_nothing_else():
    mine = listing(account(history(), private=False), RU)
    whole = listing(account(history()), RU)
    assert len(mine) == len(whole)
    assert None in mine
    assert [each for each in mine if each] == [whole[each.seq - 1] for each in mine if each]
