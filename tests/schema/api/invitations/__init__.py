"""Join cards: given out, looked at, redeemed, used up, replaced; names and codes beside the record."""
