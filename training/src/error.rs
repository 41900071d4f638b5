//! Why training stops.

use std::io;
use std::path::PathBuf;

use switchyard_datasets::read::ReadError;
use switchyard_models::bundle::{BundleError, HeadName};
use switchyard_models::features::DenseError;
use switchyard_models::fit::FitOwnError;
use switchyard_models::similar::Refusal;

use crate::encoder::EncoderError;
use crate::recipe::RecipeError;
use crate::svm::SvmError;

/// Why training stops; one line that says what to mend.
#[derive(Debug, thiserror::Error)]
pub enum TrainError {
    /// The recipe cannot be followed.
    #[error(transparent)]
    Recipe(#[from] RecipeError),
    /// A data file cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// A bundle cannot be used or written.
    #[error(transparent)]
    Bundle(#[from] BundleError),
    /// The solver refuses its settings or its data.
    #[error(transparent)]
    Svm(#[from] SvmError),
    /// Two columns make a pair.
    #[error("text fields: expected two, got {got:?}")]
    NotTwo {
        /// As given.
        got: String,
    },
    /// A table cannot be read.
    #[error("dense table {}: {problem}", path.display())]
    Table {
        /// The file or folder.
        path: PathBuf,
        /// What is wrong with it.
        problem: String,
    },
    /// The index of similar texts refuses a vector or a setting.
    #[error("index of similar texts: {0}")]
    Similar(#[from] Refusal),
    /// Numbers make no table.
    #[error("dense table: {0}")]
    Dense(#[from] DenseError),
    /// The teacher's vectors are narrower than the table's.
    #[error("table width: expected at most the teacher's {got}, got {expected}")]
    TeacherWidth {
        /// The table's width.
        expected: usize,
        /// The teacher's.
        got: usize,
    },
    /// The teacher's vectors have no principal components.
    #[error("principal components of the teacher's vectors: {0}")]
    Components(#[from] linfa_linalg::LinalgError),
    /// An encoder cannot be fetched, read or run.
    #[error(transparent)]
    Encoder(#[from] EncoderError),
    /// A probability calibration could not be fitted.
    #[error("calibration of head {head}: {source}")]
    Calibration {
        /// The head.
        head: HeadName,
        /// What the solver said.
        source: linfa_logistic::error::Error,
    },
    /// The odds of the same problem could not be fitted.
    #[error("odds of the same problem: {0}")]
    Odds(#[from] linfa_logistic::error::Error),
    /// A head has nothing to learn from.
    #[error("head {head}: expected at least two labels with rows, got {got}")]
    TooFewLabels {
        /// The head.
        head: HeadName,
        /// The labels with rows.
        got: usize,
    },
    /// There are no rows.
    #[error("{}: expected at least one row, got none", path.display())]
    NoRows {
        /// The file or folder.
        path: PathBuf,
    },
    /// No row has a label in the column that is to have them.
    #[error("{}: expected labels in the column {column:?}, got none", path.display())]
    NoLabels {
        /// The file or folder.
        path: PathBuf,
        /// The column.
        column: String,
    },
    /// A folder holds no file of this name in any format.
    #[error("{}: expected {name}.jsonl or {name}.csv, plain, .gz or .zst", folder.display())]
    NoSuchSet {
        /// The folder.
        folder: PathBuf,
        /// `train`, `test` or `dev`.
        name: &'static str,
    },
    /// The label column, or a text column that was asked for, is not there.
    #[error(
        "{place}: expected a {what} column {field:?}; the columns are {candidates}: name one with {option}"
    )]
    NoColumn {
        /// The first row.
        place: switchyard_datasets::read::Place,
        /// `label` or `text`.
        what: &'static str,
        /// The column asked for.
        field: String,
        /// The columns there are.
        candidates: String,
        /// The option that names it.
        option: &'static str,
    },
    /// The usual text columns are not there, and no others were asked for.
    #[error(
        "{place}: expected a column \"text\", or \"title\" and \"body\"; the columns are {candidates}: name some with --text-fields"
    )]
    NoTextFields {
        /// The first row.
        place: switchyard_datasets::read::Place,
        /// The columns there are.
        candidates: String,
    },
    /// A row's label can be no id.
    #[error("{place}: label: {problem}")]
    LabelOfRow {
        /// The row.
        place: switchyard_datasets::read::Place,
        /// What is wrong with it.
        problem: String,
    },
    /// Data is not clearly permissive, and only such was wanted.
    #[error("{}: expected data under clearly permissive licences alone, got {sets}", folder.display())]
    NotPermissive {
        /// The bundle, the recipe's name, or the table.
        folder: PathBuf,
        /// The other sets.
        sets: String,
    },
    /// Examples make no category head.
    #[error(transparent)]
    Own(#[from] FitOwnError),
    /// A file cannot be written.
    #[error("{}: {source}", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}
