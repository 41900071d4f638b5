//! The caller's slot to an index's own place, in pages.
//!
//! A flat array would let one slot of four thousand million take 16 GiB; a map
//! costs a hash for every look. Pages cost two loads, and a slot far away a page.

/// Entries of a page: 16 KiB, so that the list of all pages is at most 8 MiB.
const PAGE: usize = 4096;

/// An entry without a place.
const NONE: u32 = u32::MAX;

type Page = Box<[u32; PAGE]>;

/// Slot to place; both any `u32` but for the place `u32::MAX`.
#[derive(Debug, Clone, Default)]
pub(super) struct Pages {
    pages: Vec<Option<Page>>,
}

impl Pages {
    /// The place of a slot, if it has one.
    pub(super) fn get(&self, slot: u32) -> Option<u32> {
        let page = self.pages.get(slot as usize / PAGE)?.as_ref()?;
        Some(page[slot as usize % PAGE]).filter(|place| *place != NONE)
    }

    /// Gives the slot a place.
    pub(super) fn set(&mut self, slot: u32, place: u32) {
        debug_assert_ne!(place, NONE);
        let at = slot as usize / PAGE;
        if self.pages.len() <= at {
            self.pages.resize_with(at + 1, || None);
        }
        let page = self.pages[at].get_or_insert_with(|| Box::new([NONE; PAGE]));
        page[slot as usize % PAGE] = place;
    }

    /// Takes the slot's place away and tells it.
    pub(super) fn take(&mut self, slot: u32) -> Option<u32> {
        let page = self.pages.get_mut(slot as usize / PAGE)?.as_mut()?;
        let place = std::mem::replace(&mut page[slot as usize % PAGE], NONE);
        Some(place).filter(|place| *place != NONE)
    }

    /// *Units*: bytes on the heap.
    pub(super) fn bytes(&self) -> usize {
        let n_pages = self.pages.iter().flatten().count();
        self.pages.capacity() * size_of::<Option<Page>>() + n_pages * size_of::<[u32; PAGE]>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_slot_has_its_own_place_until_it_is_taken() {
        let mut pages = Pages::default();
        let slots = [0, 1, 4095, 4096, u32::MAX];
        for (place, slot) in (0..).zip(slots) {
            pages.set(slot, place);
        }
        assert_eq!(slots.map(|slot| pages.get(slot)), [0, 1, 2, 3, 4].map(Some));
        assert_eq!((pages.take(4096), pages.get(4096), pages.take(4096)), (Some(3), None, None));
        assert_eq!((pages.get(9), pages.take(9_000_000)), (None, None));
    }

    #[test]
    fn the_last_slot_costs_a_page_and_the_list_of_pages() {
        let mut pages = Pages::default();
        pages.set(u32::MAX, 0);
        assert!(pages.bytes() <= 9 << 20, "{}", pages.bytes());
    }
}
