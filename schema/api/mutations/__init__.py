"""Mutations: one for each command, a chapter a file, named as in polylogue/procedure."""

from schema.api.mutations.mutation import Mutation

__all__ = ["Mutation"]
