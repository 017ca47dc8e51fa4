"""Tests of the GraphQL API below its transports."""
