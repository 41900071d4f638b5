//! How people took the desk's advice.

use switchyard_domain::desk::agreement::{DAYS_KEPT, day_of};
use switchyard_domain::desk::{Agreement, AgreementKey, Desk};
use switchyard_domain::ids::TeamId;
use switchyard_domain::time::{Span, Timestamp};
use switchyard_proto::v1 as pb;
use tonic::metadata::MetadataMap;

use crate::app::AppError;
use crate::grpc::check::Check;
use crate::grpc::{Handlers, call};

impl Handlers {
    pub(super) fn agreement(
        &self,
        metadata: &MetadataMap,
        request: &pb::GetAgreementRequest,
    ) -> Result<pb::GetAgreementResponse, AppError> {
        let mut check = Check::default();
        let tenant = call::tenant(&mut check, metadata);
        let team = check.optional("team", &request.team, TeamId::new);
        let start = check.instant("start_time", request.start_time.as_ref());
        let end = check.instant("end_time", request.end_time.as_ref());
        let tenant = check.finish(tenant)?;
        let today = day_of(self.app.desks.clock.now());
        let first = start.map_or(today - DAYS_KEPT, day_of);
        let end = end.map_or(today + 1, day_of);
        let is_wanted = |key: &AgreementKey| {
            let of_team = team.is_none() || key.team == team;
            of_team && (first..end).contains(&key.day)
        };
        Ok(self.app.desks.committed.read(&tenant, |desk| response(desk, is_wanted)))
    }
}

fn response(desk: &Desk, is_wanted: impl Fn(&AgreementKey) -> bool) -> pb::GetAgreementResponse {
    let rows = desk.agreements().iter().filter(|(key, _)| is_wanted(key));
    let rows: Vec<_> = rows.map(|(key, counts)| row(key, counts)).collect();
    let total = rows.iter().fold(pb::Agreement::default(), |sum, row| pb::Agreement {
        n_taken: sum.n_taken + row.n_taken,
        n_first: sum.n_first + row.n_first,
        n_listed: sum.n_listed + row.n_listed,
        n_nobody: sum.n_nobody + row.n_nobody,
        ..sum
    });
    pb::GetAgreementResponse { rows, total: Some(total) }
}

fn row(key: &AgreementKey, counts: &Agreement) -> pb::Agreement {
    pb::Agreement {
        team: key.team.as_ref().map(ToString::to_string).unwrap_or_default(),
        date: date_of(key.day),
        n_taken: counts.n_taken,
        n_first: counts.n_first,
        n_listed: counts.n_listed,
        n_nobody: counts.n_nobody,
    }
}

/// Days are counted from commits' own instants, which lie within the calendar.
fn date_of(day: i64) -> String {
    let at = Timestamp::from_millis(0) + Span::from_hours(24 * day);
    at.to_string().chars().take(10).collect()
}
