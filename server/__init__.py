"""The doors: HTTP, WebSocket, console, command line and settings."""
