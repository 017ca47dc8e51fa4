"""The whole schema put together, and its text: `python -m schema.api.schema` writes schema/schema.graphql.

Why the text is kept: what clients rely on then changes where everybody can see it.
"""

import sys
from functools import cache
from pathlib import Path

import strawberry
from strawberry.printer import print_schema

from schema.api.documents import DEFAULT_LIMITS, executable
from schema.api.limits import Limits
from schema.api.mutations import Mutation
from schema.api.query import Query
from schema.api.subscription import Subscription
from schema.api.values import SCALARS

SDL = Path(__file__).parent.parent / "schema.graphql"


@cache
def make_schema(limits: Limits = DEFAULT_LIMITS) -> strawberry.Schema:
    """The schema that is served; one for the API and the pages of a process, since to make it takes a second."""
    return executable(Query, Mutation, Subscription, scalars=SCALARS, limits=limits)


def printed(schema: strawberry.Schema) -> str:
    return print_schema(schema) + "\n"


if __name__ == "__main__":
    SDL.write_text(printed(make_schema()), "utf-8")
    sys.stdout.write(f"{SDL.name}\n")
