"""Our side: what `switchyard-train` says of the same files.

`benchmark`, `retrieval`, `replies` and `pairs` print their own figures. `fit` and `predict` together give every
answer, so that both sides can be compared row by row; they train at the default cost, where
`benchmark` chooses one of three.
"""

import json
import subprocess
import tempfile
from pathlib import Path

import numpy as np

import data
import figures
import peers
from row import Row

RECIPE = """schema = 1
name = "peers"
seed = 1
fallback = {fallback}
heads = ["category"]
[[data]]
name = "train"
licence = "none"
path = "train.jsonl"
"""
EMBEDDING = """[embedding]
path = {path}
"""


class Failed(Exception):
    """The program ended with an error; its last line."""


class Binary:
    """The program with the options that every call shares."""

    def __init__(self, path, table=None, bundle=None, threads=1):
        self.path, self.table, self.bundle, self.threads = path, table, bundle, threads

    def call(self, *arguments):
        """What a command prints."""
        return self._run([*map(str, arguments), "--threads", str(self.threads)])

    def _run(self, arguments):
        try:
            done = subprocess.run([self.path, *arguments], capture_output=True, text=True)
        except OSError as error:
            raise Failed(error) from error
        if done.returncode != 0:
            said = done.stderr.strip().splitlines() or [f"exit code {done.returncode}"]
            raise Failed(said[-1])
        return done.stdout

    @property
    def tables(self):
        """Without a dense table, and with the one given."""
        return [None, self.table] if self.table else [None]


def named(who, table):
    """What a row is called."""
    return f"ours, {who}" + (" with table" if table else "")


def absent(task, why):
    """The row of a task that we have no answer for."""
    return Row(task, "ours", side="ours", note=f"ours: {why}")


def attempt(tasks, call):
    """The rows of a call; where the program fails, rows that say so."""
    try:
        return call()
    except Failed as error:
        return [absent(task, f"failed: {error}") for task in tasks]


def benchmark(binary, spec, folder, has_scope, table):
    """What `benchmark` reports, and for a set with texts out of scope a second row."""
    command = ["benchmark", folder, "--json", "--table", table or "none"]
    command += ["--text-fields", ",".join(spec.texts), "--label-field", spec.label]
    command += ["--oos-label", data.OUT_OF_SCOPE] if has_scope else []
    report = json.loads(binary.call(*command))
    more = {name: report[name] for name in ("macro_f1", "ece")}
    more |= {"us_a_text": report["p50_us"], "seconds": round(report["train_s"], 1)}
    n, value, interval = (report[it] for it in ("n_test", "accuracy", "accuracy_interval"))
    who = named("benchmark", table)
    row = Row(spec.name, who, "ours", "accuracy", n, value, interval, more)
    return [row, scope_row(spec, who, report)] if has_scope else [row]


def scope_row(spec, who, report):
    """The texts out of scope that `benchmark` told."""
    n, recall = report["oos_n_test"], report["oos_recall"]
    more = {"auroc": report["oos_auroc"], "in_scope_kept": report["oos_in_scope_kept"]}
    interval = figures.wilson(round(recall * n), n)
    name = peers.scope_task(spec)
    return Row(name, who, "ours", "recall", n, recall, interval, more)


def fit_and_predict(binary, spec, parts, table):
    """A bundle fitted on train, and how often its answers on test texts that belong are right."""
    belongs = lambda label: label != data.OUT_OF_SCOPE
    train, test = parts["train"].only(belongs), parts["test"].only(belongs)
    classes = sorted(set(train.labels))
    with tempfile.TemporaryDirectory() as folder:
        scores = answered(binary, Path(folder), train, test, classes, table)
    answers = peers.Answers(classes, scores[:0], scores, "cost 1", is_probability=True)
    all_rows = np.ones(len(test), bool)
    who, truth = named("fit + predict", table), np.asarray(test.labels)
    row = peers.label_row(spec, who, truth, all_rows, answers)
    row.side = "ours"
    return [row]


def answered(binary, folder, train, test, classes, table):
    """The probability of each class for each test text, by way of files in a folder."""
    number = {label: at for at, label in enumerate(classes)}
    write(folder / "train.jsonl", train.texts, [number[label] for label in train.labels])
    write(folder / "test.jsonl", test.texts, [0] * len(test))
    recipe = RECIPE.format(fallback=json.dumps(name_of(0)))
    if table:
        recipe += EMBEDDING.format(path=json.dumps(str(Path(table).resolve())))
    (folder / "recipe.toml").write_text(recipe, encoding="utf-8")
    bundle = folder / "bundle"
    binary.call("fit", folder / "recipe.toml", "--out", bundle)
    printed = binary.call("predict", bundle, folder / "test.jsonl", "--text-fields", "body")
    return np.array([probabilities(line, len(classes)) for line in printed.splitlines()])


def write(path, texts, labels):
    """Rows as `fit` reads them."""
    rows = (
        {"id": str(at), "body": text, "category": name_of(label)}
        for at, (text, label) in enumerate(zip(texts, labels))
    )
    lines = (json.dumps(row, ensure_ascii=False) for row in rows)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def name_of(label):
    """A category's name for a label's number."""
    return f"label.{label}"


def probabilities(line, n_classes):
    """The probability of each label on a line of `predict`."""
    of_category = json.loads(line)["probabilities"]["category"]
    return [of_category.get(name_of(at), 0.0) for at in range(n_classes)]


def labelled(binary, spec, parts, folder, has_scope, with_fit):
    """All our rows of a labelled set."""
    tasks = [spec.name] + ([peers.scope_task(spec)] if has_scope else [])
    if binary is None:
        return [absent(task, "no binary given") for task in tasks]
    rows = []
    for table in binary.tables:
        rows += attempt(tasks, lambda: benchmark(binary, spec, folder, has_scope, table))
        if with_fit:
            rows += attempt(tasks[:1], lambda: fit_and_predict(binary, spec, parts, table))
    return rows


def duplicates(binary, name, folder):
    """What `retrieval` reports: by words, and where the bundle has a dense table by both."""
    if binary is None:
        return [absent(name, "no binary given")]
    bundle = ["--bundle", binary.bundle] if binary.bundle else []
    call = lambda: json.loads(binary.call("retrieval", folder, "--json", *bundle))
    return attempt([name], lambda: way_rows(name, call()))


def way_rows(name, report):
    """A row for each way of searching; one that never finds anything has no vectors to search."""
    ways = {way: report[way] for way in ("words", "vectors", "both") if report[way]["mrr"] > 0}
    note = ""
    if "vectors" not in ways:
        ways.pop("both", None)
        note = "the bundle has no dense table: words alone"
    return [way_row(name, f"ours, {way}", found, note) for way, found in ways.items()]


def way_row(name, who, report, note):
    """A way of searching as a row."""
    n, recall = report["n"], report["recall_10"]
    more = {it: report[it] for it in ("mrr", "recall_1", "recall_5")}
    interval = figures.wilson(round(recall * n), n)
    return Row(name, who, "ours", "recall@10", n, recall, interval, more, note)


def replies(binary, name, folder):
    """What `replies` reports: right replies among those to their question."""
    task = f"{name} own replies"
    if binary is None:
        return [absent(task, "no binary given")]
    bundle = ["--bundle", binary.bundle] if binary.bundle else []
    call = lambda: json.loads(binary.call("replies", folder, "--json", *bundle))
    return attempt([task], lambda: reply_rows(task, call()))


def reply_rows(task, report):
    """A row for each way of ranking."""
    n = report["n"]
    row = lambda way, found: Row(
        task,
        f"ours, {way}",
        "ours",
        "recall@1",
        n,
        found["recall_1"],
        figures.wilson(round(found["recall_1"] * n), n),
        {"mrr": found["mrr"]},
    )
    return [row(way, found) for way, found in report["ways"].items()]


def pairs(binary, spec, folder):
    """What `pairs` reports."""
    if binary is None:
        return [absent(spec.name, "no binary given")]
    return attempt([spec.name], lambda: pair_rows(spec, pair_report(binary, spec, folder)))


def pair_report(binary, spec, folder):
    """The report on the test file, learnt from the fitting file."""
    options = ["--bundle", binary.bundle] if binary.bundle else []
    options += ["--label-field", spec.truth, "--train", data.path_of(folder, spec.fit)]
    return json.loads(binary.call("pairs", data.path_of(folder, spec.test), "--json", *options))


def pair_rows(spec, report):
    """A row for each way of comparing."""
    measure, n, within = report["metric"], report["n"], report["ways_95"]
    row = lambda way, value: Row(spec.name, f"ours, {way}", "ours", measure, n, value, within[way])
    return [row(way, value) for way, value in report["ways"].items()]
