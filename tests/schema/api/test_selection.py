"""What a document asks for is known before anything is read, however it is worded."""

from typing import Any

import pytest
import strawberry

from schema.api.selection import Selection, asking, selected, together

found: list[Selection] = []


@strawberry.type
class Leaf:
    name: str = "leaf"

    @strawberry.field
    def near(self, seats: list[str] | None = strawberry.UNSET, first: int = 3) -> list["Leaf"]:
        return [] if seats or first else [Leaf()]


@strawberry.type
class Tree:
    leaf: Leaf
    leaves: list[Leaf]


@strawberry.type
class Query:
    @strawberry.field
    def tree(self, info: strawberry.Info[Any, Any]) -> Tree:
        found.append(selected(info))
        return Tree(leaf=Leaf(), leaves=[])


SCHEMA = strawberry.Schema(Query)


def asked(document: str, **variables: Any) -> Selection:
    found.clear()
    result = SCHEMA.execute_sync(document, variable_values=variables)
    assert result.errors is None
    return found[-1]


def test_names_are_found_under_any_alias_and_in_any_fragment():
    selection = asked("""
        query { tree { a: leaf { name } ...more ... on Tree { leaves { near { name } } }
            ... { leaves { __typename } } } }
        fragment more on Tree { leaf { near { name } } }
    """)
    assert "leaf" in selection and "leaves" in selection and "__typename" not in selection  # noqa: PT018
    assert selection.below("leaf").any("name")
    assert "near" in selection.below("leaf")
    assert "name" not in selection.below("leaves")
    assert "name" in selection.below("leaves").below("near")
    assert not selection.below("nothing").any("name", "near")


def test_several_fields_of_one_type_are_asked_together():
    selection = asked("{ tree { leaf { near(first: 1) { name } } leaves { near(first: 2) { near { name } } } } }")
    both = selection.below("leaf", "leaves")
    assert [each["first"] for each in both.arguments("near")] == [1, 2]
    assert {"name", "near"} <= both.below("near").occurrences.keys()
    assert together() == Selection()


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ("", {"first": 3}),
        ("(first: 7)", {"first": 7}),
        ('(seats: "A")', {"seats": ["A"], "first": 3}),
        ("(seats: null)", {"seats": None, "first": 3}),
        ('(seats: [$seat, "B"], first: $n)', {"seats": ["KAZ", "B"], "first": 9}),
        ("(seats: $none)", {"first": 3}),
    ],
)
def test_arguments_are_those_that_the_resolver_gets(arguments: str, expected: dict[str, Any]):
    declared = '($seat: String! = "KAZ", $n: Int! = 9, $none: [String!])'
    used = "leaves { near(seats: [$seat], first: $n) { near(seats: $none) { name } } }"
    selection = asked(f"query {declared} {{ tree {{ leaf {{ near{arguments} {{ name }} }} {used} }} }}")
    assert selection.below("leaf").arguments("near") == [expected]


def test_one_field_can_be_asked_for_without_a_document():
    selection = asking("leaf", asking("near", Selection()))
    assert "near" in selection.below("leaf")
    assert selection.below("leaf").arguments("near") == []


def test_fragments_that_spread_fragments_are_opened_once():
    levels = 60
    fragments = " ".join(f"fragment f{i} on Leaf {{ ...f{i + 1} ...f{i + 1} }}" for i in range(levels))
    document = f"{{ tree {{ leaf {{ ...f0 }} }} }} {fragments} fragment f{levels} on Leaf {{ name }}"
    selection = asked(document)
    assert len(selection.below("leaf").occurrences["name"]) == 1
