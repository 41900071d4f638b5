//! A bundle whose manifest or weights are of any bytes, sealed as if they were meant to be so.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use switchyard_models::bundle::{
    Bundle, CARD_FILE, MANIFEST_FILE, WEIGHTS as NUMBERS, WEIGHTS_FILE, seal, sha256_hex,
};
use switchyard_models::text::{Known, TicketText};
use switchyard_models::understand::Understanding;

const CARD: &str = "# A card\n";
const MANIFEST: &str = include_str!("../seeds/bundle/manifest.json");
const WEIGHTS: &[u8] = include_bytes!("../seeds/bundle/weights.safetensors");

static DIGESTS: LazyLock<[String; 2]> =
    LazyLock::new(|| [WEIGHTS, CARD.as_bytes()].map(sha256_hex));

/// A manifest that names the digest of these weights.
fn sealed(manifest: &[u8], weights: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(manifest);
    text.replace(&DIGESTS[0], &sha256_hex(weights)).into_bytes()
}

fuzz_target!(|bytes: &[u8]| {
    // Safetensors begin with a length in eight bytes, of which the last are zero.
    let is_weights = bytes.get(7) == Some(&0);
    let (manifest, weights) =
        if is_weights { (MANIFEST.as_bytes(), bytes) } else { (bytes, WEIGHTS) };
    // Digests are of what is packed, so gzip of any bytes ends there, if it is gzip at all.
    let is_packed = weights.starts_with(&[0x1f, 0x8b]);
    let name = if is_packed { WEIGHTS_FILE } else { NUMBERS };
    let manifest = sealed(manifest, weights);
    let files: [(&str, &[u8]); 3] =
        [(MANIFEST_FILE, &manifest), (name, weights), (CARD_FILE, CARD.as_bytes())];
    let Ok(bundle) = Bundle::from_files(&files) else { return };
    let again = seal(bundle.manifest().clone(), bundle.weights(), CARD).expect("sealed before");
    let again: Vec<(&str, &[u8])> =
        again.iter().map(|(name, bytes)| (*name, bytes.as_slice())).collect();
    let again = Bundle::from_files(&again).expect("what was sealed is read");
    assert_eq!(again.weights(), bundle.weights());
    let Ok(model) = Understanding::new(&bundle) else { return };
    for text in ["", "I want my refund, 退款!", "refund refund"] {
        model.analyze(&TicketText::new("", text), &Known::default());
    }
});
