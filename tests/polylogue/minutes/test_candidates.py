"""Drafts are told with whose words they have; why a round's first candidate comes first, in the reader's language."""

from dataclasses import replace

from polylogue import commands as c
from polylogue.events import CandidatesProposed, DraftTabled
from polylogue.minutes.compose import compose
from polylogue.vocabulary import ClauseForm, LanguageTag, PredictionBasis, StanceLevel
from tests.polylogue.minutes.accounts import account, history, lines, minutes, told
from tests.polylogue.procedure.rounds import (
    alternative,
    asks,
    merged,
    omitted,
    predicted,
    present,
    proposing,
    text,
)
from tests.scenes import EN, THREE, Scene, sco

KAZ, KGZ, UZB = THREE
OBJECT = StanceLevel.OBJECT


def round_told(scene: Scene, language: str) -> str:
    (seq,) = (entry.seq for entry in scene.entries if isinstance(entry.event, CandidatesProposed))
    return told(lines(compose(account(scene), LanguageTag(language)))[seq])


def tied() -> Scene:
    """A round whose first candidate takes KAZ's wording, is objected to in the other clause, and leads by its words."""
    scene = sco()
    first, second = scene.clauses
    (beside,) = scene.give(c.ProposeAlternative(provision=first, text="Should.", language=EN), "KAZ")
    asks(scene)
    stated = predicted(UZB, OBJECT, figure="0", basis=PredictionBasis.STATED)
    wordings = (
        alternative(first, beside.alternative),
        present(second, stated, predicted(KGZ, OBJECT, figure="0")),
        replace(merged(scene, first, "Item 1, clause 1."), form=ClauseForm.WRITTEN),
        omitted(first),
    )
    candidates = (text(0, 1, words=2), text(2, 1, words=3), text(3, 1, words=4))
    scene.give(proposing(scene, wordings, candidates, ((KGZ, ((1, 2), (3,))), (UZB, ((1, 2), (3,))))), "worker")
    return scene


def test_what_a_candidate_does_who_objects_and_what_put_it_first_is_said_in_the_readers_language():
    scene = tied()
    assert "Explanation: Because." in round_told(scene, "en")
    assert "Explanation: Because." in round_told(scene, "fr"), "the form is English then"
    russian = round_told(scene, "ru")
    assert (
        "В формулировке, которую предлагают (KAZ): 1.1; Без изменений: 1.2; Возражения (1.2): UZB; Только ожидаемые"
        " возражения по каждому из пунктов (1.2): 1; Равен варианту 2, но стоит выше: меньше слов"
    ) in russian
    assert "Because." not in russian
    assert "采用KAZ的措辞：1.1；保持不变：1.2；反对1.2：UZB；" in round_told(scene, "zh-Hans")


def test_clauses_are_told_by_what_is_done_with_them():
    seqs = [entry.seq for entry in history().entries if isinstance(entry.event, CandidatesProposed)]
    first, *_, third, _ = (told(lines(minutes("ru"))[seq]) for seq in seqs)
    assert "Без изменений: 2.1; Объединены формулировки (нынешний текст): 2.2; Опущено: 2.3" in first
    assert "Только от имени этих делегаций (Delegation of UZB): 3.2" in third


def test_of_the_words_that_a_draft_brings_it_is_told_whose_they_are_and_of_what_they_are_made():
    seq = next(entry.seq for entry in history().entries if isinstance(entry.event, DraftTabled))
    assert (
        "Clause 1.4; words of Delegation of KAZ | Clause 1.5; made of words of Delegation of KAZ |"
        f" Clause 1.5, wording bis (entry {seq}); words of no delegation |"
    ) in told(lines(minutes("en"))[seq])
