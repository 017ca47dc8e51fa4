"""Composition: doors, commands and pages over the ledger, the schema and the workers.

Why one thread for linear algebra: on the small matrices of a session the threads of numpy's BLAS wait for one another
a hundred times longer than they compute. It is read when numpy is first imported, so it stands before all else.
"""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
