"""A line of the table."""

from dataclasses import dataclass, field

import numpy as np

import figures


@dataclass
class Row:
    """Who answered which task how well.

    `value` is the measure that verdicts go by, None where there is none; `hits` tells which test
    rows were right, for paired tests; `more` has other figures by name.
    """

    task: str
    who: str
    side: str = "peer"
    measure: str = ""
    n: int | None = None
    value: float | None = None
    interval: list | None = None
    more: dict = field(default_factory=dict)
    note: str = ""
    hits: object = None
    verdicts: dict = field(default_factory=dict)

    @classmethod
    def of_hits(cls, task, who, measure, hits, **rest):
        """A share of right answers, with Wilson's interval."""
        hits = np.asarray(hits, bool)
        n_hits, n = int(hits.sum()), len(hits)
        share = {"value": n_hits / max(1, n), "interval": figures.wilson(n_hits, n)}
        return cls(task, who, measure=measure, n=n, hits=hits, **share, **rest)

    def as_json(self):
        """Everything but the single answers."""
        return {key: value for key, value in vars(self).items() if key != "hits"}
