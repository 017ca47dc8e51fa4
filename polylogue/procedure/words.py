"""What is said when a text cannot be admitted."""

from polylogue.refusals import RefusalCode, Refused, refuse
from polylogue.text import TextRefused


def refuse_text(refused: TextRefused, rule: str, path: tuple[str, ...]) -> Refused:
    """The refusal of a text by its rule and place in the input."""
    return refuse(RefusalCode(refused.code), rule, path=path, **refused.params)
