"""What a session looks like in GraphQL: types, inputs, and how a document is judged before it runs."""
