"""The peers that learn labels, each with the settings it was measured best with on train.

Costs and fastText's settings stand in data.py beside their sets; they were chosen on a slice of
each set's train file, never on test. Everything runs on one thread.
"""

import re
import tempfile
import time
from functools import cached_property
from pathlib import Path

import numpy as np

import figures
from data import OUT_OF_SCOPE
from row import Row

# Most frequent features kept for logistic regression: bounds what 77 labels cost.
LR_FEATURES_MAX = 60_000
FASTTEXT = {"dim": 100, "bucket": 500_000, "loss": "softmax", "thread": 1, "verbose": 0}
# A nearest neighbour's cosine counts twice beside a margin.
NEIGHBOUR_WEIGHT = 2.0


class Answers:
    """Scores of each label for the rows of dev and test."""

    def __init__(self, classes, dev, test, settings, is_probability=False, belonging=None):
        self.classes = np.asarray(classes)
        self.scores = {"dev": dev, "test": test}
        self.settings = settings
        self.is_probability = is_probability
        best = {name: scores.max(1) for name, scores in self.scores.items() if len(scores)}
        # How sure the model is that a text is about one of its labels.
        self.belonging = belonging or best

    @property
    def labels(self):
        """The best label of each test row."""
        return self.classes[self.scores["test"].argmax(1)]


class Task:
    """One labelled set with what peers share: sparse features and the encoder's vectors."""

    def __init__(self, spec, parts, encoder):
        self.spec = spec
        self.train = parts["train"].only(lambda label: label != OUT_OF_SCOPE)
        self.dev, self.test = parts["dev"], parts["test"]
        self._encoder = encoder

    @cached_property
    def tfidf(self):
        """Sparse rows of train, dev and test."""
        vectoriser = vectoriser_for(self.spec.language, len(self.train))
        train = vectoriser.fit_transform(self.train.texts)
        return [as_rows(it) for it in (train, *map(vectoriser.transform, self._asked()))]

    @cached_property
    def frequent(self):
        """The same with the most frequent features alone."""
        train = self.tfidf[0]
        in_texts = np.asarray((train > 0).sum(0)).ravel()
        kept = np.sort(np.argsort(-in_texts, kind="stable")[:LR_FEATURES_MAX])
        return [rows[:, kept] for rows in self.tfidf]

    @cached_property
    def encoded(self):
        """The encoder's vectors of train, dev and test."""
        encode = lambda texts: self._encoder().encode(texts, self.spec.tokens_max)
        return [encode(texts) for texts in (self.train.texts, *self._asked())]

    @cached_property
    def tfidf_svm(self):
        """A linear machine on the sparse rows: two peers use it."""
        return linear_svm(self.tfidf, self.train.labels, self.spec.svc_c)

    def _asked(self):
        # A vectoriser refuses no texts at all.
        return self.dev.texts or [""], self.test.texts


def vectoriser_for(language, n_train):
    """Words and characters of words; of Chinese one to four characters."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.pipeline import FeatureUnion

    if language == "zh":
        return TfidfVectorizer(
            analyzer="char", ngram_range=(1, 4), min_df=2, sublinear_tf=True, max_features=400_000
        )
    rare = 1 if n_train < 12_000 else 2
    word = TfidfVectorizer(
        ngram_range=(1, 2),
        min_df=rare,
        sublinear_tf=True,
        token_pattern=r"(?u)\b\w+\b",
        max_features=200_000,
    )
    char = TfidfVectorizer(
        analyzer="char_wb", ngram_range=(2, 5), min_df=2, sublinear_tf=True, max_features=200_000
    )
    return FeatureUnion([("word", word), ("char", char)])


def as_rows(matrix):
    """Compressed rows of 32-bit floats."""
    return matrix.tocsr().astype(np.float32)


def linear_svm(parts, labels, cost):
    """Classes, and margins of dev and test."""
    from sklearn.svm import LinearSVC

    train, *asked = parts
    model = LinearSVC(C=cost, random_state=0).fit(train, labels)
    return model.classes_, *(two_sided(model.decision_function(rows)) for rows in asked)


def two_sided(margins):
    """A column for each class, where two classes share one margin."""
    return margins if margins.ndim == 2 else np.stack([-margins, margins], axis=1)


def logistic(parts, labels, cost):
    """Classes, and probabilities of dev and test."""
    from sklearn.linear_model import LogisticRegression

    train, *asked = parts
    # The default tolerance stops early: on online_shopping_zh it costs five points.
    model = LogisticRegression(C=cost, max_iter=120, tol=1e-5).fit(train, labels)
    return model.classes_, *(model.predict_proba(rows) for rows in asked)


def tfidf_svc(task):
    """TF-IDF of words and characters, one linear machine a label."""
    return Answers(*task.tfidf_svm, f"C={task.spec.svc_c}")


def tfidf_lr(task):
    """The same features, frequent ones alone, with probabilities."""
    answers = logistic(task.frequent, task.train.labels, 10)
    return Answers(*answers, f"C=10, {task.frequent[0].shape[1]} features", is_probability=True)


def fasttext(task):
    """fastText's supervised mode, softmax."""
    import fasttext as library

    classes = sorted(set(task.train.labels))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "train.txt"
        path.write_text("".join(fasttext_lines(task, classes)), encoding="utf-8")
        model = library.train_supervised(str(path), **task.spec.fasttext, **FASTTEXT)
    asked = (task.dev.texts, task.test.texts)
    scores = (fasttext_scores(model, task.spec.language, texts, len(classes)) for texts in asked)
    settings = ", ".join(f"{name}={value}" for name, value in task.spec.fasttext.items())
    return Answers(classes, *scores, settings, is_probability=True)


def fasttext_lines(task, classes):
    """A line for each training row, labels by number."""
    number = {label: at for at, label in enumerate(classes)}
    for text, label in zip(task.train.texts, task.train.labels):
        yield f"__label__{number[label]} {fasttext_text(text, task.spec.language)}\n"


def fasttext_text(text, language):
    """Tokens with spaces between: Chinese characters one by one, English punctuation apart."""
    text = text.lower().replace("\n", " ")
    if language == "zh":
        return " ".join(re.findall(r"[a-z0-9]+|[^\sa-z0-9]", text))
    return re.sub(r"([.,!?()\"':;/\-])", r" \1 ", text)


def fasttext_scores(model, language, texts, n_classes):
    """The probability of every label."""
    scores = np.zeros((len(texts), n_classes))
    for at, text in enumerate(texts):
        # Not `model.predict`: it fails with numpy 2.
        line = fasttext_text(text, language) + "\n"
        for probability, label in model.f.predict(line, n_classes, 0.0, "strict"):
            scores[at, int(label.removeprefix("__label__"))] = probability
    return scores


def minilm_lr(task):
    """The encoder's vectors with logistic regression."""
    cost = task.spec.encoder_c
    answers = logistic(task.encoded, task.train.labels, cost)
    return Answers(*answers, f"C={cost}, {task.spec.tokens_max} tokens", is_probability=True)


def minilm_and_tfidf(task):
    """Margins on the encoder's vectors and on TF-IDF, summed: the strongest peer in English.

    Whether a text belongs is told by the margin on vectors and by its nearest training text.
    """
    classes, *dense = linear_svm(task.encoded, task.train.labels, 1.0)
    _, *sparse = task.tfidf_svm
    train, *asked = task.encoded
    nearest = [(rows @ train.T).max(1) for rows in asked]
    belonging = [it.max(1) + NEIGHBOUR_WEIGHT * near for it, near in zip(dense, nearest)]
    return Answers(
        classes,
        *(a + b for a, b in zip(dense, sparse)),
        f"C=1 and C={task.spec.svc_c}",
        belonging=dict(zip(("dev", "test"), belonging)),
    )


def peers_of(task):
    """Names and functions of the peers that can answer a set."""
    everywhere = {
        "TF-IDF + LinearSVC": tfidf_svc,
        "TF-IDF + LR": tfidf_lr,
        "fastText": fasttext,
    }
    if task.spec.encoder_c is None:
        return everywhere
    return everywhere | {"MiniLM + LR": minilm_lr, "MiniLM + TF-IDF, SVC": minilm_and_tfidf}


def measured(task, who, peer):
    """A peer's rows: one for the labels, one for texts out of scope where the set has such."""
    start = time.perf_counter()
    answers = peer(task)
    seconds = round(time.perf_counter() - start, 1)
    truth = np.asarray(task.test.labels)
    inside = truth != OUT_OF_SCOPE
    row = label_row(task.spec, who, truth, inside, answers)
    row.more["seconds"] = seconds
    return [row] if inside.all() else [row, scope_row(task, who, inside, answers)]


def label_row(spec, who, truth, inside, answers):
    """Accuracy on texts that belong, and what else their scores tell."""
    truth, labels, scores = truth[inside], answers.labels[inside], answers.scores["test"][inside]
    hits = labels == truth
    more = {"macro_f1": figures.macro_f1(truth, labels)}
    if spec.top_k:
        best = figures.among_best(scores, answers.classes, truth, spec.top_k)
        more[f"top_{spec.top_k}"] = float(best.mean())
    if answers.is_probability:
        more |= calibration(scores.max(1), hits)
    return Row.of_hits(spec.name, who, "accuracy", hits, more=more, note=answers.settings)


def calibration(confidences, hits):
    """ECE, and what a perfect model would stay below."""
    perfect = figures.ece_of_perfect(confidences)
    return {"ece": figures.ece(confidences, hits), "ece_perfect_95": perfect}


def scope_row(task, who, inside, answers):
    """Which texts out of scope are told at the threshold that keeps 95 % of dev's others."""
    in_dev = np.asarray(task.dev.labels) != OUT_OF_SCOPE
    threshold = np.quantile(answers.belonging["dev"][in_dev], 0.05)
    sure = answers.belonging["test"]
    more = {
        "auroc": figures.auroc(sure, inside),
        "in_scope_kept": float((sure[inside] >= threshold).mean()),
    }
    hits = sure[~inside] < threshold
    name = scope_task(task.spec)
    return Row.of_hits(name, who, "recall", hits, more=more, note=answers.settings)


def scope_task(spec):
    """What the table calls the texts of a set that are out of scope."""
    return f"{spec.name} out of scope"
