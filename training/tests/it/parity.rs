//! Training's features are serving's: one function, seen from both sides.

use std::path::Path;

use switchyard_datasets::corpus;
use switchyard_models::bundle::HeadName;
use switchyard_models::features::{Scratch, SparseRow};
use switchyard_models::text::TicketText;
use switchyard_training::crossfit::{FitSettings, fit};
use switchyard_training::examples::{self, Example, cleaned_text};
use switchyard_training::featurize::{FeatureChoice, Features};
use switchyard_training::problems::HeadPlan;
use switchyard_training::recipe::{Recipe, SolverSettings};

fn recipe() -> Recipe {
    Recipe::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("recipes/tiny.toml"))
        .expect("a sound recipe")
}

#[test]
fn rows_made_in_training_are_those_made_in_serving() {
    let (examples, _) = examples::load(&recipe().data[0]).expect("the corpus");
    let texts: Vec<&str> = examples.iter().map(|example| example.text.as_str()).collect();
    let features = Features::choose(&texts, &FeatureChoice::default(), None);
    let trained = features.rows(&texts);
    let stored = corpus::load(&recipe().data[0].path).expect("the corpus");
    let (mut scratch, mut row) = (Scratch::default(), SparseRow::default());
    let mut cleaned = switchyard_models::clean::Cleaned::default();
    for (at, example) in examples.iter().enumerate() {
        let ticket = &stored.iter().find(|it| it.ticket.id == example.key).expect("its row").ticket;
        cleaned.read(&TicketText::new(&ticket.subject, &ticket.body));
        features.vectorizer.transform(&cleaned.text, &mut scratch, &mut row);
        let served: Vec<(usize, f32)> =
            row.indices.iter().map(|it| *it as usize).zip(row.values.iter().copied()).collect();
        assert_eq!(trained.row(at).collect::<Vec<_>>(), served, "{}", example.key);
    }
}

/// Weights are quantised to 127 steps of each output's largest; a unit row of n
/// features is off by at most half a step times √n.
#[test]
fn margins_served_are_those_trained_up_to_quantisation() {
    let (examples, _) = examples::load(&recipe().data[0]).expect("the corpus");
    let plans = [HeadPlan::of(HeadName::Urgency, &examples).expect("labels")];
    let settings = FitSettings {
        with_texts: false,
        features: FeatureChoice::default(),
        table: None,
        solver: SolverSettings::default(),
        heads: std::collections::BTreeMap::new(),
        seed: 1,
        n_threads: 1,
    };
    let all: Vec<&Example> = examples.iter().collect();
    let fitted = fit(&all, &plans, &settings).expect("a fit");
    let trained = fitted.margins(&all).outputs;
    let vectorizer = fitted.features.vectorizer.clone();
    let weights = switchyard_training::fit::weights_of(fitted, None);
    let (mut scratch, mut row, mut served) = (Scratch::default(), SparseRow::default(), Vec::new());
    for (example, trained) in examples.iter().zip(trained) {
        vectorizer.transform(&example.text, &mut scratch, &mut row);
        weights.matrix.margins(&row, &mut served);
        for ((served, trained), scale) in served.iter().zip(&trained).zip(weights.matrix.scales()) {
            let bound = scale / 2.0 * (row.values.len() as f32).sqrt() + 1e-4;
            assert!((served - trained).abs() <= bound, "{served} {trained} {bound}");
        }
    }
}

#[test]
fn a_text_is_cleaned_before_it_is_learnt() {
    assert_eq!(cleaned_text("RE: 訂單", "<p>Ｈｉ</p>"), "re: 订单\nhi\n");
}
