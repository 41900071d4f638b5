//! Mode `analyze`: understanding over the wire, beside the floor of the same run.

use anyhow::{Context as _, ensure};
use switchyard_proto::v1 as pb;
use switchyard_proto::v1::triage_service_client::TriageServiceClient;

use super::args::Args;
use super::cpu::Used;
use super::report::Report;
use super::target::{Target, request};
use super::tickets::Tickets;
use super::{empty, load};

/// `Triage` in `MODE_ANALYZE` with varied texts.
pub async fn run(args: &Args) -> anyhow::Result<Report> {
    let floor = empty::floor(args).await.context("the floor")?;
    let target = Target::of(args).await?;
    let tickets = Tickets::load(&args.texts)?;
    let clients: Vec<_> =
        target.channels.iter().map(|channel| TriageServiceClient::new(channel.clone())).collect();
    let callers = u64::from(args.callers);
    let call = move |caller: usize, n: u64| {
        let mut client = clients[caller % clients.len()].clone();
        let message = tickets.request(n * callers + caller as u64, pb::Mode::Analyze);
        async move { check(client.triage(request(message)).await?.get_ref()) }
    };
    let before = Used::now();
    let figures = load::repeat("analyze", args, call).await?;
    let cores = Used::now().since(&before);
    let report = Report { cores, ..Report::beside("analyze", figures, floor, &target) };
    target.stop().await?;
    Ok(report)
}

fn check(answer: &pb::TriageResponse) -> anyhow::Result<()> {
    let assessment = answer.assessment.as_ref().context("expected an assessment")?;
    let label = assessment.category.as_ref().map_or("", |category| category.label.as_str());
    ensure!(!label.is_empty(), "expected a category, got none");
    ensure!(answer.decision.is_none(), "expected no decision from analysis");
    Ok(())
}
