//! Unit vectors in clusters, queries, and who their nearest are in floats.

use std::io::{BufWriter, Write};
use std::path::Path;

use crate::Outcome;
use crate::seeded::Seeded;

pub(crate) const DIMENSION: usize = 256;

/// Neighbours asked for.
pub(crate) const K: usize = 10;

/// What seeds centres, items and queries.
const SEED: u64 = 7;

/// Items of a cluster, and the fewest clusters.
const CLUSTER: usize = 200;
const CLUSTERS_MIN: usize = 100;

/// The length of what is added to a centre: an item and its centre have a cosine of 0.82.
const NOISE: f32 = 0.7;

const QUERIES: usize = 500;

pub(crate) type Vector = [f32; DIMENSION];

pub(crate) struct Vectors {
    pub(crate) items: Vec<Vector>,
    pub(crate) queries: Vec<Vector>,
    /// The `K` nearest items of each query, by exact products of floats.
    pub(crate) nearest: Vec<[u32; K]>,
}

impl Vectors {
    pub(crate) fn clustered(n: usize) -> Self {
        let mut seeded = Seeded(SEED);
        let n_clusters = (n / CLUSTER).max(CLUSTERS_MIN);
        let centres: Vec<Vector> = (0..n_clusters).map(|_| unit(noise(&mut seeded, 1.0))).collect();
        let mut draw = |n: usize| -> Vec<Vector> {
            (0..n).map(|_| around(&centres[seeded.below(n_clusters)], &mut seeded)).collect()
        };
        let (items, queries) = (draw(n), draw(QUERIES));
        let nearest = nearest_of(&items, &queries);
        Self { items, queries, nearest }
    }

    /// The share of the true nearest that was found.
    pub(crate) fn recall(&self, found: &[Vec<u32>]) -> f64 {
        let right = |(found, nearest): (&Vec<u32>, &[u32; K])| {
            found.iter().filter(|slot| nearest.contains(slot)).count()
        };
        let right: usize = found.iter().zip(&self.nearest).map(right).sum();
        right as f64 / (self.queries.len() * K) as f64
    }

    /// Numbers of items, dimensions, queries and neighbours, then all three lists, little-endian.
    pub(crate) fn write(&self, path: &Path) -> Outcome {
        let mut file = BufWriter::new(std::fs::File::create(path)?);
        for number in [self.items.len(), DIMENSION, self.queries.len(), K] {
            file.write_all(&(number as u32).to_le_bytes())?;
        }
        for value in self.items.iter().chain(&self.queries).flatten() {
            file.write_all(&value.to_le_bytes())?;
        }
        for slot in self.nearest.iter().flatten() {
            file.write_all(&slot.to_le_bytes())?;
        }
        Ok(file.flush()?)
    }
}

fn around(centre: &Vector, seeded: &mut Seeded) -> Vector {
    let mut vector = noise(seeded, NOISE / (DIMENSION as f32).sqrt());
    vector.iter_mut().zip(centre).for_each(|(value, centre)| *value += centre);
    unit(vector)
}

fn noise(seeded: &mut Seeded, size: f32) -> Vector {
    let mut vector = [0.0; DIMENSION];
    for pair in vector.chunks_exact_mut(2) {
        pair.copy_from_slice(&seeded.normals().map(|value| value * size));
    }
    vector
}

fn unit(mut vector: Vector) -> Vector {
    let length = product(&vector, &vector).sqrt();
    for value in &mut vector {
        *value /= length;
    }
    vector
}

/// In sixteen sums, so that the compiler uses vectors.
fn product(a: &Vector, b: &Vector) -> f32 {
    let mut sums = [0.0; 16];
    for (a, b) in a.as_chunks::<16>().0.iter().zip(b.as_chunks::<16>().0) {
        sums.iter_mut().zip(a.iter().zip(b)).for_each(|(sum, (a, b))| *sum += a * b);
    }
    sums.iter().sum()
}

/// Item by item over all queries, so that an item is read once.
fn nearest_of(items: &[Vector], queries: &[Vector]) -> Vec<[u32; K]> {
    let mut best = vec![[(f32::NEG_INFINITY, 0); K]; queries.len()];
    for (slot, item) in (0..).zip(items) {
        for (query, best) in queries.iter().zip(&mut best) {
            let score = product(query, item);
            if score > best[K - 1].0 {
                let at = best.partition_point(|(other, _)| *other >= score);
                best[at..].rotate_right(1);
                best[at] = (score, slot);
            }
        }
    }
    best.iter().map(|best| best.map(|(_, slot)| slot)).collect()
}
