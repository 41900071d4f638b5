//! Facts by name, one dense column per name: what a need asks of every seat lies side by side.

use std::collections::BTreeMap;

/// A value per name and seat; a seat past a column's end has the default.
#[derive(Debug, Clone)]
pub(super) struct Columns<K, T>(BTreeMap<K, Vec<T>>);

impl<K, T> Default for Columns<K, T> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<K: Ord + Clone, T: Copy + Default> Columns<K, T> {
    pub(super) fn of(&self, name: &K) -> &[T] {
        self.0.get(name).map_or(&[], Vec::as_slice)
    }

    pub(super) fn set(&mut self, name: &K, seat: usize, value: T) {
        if !self.0.contains_key(name) {
            self.0.insert(name.clone(), Vec::new());
        }
        let column = self.0.get_mut(name).expect("just seen to");
        if column.len() <= seat {
            column.resize(seat + 1, T::default());
        }
        column[seat] = value;
    }

    /// Makes room for a seat; those from there on move up by one.
    pub(super) fn insert_seat(&mut self, seat: usize) {
        for column in self.0.values_mut().filter(|column| seat < column.len()) {
            column.insert(seat, T::default());
        }
    }

    pub(super) fn remove_seat(&mut self, seat: usize) {
        for column in self.0.values_mut().filter(|column| seat < column.len()) {
            column.remove(seat);
        }
    }

    pub(super) fn clear_seat(&mut self, seat: usize) {
        for value in self.0.values_mut().filter_map(|column| column.get_mut(seat)) {
            *value = T::default();
        }
    }
}
