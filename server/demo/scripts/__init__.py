"""Scripts of the demo: who says and does what, in order. All of it is invented; no state holds these positions.

A script is a folder: `script.toml` says what it is about, in which scenario it is played and which parts follow one
another. An act has `by` (CHAIR, a seat, or several seats for a round), `do` (a command) and what the command says.
Items go by number, clauses by item and number ("1.2"), alternatives and amendments by the seat that put them forward.
In `stances`, "2=R3" is RESERVE on clause 2 with importance 3, "2/KAZ=A" is ACCEPT on the wording of KAZ; levels are S,
A, N, R and O, and `reasons`, `removed_by` and `conditions` go by the same words. `refused` names a refusal that is part
of the play.
"""
