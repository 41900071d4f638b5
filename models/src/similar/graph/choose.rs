//! Which of many near nodes a node is linked to.
//!
//! Not simply the nearest: in a dense spot those all lie on one side, and nothing
//! would lead away. A candidate that is nearer to one chosen before than to the
//! node itself is reached by way of that one (Malkov and Yashunin 2016, algorithm 4).

use super::walk::Seen;
use crate::kernel::Probe;
use crate::similar::codes::Codes;

/// Nodes compared at a time.
const GROUP: usize = 8;

/// At most `n` of the candidates, the nearest first.
///
/// *Shape*: `candidates` in order, each once, with their scores against the node, whose code's
/// scale those do not have in them.
/// What is passed over fills up to half of `n`, so that nobody in a dense spot has one link.
pub(super) fn chosen(codes: &Codes, scale: f32, candidates: &[Seen], n: usize) -> Vec<u32> {
    let (mut chosen, mut passed) = (Vec::with_capacity(n), Vec::new());
    let mut probe = Probe::default();
    for candidate in candidates {
        if chosen.len() == n {
            break;
        }
        codes.load_first(candidate.node, &mut probe);
        let own = candidate.score * scale;
        let is_far = are_all_farther(codes, (&probe, candidate.node), own, &chosen);
        (if is_far { &mut chosen } else { &mut passed }).push(candidate.node);
    }
    let room = (n / 2).saturating_sub(chosen.len());
    chosen.extend(passed.into_iter().take(room));
    chosen
}

/// Whether the candidate scores no better against any that was chosen than against the node.
fn are_all_farther(
    codes: &Codes,
    (probe, candidate): (&Probe, u32),
    own: f32,
    chosen: &[u32],
) -> bool {
    let scale = codes.scales()[candidate as usize];
    chosen.chunks(GROUP).all(|group| {
        let mut scores = [0.0; GROUP];
        codes.score_firsts(probe, group, &mut scores);
        scores[..group.len()].iter().all(|score| score * scale <= own)
    })
}
