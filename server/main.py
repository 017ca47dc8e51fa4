"""Where `polylogue` begins: what must be said to the process before anything is imported.

Why before: numpy's BLAS reads how many threads it may have when it is loaded. On the small matrices of a session its
threads wait for one another a hundred times longer than they compute. And the garbage collector looks through all that
is imported again and again, though none of it goes: without it a command begins a quarter sooner.
"""

import gc
import os


def main() -> None:
    """Run the command line."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    gc.disable()
    from server import cli  # noqa: PLC0415 -- it imports numpy

    gc.freeze()
    gc.enable()
    cli.main()
