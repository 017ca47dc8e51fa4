"""The recorded votes that come with the product.

Why real ones: figures are published for them.
"""

from pathlib import Path

EXAMPLE = Path(__file__).parents[3] / "examples" / "unga-roll-calls-1992-2019.csv"
