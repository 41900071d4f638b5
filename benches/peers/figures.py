"""What is computed from answers: shares with intervals, calibration, ranks, and who wins.

A figure without an interval is never called a win.
"""

import math

import numpy as np

Z_95 = 1.959964
BINS = 15
N_RESAMPLES = 1000
N_PERFECT = 1000
SEED = 20261127


def wilson(n_hits, n):
    """The 95 % interval of a share (Wilson, 1927).

    >>> [round(end, 3) for end in wilson(8, 10)]
    [0.49, 0.943]
    """
    if n == 0:
        return [0.0, 1.0]
    share, z2 = n_hits / n, Z_95 * Z_95
    centre = share + z2 / (2 * n)
    spread = Z_95 * math.sqrt(share * (1 - share) / n + z2 / (4 * n * n))
    ends = (centre - spread) / (1 + z2 / n), (centre + spread) / (1 + z2 / n)
    return [max(0.0, ends[0]), min(1.0, ends[1])]


def mcnemar(ours, theirs):
    """The exact two-sided p of McNemar's test on two lists of right and wrong answers.

    >>> round(mcnemar([1] * 8 + [0] * 2, [0] * 8 + [1] * 2), 4)
    0.1094
    """
    ours, theirs = np.asarray(ours, bool), np.asarray(theirs, bool)
    from scipy.stats import binomtest

    n_only_ours, n_only_theirs = int((ours & ~theirs).sum()), int((~ours & theirs).sum())
    n = n_only_ours + n_only_theirs
    return 1.0 if n == 0 else float(binomtest(n_only_ours, n).pvalue)


def verdict(ours, peer):
    """`win`, `tie` or `loss` for ours, and by which test; None where nothing can tell.

    Both are rows of the table. With both sides' hits at hand McNemar's test at 0.05 decides,
    else the 95 % intervals: only intervals that do not touch make a win.
    """
    if ours.value is None or peer.value is None or ours.measure != peer.measure:
        return None
    if ours.hits is not None and peer.hits is not None and len(ours.hits) == len(peer.hits):
        p = mcnemar(ours.hits, peer.hits)
        said = "tie" if p >= 0.05 else "win" if ours.value > peer.value else "loss"
        return said, f"McNemar p={p:.2g}"
    if ours.interval is None or peer.interval is None:
        return None
    above = ours.interval[0] > peer.interval[1]
    below = ours.interval[1] < peer.interval[0]
    return "win" if above else "loss" if below else "tie", "intervals"


def ece(confidences, hits):
    """How far confidence and accuracy lie apart over 15 bins of equal width.

    >>> round(ece([0.9] * 100, [0] * 100), 3)
    0.9
    """
    confidences, hits = np.asarray(confidences, float), np.asarray(hits, float)
    bins = np.minimum((confidences * BINS).astype(int), BINS - 1)
    gaps = np.bincount(bins, confidences - hits, BINS)
    return float(np.abs(gaps).sum() / max(1, len(hits)))


def ece_of_perfect(confidences, seed=SEED):
    """What 95 of 100 perfect models with these confidences stay below: the noise of the figure."""
    confidences = np.asarray(confidences, float)
    draw = np.random.default_rng(seed)
    runs = (ece(confidences, draw.random(len(confidences)) < confidences) for _ in range(N_PERFECT))
    return float(np.quantile(list(runs), 0.95))


def macro_f1(truth, answers):
    """The mean of F1 over all labels that occur.

    >>> round(macro_f1(["a", "a", "a", "b"], ["a", "a", "a", "a"]), 3)
    0.429
    """
    truth, answers = np.asarray(truth), np.asarray(answers)
    labels = np.union1d(truth, answers)
    both = [((truth == it) & (answers == it)).sum() for it in labels]
    either = [(truth == it).sum() + (answers == it).sum() for it in labels]
    return float(np.mean([2 * hit / n for hit, n in zip(both, either)]))


def among_best(scores, classes, truth, k):
    """Whether the true label is among the k best, row by row."""
    best = np.argsort(-scores, axis=1, kind="stable")[:, :k]
    return (np.asarray(classes)[best] == np.asarray(truth)[:, None]).any(axis=1)


def auroc(scores, is_positive):
    """How often a positive scores above a negative, ties half.

    >>> auroc([1, 2, 0, 1], [True, True, False, False])
    0.875
    """
    from scipy.stats import rankdata

    is_positive = np.asarray(is_positive, bool)
    n = int(is_positive.sum())
    n_pairs = n * (len(is_positive) - n)
    return float((rankdata(scores)[is_positive].sum() - n * (n + 1) / 2) / max(1, n_pairs))


def spearman(scores, truth):
    """The correlation of ranks."""
    from scipy.stats import rankdata

    return float(np.corrcoef(rankdata(scores), rankdata(truth))[0, 1])


def resampled(figure, *columns, seed=SEED):
    """The 95 % interval of a figure over rows drawn anew with replacement (bootstrap)."""
    columns = [np.asarray(column) for column in columns]
    draw, n = np.random.default_rng(seed), len(columns[0])
    runs = []
    for _ in range(N_RESAMPLES):
        at = draw.integers(0, n, n)
        runs.append(figure(*(column[at] for column in columns)))
    return [float(end) for end in np.quantile(runs, [0.025, 0.975])]


def mrr(ranks):
    """The mean of one over the rank of the first right item, ranks from 1."""
    return float((1 / np.asarray(ranks, float)).mean())


def best_threshold(scores, is_positive):
    """The threshold with the most right answers; to be looked for off the test file.

    >>> best_threshold([0.1, 0.4, 0.6, 0.9], [False, False, True, True])
    0.6
    """
    scores, is_positive = np.asarray(scores, float), np.asarray(is_positive, bool)
    order = np.argsort(-scores, kind="stable")
    n_above = np.cumsum(is_positive[order])
    n_wrong_above = np.arange(1, len(scores) + 1) - n_above
    return float(scores[order][np.argmax(n_above - n_wrong_above)])
