//! A bundle's label texts read as the product's own types, once.

use switchyard_domain::assessment::{Sentiment, Signal, Urgency};
use switchyard_domain::ids::{CategoryId, TagId};

use crate::bundle::{BundleError, HeadName, Manifest};
use crate::groups::Groups;

/// What each head's outputs mean, in the order of the outputs.
///
/// A head the bundle lacks has its field's neutral value alone.
#[derive(Debug, Clone)]
pub(super) struct Labels {
    pub(super) categories: Vec<CategoryId>,
    pub(super) groups: Groups,
    pub(super) sentiments: Vec<Sentiment>,
    pub(super) urgencies: Vec<Urgency>,
    pub(super) signals: Vec<Signal>,
    pub(super) tags: Vec<TagId>,
}

impl Labels {
    pub(super) fn new(manifest: &Manifest) -> Result<Self, BundleError> {
        let category = |label: &str| CategoryId::new(label).ok();
        let categories = read(manifest, HeadName::Category, category)?
            .or_else(|| category(&manifest.fallback).map(|fallback| vec![fallback]))
            .unwrap_or_default();
        Ok(Self {
            groups: Groups::of(&categories),
            categories,
            sentiments: read(manifest, HeadName::Sentiment, Sentiment::from_label)?
                .unwrap_or_else(|| vec![Sentiment::Neutral]),
            urgencies: read(manifest, HeadName::Urgency, Urgency::from_label)?
                .unwrap_or_else(|| vec![Urgency::Normal]),
            signals: read(manifest, HeadName::Signals, Signal::from_label)?.unwrap_or_default(),
            tags: read(manifest, HeadName::Tags, |tag| TagId::new(tag).ok())?.unwrap_or_default(),
        })
    }
}

/// The labels of a head, if the bundle has it.
fn read<T>(
    manifest: &Manifest,
    name: HeadName,
    parse: impl Fn(&str) -> Option<T>,
) -> Result<Option<Vec<T>>, BundleError> {
    let Some(spec) = manifest.head(name) else {
        return Ok(None);
    };
    let unknown = |label: &String| BundleError::UnknownLabel { head: name, label: label.clone() };
    let parsed = spec.labels.iter().map(|label| parse(label).ok_or_else(|| unknown(label)));
    parsed.collect::<Result<_, _>>().map(Some)
}
