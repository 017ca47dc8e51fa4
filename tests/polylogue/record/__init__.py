"""Laws of the record: bytes, commitments, tree, payloads."""
