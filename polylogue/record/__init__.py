"""How what happened becomes bytes that anybody can check (docs/record.md).

Why a folder of its own: what is hashed is for ever, so it is read and changed with other eyes than the rules are.
"""
