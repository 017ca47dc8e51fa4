"""`python -m migrations "What changes"` writes the next step from what schema/tables.py declares.

Why written and not run: what was found by comparing is read, and mostly mended, by somebody first.
"""

import sys

from migrations.steps import revise

print(revise(" ".join(sys.argv[1:])))  # noqa: T201 -- whoever asked wants to know the file
