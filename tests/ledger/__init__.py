"""Histories of the ledger: what it takes, keeps, gives back and announces."""
