"""The law of rule 5.8: no clean text has words that nobody has given or spoken for."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from polylogue import commands as c
from polylogue.drafting.distance import plain
from tests.polylogue.procedure.sources import ACCEPT, RESERVE, SUPPORT, cleaned, tabling
from tests.scenes import EN, THREE, Scene, sco, takes

TEXTS = ("Data shall be shared.", "data shall be  shared.", "Data should be shared.", "Water is life.")
seats, wordings = st.sampled_from(THREE), st.sampled_from(TEXTS)
LEVELS = st.sampled_from((SUPPORT, ACCEPT, RESERVE))
says = st.one_of(
    st.tuples(st.just("alternative"), seats, wordings),
    st.tuples(st.just("position"), seats, wordings),
    st.tuples(st.just("stance"), seats, LEVELS),
    st.tuples(st.just("close"), st.booleans(), st.none()),
)
drafts = st.tuples(st.just("draft"), wordings, seats | st.none(), st.booleans(), st.booleans())


def tried(scene: Scene, act: tuple[Any, ...]) -> None:
    last = scene.state.provisions[scene.clauses[-1]]
    match act:
        case ("alternative", seat, words):
            scene.attempt(c.ProposeAlternative(provision=last.id, text=words, language=EN), seat)
        case ("position", seat, words):
            scene.attempt(c.PostPosition(item=scene.item, text=words, language=EN), seat)
        case ("stance", seat, level):
            newest = last.alternatives[-1] if last.alternatives else None
            scene.attempt(takes(scene.item, last.id, level, alternative=newest), seat)
        case ("close", chosen, _):
            scene.attempt(
                c.CloseBracket(
                    provision=last.id, alternative=last.alternatives[-1] if chosen and last.alternatives else None
                )
            )
        case (_, words, seat, made, aside):
            sources = (c.DraftSource(seat=seat, drawn=made),) if seat else ()
            if aside:
                wanted = c.DraftedAlternative(text=words, language=EN, sources=sources)
                clause = c.DraftedClause(provision=last.id, revision=last.revision, alternatives=(wanted,))
                scene.attempt(c.TableDraft(item=scene.item, clauses=(clause,)), "worker")
            else:
                scene.attempt(tabling(scene, *sources, words=words), "worker")


@settings(max_examples=60)
@given(acts=st.lists(says | drafts, max_size=7), first=drafts)
def test_no_clean_text_has_words_that_nobody_has_given_or_spoken_for(
    acts: list[tuple[Any, ...]], first: tuple[Any, ...]
):
    scene = sco(clauses=1)
    opening = plain(scene.words(scene.clauses[0]), EN)
    for act in (*acts, first, *reversed(acts)):
        tried(scene, act)
    for clause in scene.clauses:
        scene.attempt(c.CloseBracket(provision=clause))
    if cleaned(scene) is None:
        given = (command for command in scene.given if isinstance(command, c.ProposeAlternative | c.PostPosition))
        said = {opening, *(plain(command.text or "", EN) for command in given)}
        for clause in scene.clauses:
            held = [stances.get((clause, None)) for stances in scene.state.stances.values()]
            backed = any(each and each.level in (SUPPORT, ACCEPT) for each in held)
            assert backed or plain(scene.words(clause), EN) in said
