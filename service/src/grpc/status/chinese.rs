//! What a caller is told in Chinese: a whole sentence for each error, with its values.
//!
//! The English sentences are the errors' own.

use switchyard_domain::desk::Refusal;
use switchyard_policy::Finding;

use super::short::sentence;
use crate::app::etag::Thing;
use crate::app::fault::Violation;
use crate::app::history::HistoryError;
use crate::app::{AppError, SubmitError};
use crate::lang::Lang;

/// The sentence of an error.
pub(super) fn of(error: &AppError) -> String {
    match error {
        AppError::Invalid(violations) => of_violations(violations),
        AppError::NotFound { kind, id } => {
            format!("没有编号为 {id:?} 的{}", kind.named(Lang::Zh))
        }
        AppError::AheadOfJournal { head, asked } => {
            format!("序号应不超过 {head}，实际为 {asked}")
        }
        AppError::PolicyRejected(findings) => of_findings(findings),
        AppError::History(HistoryError::Compacted { compacted_to, asked }) => {
            format!("序号应不小于 {compacted_to}，实际为 {asked}：更早的日志已清理")
        }
        AppError::History(_) => "日志无法读取，原因见服务日志".to_owned(),
        AppError::Overdue => "处理途中期限已过；用同一 request_id 重试可得知结果".to_owned(),
        AppError::Submit(error) => of_submission(error),
    }
}

fn of_violations(violations: &[Violation]) -> String {
    let told = sentence(violations.iter().map(|one| one.told(Lang::Zh)), Lang::Zh);
    format!("请求中有 {} 处字段无效：{told}", violations.len())
}

fn of_submission(error: &SubmitError) -> String {
    match error {
        SubmitError::Unknown(violations) => of_violations(violations),
        SubmitError::Refused(refusal) => of_refusal(refusal),
        SubmitError::RequestReused { id } => {
            format!("request_id {id:?} 应带有首次发送的请求体，实际为另一个请求体")
        }
        SubmitError::Changed { what, expected, got } => {
            format!("{} 的 etag 应为 {expected:?}，实际为 {got:?}", changed(what))
        }
        SubmitError::StoreFailed { .. } => "存储没有接受更改，未做任何更改".to_owned(),
        SubmitError::Overloaded { waiting } => {
            format!("应有空位，而已有 {waiting} 个在等待或处理；请稍后重试")
        }
        SubmitError::DeadlinePassed => "期限在处理开始之前已过，未做任何更改".to_owned(),
        SubmitError::Stopping => "服务正在停止；用同一 request_id 重试可得知结果".to_owned(),
    }
}

fn changed(thing: &Thing) -> String {
    match thing {
        Thing::Ticket(id) => format!("工单 {id}"),
        Thing::Agent(id) => format!("坐席 {id}"),
        Thing::Policy => "生效中的策略".to_owned(),
    }
}

fn of_refusal(refusal: &Refusal) -> String {
    match refusal {
        Refusal::UnknownTicket(id) => format!("应为工作台上的工单，而 {id} 不在其中"),
        Refusal::UnknownAgent(id) => format!("应为名册中的坐席，而 {id} 不在其中"),
        Refusal::UnknownTeam(id) => format!("应为名册中的团队，而 {id} 不在其中"),
        Refusal::TicketClosed(id) => format!("应为未关闭的工单，而 {id} 已关闭"),
        Refusal::NotOwner { ticket, agent, owner } => match owner {
            Some(owner) => format!("应为 {agent} 的工单，而 {ticket} 属于 {owner}"),
            None => format!("应为 {agent} 的工单，而 {ticket} 无人负责"),
        },
        Refusal::MergedIntoItself(id) => format!("应并入另一张工单，而 {id} 就是它自身"),
        Refusal::AlreadyAdopted(id) => format!("应为尚不在工作台上的工单，而 {id} 已在其中"),
        Refusal::AgentOwnsTickets { agent, n_open } => {
            format!("坐席应没有未关闭的工单，而 {agent} 还有 {n_open} 张")
        }
        Refusal::TeamHasAgents { team, n_agents } => {
            format!("团队中应没有坐席，而 {team} 还有 {n_agents} 位")
        }
    }
}

/// Where the errors are; what each is stands beside its key, in English.
fn of_findings(findings: &[Finding]) -> String {
    let errors: Vec<_> = findings.iter().filter(|finding| !finding.is_warning()).collect();
    let told = sentence(errors.iter().map(|finding| place_of(finding)), Lang::Zh);
    format!("策略应没有错误，实际有 {} 处，未生效：{told}", errors.len())
}

fn place_of(finding: &Finding) -> String {
    match (finding.key.as_str(), finding.line) {
        ("", None) => "全文".to_owned(),
        ("", Some(line)) => format!("第 {line} 行"),
        (key, None) => key.to_owned(),
        (key, Some(line)) => format!("{key}（第 {line} 行）"),
    }
}
