//! Checking and applying policies.

use std::collections::{BTreeMap, BTreeSet};

use switchyard_domain::agent::Team;
use switchyard_domain::desk::{Desk, Event, OpenTickets};
use switchyard_domain::ids::{CategoryId, TeamId, TenantId};
use switchyard_domain::policy::{Labels, Policy};
use switchyard_policy::{Finding, Severity};

use super::error::Sought;
use super::policies::PolicyRecord;
use super::submission::Work;
use super::{App, AppError, Call, default_policy};

/// A policy's text that was checked.
#[derive(Debug)]
pub struct CheckedPolicy {
    /// As read; `None` when it has errors.
    pub policy: Option<Policy>,
    /// Everything found.
    pub findings: Vec<Finding>,
}

impl App {
    /// Checks a policy against itself, the labels of the model in use and the tenant's roster.
    pub fn check_policy(&self, tenant: &TenantId, source: &str) -> CheckedPolicy {
        let mut checked = check_policy(source, self.understander.categories());
        if let Some(policy) = &checked.policy {
            let look = |desk: &Desk| unknown_teams(policy, desk.roster().teams());
            checked.findings.extend(self.desks.committed.read(tenant, look));
        }
        checked
    }

    /// Puts a policy in force; the whole queue is looked at again.
    pub async fn apply_policy(
        &self,
        call: Call,
        source: String,
        comment: String,
        open: OpenTickets,
    ) -> Result<(PolicyRecord, Vec<Finding>, bool), AppError> {
        let tenant = call.tenant.clone();
        let CheckedPolicy { policy, findings } = self.check_policy(&tenant, &source);
        let Some(policy) = policy else { return Err(AppError::PolicyRejected(findings)) };
        let policy = Box::new(policy);
        let receipt = self
            .desks
            .submit(call.with(Work::ApplyPolicy { policy, source, comment, open }))
            .await?;
        let made = receipt.events.iter().find_map(revision_made);
        let record = made.and_then(|revision| self.desks.policies.get(&tenant, revision));
        let record = record.unwrap_or_else(|| self.policy_in_force(&tenant));
        Ok((record, findings, receipt.replayed))
    }

    /// Puts an earlier revision in force again, as a new one.
    pub async fn roll_back(
        &self,
        call: Call,
        revision: u64,
        comment: String,
        open: OpenTickets,
    ) -> Result<(PolicyRecord, Vec<Finding>, bool), AppError> {
        let source = self.policy_of(&call.tenant, revision)?.row.source;
        let again = || format!("revision {revision} again");
        let comment = if comment.is_empty() { again() } else { comment };
        self.apply_policy(call, source, comment, open).await
    }

    /// A revision that a tenant's policy had.
    pub fn policy_of(&self, tenant: &TenantId, revision: u64) -> Result<PolicyRecord, AppError> {
        let default = || (revision == 0).then(default_policy);
        let found = self.desks.policies.get(tenant, revision).or_else(default);
        let (kind, id) = (Sought::PolicyRevision, revision.to_string());
        found.ok_or(AppError::NotFound { kind, id })
    }

    /// The policy a tenant goes by.
    pub fn policy_in_force(&self, tenant: &TenantId) -> PolicyRecord {
        let revision = self.desks.committed.read(tenant, |desk| desk.policy().revision);
        self.desks.policies.get(tenant, revision).unwrap_or_else(default_policy)
    }
}

/// A team may come after its policy, but until it does its tickets wait.
fn unknown_teams(policy: &Policy, teams: &BTreeMap<TeamId, Team>) -> Vec<Finding> {
    let by_category = policy.categories.iter().filter_map(|(id, category)| {
        Some((format!("category[{id}].team"), category.team.as_ref()?))
    });
    let by_rule = policy
        .sla
        .iter()
        .filter_map(|rule| Some((format!("sla[{}].team", rule.name), rule.team.as_ref()?)));
    let default = policy.default_team.as_ref().map(|team| ("default_team".to_owned(), team));
    let named = by_category.chain(by_rule).chain(default);
    named.filter(|(_, team)| !teams.contains_key(*team)).map(unknown_team).collect()
}

fn unknown_team((key, team): (String, &TeamId)) -> Finding {
    let message =
        format!("expected a team of the roster, got {team}; its tickets wait until there is one");
    Finding { severity: Severity::Warning, key, line: None, message }
}

fn revision_made(event: &Event) -> Option<u64> {
    match event {
        Event::PolicyApplied(policy) => Some(policy.revision),
        _ => None,
    }
}

/// Checks a policy against itself and against a model's labels.
pub fn check_policy(source: &str, labels: Option<&[CategoryId]>) -> CheckedPolicy {
    match switchyard_policy::read(source, 0) {
        Err(findings) => CheckedPolicy { policy: None, findings },
        Ok(checked) => {
            let mut findings = checked.warnings;
            let differing = labels.map_or_else(Vec::new, |l| differing_labels(&checked.policy, l));
            let fits = differing.is_empty();
            findings.extend(differing);
            CheckedPolicy { policy: fits.then_some(checked.policy), findings }
        }
    }
}

/// A policy and a model whose labels differ cannot be active together.
fn differing_labels(policy: &Policy, labels: &[CategoryId]) -> Vec<Finding> {
    match &policy.labels {
        Labels::Model => not_the_labels(policy, labels),
        Labels::Own(meanings) => no_labels(meanings, labels),
    }
}

/// Categories of the backend's own may be meant by labels that the model has, and by no others.
fn no_labels(meanings: &BTreeMap<CategoryId, CategoryId>, labels: &[CategoryId]) -> Vec<Finding> {
    let strange = meanings.iter().filter(|(label, _)| !labels.contains(label));
    let finding = |(label, category): (&CategoryId, &CategoryId)| Finding {
        severity: Severity::Error,
        key: format!("category[{category}].model_labels"),
        line: None,
        message: format!("expected labels of the model in use, got {label}"),
    };
    strange.map(finding).collect()
}

fn not_the_labels(policy: &Policy, labels: &[CategoryId]) -> Vec<Finding> {
    let theirs: BTreeSet<_> = labels.iter().collect();
    let ours: BTreeSet<_> = policy.categories.keys().collect();
    let finding = |id: &CategoryId, message: &str| Finding {
        severity: Severity::Error,
        key: format!("category[{id}]"),
        line: None,
        message: message.to_owned(),
    };
    let missing = theirs.difference(&ours).map(|id| {
        finding(id, "expected every label of the model in use among the categories, got none")
    });
    let unknown = ours.difference(&theirs).map(|id| {
        finding(id, "expected a label of the model in use, got one that it never answers")
    });
    missing.chain(unknown).collect()
}
