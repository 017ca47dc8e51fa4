"""The steps of the database, up and down, on both databases."""
