"""Which media type a client would like best, by its Accept header (RFC 9110, 12.5.1).

Why by hand: the order among types of equal weight is GraphQL over HTTP's and not the header's.
"""

from enum import StrEnum


class Media(StrEnum):
    """Types of answers, in the order in which they win when a client likes them equally without naming any."""

    JSON = "application/json"
    GRAPHQL = "application/graphql-response+json"
    HTML = "text/html"


# A type that is named wins over one that is only covered by a wildcard. Among named ones GRAPHQL wins, since its status
# codes say more; a client that takes anything gets JSON, since it may be an old one.
_RANK_NAMED = {Media.GRAPHQL: 2, Media.JSON: 1, Media.HTML: 0}
_RANK_COVERED = {Media.JSON: 2, Media.GRAPHQL: 1, Media.HTML: 0}


def preferred(accept: str, offered: tuple[Media, ...]) -> Media | None:
    """The best of the types offered, None when none is acceptable. No header at all means anything."""
    ranges = [_weighed(part) for part in (accept or "*/*").split(",") if part.strip()]
    best, found = (0.0, 0, 0), None
    for media in offered:
        named, weight = max(((_named(media, name), weight) for name, weight in ranges), default=(0, 0.0))
        rank = (_RANK_NAMED if named == _BY_NAME else _RANK_COVERED)[media]
        if named and weight and (score := (weight, named, rank)) > best:
            best, found = score, media
    return found


_BY_NAME = 3


def _named(media: Media, name: str) -> int:
    """How exactly a range names a type: 3 by name, 2 by its first half, 1 by a full wildcard, 0 not at all."""
    return {media.value: _BY_NAME, media.partition("/")[0] + "/*": 2, "*/*": 1}.get(name, 0)


def _weighed(part: str) -> tuple[str, float]:
    """A media range and its weight; a weight that is no number counts as 0."""
    name, *parameters = (piece.strip().lower() for piece in part.split(";"))
    weights = [value.strip() for key, _, value in (p.partition("=") for p in parameters) if key.strip() == "q"]
    try:
        return name, min(max(float(weights[0]), 0.0), 1.0) if weights else 1.0
    except ValueError:
        return name, 0.0
