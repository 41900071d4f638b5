//! The bundle that the service embeds keeps its promises.

use std::fs;
use std::path::{Path, PathBuf};

use switchyard_models::bundle::{Bundle, names_in};
use switchyard_models::text::{Known, TicketText};
use switchyard_models::understand::Understanding;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("bundles/default")
}

#[test]
fn it_judges_every_category_with_five_heads() {
    let bundle = Bundle::load(&folder()).expect("a sound bundle");
    let understanding = Understanding::new(&bundle).expect("known labels");
    assert_eq!((understanding.categories().len(), bundle.manifest().heads.len()), (28, 5));
}

/// Held between two categories, sure of their group.
#[test]
fn a_group_is_at_least_as_likely_as_each_of_its_categories() {
    let bundle = Bundle::load(&folder()).expect("a sound bundle");
    let understanding = Understanding::new(&bundle).expect("known labels");
    for text in
        ["东西不合适，换一件或者退掉都可以", "swap it or take it back, either is fine", "wifi"]
    {
        let ticket = TicketText::new("", text);
        let it = understanding.analyze(&ticket, &Known::default()).assessment;
        let group = it.category_group.expect("somebody judged");
        let best = (it.category.value, it.category.confidence);
        let rated: Vec<_> = it.category.alternatives.into_iter().chain([best]).collect();
        let sum: f32 =
            rated.iter().filter(|(id, _)| id.group() == group.value).map(|(_, p)| p.get()).sum();
        assert!(group.confidence.get() >= sum - 1e-4, "{text}: {group:?} {rated:?}");
    }
}

#[test]
fn it_is_at_most_sixteen_megabytes() {
    let size = |name: &str| fs::metadata(folder().join(name)).expect("a file").len();
    assert!(names_in(&folder()).into_iter().map(size).sum::<u64>() <= 16_000_000);
}

#[test]
fn its_data_are_named_with_their_licences() {
    let bundle = Bundle::load(&folder()).expect("a sound bundle");
    assert!(bundle.manifest().data.iter().all(|set| !set.licence.is_empty() && set.n_rows > 0));
}
