"""The brackets of one clause in a course: merged, split, closed one by one, and reopened.

Why a file of its own: what a closing makes of other wordings moves more rows than anything else does.
"""

from typing import Any

from polylogue import commands as c
from polylogue.vocabulary import ItemId, LanguageTag, PersonId, StanceLevel

EN = LanguageTag("en")


def cut(course: Any, item: ItemId, by: PersonId, *others: PersonId) -> None:
    """Every act on brackets, on a clause that is withdrawn at the end; stances stand on all that becomes of it."""
    words = "Decides to measure rivers and lakes each May."
    clause = course.go(c.ProposeProvision(language=EN, item=item, text=words), by)[0].event.provision
    beside = ("Decides to measure all canals and lakes each May.", "Agrees to measure rivers and lakes twice.")
    on = [
        course.go(c.ProposeAlternative(language=EN, provision=clause, text=text), other)[0].event.alternative
        for text, other in zip(beside, others, strict=True)
    ]
    for seat, alternative in zip((by, *others), (None, *on), strict=True):
        given = c.StanceGiven(provision=clause, level=StanceLevel.ACCEPT, alternative=alternative)
        course.go(c.StateStances(item=item, stances=(given,)), seat)
    course.go(c.MergeBrackets(provision=clause, first=1, last=2, if_revision=1, reason="One package."))
    course.go(c.SplitBracket(provision=clause, bracket=1, if_revision=1))
    course.go(c.CloseBracket(provision=clause, bracket=2, alternative=on[0], if_revision=1))
    course.go(c.ReopenBracket(provision=clause, reason="Too soon."), by)
    course.go(c.CloseBracket(provision=clause, bracket=1, reason="Agreed."))
    course.go(c.CloseBracket(provision=clause))
    course.go(c.WithdrawProvision(provision=clause), by)
