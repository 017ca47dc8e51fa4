"""How close the delegations are: exact figures from stated stances (docs/convergence.md)."""
