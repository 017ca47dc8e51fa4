"""How a refusal is noted: the history that leads to it, the rule, the place in the input, the parameters."""

from collections.abc import Callable
from typing import Any

from polylogue import commands as c
from polylogue.refusals import Refusal, RefusalCode
from polylogue.vocabulary import LanguageTag
from tests.scenes import EN, Scene, scenario

History = Callable[[], Refusal]
Case = tuple[History, str, tuple[str, ...], dict[str, Any]]


class Cases(dict[RefusalCode, Case]):
    """Refusals by their code; called, it gives what notes the history below it."""

    def __call__(self, code: RefusalCode, rule: str, *path: str, **params: Any) -> Callable[[History], History]:
        def add(history: History) -> History:
            self[code] = (history, rule, path, params)
            return history

        return add


def schedules(**of_scenario: Any) -> Refusal:
    return Scene().refuse(c.ScheduleSession(scenario=scenario(**of_scenario)), "organiser")


def position(scene: Scene, words: str, language: LanguageTag = EN) -> c.PostPosition:
    return c.PostPosition(item=scene.item, text=words, language=language)
