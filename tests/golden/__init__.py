"""Lines of the record that must be read for ever.

`events.jsonl` holds the exact bytes of a session in which every kind of event is written, in every version that this
software ever wrote; `tree.json` the hash of each line and the root of the tree over them. While the record is of format
0 they may be written anew, with `python -m tests.golden`, and the commit says why. From format 1 on they never change:
a new kind or version gets new lines, in a file of its own.
"""
