"""How large a document may be, measured in one pass.

Why measured by arithmetic: fragments that spread fragments name exponentially many fields in a few lines; each fragment
is measured once, after those it spreads, and its size is added wherever it is spread, without walking there again.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from graphlib import CycleError, TopologicalSorter

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    OperationDefinitionNode,
    SelectionSetNode,
)

from schema.api.errors import ErrorCode


@dataclass(frozen=True, slots=True)
class Limits:
    """What a document may have at most; the expanded counts are those of its largest operation.

    `depth` counts fields within fields; below `__schema` and `__type` `introspection_depth` holds instead, since the
    standard introspection query is deeper than any question about a session.
    """

    characters: int = 100_000
    tokens: int = 2_000
    operations: int = 10
    fragments: int = 50
    depth: int = 12
    introspection_depth: int = 20
    fields: int = 500
    aliases: int = 50
    directives: int = 50


@dataclass(frozen=True, slots=True)
class Size:
    """What selections come to when all their fragments are written out."""

    depth: int = 0
    introspection_depth: int = 0
    fields: int = 0
    aliases: int = 0
    directives: int = 0

    def beside(self, other: "Size") -> "Size":
        """Both in one selection set."""
        return Size(
            max(self.depth, other.depth),
            max(self.introspection_depth, other.introspection_depth),
            self.fields + other.fields,
            self.aliases + other.aliases,
            self.directives + other.directives,
        )


_CODES = {
    "depth": (ErrorCode.DOCUMENT_TOO_DEEP, "fields within fields"),
    "introspection_depth": (ErrorCode.DOCUMENT_TOO_DEEP, "fields within fields of the introspection"),
    "fields": (ErrorCode.DOCUMENT_TOO_MANY_FIELDS, "fields"),
    "aliases": (ErrorCode.DOCUMENT_TOO_MANY_ALIASES, "aliases"),
    "directives": (ErrorCode.DOCUMENT_TOO_MANY_DIRECTIVES, "directives"),
    "operations": (ErrorCode.DOCUMENT_TOO_MANY_OPERATIONS, "operations"),
    "fragments": (ErrorCode.DOCUMENT_TOO_MANY_FRAGMENTS, "fragments"),
}


def exceeded(document: DocumentNode, limits: Limits) -> GraphQLError | None:
    """The first limit that a parsed document exceeds, found in time linear in its length.

    Also says when fragments spread each other or share a name, since nothing could be measured then; graphql-core has
    rules for both, but others of its rules would meanwhile compare fields whose number nobody has limited.
    """
    operations = [d for d in document.definitions if isinstance(d, OperationDefinitionNode)]
    fragments = [d for d in document.definitions if isinstance(d, FragmentDefinitionNode)]
    for name, count in (("operations", len(operations)), ("fragments", len(fragments))):
        if count > getattr(limits, name):
            return _over(name, count, limits)
    named = {fragment.name.value: fragment for fragment in fragments}
    if len(named) < len(fragments):
        return GraphQLError("Two fragments have one name.", extensions={"code": ErrorCode.DOCUMENT_INVALID})
    try:
        asked, spread = measure(operations, named)
    except CycleError as cycle:
        names = ", ".join(dict.fromkeys(cycle.args[1]))
        return GraphQLError(f"Fragments spread each other: {names}.", extensions={"code": ErrorCode.DOCUMENT_INVALID})
    for name in (f.name for f in fields(Size)):
        # The rules of GraphQL look at fragments that no operation spreads too, so these may not be wide; but how deep a
        # fragment goes means nothing before it is known whether it stands below `__schema`.
        sizes = asked if name.endswith("depth") else asked + spread
        largest = max((getattr(size, name) for size in sizes), default=0)
        if largest > getattr(limits, name):
            return _over(name, largest, limits)
    return None


def measure(
    operations: list[OperationDefinitionNode], fragments: dict[str, FragmentDefinitionNode]
) -> tuple[tuple[Size, ...], tuple[Size, ...]]:
    """The sizes of the operations and of the fragments, each with what it spreads written out.

    Raises graphlib's CycleError when fragments spread each other.
    """
    spreads = {name: set(_spread(fragment.selection_set)) & fragments.keys() for name, fragment in fragments.items()}
    known: dict[str, Size] = {}
    for name in TopologicalSorter(spreads).static_order():
        known[name] = _size(fragments[name], known)
    return tuple(_size(operation, known) for operation in operations), tuple(known.values())


def _size(node: OperationDefinitionNode | FragmentDefinitionNode, known: dict[str, Size]) -> Size:
    return _sum(node.selection_set, known).beside(_directives(node))


def _sum(selections: SelectionSetNode, known: dict[str, Size]) -> Size:
    """Recurses within one definition only, where graphql-core's parser stops at 200 levels."""
    total = Size()
    for node in selections.selections:
        if isinstance(node, FragmentSpreadNode):
            size = known.get(node.name.value, Size())  # an unknown one is reported by the rules of GraphQL
        else:
            inside = getattr(node, "selection_set", None)
            size = _sum(inside, known) if inside else Size()
            if isinstance(node, FieldNode):
                size = _within(node, size)
        total = total.beside(size).beside(_directives(node))
    return total


def _within(field: FieldNode, below: Size) -> Size:
    """A field around what is selected below it."""
    depth, introspection = below.depth + 1, below.introspection_depth
    if field.name.value in ("__schema", "__type"):
        depth, introspection = 0, max(depth, introspection)
    return Size(depth, introspection, below.fields + 1, below.aliases + (field.alias is not None), below.directives)


def _directives(node: object) -> Size:
    return Size(directives=len(getattr(node, "directives", None) or ()))


def _spread(selections: SelectionSetNode) -> Iterator[str]:
    """Names of the fragments spread anywhere within one definition."""
    for node in selections.selections:
        if isinstance(node, FragmentSpreadNode):
            yield node.name.value
        elif inside := getattr(node, "selection_set", None):
            yield from _spread(inside)


def _over(name: str, value: int, limits: Limits) -> GraphQLError:
    code, what = _CODES[name]
    # The count of a fragment bomb has more digits than Python agrees to print.
    had = f"{value:,}" if value < 10**12 else "very many"
    return GraphQLError(f"At most {getattr(limits, name)} {what}, not {had}.", extensions={"code": code})
