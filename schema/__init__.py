"""How the nouns of a deliberation are stored and shown."""
