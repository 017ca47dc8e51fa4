"""What a candidate may do with a clause, and that nothing is said that nobody has put forward."""

from dataclasses import replace

from hypothesis import given, settings

from polylogue.drafting.brief import Clause, Written
from polylogue.drafting.forms import ClauseChoice, Source
from polylogue.drafting.merge import merge
from polylogue.drafting.mixing import MIXED, laid, mixed
from polylogue.drafting.named import named
from polylogue.drafting.options import omission, options, present
from polylogue.drafting.pieces import Bracket, Plain
from polylogue.drafting.predict import outlook
from polylogue.drafting.regions import regional
from polylogue.text import TEXT_LIMIT
from polylogue.vocabulary import ClauseForm, LanguageTag, ProvisionId, ProvisionState, SourceKind
from tests.polylogue.drafting.briefs import EN, KAZ, KGZ, NAMES, SEATS, TJK, UZB, A, O, S, clause, clauses, taking

BASE = "Member States shall deepen trade in water."


def offered(of: Clause, *written: Written, previous: ClauseChoice | None = None) -> tuple[ClauseChoice, ...]:
    own = outlook(of, SEATS)
    beside = laid(own)
    return options(own, mixed(beside), NAMES, previous, written, regional(beside, NAMES))


def forms(of: Clause) -> dict[str | None, str]:
    return {choice.text: choice.form.value for choice in offered(of)}


def test_a_clause_may_stay_take_an_alternative_be_mixed_or_go():
    of = clause(BASE, "Member States should deepen trade in water.", "Member States shall deepen trade in rivers.")
    assert forms(of) == {
        BASE: "PRESENT",
        "Member States should deepen trade in water.": "ALTERNATIVE",
        "Member States shall deepen trade in rivers.": "ALTERNATIVE",
        "Member States should deepen trade in rivers.": "MERGED",
        None: "OMITTED",
    }


def test_merged_takes_in_each_bracket_the_reading_that_most_seats_back():
    """Three back "should", in two alternatives, and two back "rivers"; no alternative has both words."""
    of = clause(
        BASE,
        "Member States should deepen trade in water.",
        ("Member States shall deepen trade in rivers.", TJK),
        "Member States should deepen trade in lakes.",
        on=[{}, {KGZ: A, KAZ: O}, {KAZ: A}, {UZB: S, TJK: A}],
    )
    first, *_ = mixed(laid(outlook(of, SEATS)))
    assert first.text == "Member States should deepen trade in rivers."
    assert first.sources == (Source(SourceKind.WORDING, "a1"), Source(SourceKind.WORDING, "a2"))


def test_of_readings_backed_alike_the_present_one_is_taken():
    of = clause(BASE, "Member States should deepen trade in water.", on=[{KAZ: S}, {KGZ: S}])
    assert mixed(laid(outlook(of, SEATS)))[0].text == BASE


def test_where_too_many_texts_could_be_mixed_those_nearest_to_the_best_backed_are():
    words = [f"w{n}" for n in range(10)]
    others = [" ".join([*words[:n], f"other{n}", *words[n + 1 :]]) for n in range(0, 10, 2)]
    of = clause(" ".join(words), *others, on=[{KAZ: S, KGZ: S, TJK: S}])
    found = mixed(laid(outlook(of, SEATS)))
    assert len(found) == 6
    assert len(found) <= MIXED
    assert found[0].text == " ".join(words)


def test_a_clause_may_take_words_that_would_remove_an_objection():
    of = clause(BASE, on=[{KAZ: O}], conditions={KAZ: "Member States may deepen trade in water."})
    (concession,) = (c for c in offered(of) if c.form is ClauseForm.CONCESSION)
    assert concession.text == "Member States may deepen trade in water."
    assert concession.sources == (Source(SourceKind.CONDITION, "", KAZ),)


def test_a_clause_may_speak_for_its_supporters_where_somebody_objects_and_all_have_a_name():
    of = clause(BASE, on=[{KAZ: S, UZB: S, TJK: O}])
    for_some = next(c for c in offered(of) if c.form is ClauseForm.NAMED_SUBSET)
    assert for_some.text == "The following Member States: Kazakhstan and Uzbekistan, shall deepen trade in water."
    for other in (
        clause(BASE, on=[{KAZ: S, UZB: S}]),
        clause(BASE, on=[{KAZ: S, TJK: O, UZB: A}]),
        clause(BASE, on=[{KAZ: S, UZB: S, TJK: O}], waits={KAZ: "p9"}),
        clause(BASE, on=[{KAZ: S, UZB: S, TJK: O}], language="ru"),
    ):
        assert "NAMED_SUBSET" not in forms(other).values()


def test_a_text_longer_than_a_text_may_be_is_not_offered():
    """The rules would refuse the whole round for it, and every further one, as long as the clause is there."""
    long = BASE * (TEXT_LIMIT // len(BASE))
    assert "NAMED_SUBSET" not in forms(clause(long, on=[{KAZ: S, UZB: S, TJK: O}])).values()
    half = "word " * (TEXT_LIMIT // 10)
    found = offered(clause(f"{half}a b c d.", (f"a b c d {half}.", UZB), (f"{half}a b c d {half}.", TJK)))
    assert max(len(choice.text or "") for choice in found) <= TEXT_LIMIT


def test_a_name_in_another_script_or_region_does():
    own = outlook(clause(BASE, on=[{KAZ: S, UZB: S, TJK: O}], language="en-GB"), SEATS)
    assert ClauseForm.NAMED_SUBSET in {choice.form for choice in options(own, (), NAMES)}


def test_a_writer_may_word_a_clause_and_is_not_credited_with_words_on_the_table():
    of = clause(BASE)
    source = (Source(SourceKind.WORDING, ""),)
    mine, same = Written(of.provision, " Trade deepens. ", source), Written(of.provision, BASE, source)
    found = offered(of, mine, same, Written(of.provision, "  "))
    assert [(c.form.value, c.text) for c in found] == [
        ("PRESENT", BASE), ("WRITTEN", "Trade deepens."), ("OMITTED", None),
    ]  # fmt: skip
    assert found[1].sources == source


def test_an_agreed_clause_stays_or_goes_with_the_whole_text():
    of = clause(BASE, "Member States may trade.", on=[{KAZ: O}], state=ProvisionState.AGREED)
    assert forms(of) == {BASE: "PRESENT", None: "OMITTED"}


def test_an_erased_text_stays_an_erased_alternative_is_not_offered():
    of = clause(BASE, "Trade.")
    erased = replace(of, wordings=tuple(replace(w, text=None) for w in of.wordings))
    assert [(c.form, c.text) for c in offered(erased)] == [(ClauseForm.PRESENT, None), (ClauseForm.OMITTED, None)]


def test_words_in_another_language_are_not_offered():
    of = clause(BASE, "Torговля.")
    foreign = replace(of, wordings=(of.present, replace(of.wordings[1], language=LanguageTag("ru"))))
    assert list(forms(foreign)) == [BASE, None]


def test_who_asks_that_a_clause_goes_is_named_as_the_source():
    of = clause(BASE, ("", KAZ))
    assert omission(of).alternative == "a1"
    assert omission(of).sources == (Source(SourceKind.WORDING, "a1"),)


def test_what_the_last_winner_did_stays_possible_as_long_as_what_it_rests_on_is_there():
    of = clause(BASE)
    before = replace(taking(of, "Trade deepens.", ClauseForm.MERGED), sources=(Source(SourceKind.WORDING, ""),))
    assert before in offered(of, previous=before)
    for gone in (replace(before, revision=2), replace(before, sources=(Source(SourceKind.WORDING, "a7"),))):
        assert gone not in offered(of, previous=gone)


def test_what_the_last_winner_left_out_of_a_bracket_stays_possible_without_its_number():
    """The brackets may be others by now; where it is made again it has the number of now."""
    of = clause(BASE, ("Member States shall deepen trade in May.", UZB))
    source = (Source(SourceKind.WORDING, "a1"),)
    before = replace(taking(of, "Member States.", ClauseForm.SHORTENED), sources=source, brackets=(7,))
    assert replace(before, brackets=()) in offered(of, previous=before)


def test_who_was_named_for_words_of_a_bracket_is_named_again_only_while_that_rests_on_what_is_said():
    present, other = "Fish is caught.", "Fish is caught in May."
    of = clause(present, (other, UZB), on=[{}, {KAZ: S, TJK: O}])
    (before,) = (c for c in offered(of) if c.form is ClauseForm.NAMED_SUBSET and c.brackets)
    read = replace(before, within=None, without=None)
    assert before in offered(of, previous=read)
    assert read.text not in {c.text for c in offered(clause(present, (other, UZB), on=[{}, {KAZ: S}]), previous=read)}


@settings(max_examples=50)
@given(clauses(0, ["p1"]))
def test_no_two_ways_are_alike_and_every_text_is_made_of_its_sources(of: Clause):
    found = offered(of)
    assert len({(c.omitted, c.text) for c in found}) == len(found)
    assert found[0] == present(of)
    assert found[-1] == omission(of)
    texts = {w.key: w.text for w in of.wordings}
    for choice in found[1:-1]:
        keys = [s.wording for s in choice.sources if s.kind is SourceKind.WORDING]
        match choice.form:
            case ClauseForm.ALTERNATIVE:
                assert choice.text == texts[choice.alternative or ""]
            case ClauseForm.MERGED:
                assert _is_read_from(choice, of, set(keys))
            case ClauseForm.CONCESSION:
                (source,) = choice.sources
                asked = {s.condition for s in of.stated if s.seat == source.seat}
                assert choice.text in asked
            case ClauseForm.SHORTENED:
                assert keys
                assert choice.brackets
            case ClauseForm.NAMED_SUBSET if choice.brackets:
                assert len(choice.seats) > 1
                assert [s.seat for s in choice.sources if s.kind is SourceKind.NAME] == list(choice.seats)
            case ClauseForm.NAMED_SUBSET:
                called = {seat: name for seat, _, name in NAMES}
                assert len(choice.seats) > 1
                assert choice.text == named(texts[keys[0] or ""] or "", [called[seat] for seat in choice.seats], EN)
            case _:
                raise AssertionError(choice)


def _is_read_from(choice: ClauseChoice, of: Clause, keys: set[str | None]) -> bool:
    """Whether a text takes one reading of every bracket, each held by one of the wordings it names."""
    wordings = {w.key: w.text for w in of.wordings if w.text and w.language == EN}
    texts = {""}
    for piece in merge(wordings, EN):
        match piece:
            case Plain(text):
                parts = [text]
            case Bracket(readings):
                parts = [reading.text for reading in readings if keys & set(reading.holders)]
        texts = {begun + part for begun in texts for part in parts}
    return choice.text in {text.strip() for text in texts} and choice.provision == ProvisionId("p1")
