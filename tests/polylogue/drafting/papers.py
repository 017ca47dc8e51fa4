"""Papers for tests of documents: texts in three languages, bracketed and objected to, or adopted."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from polylogue.drafting.compose import compose
from polylogue.drafting.markdown import markdown
from polylogue.drafting.paper import Clause, Decision, Opinion, Paper, Said, Stance, Wording
from polylogue.vocabulary import (
    Instant,
    LanguageStatus,
    LanguageTag,
    Nature,
    OpinionKind,
    ProvisionId,
    ProvisionKind,
    SeatCode,
    Seq,
    StanceLevel,
    TextState,
)

EN, RU, ZH = LanguageTag("en"), LanguageTag("ru"), LanguageTag("zh-Hans")
CHN, KAZ, UZB, ARM = map(SeatCode, ("CHN", "KAZ", "UZB", "ARM"))
OPERATIVE, PREAMBULAR = ProvisionKind.OPERATIVE, ProvisionKind.PREAMBULAR

NAMES = {
    CHN: {EN: "China", RU: "Китай", ZH: "中国"},
    KAZ: {EN: "Kazakhstan", RU: "Казахстан", ZH: "哈萨克斯坦"},
    UZB: {EN: "Uzbekistan", RU: "Узбекистан", ZH: "乌兹别克斯坦"},
    ARM: {EN: "Armenia", RU: "Армения", ZH: "亚美尼亚"},
}
RECITAL = {
    EN: "Convinced that trust grows where intentions are known in good time,",
    RU: "Будучи убеждены, что доверие растёт там, где намерения известны заблаговременно,",
    ZH: "确信意图及早为人所知，互信方能增长，",
}


def said(words: str | None, language: LanguageTag = EN) -> Said:
    """Words in a language; authentic in Russian and Chinese."""
    status = LanguageStatus.WORKING if language == EN else LanguageStatus.AUTHENTIC
    return Said(words, language, status)


def versions(words: str | dict[LanguageTag, str] | None) -> tuple[Said, ...]:
    """English words, or words by language."""
    if isinstance(words, dict):
        return tuple(said(text, language) for language, text in words.items())
    return (said(words),)


def clause(
    words: str | dict[LanguageTag, str] | None,
    kind: ProvisionKind = OPERATIVE,
    *others: Wording,
    id: str = "",
    stances: Sequence[Stance] = (),
) -> Clause:
    """A clause; `paper` numbers it, and gives it an id where it has none."""
    present = Wording("", versions(words), seq=Seq(1), stances=tuple(stances))
    return Clause(ProvisionId(id), 0, kind, present, others)


def alternative(
    key: str, words: str | dict[LanguageTag, str] | None, label: str = "bis", *, by: SeatCode = UZB, **more: Any
) -> Wording:
    return Wording(key, versions(words), label, (by,), Seq(40), **more)


def backs(*seats: SeatCode) -> list[Stance]:
    return [Stance(seat, StanceLevel.SUPPORT) for seat in seats]


def objects(seat: SeatCode, reason: str | None = "It costs too much.", **more: Any) -> Stance:
    why = {"reason": said(reason), "would_be_removed_by": said("A fund.")} if reason else {}
    return Stance(seat, StanceLevel.OBJECT, **why, **more)


def paper(*clauses: Clause, **more: Any) -> Paper:
    """A working text of the second item of a simulated council, with these clauses."""
    numbered = tuple(
        replace(each, number=place, id=each.id or ProvisionId(f"p{place}")) for place, each in enumerate(clauses, 1)
    )
    given: dict[str, Any] = {
        "nature": Nature.SIMULATION,
        "conference": "Practice sitting",
        "session": versions({EN: "Council of three", RU: "Совет трёх", ZH: "三方理事会"}),
        "item": 2,
        "titles": versions({EN: "Trust", RU: "Доверие", ZH: "互信"}),
        "languages": (EN, RU, ZH),
        "authentic": (RU, ZH),
        "state": TextState.WORKING,
        "seq": Seq(57),
        "at": Instant("2026-05-04T09:00:00.000Z"),
        "clauses": numbered,
        "names": {seat: versions(names) for seat, names in NAMES.items()},
        "backing": frozenset((CHN, KAZ, UZB)),
    }
    return Paper(**(given | more))


def adopted(*clauses: Clause, opinions: Sequence[Opinion] = (), **more: Any) -> Paper:
    """The same as the third decision, adopted on another day."""
    decision = Decision(3, Instant("2026-06-01T10:30:00.000Z"))
    return paper(*clauses, state=TextState.ADOPTED, decision=decision, opinions=tuple(opinions), **more)


def opinion(seat: SeatCode, words: str | None, on: str | None = None, kind: str = "INTERPRETATION") -> Opinion:
    return Opinion(seat, OpinionKind(kind), ProvisionId(on) if on else None, said(words))


def bracketed() -> Paper:
    """A text with a recital, a merged bracket with objections, sub-levels, options, and a clause that is erased."""
    return paper(
        clause(RECITAL, PREAMBULAR),
        clause(
            {
                EN: "Member States shall inform one another, at least thirty days in advance, of exercises.",
                RU: "Государства-члены не менее чем за тридцать дней информируют друг друга об учениях.",
                ZH: "成员国至少提前七天相互通报演习。",
            },
            OPERATIVE,
            alternative(
                "a1",
                {
                    EN: "Member States should inform one another, at least fourteen days in advance, of exercises.",
                    RU: "Государства-члены не менее чем за четырнадцать дней информируют друг друга об учениях.",
                    ZH: "成员国至少提前十四天相互通报演习。",
                },
                stances=tuple(backs(CHN)),
            ),
            stances=[*backs(KAZ), objects(UZB, "Thirty days cannot be kept.")],
        ),
        clause("Requests the secretariat:\n(a) to keep a line:\n(i) in Russian;\n(ii) in Chinese;\n(b) to report"),
        clause(
            "A dialogue on perceptions shall be held every year.",
            OPERATIVE,
            alternative("a2", "Nobody reports on anybody.", by=CHN),
            alternative("a3", "Contact points exchange assessments twice.", "ter", by=KAZ),
        ),
        clause(None),
        clause("Decides to remain seized of the matter"),
    )


def shown(of: Paper, language: LanguageTag | None = None) -> str:
    """The document as Markdown."""
    return markdown(compose(of, language))
