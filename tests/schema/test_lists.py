"""Lists in statements come in few lengths and say the same."""

from schema.lists import padded


def test_the_last_value_is_repeated_up_to_a_power_of_two() -> None:
    assert padded(()) == []
    assert padded("a") == ["a"]
    assert padded("abc") == ["a", "b", "c", "c"]
    assert padded({7}) == [7]
    assert {len(padded(range(size))) for size in range(1, 1001)} == {2**power for power in range(11)}
    assert all(set(padded(range(size))) == set(range(size)) for size in range(100))
