"""A document that asks for all there is, made from the schema.

What a viewer is not shown in answer to it, they are shown nowhere.
"""

from graphql import (
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLUnionType,
    get_named_type,
    is_leaf_type,
    is_required_argument,
)

from tests.schema.api.seen import SCHEMA

TYPES = SCHEMA._schema.type_map
DEEPEST = 9
ARGUMENTS = {"Provision.alternatives": "(closed: true)", "Session.record": "(first: 1000)"}


def everything(name: str, depth: int = DEEPEST) -> str:
    """All fields of a type and of what is below it; those that need an argument are left out."""
    return below(TYPES[name], depth)


def below(kind: GraphQLNamedType, depth: int) -> str:
    if isinstance(kind, GraphQLUnionType):
        return "__typename " + " ".join(f"... on {each.name} {{ {below(each, depth)} }}" for each in kind.types)
    assert isinstance(kind, GraphQLObjectType | GraphQLInterfaceType)
    found: list[str] = []
    for name, field in kind.fields.items():
        if any(map(is_required_argument, field.args.values())):
            continue
        inner = get_named_type(field.type)
        # each under a name of its own, since types beside each other in a union have fields of one name
        asked = f"{kind.name}_{name}: {name}{ARGUMENTS.get(f'{kind.name}.{name}', '')}"
        if is_leaf_type(inner):
            found.append(asked)
        elif depth and (inside := below(inner, depth - 1)):
            found.append(f"{asked} {{ {inside} }}")
    return " ".join(found)
