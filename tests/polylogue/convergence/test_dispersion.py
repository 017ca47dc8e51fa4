"""Other measures of dispersion: the values that were published, and where they begin and end."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polylogue.convergence.dispersion import berry_mielke, leik, polarisation, tastle_wierman

COUNTS = st.lists(st.integers(0, 6), min_size=5, max_size=5).map(tuple).filter(lambda counts: sum(counts) > 1)


def test_the_values_that_were_published():
    """The example of the R package agrmt for its measures, but Berry and Mielke's, counted from their formula."""
    counts = (30, 40, 210, 130, 530, 50, 10)
    found = [float(measure(counts) or 0) for measure in (polarisation, leik, berry_mielke, tastle_wierman)]
    assert found == pytest.approx([0.1943333, 0.2866667, 0.4026667, 0.7256876], abs=5e-8)


@given(COUNTS)
def test_they_go_from_all_alike_to_half_at_either_end(counts: tuple[int, ...]):
    split = counts[0] == counts[-1] and not any(counts[1:-1])
    for measure, alike in ((polarisation, 0), (leik, 0), (berry_mielke, 0), (tastle_wierman, 1)):
        value = measure(counts)
        assert value is not None
        assert -1e-9 <= value <= 1 + 1e-9
        assert float(value) == pytest.approx(float(measure(counts[::-1]) or 0))
        assert (value == pytest.approx(alike)) == (max(counts) == sum(counts))
        if split:
            assert value == pytest.approx(1 - alike)


def test_of_too_few_stances_nothing_is_said():
    for measure in (polarisation, leik, berry_mielke, tastle_wierman):
        assert measure((0, 0, 0, 0, 0)) is None
    assert (polarisation((0, 1, 0, 0, 0)), berry_mielke((0, 1, 0, 0, 0))) == (None, None)
