"""Drafting: one negotiating text made from what delegations want."""
