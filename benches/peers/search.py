"""The peers that search and compare without learning labels: BM25, cosine of TF-IDF, overlap.

Three tasks: known duplicates among all reports, the right reply to a question, and whether two
texts mean the same.
"""

import re

import numpy as np

import data
import figures
from row import Row

TEXT_MAX = 4000
K1, B = 1.2, 0.75
N_BEST = 10
# Pairs that a threshold is looked for on, at most.
FIT_MAX = 20_000


def counter_for(language):
    """How BM25 cuts a text: words, or Chinese characters one and two at a time."""
    from sklearn.feature_extraction.text import CountVectorizer

    if language == "zh":
        return CountVectorizer(analyzer="char", ngram_range=(1, 2))
    return CountVectorizer(token_pattern=r"(?u)\b\w+\b")


def tfidf_for(language):
    """How cosines cut a text: words and pairs, or one to three Chinese characters."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    if language == "zh":
        return TfidfVectorizer(sublinear_tf=True, analyzer="char", ngram_range=(1, 3))
    return TfidfVectorizer(sublinear_tf=True, ngram_range=(1, 2), token_pattern=r"(?u)\b\w+\b")


def bm25(language, texts, queries):
    """The score of every text for every query, with Lucene's inverse document frequency."""
    counter = counter_for(language)
    counts = counter.fit_transform(texts).astype(np.float32).tocsr()
    in_texts = np.asarray((counts > 0).sum(0)).ravel()
    rarity = np.log(1 + (len(texts) - in_texts + 0.5) / (in_texts + 0.5))
    lengths = np.asarray(counts.sum(1)).ravel()
    length = np.repeat(lengths / lengths.mean(), np.diff(counts.indptr))
    damped = counts.data * (K1 + 1) / (counts.data + K1 * (1 - B + B * length))
    counts.data = damped * rarity[counts.indices]
    asked = (counter.transform(queries) > 0).astype(np.float32)
    return (asked @ counts.T).toarray()


def tfidf_cosine(language, texts, queries):
    """The cosine of every text with every query."""
    vectoriser = tfidf_for(language)
    rows = vectoriser.fit_transform(texts)
    return (vectoriser.transform(queries) @ rows.T).toarray()


def minilm_cosine(encoder):
    """The cosine of the encoder's vectors, 128 tokens a text."""

    def score(_, texts, queries):
        return encoder().encode(queries, 128) @ encoder().encode(texts, 128).T

    return score


SCORERS = {"BM25": bm25, "TF-IDF cosine": tfidf_cosine}
NOTES = {"BM25": f"k1={K1}, b={B}", "TF-IDF cosine": "sublinear"}


def first_ranks(scores, relevant):
    """The rank of each query's first right text, from 1; equal scores in the order of texts."""
    order = np.argsort(-scores, axis=1, kind="stable")
    return np.take_along_axis(relevant, order, axis=1).argmax(axis=1) + 1


def rank_row(task, who, ranks, k):
    """The share of queries with a right text among the first k, and the mean inverse rank."""
    ranks = np.asarray(ranks)
    more = {"mrr": figures.mrr(ranks), "mrr_95": figures.resampled(figures.mrr, ranks)}
    more |= {f"recall_{it}": float((ranks <= it).mean()) for it in (1, 5) if it < k}
    note = NOTES.get(who, "")
    return Row.of_hits(task, who, f"recall@{k}", ranks <= k, more=more, note=note)


class Duplicates:
    """Every report that has a duplicate asks for it among all others."""

    def __init__(self, datasets, name):
        self.name = name
        folder = f"{datasets}/{name}"
        reports = data.rows(folder, "train") + data.rows(folder, "test")
        reports = {str(it["id"]): it for it in reports}
        self.texts = [report_text(it) for it in reports.values()]
        group = np.array(groups(list(reports), folder))
        same = group[:, None] == group[None, :]
        np.fill_diagonal(same, False)
        self.queries = np.flatnonzero(same.any(axis=1))
        self.relevant = same[self.queries]

    def rows(self, who, scorer):
        """Recall among the first ten."""
        scores = scorer("en", self.texts, [self.texts[at] for at in self.queries])
        scores[np.arange(len(scores)), self.queries] = -np.inf
        return [rank_row(self.name, who, first_ranks(scores, self.relevant), N_BEST)]


def report_text(report):
    """Title and body of a report."""
    return "\n".join(report[it] for it in data.TICKET if report.get(it))[:TEXT_MAX]


def groups(ids, folder):
    """A group for each report: duplicates of duplicates are duplicates."""
    group = {it: it for it in ids}
    for name in ("duplicates_train", "duplicates_test"):
        for pair in data.rows(folder, name):
            for other in re.split(r"[,\s]+", str(pair["duplicate"])):
                a, b = group.get(str(pair["id"])), group.get(other)
                if a is not None and b is not None:
                    group = {it: b if its == a else its for it, its in group.items()}
    place = {it: at for at, it in enumerate(ids)}
    return [place[group[it]] for it in ids]


class Replies:
    """A question asks for its answer: among the replies it got, and among all replies there are."""

    def __init__(self, datasets, name, quick):
        self.name = name
        asked = data.rows(f"{datasets}/{name}", "test")
        if quick:
            asked = data.sampled(asked, data.QUICK_TEST)
        answered = [it for it in asked if any(reply["label"] for reply in it["replies"])]
        self.queries = [it["query"] for it in answered]
        self.texts = list(dict.fromkeys(reply["text"] for it in asked for reply in it["replies"]))
        place = {text: at for at, text in enumerate(self.texts)}
        shape = len(answered), len(self.texts)
        self.own, self.relevant = np.zeros(shape, bool), np.zeros(shape, bool)
        for at, it in enumerate(answered):
            for reply in it["replies"]:
                self.own[at, place[reply["text"]]] = True
                self.relevant[at, place[reply["text"]]] |= bool(reply["label"])

    def rows(self, who, scorer):
        """Two rows: among all replies, and among the question's own where not all are right."""
        # Texts without a shared word come in a drawn order: the chat's own would tell.
        drawn = np.random.default_rng(figures.SEED).permutation(len(self.texts))
        scores = scorer("zh", [self.texts[at] for at in drawn], self.queries)
        relevant, own = self.relevant[:, drawn], self.own[:, drawn]
        everywhere = rank_row(self.name, who, first_ranks(scores, relevant), N_BEST)
        open_ = (own & ~relevant).any(axis=1)
        ranks = first_ranks(np.where(own, scores, -np.inf)[open_], relevant[open_])
        among_own = rank_row(f"{self.name} own replies", who, ranks, 1)
        chance = (relevant & own).sum(1)[open_] / own.sum(1)[open_]
        among_own.more["chance"] = float(chance.mean())
        return [everywhere, among_own]


class Meaning:
    """Two texts: the more alike they look, the likelier they mean the same."""

    def __init__(self, datasets, spec, quick):
        self.name, self.is_graded = spec.name, spec.truth == "score"
        folder = f"{datasets}/{spec.name}"
        self.fit = data.sampled(data.rows(folder, spec.fit), data.QUICK_TRAIN if quick else FIT_MAX)
        self.test = data.rows(folder, spec.test)
        if quick:
            self.test = data.sampled(self.test, data.QUICK_TEST)
        truth = lambda pairs: np.array([pair[spec.truth] for pair in pairs])
        self.fit_truth, self.truth = truth(self.fit), truth(self.test)

    def row(self, who, likeness):
        """AUROC, and accuracy at the threshold of the fitting part; of grades the correlation."""
        scores = likeness(self.fit + self.test, self.fit_truth)
        fit, test = scores[: len(self.fit)], scores[len(self.fit) :]
        measure, figure = ("spearman", figures.spearman)
        if not self.is_graded:
            measure, figure = ("auroc", figures.auroc)
        row = Row(self.name, who, measure=measure, n=len(test), value=figure(test, self.truth))
        row.interval = figures.resampled(figure, test, self.truth)
        if not self.is_graded:
            row.more = self.accuracy(fit, test)
        return row

    def accuracy(self, fit, test):
        """What the threshold of the fitting part gets right, and what always one answer gets."""
        threshold = figures.best_threshold(fit, self.fit_truth)
        hits = (test >= threshold) == self.truth
        share = self.truth.mean()
        return {
            "accuracy": float(hits.mean()),
            "accuracy_95": figures.wilson(int(hits.sum()), len(hits)),
            "majority": float(max(share, 1 - share)),
        }


# A likeness takes pairs, and what is true of the first of them: all but the last learn nothing of it.


def overlap(pairs, _truth=None):
    """The share of all characters of two texts that both have (Jaccard)."""
    sets = ((set(pair["a"]), set(pair["b"])) for pair in pairs)
    return np.array([len(a & b) / max(1, len(a | b)) for a, b in sets])


def cosine_of(n_max):
    """The cosine of character TF-IDF; how rare a character is counts over all texts of the set."""

    def likeness(pairs, _truth=None):
        from sklearn.feature_extraction.text import TfidfVectorizer

        vectoriser = TfidfVectorizer(analyzer="char", ngram_range=(1, n_max), sublinear_tf=True)
        vectoriser.fit([pair[side] for pair in pairs for side in "ab"])
        a, b = (vectoriser.transform([pair[side] for pair in pairs]) for side in "ab")
        return np.asarray(a.multiply(b).sum(1)).ravel()

    return likeness


def learnt(pairs, truth):
    """Linear, of the n-grams that both texts have, those that one has, overlap and cosines."""
    import scipy.sparse as sp
    from sklearn.feature_extraction.text import CountVectorizer
    from sklearn.linear_model import LogisticRegression, Ridge

    vectoriser = CountVectorizer(analyzer="char", ngram_range=(1, 3), binary=True, min_df=2)
    vectoriser.fit([pair[side] for pair in pairs for side in "ab"])
    a, b = (vectoriser.transform([pair[side] for pair in pairs]) for side in "ab")
    near = np.stack([overlap(pairs), *(cosine_of(n)(pairs) for n in (1, 2, 3))], 1)
    near = (near - near.mean(0)) / near.std(0)
    rows = sp.hstack([0.5 * a.multiply(b), 0.5 * abs(a - b), near]).tocsr()
    fit = rows[: len(truth)]
    if len(set(truth)) > 2:
        return Ridge(alpha=10.0).fit(fit, truth).predict(rows)
    return LogisticRegression(C=0.1, max_iter=1000).fit(fit, truth).decision_function(rows)


LIKENESSES = {
    "character overlap": overlap,
    "TF-IDF cosine, characters": cosine_of(1),
    "TF-IDF cosine, characters 1-2": cosine_of(2),
    "n-grams in both and in one, learnt": learnt,
}
