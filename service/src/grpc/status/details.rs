//! What an error names for programs: values in `ErrorInfo`, fields in `BadRequest`.

use std::collections::HashMap;

use switchyard_domain::desk::Refusal;
use switchyard_policy::Finding;
use tonic_types::{FieldViolation, LocalizedMessage};

use super::short::{VALUE_BYTES_MAX, cut, shortened};
use super::{ZH, chinese};
use crate::app::history::HistoryError;
use crate::app::{AppError, SubmitError};
use crate::lang::Lang;

/// What an error names, for programs.
pub(super) fn values_of(error: &AppError) -> HashMap<String, String> {
    let values = match error {
        // `BadRequest` may hold fewer.
        AppError::Invalid(violations) | AppError::Submit(SubmitError::Unknown(violations)) => {
            vec![("n_violations", violations.len().to_string())]
        }
        AppError::PolicyRejected(findings) => vec![("n_violations", findings.len().to_string())],
        AppError::NotFound { id, .. } => vec![("id", id.clone())],
        AppError::AheadOfJournal { head, asked } => {
            vec![("head", head.to_string()), ("asked", asked.to_string())]
        }
        AppError::History(HistoryError::Compacted { compacted_to, asked }) => {
            vec![("compacted_to", compacted_to.to_string()), ("asked", asked.to_string())]
        }
        AppError::Submit(SubmitError::Refused(refusal)) => values_of_refusal(refusal),
        AppError::Submit(SubmitError::RequestReused { id }) => vec![("request_id", id.clone())],
        AppError::Submit(SubmitError::Changed { expected, got, .. }) => {
            vec![("expected", expected.clone()), ("got", got.clone())]
        }
        _ => Vec::new(),
    };
    let named = |(key, value): (&str, String)| (key.to_owned(), cut(&value, VALUE_BYTES_MAX));
    values.into_iter().map(named).collect()
}

fn values_of_refusal(refusal: &Refusal) -> Vec<(&'static str, String)> {
    match refusal {
        Refusal::UnknownTicket(id)
        | Refusal::TicketClosed(id)
        | Refusal::MergedIntoItself(id)
        | Refusal::AlreadyAdopted(id) => vec![("ticket", id.to_string())],
        Refusal::NotOwner { ticket, agent, owner } => {
            let owner = owner.as_ref().map(ToString::to_string).unwrap_or_default();
            vec![("ticket", ticket.to_string()), ("agent", agent.to_string()), ("owner", owner)]
        }
        Refusal::UnknownAgent(id) => vec![("agent", id.to_string())],
        Refusal::UnknownTeam(id) => vec![("team", id.to_string())],
        Refusal::AgentOwnsTickets { agent, n_open } => {
            vec![("agent", agent.to_string()), ("n_open", n_open.to_string())]
        }
        Refusal::TeamHasAgents { team, n_agents } => {
            vec![("team", team.to_string()), ("n_agents", n_agents.to_string())]
        }
    }
}

/// The fields at fault, each in English and, where asked for, in Chinese.
pub(super) fn violations_of(error: &AppError, lang: Lang) -> Vec<FieldViolation> {
    match error {
        AppError::Invalid(violations) | AppError::Submit(SubmitError::Unknown(violations)) => {
            (violations.iter())
                .map(|one| {
                    let zh = (lang == Lang::Zh).then(|| one.fault.told(lang));
                    violation(&one.field, &one.fault.told(Lang::En), zh)
                })
                .collect()
        }
        AppError::PolicyRejected(findings) => {
            let one = |finding: &Finding| violation(&finding.key, &finding.to_string(), None);
            findings.iter().map(one).collect()
        }
        AppError::Submit(SubmitError::RequestReused { .. }) => {
            let zh = (lang == Lang::Zh).then(|| chinese::of(error));
            vec![violation("request_id", &error.to_string(), zh)]
        }
        _ => Vec::new(),
    }
}

/// A field at fault.
pub(in crate::grpc) fn violation(field: &str, en: &str, zh: Option<String>) -> FieldViolation {
    let localized_message = zh.map(|zh| LocalizedMessage::new(ZH, shortened(&zh)));
    let field = cut(field, VALUE_BYTES_MAX);
    FieldViolation { localized_message, ..FieldViolation::new(field, shortened(en)) }
}
