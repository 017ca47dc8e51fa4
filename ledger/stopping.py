"""Whether a task has been told to stop, though what it awaited has made something else of it.

Why asked for: redis-py can let a failure of its own take the place of a cancellation, and a loop that goes on after a
failure would then never end.
"""

import asyncio


def told_to_stop() -> bool:
    """Whether the running task has been cancelled, be it by a timeout around it that has passed."""
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0
