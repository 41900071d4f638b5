"""The public sets: where their columns are, and their rows as both sides read them.

Every set keeps the split it is stored with. Nothing here looks at labels of a test file
except to hand them on.
"""

import io
import json
import random
from dataclasses import dataclass, field
from pathlib import Path

OUT_OF_SCOPE = "oos"
QUICK_TRAIN, QUICK_TEST = 2000, 1000
QUICK_SEED = 20261127


@dataclass(frozen=True)
class Labelled:
    """A set with one label a text; `svc_c` and `fasttext` are the peers' settings for it."""

    name: str
    folder: str
    language: str
    svc_c: float
    fasttext: dict
    label: str = "label"
    texts: tuple = ("text",)
    tokens_max: int = 128
    encoder_c: float | None = None
    top_k: int | None = None


def words(lr, epoch):
    """fastText on English words and pairs."""
    return {"lr": lr, "epoch": epoch, "wordNgrams": 2, "minn": 0, "maxn": 0}


def chars(lr, epoch):
    """fastText on English words, pairs, and 3 to 5 characters of a word."""
    return {"lr": lr, "epoch": epoch, "wordNgrams": 2, "minn": 3, "maxn": 5}


def han(lr, epoch):
    """fastText on Chinese characters, one to three in a row."""
    return {"lr": lr, "epoch": epoch, "wordNgrams": 3, "minn": 0, "maxn": 0}


TICKET = ("title", "body")

LABELLED = [
    Labelled("banking77", "banking77", "en", 1.0, chars(1.0, 100), encoder_c=30),
    Labelled("clinc150", "clinc150", "en", 1.0, chars(1.0, 50), encoder_c=30),
    Labelled("waimai_zh", "waimai_zh", "zh", 0.3, han(0.2, 10)),
    Labelled("online_shopping_zh", "online_shopping_zh", "zh", 0.3, han(0.2, 10)),
    Labelled(
        "online_shopping_zh category",
        "online_shopping_zh",
        "zh",
        0.3,
        han(0.5, 10),
        label="category",
    ),
    Labelled("smp2017_ecdt_zh", "smp2017_ecdt_zh", "zh", 1.0, han(0.5, 25)),
    Labelled("airline_sentiment", "airline_sentiment", "en", 1.0, chars(0.3, 10), encoder_c=3),
    Labelled(
        "it_assignment_groups",
        "it_assignment_groups",
        "en",
        1.0,
        chars(1.0, 50),
        texts=TICKET,
        top_k=3,
    ),
    Labelled(
        "it_tickets_karolzak category",
        "it_tickets_karolzak",
        "en",
        1.0,
        words(0.5, 25),
        label="category",
        texts=TICKET,
        tokens_max=64,
        encoder_c=3,
    ),
]
DUPLICATES = ["gitbugs_hadoop"]
REPLIES = ["house_qa_zh"]


@dataclass(frozen=True)
class Pairs:
    """A set of text pairs: `fit` teaches and sets the threshold, `test` is scored."""

    name: str
    fit: str
    test: str
    truth: str = "label"


PAIRS = [
    Pairs("afqmc_zh", "train", "dev"),
    Pairs("lcqmc_zh", "dev", "test"),
    Pairs("stsb_zh", "train", "test", truth="score"),
]


def opened(path):
    """A text stream of a plain or .zst file."""
    if path.suffix != ".zst":
        return path.open(encoding="utf-8")
    import zstandard

    stream = zstandard.ZstdDecompressor().stream_reader(path.open("rb"))
    return io.TextIOWrapper(stream, encoding="utf-8")


def path_of(folder, name):
    """The path of NAME.jsonl or NAME.jsonl.zst."""
    paths = [Path(folder) / f"{name}{ending}" for ending in (".jsonl", ".jsonl.zst")]
    return next((path for path in paths if path.exists()), paths[0])


def rows(folder, name):
    """The rows of NAME.jsonl or NAME.jsonl.zst; none where there is no such file."""
    for ending in (".jsonl", ".jsonl.zst"):
        path = Path(folder) / (name + ending)
        if path.exists():
            with opened(path) as lines:
                return [json.loads(line) for line in lines if line.strip()]
    return []


def sampled(items, n_max):
    """At most so many, always the same ones, in the order of the file."""
    if len(items) <= n_max:
        return items
    kept = sorted(random.Random(QUICK_SEED).sample(range(len(items)), n_max))
    return [items[at] for at in kept]


@dataclass
class Part:
    """Texts and their labels."""

    texts: list = field(default_factory=list)
    labels: list = field(default_factory=list)

    def only(self, is_wanted):
        """The rows whose label is wanted."""
        kept = [it for it in zip(self.texts, self.labels) if is_wanted(it[1])]
        return Part([text for text, _ in kept], [label for _, label in kept])

    def __len__(self):
        return len(self.texts)


def raw_parts(spec, datasets, quick):
    """Rows of train, dev and test as they are stored; `quick` takes a sample."""
    folder = Path(datasets) / spec.folder
    parts = {name: rows(folder, name) for name in ("train", "dev", "test")}
    if quick:
        limits = {"train": QUICK_TRAIN, "dev": QUICK_TEST, "test": QUICK_TEST}
        parts = {name: sampled(part, limits[name]) for name, part in parts.items()}
    return parts


def part_of(spec, raw):
    """Rows as texts and labels; several text columns become lines of one text."""
    texts = ["\n".join(str(row[it]) for it in spec.texts if row.get(it)) or " " for row in raw]
    return Part(texts, [str(row[spec.label]) for row in raw])


def cut(folder, raw):
    """Writes a sample as a folder of its own, so that ours reads the rows that peers read."""
    for name, part in raw.items():
        if part:
            lines = (json.dumps(row, ensure_ascii=False) for row in part)
            (Path(folder) / f"{name}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
