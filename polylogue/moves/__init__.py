"""What may be done now, command by command, and why not where it may not."""

from polylogue.moves.available import Answer, Move, available
from polylogue.moves.plain import PLAIN, Target

__all__ = ["PLAIN", "Answer", "Move", "Target", "available"]
