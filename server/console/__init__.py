"""Pages for people: each a GraphQL document and a template, rendered in the server and kept up to date over SSE."""
