"""Random sittings: what people try, what always holds, and how a sitting can end."""
