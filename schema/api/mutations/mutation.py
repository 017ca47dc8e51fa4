"""The root of all mutations: one for each command, and one that is no command."""

from strawberry.tools import create_type

from schema.api.mutations import agenda, corrections, decisions, invitations, people, positions, sessions, texts

Mutation = create_type(
    "Mutation",
    [
        *sessions.FIELDS,
        *people.FIELDS,
        *invitations.FIELDS,
        *agenda.FIELDS,
        *positions.FIELDS,
        *texts.FIELDS,
        *decisions.FIELDS,
        *corrections.FIELDS,
    ],
)
