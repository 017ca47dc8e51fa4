"""A convergence report: every exact figure of one item, and the document that is hashed.

Why nothing but the matrix goes in: whoever has the record can compute the same bytes again.
"""

from dataclasses import dataclass

from polylogue.convergence import agreement, blocking
from polylogue.convergence.decimal import figure
from polylogue.convergence.headline import Headline, Tally
from polylogue.convergence.matrix import ALGORITHM, SCALE, VERSION, Matrix


@dataclass(frozen=True, slots=True)
class Report:
    """All figures of an item as exact ratios; seats alphabetical, provisions in the order of the text."""

    item: str
    seats: tuple[str, ...]
    minimum_overlap: int
    headline: Headline
    provisions: tuple[agreement.Provision, ...]
    pairs: tuple[agreement.Pair, ...]
    gains: tuple[blocking.Gain, ...]

    def document(self) -> dict[str, object]:
        """The report as JSON values in the parts that are hashed apart: `public`, and `perSeat` by code.

        Integers and texts stay, every other figure is a decimal string of nine places or null; no floats.
        """
        return {
            "public": {
                "algorithm": ALGORITHM,
                "version": VERSION,
                "item": self.item,
                "scale": SCALE,
                "minimumOverlap": self.minimum_overlap,
                "seats": list(self.seats),
                "headline": _headline(self.headline),
                "provisions": [_provision(each) for each in self.provisions],
                "pairs": [_pair(each) for each in self.pairs],
            },
            "perSeat": {gain.seat: {"leaveOneOut": _gain(gain)} for gain in self.gains},
        }


def compute(matrix: Matrix, *, minimum_overlap: int = agreement.MINIMUM_OVERLAP) -> Report:
    """Every figure of version 1 for one item.

    A report that is kept is computed with the standing minimum overlap, because the minimum is not in the hashed
    input; another one is for looking, and its document says which.
    """
    provisions = agreement.provisions(matrix)
    tally = Tally()
    for provision in provisions:
        tally.add(provision.histogram)
    return Report(
        item=matrix.item,
        seats=matrix.seats,
        minimum_overlap=minimum_overlap,
        headline=tally.headline(len(matrix.seats) * len(matrix.provisions)),
        provisions=provisions,
        pairs=agreement.pairs(matrix, minimum_overlap=minimum_overlap),
        gains=blocking.gains(matrix),
    )


def _headline(headline: Headline) -> dict[str, object]:
    return {
        "stated": headline.stated,
        "cells": headline.cells,
        "coverage": figure(headline.coverage),
        "objections": headline.objections,
        "comparable": headline.comparable,
        "unanimous": headline.unanimous,
        "unanimityShare": figure(headline.unanimity_share),
        "meanCloseness": figure(headline.mean_closeness),
        "alpha": figure(headline.alpha),
    }


def _provision(provision: agreement.Provision) -> dict[str, object]:
    return {
        "id": provision.id,
        "histogram": list(provision.histogram),
        "stated": provision.stated,
        "notStated": list(provision.not_stated),
        "objections": provision.objections,
        "closeness": figure(provision.closeness),
        "agreement": figure(provision.agreement),
    }


def _pair(pair: agreement.Pair) -> dict[str, object]:
    return {
        "first": pair.first,
        "second": pair.second,
        "overlap": pair.overlap,
        "similarity": figure(pair.similarity),
        "identical": figure(pair.identical),
    }


def _gain(gain: blocking.Gain) -> dict[str, object]:
    return {
        "provisions": gain.provisions,
        "meanCloseness": figure(gain.mean_closeness),
        "unanimityShare": figure(gain.unanimity_share),
    }
