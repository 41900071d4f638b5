//! Skills, as tickets ask for them.

use switchyard_domain::ids::SkillId;
use switchyard_domain::skill::{Requirement, RequirementKind, SkillLevel};
use switchyard_proto::v1 as pb;

use crate::app::fault::{Expected, Fault};
use crate::grpc::check::Check;

/// The heaviest a preference can weigh beside the others.
const WEIGHT_MAX: f64 = 100.0;

/// The most requirements a ticket may state.
const REQUIREMENTS_MAX: usize = 32;

/// Requirements with their field's path.
pub(crate) fn requirements(
    check: &mut Check,
    field: &str,
    asked: &[pb::SkillRequirement],
) -> Vec<Requirement> {
    check.at_most(field, asked, REQUIREMENTS_MAX);
    let asked = asked.iter().take(REQUIREMENTS_MAX).enumerate();
    asked.filter_map(|(i, one)| requirement(check, &format!("{field}[{i}]"), one)).collect()
}

fn requirement(
    check: &mut Check,
    field: &str,
    asked: &pb::SkillRequirement,
) -> Option<Requirement> {
    let skill = check.take(format!("{field}.skill"), SkillId::new(&asked.skill));
    let level = SkillLevel::new(asked.min_level.max(1));
    let min_level = check.take(format!("{field}.min_level"), level);
    let weight_permille = weight(check, field, asked.weight);
    let kind = if asked.preferred { RequirementKind::Preferred } else { RequirementKind::Required };
    Some(Requirement {
        skill: skill?,
        kind,
        min_level: min_level?,
        weight_permille: weight_permille?,
        relax_rank: None,
    })
}

fn weight(check: &mut Check, field: &str, weight: f64) -> Option<u32> {
    if weight == 0.0 {
        return Some(1_000);
    }
    if weight > 0.0 && weight <= WEIGHT_MAX {
        return Some((weight * 1_000.0).round().max(1.0) as u32);
    }
    let expected = Expected::Weight { most: WEIGHT_MAX };
    check.fail(format!("{field}.weight"), Fault::value(expected, &weight));
    None
}
