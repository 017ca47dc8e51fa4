"""What a seat holds, and had stated before: the same whenever it is asked for."""

from copy import copy

from hypothesis import given
from hypothesis import strategies as st

from polylogue.events import Stance
from polylogue.stances import Stances, Target
from polylogue.vocabulary import AlternativeId, Instant, ProvisionId, Seq, StanceLevel

AT = Instant("2026-02-01T09:00:00.000Z")
TARGETS: list[Target] = [(ProvisionId(p), a) for p in ("p1", "p2") for a in (None, AlternativeId("a"))]


def stance(target: Target, level: StanceLevel) -> Stance:
    return Stance(
        provision=target[0], alternative=target[1], revision=1, level=level, importance=2,
        reason=None, would_be_removed_by=None, if_agreed=None, bulk=False,
    )  # fmt: skip


ENTRIES = st.lists(
    st.tuples(
        st.dictionaries(st.sampled_from(TARGETS), st.sampled_from(StanceLevel), min_size=1),
        st.sampled_from([None, *TARGETS]),
    )
)
"""What entries state, each with the wording of which is asked after it, if of any."""


@given(ENTRIES)
def test_what_is_held_is_what_was_stated_last_whenever_it_is_asked_for(
    entries: list[tuple[dict[Target, StanceLevel], Target | None]],
):
    asked, unasked = Stances(), Stances()
    stated: dict[Target, list[tuple[int, int, StanceLevel]]] = {}
    for seq, (said, asked_of) in enumerate(entries, 1):
        for place, (target, level) in enumerate(said.items()):
            stated.setdefault(target, []).insert(0, (seq, place, level))
        for stances in (asked, unasked):
            stances.take_in(Seq(seq), AT, tuple(stance(target, level) for target, level in said.items()))
        if asked_of:
            held = asked.get(asked_of)
            assert (
                [(h.seq, h.place, h.level) for h in held.stated()] == stated[asked_of]
                if held
                else asked_of not in stated
            )
    assert asked == unasked
    assert {on: [(h.seq, h.place, h.level) for h in held.stated()] for on, held in unasked.items()} == stated


@given(ENTRIES)
def test_a_copy_changes_by_itself(entries: list[tuple[dict[Target, StanceLevel], Target | None]]):
    first = Stances()
    for seq, (said, _) in enumerate(entries, 1):
        first.take_in(Seq(seq), AT, tuple(stance(target, level) for target, level in said.items()))
    second, before = copy(first), dict(first)
    second.take_in(Seq(1_000), AT, (stance(TARGETS[0], StanceLevel.OBJECT),))
    second.pop(TARGETS[1], None)
    assert dict(first) == before
    assert second[TARGETS[0]].before == first.get(TARGETS[0])
