"""graphql-transport-ws against a real server."""
