//! The bundle that the service embeds keeps its promises.

use std::fs;
use std::path::{Path, PathBuf};

use switchyard_models::bundle::{Bundle, names_in};
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
