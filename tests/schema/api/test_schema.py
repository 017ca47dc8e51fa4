"""The text of the schema that clients rely on."""

import re

from polylogue import events
from schema.api.schema import SDL, make_schema, printed


def test_the_committed_text_is_the_schema():
    assert SDL.read_text("utf-8") == printed(make_schema()), "run: python -m schema.api.schema"


def test_descriptions_name_fields_as_clients_do():
    assert re.findall(r"`\w*[a-z]_[a-z]\w*`", SDL.read_text("utf-8")) == []


def test_every_kind_of_event_has_a_detail_of_its_name():
    types = make_schema()._schema.type_map
    assert [each.name for each in types["EventDetail"].types] == list(events.KINDS)  # type: ignore[attr-defined]
    assert list(types["EventKind"].values) == list(events.KINDS)  # type: ignore[attr-defined]
