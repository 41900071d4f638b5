"""Figures against known values, and who wins when; README.md tells how to run them."""

import doctest

import numpy as np
import pytest

import figures
from row import Row


def row(side, value, interval=None, hits=None):
    return Row("task", side, side, "accuracy", 10, value, interval, hits=hits)


def test_the_examples_in_the_texts_hold():
    assert doctest.testmod(figures).failed == 0


def test_an_interval_never_leaves_0_to_1():
    assert figures.wilson(0, 5)[0] == 0.0 and figures.wilson(5, 5)[1] == 1.0
    assert figures.wilson(0, 0) == [0.0, 1.0]


def test_a_perfect_model_has_no_calibration_error():
    hits = [at % 4 > 0 for at in range(100)]
    assert figures.ece([0.75] * 100, hits) == pytest.approx(0.0)


def test_the_noise_of_calibration_shrinks_with_more_rows():
    few, many = (figures.ece_of_perfect(np.full(n, 0.8)) for n in (100, 10_000))
    assert few > 3 * many > 0


def test_overlapping_intervals_are_a_tie():
    told = figures.verdict(row("ours", 0.9, [0.8, 0.95]), row("peer", 0.7, [0.6, 0.81]))
    assert told == ("tie", "intervals")


@pytest.mark.parametrize(
    ("value", "interval", "expected"),
    [(0.9, [0.85, 0.95], "win"), (0.5, [0.4, 0.59], "loss")],
)
def test_intervals_apart_decide(value, interval, expected):
    told = figures.verdict(row("ours", value, interval), row("peer", 0.7, [0.6, 0.8]))
    assert told == (expected, "intervals")


def test_single_answers_decide_where_intervals_cannot():
    theirs = np.arange(200) % 2 == 0
    ours = theirs | (np.arange(200) % 20 == 1)
    told = figures.verdict(
        row("ours", 0.55, [0.48, 0.62], ours), row("peer", 0.5, [0.43, 0.57], theirs)
    )
    assert told[0] == "win" and told[1].startswith("McNemar")


def test_nothing_is_said_without_interval_or_answers():
    assert figures.verdict(row("ours", 0.9), row("peer", 0.1)) is None
    assert figures.verdict(row("ours", None), row("peer", 0.1, [0.0, 0.2])) is None


def test_a_threshold_splits_at_the_most_right_answers():
    scores, truth = [0.2, 0.3, 0.35, 0.8], [False, True, False, True]
    assert figures.best_threshold(scores, truth) in (0.3, 0.8)


def test_the_interval_of_a_constant_is_a_point():
    assert figures.resampled(figures.mrr, [2] * 50) == pytest.approx([0.5, 0.5])
