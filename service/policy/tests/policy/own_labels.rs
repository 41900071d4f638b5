//! Categories of the backend's own, and what holds for its teams.

use switchyard_domain::ids::{CategoryId, TeamId};
use switchyard_domain::policy::{Dispatch, Labels, TeamMode, TeamPolicy};

use crate::{errors_of, policy};

fn category(id: &str) -> CategoryId {
    CategoryId::new(id).expect("a valid id")
}

#[test]
fn labels_of_the_model_mean_categories_of_ones_own() {
    let read = policy(
        "labels = \"own\"\n\
         [[category]]\nid = \"wifi\"\nmodel_labels = [\"technical.network\", \"technical.access_request\"]\n\
         [[category]]\nid = \"legal\"\n",
    );
    let meanings = ["technical.network", "technical.access_request"];
    let meanings = meanings.map(|label| (category(label), category("wifi")));
    assert_eq!(read.labels, Labels::Own(meanings.into()));
    assert_eq!(read.categories.len(), 2, "one that no label means is for people to state");
}

#[test]
fn a_label_that_means_two_categories_is_refused_with_its_line() {
    let found = errors_of(
        "labels = \"own\"\n\
         [[category]]\nid = \"wifi\"\nmodel_labels = [\"technical.network\"]\n\
         [[category]]\nid = \"vpn\"\nmodel_labels = [\"technical.network\"]\n",
    );
    assert!(found.starts_with("line 8: error: category[1].model_labels[0]: "), "{found}");
    assert!(found.contains("\"technical.network\" of line 5 again"), "{found}");
}

#[test]
fn labels_mean_nothing_where_the_categories_are_the_models() {
    let found = errors_of("[[category]]\nid = \"wifi\"\nmodel_labels = [\"technical.network\"]\n");
    assert!(found.contains("expected labels = \"own\""), "{found}");
}

#[test]
fn a_team_that_is_not_named_assigns_and_pushes() {
    let read = policy(
        "[[team]]\nid = \"returns\"\nmode = \"advise\"\ndispatch = \"pull\"\n\
         [[team]]\nid = \"care\"\n",
    );
    let of = |id: &str| read.team(Some(&TeamId::new(id).expect("a valid id")));
    let advises = TeamPolicy { mode: TeamMode::Advise, dispatch: Dispatch::Pull };
    assert_eq!(
        [of("returns"), of("care"), of("other")].map(|team| team == advises),
        [true, false, false]
    );
    assert_eq!((of("care"), of("other")), (TeamPolicy::default(), read.team(None)));
}

#[test]
fn a_mode_and_a_dispatch_that_there_are_not_are_refused() {
    let found = errors_of("[[team]]\nid = \"care\"\nmode = \"analyze\"\ndispatch = \"throw\"\n");
    let wanted = [
        "team[0].mode: expected assign or advise, got \"analyze\"",
        "team[0].dispatch: expected push or pull, got \"throw\"",
    ];
    for part in wanted {
        assert!(found.contains(part), "expected {part} in {found}");
    }
}
