//! The tree with key paths: a cursor over one value that refuses by place.
//!
//! A reader asks an [`Item`] for what it wants (`item.milli(..)`,
//! `item.duration(..)`) and gets `None` after the finding is recorded, so it
//! goes on to the next value; serde would stop at the first. A [`Table`] is
//! opened with the keys it may have, so no unknown key passes unseen.

mod duration;
mod item;
mod nearest;
mod number;
mod seen;
mod table;

pub(crate) use item::Item;
pub(crate) use nearest::did_you_mean;
pub(crate) use seen::Seen;
pub(crate) use table::Table;
