//! Labelled tickets to a bundle: recipes, fit, calibrate, evaluate, package.
//!
//! Training calls the very cleaning and features that serving uses
//! (`switchyard-models`); what it adds is the choice of features, the solver,
//! and honest figures. It does *not* know the service.
//!
//! In reading order:
//! - [`recipe`]: what to train on and how
//! - [`sampling`]: which rows of a set are taken
//! - [`examples`]: tickets as cleaned texts with their labels
//! - [`sparse`]: many sparse rows
//! - [`encoder`]: the teacher whose vectors the dense table learns
//! - [`table`]: a row for each of many n-grams, learnt from the teacher
//! - [`featurize`]: the choice of features, and rows from texts
//! - [`svm`]: the linear solver
//! - [`evidence`]: what each feature tells by itself
//! - [`problems`]: heads as binary problems, fitted side by side
//! - [`crossfit`]: margins of rows the model has not seen
//! - [`exemplars`]: training texts by which serving tells what it was never taught
//! - [`joint`]: margins learnt anew from those of all labels
//! - [`calibrate`]: margins to probabilities and thresholds
//! - [`sketches`]: texts as the index of similar items sees them
//! - [`readings`]: how nearness is read
//! - [`likeness`]: how well two texts go together, learnt from pairs
//! - [`answers`]: when the nearest article answers
//! - [`metrics`]: figures with their intervals
//! - [`score`]: a model's answers against a labelled file
//! - [`licence`]: which data may be used for anything
//! - [`fit`]: the whole road from a recipe to a bundle
//! - [`heldout`], [`card`]: what the bundle says of itself
//! - [`package`]: a bundle onto the disk, whole or not at all
//! - [`parallel`]: the same work on many items
//! - [`progress`], [`error`]: what people see meanwhile, and why training stops
//! - [`command`]: what `switchyard-train` does

pub mod answers;
pub mod calibrate;
pub mod card;
pub mod command;
pub mod crossfit;
pub mod encoder;
pub mod error;
pub mod evidence;
pub mod examples;
pub mod exemplars;
pub mod featurize;
pub mod fit;
pub mod heldout;
pub mod joint;
pub mod licence;
pub mod likeness;
pub mod metrics;
pub mod package;
pub mod parallel;
pub mod problems;
pub mod progress;
pub mod readings;
pub mod recipe;
pub mod sampling;
pub mod score;
pub mod sketches;
pub mod sparse;
pub mod svm;
pub mod table;
