"""The history of the database, one dated step per file."""
