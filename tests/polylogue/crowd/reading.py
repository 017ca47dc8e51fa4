"""Conversations with the figures that Polis itself computed, and how its numbers are read as ours.

The two in `published` are always there. Others are found in the folder that the environment variable POLYLOGUE_DATA
names, under polis/red-dwarf-fixtures: any folder with votes.json, comments.json and math-pca2.json is tried as well.
"""

import json
import os
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from polylogue.crowd.components import Components
from polylogue.crowd.report import Crowd, figures
from polylogue.crowd.votes import Floats, Labels, Votes, votes_of

HERE = Path(__file__).parent / "published"
DATA = Path(os.environ["POLYLOGUE_DATA"]) / "polis" if "POLYLOGUE_DATA" in os.environ else None
FOUND = [HERE, *([DATA / "red-dwarf-fixtures"] if DATA else [])]
CONVERSATIONS = [path.parent for folder in FOUND for path in sorted(folder.glob("*/math-pca2.json"))]


def entry(row: dict[str, Any], *names: str) -> Any:
    """The first of several names under which a fixture may have a value."""
    return next(row[name] for name in names if name in row)


@dataclass(frozen=True)
class Published:
    """One conversation. Polis counts agreeing as −1: its means and points are ours with the opposite sign."""

    folder: Path

    def load(self, name: str) -> Any:
        return json.loads((self.folder / name).read_text("utf-8"))

    @cached_property
    def math(self) -> dict[str, Any]:
        return self.load("math-pca2.json")

    @cached_property
    def tids(self) -> list[int]:
        return self.math["tids"]

    @cached_property
    def votes(self) -> Votes:
        rows = [
            (entry(row, "pid", "participant_id"), entry(row, "tid", "statement_id"), row["vote"])
            for row in self.load("votes.json")
        ]
        # Which number agrees is seen from the counts of the statements: copies of this interface differ.
        agrees = {entry(row, "tid", "statement_id"): row["agree_count"] for row in self.load("comments.json")}
        off = {}
        for sign in (1, -1):
            cast = Counter(tid for _, tid, vote in rows if vote == sign)
            off[sign] = sum(abs(count - cast[tid]) for tid, count in agrees.items())
        sign = min(off, key=lambda each: off[each])
        meta = self.math["meta-tids"]
        return votes_of(
            ((str(pid), str(tid), sign * vote) for pid, tid, vote in sorted(rows, key=lambda row: row[0])),
            statements=map(str, self.tids),
            out=(str(tid) for tid in self.math["mod-out"] if tid not in meta),
            meta=map(str, meta),
        )

    @cached_property
    def labels(self) -> Labels:
        """The group of each participant, through the base clusters."""
        base = dict(zip(self.math["base-clusters"]["id"], self.math["base-clusters"]["members"], strict=True))
        labels = np.full(len(self.votes.participants), -1)
        for group in self.math["group-clusters"]:
            for pid in (pid for cluster in group["members"] for pid in base[cluster]):
                labels[self.votes.participants.index(str(pid))] = group["id"]
        return labels

    @cached_property
    def components(self) -> Components:
        pca = self.math["pca"]
        scale = int((self.votes.matrix != -128).any(axis=0).sum())
        return Components(-np.array(pca["center"], float), np.array(pca["comps"], float), (0.0, 0.0), scale)

    @cached_property
    def crowd(self) -> Crowd:
        """Our figures for the groups and components that Polis found."""
        return figures(self.votes, self.labels, self.components)

    def by_statement(self, name: str) -> Floats:
        return np.array([self.math[name][str(tid)] for tid in self.tids])
