"""The rules, one chapter a file: what a command leads to, or why it is refused."""
