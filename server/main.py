"""Where `polylogue` begins: what must be said to the process before anything is imported.

Why before: numpy's BLAS reads how many threads it may have when it is loaded. On the small matrices of a session its
threads wait for one another a hundred times longer than they compute.
"""

import os


def main() -> None:
    """Run the command line."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from server import cli  # noqa: PLC0415 -- it imports numpy

    cli.main()
