//! From a recipe and a teacher to a table.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use ndarray::ArrayView2;
use switchyard_models::bundle::{DataSource, EmbeddingSpec};
use switchyard_models::features::{DenseTable, SparseRow};

use super::bags::bags;
use super::contrast::Moving;
use super::kin::Kin;
use super::project::Projection;
use super::recipe::TableRecipe;
use super::regress::{Ridge, solve};
use super::texts::{self, Text};
use super::unseen::{Unseen, fold_of_taught, key_of};
use super::vocabulary::Chosen;
use crate::encoder::{Encoder, fetch};
use crate::error::TrainError;
use crate::licence;
use crate::parallel::each;
use crate::sparse::SparseRows;

/// A table with what it was learnt from.
#[derive(Debug, Clone)]
pub struct Learnt {
    /// The rows.
    pub table: DenseTable,
    /// Tables that have not seen some of the texts.
    pub unseen: Unseen,
    /// What it is and was made of.
    pub spec: EmbeddingSpec,
    /// How near texts land to where the teacher puts them: the mean cosine over the texts.
    pub cosine: f64,
}

/// Follows a recipe. The same recipe, texts and teacher give the same table.
pub fn learn(recipe: &TableRecipe, teacher: &Path, n_threads: usize) -> Result<Learnt, TrainError> {
    let encoder = Encoder::load(teacher)?;
    let sets = licence::allowed(&recipe.name, &recipe.data, recipe.permissive_only)?;
    let sets = sets.into_iter().map(texts::load).collect::<Result<Vec<_>, _>>()?;
    let (texts, data): (Vec<Vec<Text>>, Vec<DataSource>) = sets.into_iter().unzip();
    let texts: Vec<Text> = texts.into_iter().flatten().collect();
    let source = source_of(&encoder, teacher, texts.len());
    if recipe.permissive_only {
        licence::check(Path::new(&recipe.name), std::iter::once(&source))?;
    }
    let cleaned: Vec<&str> = texts.iter().map(|text| text.cleaned.as_str()).collect();
    let targets = targets(&encoder, teacher, &texts, recipe.width)?;
    let chosen = Chosen::of(&cleaned, recipe.ngrams, &recipe.budget);
    let rows = bags(&cleaned, &chosen);
    let learnt = |kept: &(dyn Fn(usize) -> bool + Sync), n_threads| {
        weights(recipe, &texts, &rows, &targets, kept, n_threads)
    };
    let weights = learnt(&|_| true, n_threads);
    let cosine = mean_cosine(&rows, &weights, &targets, recipe.width);
    let n_rows = chosen.fingerprints.len();
    let table = table_of(recipe, &chosen, weights)?;
    let folds: Vec<u8> =
        texts.iter().map(|text| fold_of_taught(&text.taught, recipe.solver.folds)).collect();
    let of_fold = |fold: usize| learnt(&|at| usize::from(folds[at]) != fold, 1);
    let others = each(usize::from(recipe.solver.folds), n_threads, of_fold);
    let tables = others.into_iter().map(|it| table_of(recipe, &chosen, it).map(Arc::new));
    let tables = tables.collect::<Result<Vec<_>, _>>()?;
    let keys = cleaned.iter().map(|text| key_of(text)).zip(folds);
    let unseen = Unseen::new(keys, tables);
    let spec = EmbeddingSpec {
        name: recipe.name.clone(),
        ngrams: recipe.ngrams,
        width: recipe.width,
        n_rows,
        weight: 1.0,
        teacher: Some(source),
        data,
    };
    Ok(Learnt { table, unseen, spec, cosine })
}

/// Rows for the n-grams, from the texts that are kept.
fn weights(
    recipe: &TableRecipe,
    texts: &[Text],
    rows: &SparseRows,
    targets: &[f32],
    kept: &(dyn Fn(usize) -> bool + Sync),
    n_threads: usize,
) -> Vec<f32> {
    let ridge = Ridge { penalty: recipe.solver.penalty, n_steps: recipe.solver.steps, n_threads };
    let (kept_rows, kept_targets) = only(rows, targets, recipe.width, kept);
    let weights = solve(&kept_rows, &kept_targets, recipe.width, &ridge);
    let kin = Kin::of(numbered(texts).into_iter(), kept);
    Moving { rows, targets, kin: &kin, weights }.contrast(recipe.width, &recipe.contrast)
}

/// What each text says and its label, by number.
fn numbered(texts: &[Text]) -> Vec<(usize, Option<usize>)> {
    let (mut says, mut labels) = (HashMap::new(), HashMap::new());
    let number = |text: &Text| {
        let n_said = says.len();
        let says = *says.entry(text.taught.clone()).or_insert(n_said);
        let n_labels = labels.len();
        let label = text.label.clone().map(|label| *labels.entry(label).or_insert(n_labels));
        (says, label)
    };
    texts.iter().map(number).collect()
}

/// An n-gram's own weight becomes part of its row: serving multiplies by counts alone.
fn table_of(
    recipe: &TableRecipe,
    chosen: &Chosen,
    mut weights: Vec<f32>,
) -> Result<DenseTable, TrainError> {
    for (row, idf) in weights.chunks_exact_mut(recipe.width).zip(&chosen.idf) {
        for value in row {
            *value *= idf;
        }
    }
    let fingerprints = chosen.fingerprints.clone();
    Ok(DenseTable::quantize(recipe.ngrams, recipe.width, fingerprints, &weights)?)
}

/// The rows and targets that are kept.
fn only(
    rows: &SparseRows,
    targets: &[f32],
    width: usize,
    is_kept: impl Fn(usize) -> bool,
) -> (SparseRows, Vec<f32>) {
    let mut kept = SparseRows::new(rows.n_features());
    let mut kept_targets = Vec::new();
    for (at, target) in targets.chunks_exact(width).enumerate().filter(|(at, _)| is_kept(*at)) {
        let (indices, values) = rows.row(at).map(|(it, value)| (it as u32, value)).unzip();
        kept.push(&SparseRow { indices, values });
        kept_targets.extend_from_slice(target);
    }
    (kept, kept_targets)
}

/// Where the teacher puts the texts. *Shape*: `n_texts × width`.
fn targets(
    encoder: &Encoder,
    folder: &Path,
    texts: &[Text],
    width: usize,
) -> Result<Vec<f32>, TrainError> {
    if encoder.width() < width {
        return Err(TrainError::TeacherWidth { expected: width, got: encoder.width() });
    }
    let taught: Vec<&str> = texts.iter().map(|text| text.taught.as_str()).collect();
    let vectors = encoder.embed_kept(&taught, folder)?;
    let vectors = ArrayView2::from_shape((texts.len(), encoder.width()), &vectors)
        .expect("a vector for each text");
    Ok(Projection::fit(vectors, width)?.apply(vectors))
}

fn mean_cosine(rows: &SparseRows, weights: &[f32], targets: &[f32], width: usize) -> f64 {
    let cosine = |(row, target): (usize, &[f32])| {
        let mut sum = vec![0.0_f32; width];
        for (feature, value) in rows.row(row) {
            let weights = &weights[feature * width..][..width];
            sum.iter_mut().zip(weights).for_each(|(sum, weight)| *sum += value * weight);
        }
        super::bags::scale_to_unit(&mut sum);
        f64::from(sum.iter().zip(target).map(|(a, b)| a * b).sum::<f32>())
    };
    targets.chunks_exact(width).enumerate().map(cosine).sum::<f64>() / rows.len() as f64
}

/// The teacher as a source: its weights' digest, and how many texts it read.
fn source_of(encoder: &Encoder, folder: &Path, n_rows: usize) -> DataSource {
    let known = fetch::known_by(&encoder.digest);
    let folder = || folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
    DataSource {
        name: known.map_or_else(folder, |known| known.name.to_owned()),
        licence: known.map_or("not stated", |known| known.licence).to_owned(),
        n_rows,
        drawn_from: None,
        sha256: encoder.digest.clone(),
    }
}
