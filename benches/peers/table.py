"""Peers and ours on the same public splits, measured in one go: one table.

    python benches/peers/table.py --datasets DIR --train-binary target/release/switchyard-train

README.md beside this file tells what the rows mean.
"""

import argparse
import json
import os
import platform
import sys
import tempfile
import time
from datetime import date
from functools import cache
from importlib import metadata
from pathlib import Path

# One thread on both sides; before numpy is loaded, which reads it then.
for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = "1"
os.environ["TOKENIZERS_PARALLELISM"] = "false"

import data
import figures
import ours
import peers
import search
from row import Row

PACKAGES = ("numpy", "scipy", "scikit-learn", "fasttext-wheel", "safetensors", "tokenizers")
# What the table calls figures whose names in the JSON are for programs.
NAMES = {
    "macro_f1": "macro-F1",
    "ece": "ECE",
    "ece_perfect_95": "perfect ECE below",
    "mrr": "MRR",
    "mrr_95": "MRR within",
    "accuracy_95": "accuracy within",
    "auroc": "AUROC",
    "spearman": "Spearman",
    "top_3": "top-3",
    "us_a_text": "µs a text",
}
HEADINGS = ("task", "who", "n", "measure", "95 % interval", "others", "settings", "against peers")


def arguments():
    """The command line."""
    parser = argparse.ArgumentParser(
        description=__doc__.split("\n\n", 1)[0],
        epilog="A set that is missing below DIR is told and left out.",
    )
    add = parser.add_argument
    add("--datasets", required=True, metavar="DIR", help="the folder with a folder for each set")
    add("--train-binary", metavar="FILE", help="switchyard-train; without it peers alone run")
    add("--encoder", metavar="DIR", help="all-MiniLM-L6-v2 as `encoder fetch minilm` leaves it")
    add("--table", metavar="FILE", help="a dense table: ours are measured without and with it")
    add("--bundle", metavar="DIR", help="the bundle whose vectors `retrieval` searches")
    sets = ",".join(folders())
    told = "these sets alone, of " + sets.replace(",", ", ")
    add("--only", metavar="SET,SET", default=sets, help=told)
    add("--peers", metavar="PEER,PEER", help="peers whose name has one of these words; none: 'no'")
    add("--quick", action="store_true", help="samples of the rows, to try the command")
    add("--no-fit", action="store_true", help="leave out `fit + predict`: no paired tests of ours")
    add("--threads", type=int, default=1, help="threads of ours (1); the peers have one")
    add("--cache", metavar="DIR", help="keeps the encoder's vectors between runs")
    add("--json", metavar="OUT", help="writes all figures here too")
    options = parser.parse_args()
    unknown = set(options.only.split(",")) - set(folders())
    if unknown:
        parser.error(f"--only: no such set: {', '.join(sorted(unknown))}")
    return options


def folders():
    """Every set's folder, in the order of the table."""
    labelled = [spec.folder for spec in data.LABELLED]
    pairs = [spec.name for spec in data.PAIRS]
    return list(dict.fromkeys(labelled + data.DUPLICATES + data.REPLIES + pairs))


def tell(message):
    """Progress, on standard error."""
    print(f"{time.strftime('%H:%M:%S')} {message}", file=sys.stderr, flush=True)


class Run:
    """One run of the command: its options, and what its parts share."""

    def __init__(self, options):
        self.options = options
        self.datasets, self.quick = options.datasets, options.quick
        self.binary = None
        if options.train_binary:
            path = str(Path(options.train_binary).resolve())
            self.binary = ours.Binary(path, options.table, options.bundle, options.threads)
        self.encoder = cache(self._encoder)

    def _encoder(self):
        from encoder import Encoder

        return Encoder(self.options.encoder, self.options.cache)

    def peer(self, task, who, measure):
        """A peer's rows; where a package is missing, a row that says so."""
        tell(f"{task}: {who}")
        try:
            return measure()
        except ImportError as error:
            return [Row(task, who, note=f"not run: {error}")]

    def chosen(self, peers_by_name):
        """The peers that were asked for and can run."""
        asked = (self.options.peers or "").lower().split(",")
        return {
            who: peer
            for who, peer in peers_by_name.items()
            if any(word in who.lower() for word in asked)
            and (self.options.encoder or not who.startswith("MiniLM"))
        }

    def labelled(self, spec):
        """All rows of a labelled set."""
        raw = data.raw_parts(spec, self.datasets, self.quick)
        parts = {name: data.part_of(spec, part) for name, part in raw.items()}
        task = peers.Task(spec, parts, self.encoder)
        rows = []
        for who, peer in self.chosen(peers.peers_of(task)).items():
            rows += self.peer(spec.name, who, lambda: peers.measured(task, who, peer))
        return rows + self.ours_labelled(spec, parts, raw)

    def ours_labelled(self, spec, parts, raw):
        """Ours, on the very rows that the peers had."""
        tell(f"{spec.name}: ours")
        has_scope = data.OUT_OF_SCOPE in parts["test"].labels
        with_fit = not self.options.no_fit
        measure = lambda folder: ours.labelled(
            self.binary, spec, parts, folder, has_scope, with_fit
        )
        if not self.quick:
            return measure(Path(self.datasets) / spec.folder)
        with tempfile.TemporaryDirectory() as folder:
            data.cut(folder, raw)
            return measure(folder)

    def scorers(self):
        """Peers that search."""
        encoder = {"MiniLM cosine": search.minilm_cosine(self.encoder)}
        return self.chosen(search.SCORERS | encoder)

    def duplicates(self, name):
        """All rows of a set of duplicates; it is small, and a quick run takes it whole."""
        task, rows = search.Duplicates(self.datasets, name), []
        for who, scorer in self.scorers().items():
            rows += self.peer(name, who, lambda: task.rows(who, scorer))
        tell(f"{name}: ours")
        return rows + ours.duplicates(self.binary, name, Path(self.datasets) / name)

    def replies(self, name):
        """All rows of a set of questions and replies; the encoder reads no Chinese."""
        task, rows = search.Replies(self.datasets, name, self.quick), []
        for who, scorer in self.chosen(search.SCORERS).items():
            rows += self.peer(name, who, lambda: task.rows(who, scorer))
        tell(f"{name}: ours")
        return rows + ours.replies(self.binary, name, Path(self.datasets) / name)

    def pairs(self, spec):
        """All rows of a set of pairs."""
        task, rows = search.Meaning(self.datasets, spec, self.quick), []
        for who, likeness in self.chosen(search.LIKENESSES).items():
            rows += self.peer(spec.name, who, lambda: [task.row(who, likeness)])
        tell(f"{spec.name}: ours")
        return rows + ours.pairs(self.binary, spec, Path(self.datasets) / spec.name)

    def sets(self):
        """The rows of each set that was asked for and is there, set by set."""
        steps = [(spec.folder, self.labelled, spec) for spec in data.LABELLED]
        steps += [(name, self.duplicates, name) for name in data.DUPLICATES]
        steps += [(name, self.replies, name) for name in data.REPLIES]
        steps += [(spec.name, self.pairs, spec) for spec in data.PAIRS]
        wanted = self.options.only.split(",")
        for folder, step, argument in steps:
            if folder not in wanted:
                continue
            if not (Path(self.datasets) / folder).is_dir():
                tell(f"{folder}: not below {self.datasets}, left out")
                continue
            try:
                yield by_task(step(argument))
            except ImportError as error:
                # What reads the set is missing: a peer's own package is told in its row.
                yield [Row(folder, "all", note=f"not read: {error}")]


def by_task(rows):
    """Rows of one task together, in the order the tasks came."""
    tasks = list(dict.fromkeys(row.task for row in rows))
    return sorted(rows, key=lambda row: tasks.index(row.task))


def judge(rows):
    """Each of our rows against every peer of its task."""
    for row in rows:
        if row.side == "ours":
            rivals = [it for it in rows if it.task == row.task and it.side == "peer"]
            told = {it.who: figures.verdict(row, it) for it in rivals}
            row.verdicts = {who: verdict for who, verdict in told.items() if verdict}


def line(row):
    """A row of the table as Markdown."""
    interval = "–".join(f"{end:.3f}" for end in row.interval or [])
    value = "" if row.value is None else f"{NAMES.get(row.measure, row.measure)} {row.value:.4f}"
    others = ", ".join(f"{NAMES.get(it, it)} {short(value)}" for it, value in row.more.items())
    cells = (row.task, row.who, row.n or "", value, interval, others, row.note, said(row.verdicts))
    return "| " + " | ".join(str(cell).replace("|", "/") for cell in cells) + " |"


def short(value):
    """A figure or an interval with the digits that mean something."""
    if isinstance(value, list):
        return "–".join(f"{end:.3f}" for end in value)
    return f"{round(value, 4):g}"


def said(verdicts):
    """Wins, ties and losses with the peers' names; the test's result where one was made."""
    texts = []
    for outcome in ("win", "tie", "loss"):
        names = [
            who if how == "intervals" else f"{who} ({how})"
            for who, (what, how) in verdicts.items()
            if what == outcome
        ]
        if names:
            texts.append(f"{outcome}: {', '.join(names)}")
    return "; ".join(texts)


def conditions(options, seconds):
    """What the figures depend on beside the code."""
    return {
        "date": date.today().isoformat(),
        "processor": processor(),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "packages": {name: version(name) for name in PACKAGES},
        "quick": options.quick,
        "threads_of_ours": options.threads,
        "table": Path(options.table).name if options.table else None,
        "seconds": round(seconds),
    }


def processor():
    """The processor's name, where the system tells it."""
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor()
    names = (text.split(":", 1)[1].strip() for text in lines if text.startswith("model name"))
    return next(names, platform.processor())


def version(package):
    """A package's version; None where it is missing."""
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None


def show(rows, facts):
    """The table with its conditions above it."""
    print(", ".join(f"{name} {value}" for name, value in facts.items() if name != "packages"))
    print(", ".join(f"{name} {value or 'missing'}" for name, value in facts["packages"].items()))
    if facts["quick"]:
        print("QUICK: samples of the rows, to try the command; no figure here is a result.")
    print()
    print("| " + " | ".join(HEADINGS) + " |")
    print("|---" * len(HEADINGS) + "|")
    for row in rows:
        print(line(row))


def main():
    """Measures, judges, prints."""
    options = arguments()
    start, rows = time.perf_counter(), []
    try:
        for of_set in Run(options).sets():
            rows += of_set
    except KeyboardInterrupt:
        tell("stopped: the sets that are done follow")
    judge(rows)
    facts = conditions(options, time.perf_counter() - start)
    show(rows, facts)
    if options.json:
        whole = {"conditions": facts, "rows": [row.as_json() for row in rows]}
        Path(options.json).write_text(json.dumps(whole, ensure_ascii=False, indent=1) + "\n")


if __name__ == "__main__":
    main()
