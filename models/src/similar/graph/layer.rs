//! The links of one layer, both ways.
//!
//! A node links to a bounded number of others; how many link to it is not
//! bounded. To take a node away, everybody who links to it must be known: those
//! it links to itself are seen in their rows, the others are its *guests*. Most
//! links are mutual, so the lists of guests are short.

use crate::similar::pages::Pages;

/// Links of a node at most: two lines of memory.
pub(super) const DEGREE: usize = 32;

/// Where a row ends.
const NONE: u32 = u32::MAX;

/// A node's links, then `NONE`.
#[repr(align(64))]
#[derive(Debug, Clone, Copy)]
struct Row([u32; DEGREE]);

/// A node's links and what links to it.
#[derive(Debug, Clone)]
pub(super) struct Layer {
    /// Links of a node at most, in `1..=DEGREE`.
    degree: usize,
    /// Where a node's row is; the lowest layer has every node, at its own place.
    index: Option<Pages>,
    rows: Vec<Row>,
    /// *Shape*: as `rows`. The node of the row.
    nodes: Vec<u32>,
    /// *Shape*: as `rows`. Who links to the node without being linked to by it.
    guests: Vec<Vec<u32>>,
    /// *Shape*: as `rows`. How many link to the node.
    n_arrivals: Vec<u32>,
    /// Rows of an upper layer that have no node.
    free: Vec<u32>,
    n_nodes: usize,
}

impl Layer {
    /// The layer of all nodes.
    pub(super) fn lowest() -> Self {
        Self::of(DEGREE, None)
    }

    /// A layer of some nodes, with half as many links.
    pub(super) fn upper() -> Self {
        Self::of(DEGREE / 2, Some(Pages::default()))
    }

    fn of(degree: usize, index: Option<Pages>) -> Self {
        let (rows, nodes, guests, n_arrivals, free) = Default::default();
        Self { degree, index, rows, nodes, guests, n_arrivals, free, n_nodes: 0 }
    }

    pub(super) fn degree(&self) -> usize {
        self.degree
    }

    pub(super) fn len(&self) -> usize {
        self.n_nodes
    }

    /// Every node, in the order of rows.
    pub(super) fn nodes(&self) -> impl Iterator<Item = u32> {
        self.nodes.iter().copied().filter(|node| *node != NONE)
    }

    pub(super) fn has(&self, node: u32) -> bool {
        let row = self.index.as_ref().map_or(Some(node), |index| index.get(node));
        row.is_some_and(|row| self.nodes.get(row as usize) == Some(&node))
    }

    /// The row of a node of this layer.
    fn row(&self, node: u32) -> usize {
        self.index.as_ref().map_or(Some(node), |index| index.get(node)).unwrap_or_default() as usize
    }

    /// Enters a node without links.
    pub(super) fn enter(&mut self, node: u32) {
        let row = self.place_for(node) as usize;
        if self.rows.len() <= row {
            self.rows.resize(row + 1, Row([NONE; DEGREE]));
            self.nodes.resize(row + 1, NONE);
            self.guests.resize_with(row + 1, Vec::new);
            self.n_arrivals.resize(row + 1, 0);
        }
        self.nodes[row] = node;
        self.n_nodes += 1;
    }

    fn place_for(&mut self, node: u32) -> u32 {
        let Some(index) = &mut self.index else {
            return node;
        };
        let row = self.free.pop().unwrap_or(self.rows.len() as u32);
        index.set(node, row);
        row
    }

    /// Takes a node away with all links from and to it; answers who linked to it and to whom it did.
    pub(super) fn leave(&mut self, node: u32) -> (Vec<u32>, Vec<u32>) {
        let (arrivals, links) = (self.arrivals(node), self.links(node).to_vec());
        for from in &arrivals {
            self.unlink(*from, node);
        }
        for to in &links {
            self.unlink(node, *to);
        }
        let row = self.row(node);
        self.nodes[row] = NONE;
        self.n_nodes -= 1;
        if let Some(index) = &mut self.index {
            index.take(node);
            self.free.push(row as u32);
        }
        (arrivals, links)
    }

    /// Whom a node links to.
    pub(super) fn links(&self, node: u32) -> &[u32] {
        let row = &self.rows[self.row(node)].0;
        &row[..row.iter().position(|link| *link == NONE).unwrap_or(DEGREE)]
    }

    /// Everybody who links to a node.
    pub(super) fn arrivals(&self, node: u32) -> Vec<u32> {
        let mutual = self.links(node).iter().filter(|other| self.is_linked(**other, node));
        mutual.chain(&self.guests[self.row(node)]).copied().collect()
    }

    pub(super) fn n_arrivals(&self, node: u32) -> usize {
        self.n_arrivals[self.row(node)] as usize
    }

    pub(super) fn is_linked(&self, from: u32, to: u32) -> bool {
        self.links(from).contains(&to)
    }

    /// Links two nodes one way, where that is not so and there is room; tells whether they are now.
    pub(super) fn link(&mut self, from: u32, to: u32) -> bool {
        let n_links = self.links(from).len();
        if from == to || self.is_linked(from, to) {
            return from != to;
        }
        if n_links == self.degree {
            return false;
        }
        let row = self.row(from);
        self.rows[row].0[n_links] = to;
        let to_row = self.row(to);
        self.n_arrivals[to_row] += 1;
        if self.is_linked(to, from) {
            self.guests[row].retain(|guest| *guest != to);
        } else {
            self.guests[to_row].push(from);
        }
        true
    }

    /// Takes a link away; the order of the others is kept.
    pub(super) fn unlink(&mut self, from: u32, to: u32) {
        let Some(at) = self.links(from).iter().position(|link| *link == to) else {
            return;
        };
        let row = self.row(from);
        self.rows[row].0.copy_within(at + 1.., at);
        self.rows[row].0[DEGREE - 1] = NONE;
        let to_row = self.row(to);
        self.n_arrivals[to_row] -= 1;
        if self.is_linked(to, from) {
            self.guests[row].push(to);
        } else {
            self.guests[to_row].retain(|guest| *guest != from);
        }
    }

    /// Asks the memory for a node's links.
    pub(super) fn prefetch(&self, node: u32) {
        crate::kernel::prefetch(&self.rows[self.row(node)].0);
    }

    /// *Units*: bytes on the heap.
    pub(super) fn bytes(&self) -> usize {
        let guests: usize = self.guests.iter().map(Vec::capacity).sum();
        self.rows.capacity() * size_of::<Row>()
            + self.guests.capacity() * size_of::<Vec<u32>>()
            + (guests + self.nodes.capacity() + self.n_arrivals.capacity() + self.free.capacity())
                * size_of::<u32>()
            + self.index.as_ref().map_or(0, Pages::bytes)
    }

    /// Whether what is noted of links to nodes is what the rows say, and no row is too long.
    #[cfg(test)]
    pub(super) fn check(&self) {
        let mut arrivals = std::collections::BTreeMap::<u32, Vec<u32>>::new();
        for node in self.nodes() {
            let links = self.links(node);
            assert!(self.has(node) && links.len() <= self.degree);
            for link in links {
                assert!(self.has(*link) && *link != node, "{node} links to {link}");
                arrivals.entry(*link).or_default().push(node);
            }
        }
        for node in self.nodes() {
            let (mut noted, mut found) =
                (self.arrivals(node), arrivals.remove(&node).unwrap_or_default());
            noted.sort_unstable();
            found.sort_unstable();
            assert_eq!(noted, found, "who links to {node}");
            assert_eq!(self.n_arrivals(node), found.len());
        }
    }
}
