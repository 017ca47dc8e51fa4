"""The log of a process.

Why on standard error: what a command prints is for whoever asked it.
"""

import logging
import sys

import structlog


def configure_logging(level: str, *, json: bool) -> None:
    """Log to standard error, as lines for people or as JSON."""
    # tracebacks without the values of variables: those would put tokens and private texts into the log
    for_people = structlog.dev.ConsoleRenderer(
        colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
    )
    for_machines = structlog.processors.JSONRenderer()
    without_values = structlog.processors.ExceptionRenderer(
        structlog.tracebacks.ExceptionDictTransformer(show_locals=False)
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            *([without_values, for_machines] if json else [for_people]),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level.upper()]),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
