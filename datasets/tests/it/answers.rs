//! Articles and questions as they are: each answer exists, in the part of its question.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use switchyard_datasets::read::{self, Row};
use switchyard_datasets::taxonomy::Taxonomy;

fn rows(name: &str) -> Vec<Row> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("answers").join(name);
    read::read_all(&path).expect("a file of rows")
}

fn text<'a>(row: &'a Row, field: &str) -> &'a str {
    row.text(field).expect("a text")
}

#[test]
fn a_question_names_an_article_of_its_part_or_none() {
    for (language, n_none) in [("zh", 140), ("en", 140)] {
        let articles = rows(&format!("{language}.articles.jsonl"));
        let part_of: BTreeMap<&str, &str> =
            articles.iter().map(|row| (text(row, "id"), text(row, "part"))).collect();
        assert_eq!((articles.len(), part_of.len()), (140, 140), "{language}");
        let questions = rows(&format!("{language}.questions.jsonl"));
        let ids: BTreeSet<&str> = questions.iter().map(|row| text(row, "id")).collect();
        assert_eq!((questions.len(), ids.len()), (560, 560), "{language}");
        let (none, answered): (Vec<&Row>, Vec<&Row>) =
            questions.iter().partition(|row| text(row, "article").is_empty());
        assert_eq!(none.len(), n_none, "{language}");
        for row in answered {
            let (article, part) = (text(row, "article"), text(row, "part"));
            assert_eq!(part_of.get(article), Some(&part), "{}", text(row, "id"));
        }
    }
}

#[test]
fn parts_and_categories_are_known_and_no_text_is_in_both_parts() {
    let known: BTreeSet<String> =
        Taxonomy::embedded().categories.into_iter().map(|it| it.id.to_string()).collect();
    for language in ["zh", "en"] {
        let mut parts: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for row in rows(&format!("{language}.articles.jsonl")) {
            assert!(known.contains(text(&row, "category")), "{}", text(&row, "id"));
            parts
                .entry(text(&row, "part").to_owned())
                .or_default()
                .insert(text(&row, "body").to_owned());
        }
        for row in rows(&format!("{language}.questions.jsonl")) {
            parts
                .entry(text(&row, "part").to_owned())
                .or_default()
                .insert(text(&row, "text").to_owned());
        }
        assert_eq!(parts.keys().collect::<Vec<_>>(), ["test", "train"], "{language}");
        assert!(parts["test"].is_disjoint(&parts["train"]), "{language}");
    }
}
