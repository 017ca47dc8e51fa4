"""Jobs that run beside a process until it stops, and which of them have ended before.

Why watched: a task that dies says nothing, and what it did is missed only when somebody needs it.
"""

import asyncio
from collections.abc import Coroutine
from typing import Any

import structlog

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class Jobs:
    """The jobs of a process. Any that ends before `stop` is dead: logged, named in `dead`, and `died` is set."""

    def __init__(self) -> None:
        self.stopping, self.died = asyncio.Event(), asyncio.Event()
        self.dead: list[str] = []
        self._tasks: dict[asyncio.Task[None], bool] = {}

    def start(self, name: str, job: Coroutine[Any, Any, None], *, heeds: bool = False) -> None:
        """Have a job done. One that `heeds` ends by itself when `stopping` is set; any other is cancelled then."""
        task = asyncio.create_task(job, name=name)
        self._tasks[task] = heeds
        task.add_done_callback(self._ended)

    async def stop(self) -> None:
        """End all jobs and wait for them."""
        self.stopping.set()
        for task, heeds in self._tasks.items():
            if not heeds:
                task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _ended(self, task: asyncio.Task[None]) -> None:
        error = None if task.cancelled() else task.exception()
        if self.stopping.is_set():
            if error:
                log.error("job failed at the end", job=task.get_name(), exc_info=error)
            return
        self.dead.append(task.get_name())
        self.died.set()
        log.error("job is dead", job=task.get_name(), cancelled=task.cancelled(), exc_info=error)
