//! What each item says, by place.

use super::{COUNT_BITS, Posting, parts};

/// One item's terms.
#[derive(Debug, Clone, Default)]
struct Text {
    slot: u32,
    n_words: u32,
    /// By the number of the term.
    said: Box<[Posting]>,
}

/// All items; the place of one that is gone is used again.
#[derive(Debug, Clone, Default)]
pub(super) struct Texts {
    items: Vec<Text>,
    /// *Shape*: as `items`; infinite where a place is free. Apart, because every posting of a query reads one.
    lengths: Vec<f32>,
    free: Vec<u32>,
    n_words: u64,
}

impl Texts {
    /// The number of items.
    pub(super) fn len(&self) -> usize {
        self.items.len() - self.free.len()
    }

    /// One more than the largest place.
    pub(super) fn n_places(&self) -> usize {
        self.items.len()
    }

    /// The mean number of words; 1 where there is no item.
    pub(super) fn mean_length(&self) -> f32 {
        if self.len() == 0 { 1.0 } else { (self.n_words as f64 / self.len() as f64) as f32 }
    }

    /// *Shape*: one for each place. The number of words.
    pub(super) fn lengths(&self) -> &[f32] {
        &self.lengths
    }

    /// The fewest words of an item; infinite where there is none.
    pub(super) fn shortest(&self) -> f32 {
        self.lengths.iter().copied().fold(f32::INFINITY, f32::min)
    }

    pub(super) fn slot_at(&self, place: u32) -> u32 {
        self.items[place as usize].slot
    }

    /// How often the item at the place says the term, at most 15; 0 if never.
    pub(super) fn count_of(&self, place: u32, term: u32) -> u32 {
        let said = &self.items[place as usize].said;
        let found = said.binary_search_by_key(&term, |posting| posting >> COUNT_BITS);
        found.map_or(0, |at| parts(said[at]).1)
    }

    /// A place for an item that is to be filled.
    pub(super) fn reserve(&mut self, slot: u32) -> u32 {
        let place = self.free.pop().unwrap_or_else(|| {
            self.items.push(Text::default());
            self.lengths.push(0.0);
            self.items.len() as u32 - 1
        });
        self.items[place as usize].slot = slot;
        place
    }

    /// Enters what the item at a reserved place says.
    pub(super) fn fill(&mut self, place: u32, mut said: Vec<Posting>, length: u32) {
        said.sort_unstable();
        let slot = self.slot_at(place);
        self.items[place as usize] = Text { slot, n_words: length, said: said.into() };
        self.lengths[place as usize] = length as f32;
        self.n_words += u64::from(length);
    }

    /// Takes the item's terms away and frees its place.
    pub(super) fn take(&mut self, place: u32) -> Box<[Posting]> {
        let text = std::mem::take(&mut self.items[place as usize]);
        self.n_words -= u64::from(text.n_words);
        self.lengths[place as usize] = f32::INFINITY;
        self.free.push(place);
        text.said
    }

    /// *Units*: bytes on the heap.
    pub(super) fn bytes(&self) -> usize {
        let said: usize = self.items.iter().map(|text| text.said.len()).sum();
        self.items.capacity() * size_of::<Text>()
            + (said + self.lengths.capacity() + self.free.capacity()) * size_of::<u32>()
    }
}
