"""What is live in a template: kept apart, and sent again when it changes, as small as it was marked."""

import re
from typing import Any

import pytest
from jinja2 import DictLoader, Environment

from server.console.live import Live, Rendered, render

TABLE = """<main>{% live "sum" %}<p id="sum">{{ rows | length }}</p>{% endlive %}
{% live "table" %}<table id="table">{% for id, text in rows.items() %}
{% live "row-" ~ id %}<tr id="row-{{ id }}"><td>{{ text }}</td></tr>{% endlive %}{% endfor %}</table>{% endlive %}
</main><i>{{ shows }}</i>"""


def page(template: str = TABLE, **values: Any) -> Rendered:
    environment = Environment(loader=DictLoader({"page": template}), autoescape=True, extensions=[Live])
    return render(environment.get_template("page"), **values)


def sent(message: str) -> dict[str, str]:
    html = "\n".join(line.removeprefix("data: ") for line in message.split("\n") if line.startswith("data: "))
    return dict(re.findall(r'hx-target="#([^"]+)" hx-swap="outerMorph">(.*?)</hx-partial>', html, re.DOTALL))


def test_a_page_is_whole_and_says_what_it_shows():
    made = page(rows={"a": "<1>"})
    assert '<table id="table">\n<tr id="row-a"><td>&lt;1&gt;</td></tr></table>' in made.html()
    assert f"<i>{made.shows}</i>" in made.html()
    assert "\0" not in made.html()


def test_a_row_that_changed_is_sent_alone():
    before, after = page(rows={"a": 1, "b": 2}), page(rows={"a": 1, "b": 3})
    assert sent(after.since(before)) == {"row-b": '<tr id="row-b"><td>3</td></tr>'}
    assert after.since(before).startswith(f"id: {after.shows}\ndata: ")


def test_when_rows_come_or_go_or_move_their_parent_is_sent_whole():
    before = page(rows={"a": 1, "b": 2})
    for rows in ({"a": 1, "b": 2, "c": 3}, {"b": 2}, {"b": 2, "a": 1}):
        brought = sent(page(rows=rows).since(before))
        assert set(brought) - {"sum"} == {"table"}
        assert brought["table"].count("<tr") == len(rows)


def test_nothing_is_sent_to_a_page_that_shows_it_already():
    before, after = page(rows={"a": 1}), page(rows={"a": 1})
    assert after.since(before) == ""
    assert after.for_one_that_shows(before.shows) == ""


def test_a_page_of_which_nothing_is_known_gets_all_that_is_live():
    now = page(rows={"a": 1})
    frame = now.shows.partition("-")[0]
    assert set(sent(now.for_one_that_shows(f"{frame}-0123456789abcdef"))) == {"sum", "table"}


def test_a_page_with_another_frame_is_to_load_anew():
    other = page(TABLE.replace("<main>", "<main lang='ru'>"), rows={"a": 1})
    now = page(rows={"a": 1})
    for message in (now.since(other), now.for_one_that_shows(other.shows), now.for_one_that_shows("")):
        assert "event: anew\n" in message
        assert not sent(message)


def test_a_text_cannot_break_a_message():
    before = page(rows={"a": 1})
    after = page(rows={"a": "one\ntwo\r\nthree\rfour\u2028five\u0085\n\nid: 7\nevent: anew"})
    message = after.since(before)
    assert message.endswith("\n\n")
    assert "\n\n" not in message[:-2]
    assert "\r" not in message
    lines = message.removesuffix("\n\n").split("\n")
    assert [line for line in lines if not line.startswith("data: ")] == [f"id: {after.shows}"]
    assert "four\u2028five\u0085" in sent(message)["row-a"]


def test_what_is_live_is_one_element_with_its_id():
    with pytest.raises(ValueError, match="one element of that id"):
        page('{% live "a" %}<p id="b"></p>{% endlive %}')
    with pytest.raises(ValueError, match="two elements"):
        page('{% for _ in "12" %}{% live "a" %}<p id="a"></p>{% endlive %}{% endfor %}')
