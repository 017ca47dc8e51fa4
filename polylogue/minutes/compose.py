"""From a record to its minutes: masthead, delegations and attendance, what was said in its order, and the results.

Why the results stand at the end and again: a reader who wants to know how it ended looks there, and one who wants to
know why follows the entry numbers back.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from polylogue import events as e
from polylogue.drafting.phrases import conference_name, day, language_name, spoken
from polylogue.evolve import evolve
from polylogue.minutes.account import Account, Noted
from polylogue.minutes.desk import Desk
from polylogue.minutes.page import Line, Minutes, Point, Run, Section, Told, Voice, Words
from polylogue.minutes.phrases import phrases
from polylogue.minutes.results import Kept, delegations, results, roll_calls
from polylogue.minutes.tellings import TELLINGS
from polylogue.vocabulary import Audience, LanguageTag, Seq

BEGINS = (e.SessionOpened, e.SessionResumed, e.SessionReopened)
ENDS = (e.SessionSuspended, e.SessionClosed)


@dataclass(slots=True)
class _Story:
    """What has been told so far: sections with their lines, by their entries what was said, and who corrects what."""

    sections: list[Section]
    lines: list[Line] = field(default_factory=list[Line])
    told: dict[Seq, Told] = field(default_factory=dict[Seq, Told])
    corrected: dict[Seq, list[Seq]] = field(default_factory=lambda: defaultdict[Seq, list[Seq]](list))
    withheld: list[Seq] = field(default_factory=list[Seq])
    private: bool = False
    day: str = ""
    began: str = ""


def compose(account: Account, language: LanguageTag | None = None) -> Minutes:
    """The minutes in a language, the session's working one unless another is named.

    The first entry must be there and readable; ValueError where it is not. What the minutes say by themselves is in
    their language where there are phrases in it (English, Russian, Chinese), else in English.
    """
    first = account.entries[0] if account.entries else None
    if first is None or not isinstance(event := first.entry.event, e.SessionScheduled) or not first.readable:
        raise ValueError("minutes begin with the entry that schedules the session")
    wanted = tuple(dict.fromkeys((*((language,) if language else ()), event.working, *event.authentic)))
    desk = Desk(account, phrases(wanted[0]), wanted)
    story = _Story([Section(desk.say("before"), "before")])
    kept = Kept()
    for noted in account.entries:
        _take(desk, story, kept, noted)
    _shut(story)
    _cross(desk, story)
    desk.turn(first)  # for the texts of the masthead
    return Minutes(
        language=LanguageTag(spoken(wanted[0])),
        nature=event.nature,
        label=desk.of[event.nature],
        disclaimer=desk.of[f"{event.nature} means"],
        warning=desk.of["private"] if story.private else "",
        heading=desk.of["minutes"],
        title=desk.chosen(event.titles) or Run(conference_name(event.conference or "", desk.of) or desk.of["untitled"]),
        facts=tuple((desk.of[name], words) for name, words in _facts(desk, story, event)),
        sections=(
            Section(desk.say("delegations"), "delegations", table=delegations(desk)),
            roll_calls(desk, kept),
            *story.sections,
            *results(desk, kept),
        ),
        contents=desk.of["contents"],
        entry=desk.of["entry"],
        colon=desk.of["colon"],
    )


def _facts(desk: Desk, story: _Story, event: e.SessionScheduled) -> Iterator[tuple[str, Words]]:
    if event.conference:
        yield "conference", (Run(conference_name(event.conference, desk.of), Voice.WORDS),)
    rules = desk.state.rules
    if rules:
        yield "rules", desk.say("rules are", title=rules.title, name=rules.name)
    authentic = desk.listed((Run(language_name(tag, desk.of)),) for tag in event.authentic) or desk.say("none")
    yield "in languages", desk.say("languages are", working=language_name(event.working, desk.of), authentic=authentic)
    if event.continues:
        yield "continues", (Run(event.continues),)
    last = desk.account.entries[-1].entry
    yield "record", desk.say("until entry", entry=desk.entry(last.seq), time=desk.time(last.at))
    if story.withheld:
        yield "withheld", desk.say("withheld are", n=len(story.withheld), entries=_ranges(story.withheld))


def _ranges(seqs: Sequence[Seq]) -> str:
    """Numbers in order, those in a row together: "4, 7–9"."""
    rows: list[list[Seq]] = []
    for seq in seqs:
        if rows and seq == rows[-1][-1] + 1:
            rows[-1].append(seq)
        else:
            rows.append([seq])
    return ", ".join(str(row[0]) if len(row) == 1 else f"{row[0]}–{row[-1]}" for row in rows)


# ── the story ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _take(desk: Desk, story: _Story, kept: Kept, noted: Noted) -> None:
    entry, event = noted.entry, noted.entry.event
    desk.turn(noted)
    evolve(desk.state, entry)
    if noted.readable:
        _name(desk, event)
    if isinstance(event, BEGINS):
        _shut(story)
        title = desk.say("sitting n", n=event.sitting, day=day(entry.at, desk.of))
        story.began, story.day = desk.time(entry.at), day(entry.at, desk.of)
        intro = (Told(desk.say("sits", begin=story.began)),)
        story.sections.append(Section(title, f"sitting-{event.sitting}", intro=intro))
    if isinstance(event, e.ItemOpened) and noted.readable:
        _shut(story)
        title = desk.say("item of", n=desk.item(event.item), title=desk.titles[event.item])
        story.sections.append(Section(title, f"opened-{entry.seq}", 3))
    if noted.readable:
        _tell(desk, story, kept, noted)
    else:
        story.withheld.append(entry.seq)
    if isinstance(event, ENDS) and story.began:
        _rise(desk, story, noted)


def _name(desk: Desk, event: e.Event) -> None:
    """Keep how delegations and items are called."""
    if isinstance(event, e.SessionScheduled):
        for seat in event.delegations:
            run = desk.chosen(seat.names)
            if run and run.voice is Voice.WORDS:
                desk.names[seat.code] = replace(run, text=" ".join(run.text.split()), voice=Voice.NAME)
    items = event.items if isinstance(event, e.SessionScheduled) else ()
    for item in (event.item,) if isinstance(event, e.ItemAdded) else items:
        desk.titles[item.id] = desk.chosen(item.titles) or Run(desk.of["untitled"])


def _tell(desk: Desk, story: _Story, kept: Kept, noted: Noted) -> None:
    entry = noted.entry
    told = TELLINGS[type(entry.event)](desk, entry, entry.event)
    story.told[entry.seq] = told
    if entry.corrects is not None:
        story.corrected[entry.corrects].append(entry.seq)
        told = replace(told, points=(*told.points, _correction(desk, story, entry.corrects)))
    today = day(entry.at, desk.of)
    line = Line(entry.seq, entry.at, "" if today == story.day else today, told, tuple(_notes(desk, story, noted)))
    story.day = today
    story.lines.append(line)
    kept.keep(desk, entry, told)


def _correction(desk: Desk, story: _Story, seq: Seq) -> Point:
    """The entry that is corrected, with what it said where the reader may know it."""
    old = story.told.get(seq)
    if old is None:
        return Point(desk.say("corrects other", entry=desk.entry(seq)))
    quotes = (*old.quotes, *(quote for point in old.points for quote in point.quotes))
    return Point(desk.say("corrects", entry=desk.entry(seq), said=old.words), quotes)


def _notes(desk: Desk, story: _Story, noted: Noted) -> Iterator[Words]:
    acting = noted.entry.acting
    if acting.entered_by:
        yield desk.say("entered by", who=desk.of[f"a {acting.entered_by.role}"])
    if acting.occurred_at:
        yield desk.say("happened at", time=desk.time(acting.occurred_at))
    if noted.seen.to is not Audience.ALL:
        story.private = True
        yield desk.say(f"for {noted.seen.to}", seats=desk.seats(noted.seen.seats))


def _rise(desk: Desk, story: _Story, noted: Noted) -> None:
    """End a sitting; what comes next stands under a heading of its own."""
    _shut(story)
    place = max(place for place, each in enumerate(story.sections) if each.anchor.startswith("sitting-"))
    intro = (Told(desk.say("sat", begin=story.began, end=desk.time(noted.entry.at))),)
    story.sections[place] = replace(story.sections[place], intro=intro)
    story.began = ""
    number = desk.state.sitting
    story.sections.append(Section(desk.say("after", n=number), f"after-{number}"))


def _shut(story: _Story) -> None:
    """Give the last section its lines; it goes where it has nothing."""
    last = replace(story.sections[-1], lines=(*story.sections[-1].lines, *story.lines))
    story.lines = []
    story.sections[-1:] = [last] if last.lines or last.anchor.startswith("sitting-") else []


def _cross(desk: Desk, story: _Story) -> None:
    """Say of entries that have been corrected by which."""
    for place, section in enumerate(story.sections):
        if story.corrected.keys() & {line.seq for line in section.lines}:
            lines = (_corrected(desk, story, line) for line in section.lines)
            story.sections[place] = replace(section, lines=tuple(lines))


def _corrected(desk: Desk, story: _Story, line: Line) -> Line:
    notes = (desk.say("corrected by", entry=desk.entry(seq)) for seq in story.corrected.get(line.seq, ()))
    return replace(line, notes=(*line.notes, *notes))
