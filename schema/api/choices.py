"""What an enumeration has, for whoever named something that it has not.

Why from the message: graphql-core says which enumeration it was nowhere else, and what it suggests is only what is
spelt alike.
"""

import re

from graphql import GraphQLEnumType, GraphQLError, GraphQLSchema

from schema.api.discreet import discreet

_NAMED = re.compile(r"does not exist in '(\w+)' enum\b|\bEnum '(\w+)' cannot represent non-")


def tell_choices(errors: list[GraphQLError], schema: GraphQLSchema) -> None:
    """Give each error about an enumeration's value the extension `allowed`: all that could have been named."""
    for error in errors:
        # cut first, since the value that was sent may itself read like such a message
        if not (found := _NAMED.search(discreet(error.message))):
            continue
        kind = schema.type_map.get(found[1] or found[2])
        if isinstance(kind, GraphQLEnumType):
            error.extensions = {**(error.extensions or {}), "allowed": list(kind.values)}
