//! The pairs as they are: whole groups, of known categories, no text on both sides of the split.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use switchyard_datasets::read::{self, Row};
use switchyard_datasets::taxonomy::Taxonomy;

fn rows(name: &str) -> Vec<Row> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("pairs").join(name);
    read::read_all(&path).expect("a file of pairs")
}

fn text<'a>(row: &'a Row, field: &str) -> &'a str {
    row.text(field).expect("a text")
}

#[test]
fn each_group_is_one_text_with_one_of_each_kind() {
    let known: BTreeSet<_> =
        Taxonomy::embedded().categories.into_iter().map(|it| it.id.to_string()).collect();
    for (name, n_rows) in [("zh.train", 900), ("zh.test", 300), ("en.train", 450), ("en.test", 150)]
    {
        let rows = rows(&format!("{name}.jsonl"));
        assert_eq!(rows.len(), n_rows, "{name}");
        let mut groups: BTreeMap<String, Vec<(&str, String)>> = BTreeMap::new();
        for row in &rows {
            assert!(known.contains(text(row, "category")), "{name}");
            let (group, _) = text(row, "id").rsplit_once('.').expect("a group and a kind");
            let label = row.label("label").expect("a label");
            groups.entry(group.to_owned()).or_default().push((text(row, "a"), label));
        }
        for (group, pairs) in groups {
            let [(a, same), (b, near)] = &pairs[..] else { panic!("{group} has two pairs") };
            assert_eq!((a, same.as_str(), near.as_str()), (b, "1", "0"), "{group}");
        }
    }
}

#[test]
fn no_text_is_learnt_from_and_tested_on() {
    let texts = |name: &str| -> BTreeSet<String> {
        let both = |row: &Row| ["a", "b"].map(|field| text(row, field).to_owned());
        rows(name).iter().flat_map(both).collect()
    };
    for language in ["zh", "en"] {
        let (train, test) =
            (texts(&format!("{language}.train.jsonl")), texts(&format!("{language}.test.jsonl")));
        assert_eq!(train.intersection(&test).count(), 0, "{language}");
    }
}
