"""Reports as one JSON document for programs: the exact figures as they are hashed, and what stands beside them.

Why private parts are left out and not emptied: who passes the document on cannot tell from it what they were.
"""

import json
from collections.abc import Sequence

from server.convergence.reading import Document, Meeting, Reported


def as_json(found: Meeting, reported: Sequence[Reported], *, private: bool) -> str:
    """The session and its reports. Figures of `public` are decimal strings; `pictures` are drawn and not hashed."""
    return json.dumps(
        {
            "session": found.session,
            "title": found.title,
            "nature": found.nature,
            "names": {code: found.names.get(code, code) for code in _codes(reported)},
            "provisions": {
                id: {"item": clause.item, "number": clause.place, "words": clause.words}
                for id, clause in found.clauses.items()
            },
            "reports": [_report(each, private=private) for each in reported],
        },
        ensure_ascii=False,
    )


def _codes(reported: Sequence[Reported]) -> list[str]:
    return sorted({code for each in reported for code in each.public["seats"]})


def _report(each: Reported, *, private: bool) -> Document:
    shown: Document = {
        "scope": each.about.scope,
        "name": each.about.name,
        "title": each.about.title,
        "basis": each.basis,
        "behind": each.behind,
        "version": each.version,
        "inputHash": each.input_hash,
        "publicHash": each.public_hash,
        "input": each.input,
        "madeAt": each.made_at,
        "public": each.public,
        "beside": each.beside,
        "standing": each.standing.document(),
        "pictures": each.pictures if private else _of_everybody(each.pictures),
        "timeline": {about.scope: list(points) for about, points in each.timelines},
    }
    return shown | {"perSeat": each.per_seat} if private else shown


def _of_everybody(pictures: Document) -> Document:
    """Pictures without what they tell of a single delegation: that it stands with nobody, or has stated too little."""
    alone = ("isolated", "together", "unplaced")
    return {
        name: {key: value for key, value in part.items() if key not in alone}
        if name in ("coalitions", "axes")
        else part
        for name, part in pictures.items()
    }
