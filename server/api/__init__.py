"""The doors of the GraphQL API: HTTP, WebSocket, and a page to try it out."""
