"""Figures of a public consultation: many people, short statements, agree, disagree or pass (docs/crowd.md)."""
