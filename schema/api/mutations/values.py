"""Inputs for the values that commands are made of, and the envelope that every command's input has.

Why made from the core's classes: what a stance, a clause or a scenario consists of is written once (docs/api.md).
"""

from collections.abc import Mapping
from typing import Any, NewType, get_args, get_type_hints

import strawberry
from strawberry import UNSET

from polylogue import commands, scenario
from polylogue.vocabulary import Instant, SeatCode, Seq, SessionId
from schema.api.inputs import input_of

NAMED_BARE = frozenset(("after", "if_agreed", "person", "continues"))
"""Fields that hold an id and say so without an ending: what they mean is a relation, not a thing."""


def names_of(value: type) -> Mapping[str, str]:
    """How clients call the fields of a value that hold the id of something: `item` is `itemId`."""
    held = (name for name, hint in get_type_hints(value).items() if _is_id(hint))
    return {name: f"{name}_id" for name in held if name not in NAMED_BARE}


def _is_id(hint: Any) -> bool:
    return any(isinstance(part, NewType) and part.__name__.endswith("Id") for part in (hint, *get_args(hint)))


@strawberry.input
class Envelope:
    """What every command's input has besides the command.

    The same key and command again are answered with the same receipt. With `expectedSeq` the command is refused as a
    Conflict when the session has moved on.
    """

    session_id: SessionId
    idempotency_key: str
    expected_seq: Seq | None = UNSET


@strawberry.input
class SeatEnvelope(Envelope):
    """Besides, `seat` is needed by whoever holds several or enters for another; who enters may say when it was said."""

    seat: SeatCode | None = UNSET
    occurred_at: Instant | None = UNSET


for _value, _name in (
    (commands.StanceGiven, "StanceInput"),
    (commands.Translation, "TranslationInput"),
    (commands.RestoredPresence, "RestoredRollCallInput"),
    (commands.RestoredStances, "RestoredStancesInput"),
    (commands.RestoredWords, "RestoredWordsInput"),
    (commands.RestoredReasons, "RestoredObjectionInput"),
    (commands.RestoredLevel, "RestoredWithdrawalInput"),
    (commands.RestoredOpinionText, "RestoredOpinionInput"),
    (commands.RestoredQuestion, "RestoredCallInput"),
    (commands.SplitPlace, "SplitPlaceInput"),
    (commands.DraftSource, "DraftSourceInput"),
    (commands.DraftedAlternative, "DraftedAlternativeInput"),
    (commands.DraftedClause, "DraftedClauseInput"),
    (commands.CandidateSource, "CandidateSourceInput"),
    (commands.DraftedPrediction, "DraftedPredictionInput"),
    (commands.DraftedWording, "DraftedWordingInput"),
    (commands.DraftedCandidate, "DraftedCandidateInput"),
    (commands.DraftedBallot, "DraftedBallotInput"),
    (commands.AnswerGiven, "AnswerInput"),
    (commands.RefusedWording, "RefusedWordingInput"),
    (commands.Consultation, "WriterConsultationInput"),
    (scenario.LocalText, "LocalTextInput"),
    (scenario.ScenarioDelegation, "ScenarioDelegationInput"),
    (scenario.ScenarioProvision, "ScenarioProvisionInput"),
    (scenario.ScenarioItem, "ScenarioItemInput"),
):
    input_of(_value, names=names_of(_value))(type(_name, (), {}))


@input_of(commands.Restored, one_of=True)
class RestoredInput: ...


@input_of(scenario.Scenario, names=names_of(scenario.Scenario))
class ScenarioInput: ...
