"""What a page that is open is sent, message by message.

Why by hand: a message says exactly which parts of the page it brings.
"""

import re
from collections.abc import Generator, Iterator

import httpx

from tests.server.console.pages import board
from tests.server.console.sitting import Sitting


def messages_of(
    client: httpx.Client, sitting: Sitting, most: int | None = None, last_event: str | None = None
) -> Generator[str]:
    """The messages of a stream that was opened by a page which shows all there is now, or by one with such a header."""
    headers = {"Last-Event-ID": last_event} if last_event else {}
    address = re.search(r'hx-sse:connect="([^"]+)"', board(client, sitting).text)
    assert address
    with client.stream("GET", address[1].replace("&amp;", "&"), headers=headers, timeout=30) as answer:
        kept = ""
        told = 0
        for text in answer.iter_text():
            *whole, kept = (kept + text).split("\n\n")
            for message in whole:
                yield message
                told += 1
                if told == most:
                    return


def parts_of(message: str) -> dict[str, str]:
    """What a message brings, by the id of the element it is for."""
    html = "\n".join(line.removeprefix("data: ") for line in message.split("\n") if line.startswith("data: "))
    return dict(re.findall(r'<hx-partial hx-target="#([^"]+)"[^>]*>(.*?)</hx-partial>', html, re.DOTALL))


def until(messages: Iterator[str], name: str) -> str:
    """What the next message that has this part brings for it."""
    return next(found[name] for found in map(parts_of, messages) if name in found)
