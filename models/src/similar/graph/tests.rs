//! Claims of the graph.

use std::collections::BTreeMap;

use super::*;
use crate::similar::testing::{code, hits_of, mixed};

fn empty() -> Graph {
    Graph::new(64, GraphSettings::default()).unwrap()
}

fn filled(n: u32) -> Graph {
    let (mut graph, mut walk) = (empty(), Walk::default());
    (0..n).for_each(|slot| graph.upsert(slot, &code(slot), &mut walk).unwrap());
    graph
}

fn nearest(graph: &Graph, seed: u32, k: usize) -> Vec<u32> {
    hits_of(&graph.search(&code(seed), (k, 64), |_| true, &mut Walk::default()).unwrap())
}

/// Every invariant of the links, and every item its own nearest.
fn check(graph: &Graph, live: &BTreeMap<u32, u32>) {
    graph.layers.iter().for_each(Layer::check);
    assert_eq!(graph.len(), live.len());
    assert_eq!(graph.unreached(), Vec::<u32>::new());
    let mut walk = Walk::default();
    for (slot, seed) in live {
        let hits = graph.walked(&code(*seed), 10, 128, |_| true, &mut walk);
        let first = hits[0];
        assert!(first.score > 0.9999 && live[&first.slot] == *seed, "{slot} of {seed}: {first:?}");
        assert!(hits.iter().all(|hit| live.contains_key(&hit.slot)));
    }
}

#[test]
fn after_any_history_every_item_finds_itself_and_no_dead_one_is_found() {
    let (mut graph, mut walk, mut live) = (empty(), Walk::default(), BTreeMap::new());
    for step in 0..10_000_u64 {
        let bits = mixed(step);
        // Slots and vectors both come again; three of ten steps take away.
        let (slot, seed) = ((bits >> 8) as u32 % 3_000, (bits >> 40) as u32 % 8_000);
        if bits % 10 < 3 {
            assert_eq!(graph.remove(slot, &mut walk), live.remove(&slot).is_some());
        } else {
            graph.upsert(slot, &code(seed), &mut walk).unwrap();
            live.insert(slot, seed);
        }
    }
    graph.reach_all(&mut walk);
    check(&graph, &live);
    check(&graph.plan().build(GraphSettings::default()), &live);
}

#[test]
fn a_graph_can_be_emptied_and_filled_again() {
    let (mut graph, mut walk) = (filled(500), Walk::default());
    (0..500).for_each(|slot| assert!(graph.remove(slot, &mut walk)));
    assert!(graph.is_empty() && graph.layers.is_empty() && graph.needs_rebuild());
    assert!(nearest(&graph, 1, 5).is_empty());
    graph.upsert(3, &code(1), &mut walk).unwrap();
    assert_eq!(nearest(&graph, 1, 5), [3]);
}

#[test]
fn thousands_of_equal_items_are_one_node_and_hide_no_other() {
    let (mut graph, mut walk) = (filled(1000), Walk::default());
    (1000..6000).for_each(|slot| graph.upsert(slot, &code(5), &mut walk).unwrap());
    assert_eq!((graph.len(), graph.n_nodes()), (6000, 1000));
    assert_eq!(nearest(&graph, 5, 3), [5, 1000, 1001]);
    assert_eq!(nearest(&graph, 6, 1), [6]);
    assert!(graph.remove(5, &mut walk));
    assert_eq!(nearest(&graph, 5, 3), [1000, 1001, 1002]);
}

#[test]
fn what_the_filter_lets_through_is_found_however_little_it_is() {
    let (graph, mut walk) = (filled(6000), Walk::default());
    for every in [1, 2, 10, 100, 3000, 9000] {
        let filter = |slot: u32| slot.is_multiple_of(every);
        let hits = graph.search(&code(1), (5, 64), filter, &mut walk).unwrap();
        assert!(hits.iter().all(|hit| filter(hit.slot)));
        assert_eq!(hits.len(), 5.min(6000_u32.div_ceil(every) as usize), "{every}");
    }
    assert!(graph.search(&code(1), (5, 64), |_| false, &mut walk).unwrap().is_empty());
}

#[test]
fn the_same_calls_make_the_same_graph() {
    let (a, b) = (filled(800), filled(800));
    for node in 0..800 {
        assert_eq!(a.layers[0].links(node), b.layers[0].links(node));
    }
}

#[test]
fn a_code_of_another_dimension_is_refused_and_changes_nothing() {
    let (mut graph, mut walk) = (filled(3), Walk::default());
    let other = Code::of(&[1.0; 128]).unwrap();
    assert!(graph.upsert(1, &other, &mut walk).is_err());
    assert!(graph.search(&other, (1, 1), |_| true, &mut walk).is_err());
    assert_eq!((graph.len(), graph.score_of(1, &other), nearest(&graph, 1, 1)), (3, None, vec![1]));
}
