"""What an operation asks of a field: the names below it, fragments opened, with the arguments as they were given.

Why before anything is read: one resolver at the root loads the whole tree by few flat selects, and only what is asked.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import strawberry
from graphql import (
    FieldNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLResolveInfo,
    InlineFragmentNode,
    SelectionSetNode,
    get_argument_values,
    get_named_type,
)
from graphql.execution.values import VariableValues

Occurrence = tuple[GraphQLField, FieldNode]


@dataclass(slots=True)
class Selection:
    """The fields selected below one or several fields together: by name, under whatever alias.

    `occurrences` are where a field is selected, `inside` is what is selected below all of them, `variables` are the
    operation's.
    """

    occurrences: dict[str, list[Occurrence]] = field(default_factory=dict[str, list[Occurrence]])
    inside: dict[str, "Selection"] = field(default_factory=dict[str, "Selection"])
    variables: Mapping[str, Any] = field(default_factory=dict[str, Any])

    def __contains__(self, name: str) -> bool:
        return name in self.occurrences

    def any(self, *names: str) -> bool:
        """Whether one of these fields is selected."""
        return any(name in self.occurrences for name in names)

    def below(self, *names: str) -> "Selection":
        """What is selected below these fields together; nothing where they are not selected."""
        return together(*(self.inside[name] for name in names if name in self.inside))

    def arguments(self, name: str) -> list[dict[str, Any]]:
        """The arguments of each occurrence of a field by their names in the schema, defaults filled in."""
        values = VariableValues({}, dict(self.variables))
        return [get_argument_values(definition, node, values) for definition, node in self.occurrences.get(name, ())]


def selected(info: strawberry.Info[Any, Any]) -> Selection:
    """What is selected below the field that is being resolved."""
    raw: GraphQLResolveInfo = info._raw_info  # noqa: SLF001 -- Strawberry's own tree has no defaults for arguments
    variables: Any = raw.variable_values
    below = Selection(variables=getattr(variables, "coerced", variables))
    parent = get_named_type(raw.return_type)
    for node in raw.field_nodes:
        if node.selection_set:
            _collect(raw, below, parent, node.selection_set, set())
    return below


def asking(name: str, below: Selection) -> Selection:
    """That one field is asked for, without arguments, and what is asked below it."""
    return Selection({name: []}, {name: below}, below.variables)


def together(*parts: Selection) -> Selection:
    """What several selections of one type ask for."""
    if len(parts) == 1:
        return parts[0]
    whole = Selection(variables=parts[0].variables if parts else {})
    for part in parts:
        for name, occurrences in part.occurrences.items():
            whole.occurrences.setdefault(name, []).extend(occurrences)
    for name in whole.occurrences:
        if inside := [part.inside[name] for part in parts if name in part.inside]:
            whole.inside[name] = together(*inside)
    return whole


def _collect(
    raw: GraphQLResolveInfo,
    into: Selection,
    parent: GraphQLNamedType,
    selections: SelectionSetNode,
    spread: set[tuple[str, int]],
) -> None:
    """Fields that @skip leaves out are taken as asked: to read too much is no fault. A fragment is opened once for each
    selection that it adds to, so that fragments which spread fragments stay linear there.
    """
    for node in selections.selections:
        if isinstance(node, FieldNode):
            _add(raw, into, parent, node, spread)
        elif isinstance(node, FragmentSpreadNode):
            fragment = raw.fragments[node.name.value]
            if (key := (node.name.value, id(into))) not in spread:
                spread.add(key)
                condition = raw.schema.get_type(fragment.type_condition.name.value) or parent
                _collect(raw, into, condition, fragment.selection_set, spread)
        elif isinstance(node, InlineFragmentNode):
            condition = node.type_condition and raw.schema.get_type(node.type_condition.name.value)
            _collect(raw, into, condition or parent, node.selection_set, spread)


def _add(
    raw: GraphQLResolveInfo,
    into: Selection,
    parent: GraphQLNamedType,
    node: FieldNode,
    spread: set[tuple[str, int]],
) -> None:
    name = node.name.value
    definition = parent.fields.get(name) if isinstance(parent, GraphQLObjectType | GraphQLInterfaceType) else None
    if definition is None:  # __typename
        return
    into.occurrences.setdefault(name, []).append((definition, node))
    if node.selection_set:
        below = into.inside.setdefault(name, Selection(variables=into.variables))
        _collect(raw, below, get_named_type(definition.type), node.selection_set, spread)
