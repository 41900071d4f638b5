//! The entries of the catalogue: code, retry and texts of each reason, the one place to write them.

use std::time::Duration;

use tonic::Code;

use super::{Entry, ErrorReason, RETRY_AFTER, RETRY_AFTER_RESTART, Retry, Words};

/// The entry of a reason.
#[expect(clippy::too_many_lines, reason = "a table: one row a reason, and the compiler wants all")]
pub fn entry(reason: ErrorReason) -> Entry {
    use Retry::{Changed, Corrected, Later, Settled};
    let row = match reason {
        ErrorReason::Unspecified => row(Code::Unknown, Changed)
            .en("Never sent: stands for a reason that a client does not know.", "Go by the code.")
            .zh("从不发送：代表客户端不认识的原因。", "按状态码处理。"),
        ErrorReason::InvalidField => row(Code::InvalidArgument, Corrected)
            .en(
                "Fields of the request cannot be taken; `BadRequest` names them, as many as a status holds.",
                "Correct the fields named; each says what was expected and what came.",
            )
            .zh(
                "请求中有字段无法接受；`BadRequest` 列出这些字段，以状态容得下为限。",
                "改正所列字段；每个字段都说明了应为什么、实际是什么。",
            ),
        ErrorReason::PolicyRejected => row(Code::InvalidArgument, Corrected)
            .en(
                "The policy has errors and is not in force; `BadRequest` names them, as many as a status holds.",
                "Correct the keys named and apply again; `validate_only` checks without applying.",
            )
            .zh(
                "策略有错误，没有生效；`BadRequest` 列出各处，以状态容得下为限。",
                "改正所列的键后再应用；`validate_only` 只检查、不应用。",
            ),
        ErrorReason::RequestIdReused => row(Code::InvalidArgument, Corrected)
            .en(
                "The request_id was sent before with another body.",
                "Use a new request_id for a new request, and the very same body for a retry.",
            )
            .zh(
                "这个 request_id 此前已用于另一个请求体。",
                "新请求用新的 request_id；重试则须发送完全相同的请求体。",
            ),
        ErrorReason::NotFound => row(Code::NotFound, Changed)
            .en(
                "Nothing with the id that was looked up is there.",
                "Check the id and the tenant the call names.",
            )
            .zh("要查找的编号没有对应的对象。", "核对编号，以及调用所指明的租户。"),
        ErrorReason::UnknownTicket => row(Code::NotFound, Changed)
            .en(
                "The desk knows no ticket with the id that should be changed.",
                "Triage or adopt the ticket first, or check the id and the tenant.",
            )
            .zh(
                "要更改的工单编号在工作台上不存在。",
                "先对该工单分诊或将其接管，或核对编号与租户。",
            ),
        ErrorReason::UnknownAgent => row(Code::NotFound, Changed)
            .en(
                "The roster has no agent with the id that was named.",
                "Add the agent with BatchUpsertAgents, or check the id and the tenant.",
            )
            .zh(
                "名册中没有所指编号的坐席。",
                "用 BatchUpsertAgents 添加该坐席，或核对编号与租户。",
            ),
        ErrorReason::UnknownTeam => row(Code::NotFound, Changed)
            .en(
                "The roster has no team with the id that was named.",
                "Add the team with UpsertTeam, or check the id and the tenant.",
            )
            .zh("名册中没有所指编号的团队。", "用 UpsertTeam 添加该团队，或核对编号与租户。"),
        ErrorReason::TicketClosed => row(Code::FailedPrecondition, Changed)
            .en(
                "The ticket is closed, and takes nothing but its reopening.",
                "Report that it was reopened, or open a new ticket.",
            )
            .zh("工单已关闭，只接受重新打开。", "上报工单重新打开，或新建工单。"),
        ErrorReason::NotOwner => row(Code::FailedPrecondition, Changed)
            .en(
                "The ticket is not the agent's, who cannot give it back.",
                "Read the ticket: it has another owner, or none, by now.",
            )
            .zh("工单不属于该坐席，无法退回。", "重新读取工单：它现在属于他人，或无人负责。"),
        ErrorReason::MergedIntoItself => row(Code::InvalidArgument, Corrected)
            .en(
                "A ticket was to be merged into itself.",
                "Name the other ticket, in which its matter goes on.",
            )
            .zh("要把工单并入它自身。", "指明另一张工单，即事情在其中继续的那张。"),
        ErrorReason::EtagMismatch => row(Code::Aborted, Changed)
            .en(
                "What the change rests on has another etag by now; nothing has changed.",
                "Read it again, decide again, and send the new etag.",
            )
            .zh("更改所依据的对象已有新的 etag，未做任何更改。", "重新读取、重新决定，并带上新的 etag。"),
        ErrorReason::AlreadyAdopted => row(Code::AlreadyExists, Changed)
            .en(
                "The ticket is at the desk already, and cannot be brought along again.",
                "Go on: it was adopted or triaged before; Triage changes what is known of it.",
            )
            .zh(
                "工单已在工作台上，不能再次接管。",
                "可继续后面的步骤：它此前已被接管或分诊；要更新其内容请用 Triage。",
            ),
        ErrorReason::AgentOwnsTickets => row(Code::FailedPrecondition, Changed)
            .en(
                "The agent still owns open tickets, and cannot be removed.",
                "Give the agent's tickets to others or close them, then remove the agent.",
            )
            .zh("坐席仍有未关闭的工单，不能移除。", "先把其工单转给他人或关闭，再移除该坐席。"),
        ErrorReason::TeamHasAgents => row(Code::FailedPrecondition, Changed)
            .en(
                "Agents still work for the team, and it cannot be removed.",
                "Take the team off its agents with BatchUpsertAgents, then remove it.",
            )
            .zh("团队中仍有坐席，不能移除。", "先用 BatchUpsertAgents 让坐席离开该团队，再移除。"),
        ErrorReason::SequenceAhead => row(Code::OutOfRange, Changed)
            .en(
                "The sequence to go on from was never given out.",
                "Read the current state and go on from its sequence; the store may be another one.",
            )
            .zh(
                "要从中继续的序号从未发出过。",
                "重新读取当前状态，从它的序号继续；所连的可能是另一个存储。",
            ),
        ErrorReason::SequenceCompacted => row(Code::OutOfRange, Changed)
            .en(
                "The journal up to the sequence to go on from was dropped.",
                "List the tickets, and go on from the sequence that listing tells.",
            )
            .zh(
                "要从中继续的序号之前的日志已被清理。",
                "列出工单，从该列表给出的序号继续。",
            ),
        ErrorReason::Overloaded => row(Code::ResourceExhausted, Later)
            .after(RETRY_AFTER)
            .en(
                "Too many calls are at work, or too many changes wait.",
                "Wait as `RetryInfo` says, longer each time, and send fewer calls at once.",
            )
            .zh(
                "正在处理的调用过多，或排队的更改过多。",
                "按 `RetryInfo` 等待后重试，每次等得更久，并减少同时发出的调用。",
            ),
        ErrorReason::DeadlinePassed => row(Code::DeadlineExceeded, Settled)
            .en(
                "The call's deadline passed; the message tells whether the change was begun.",
                "Retry with the same request_id and more time.",
            )
            .zh(
                "调用的期限已过；消息说明更改是否已经开始。",
                "用同一 request_id 重试，并给出更长的期限。",
            ),
        ErrorReason::Stopping => row(Code::Unavailable, Settled)
            .after(RETRY_AFTER_RESTART)
            .en(
                "The service is stopping; whether the change was done is not told.",
                "Retry with the same request_id once the service is back.",
            )
            .zh("服务正在停止；更改是否已完成不得而知。", "待服务恢复后，用同一 request_id 重试。"),
        ErrorReason::StoreFailed => row(Code::Unavailable, Later)
            .after(RETRY_AFTER)
            .en(
                "The store did not take the change, such as for lack of room; nothing has changed.",
                "Retry; where it stays so, make room or look at the server's log.",
            )
            .zh(
                "存储没有接受更改，例如空间不足；未做任何更改。",
                "重试；若一直如此，请腾出空间或查看服务日志。",
            ),
        ErrorReason::JournalUnreadable => row(Code::Internal, Changed)
            .en(
                "A record of the journal could not be read back.",
                "Look at the server's log, which names the record, and check disk and backup.",
            )
            .zh(
                "日志中有记录无法读回。",
                "查看服务日志，其中写明是哪条记录；并检查磁盘与备份。",
            ),
        ErrorReason::UndecodableMessage => row(Code::InvalidArgument, Corrected)
            .en(
                "The bytes are no message of the method's request type.",
                "Send the request of this method; text must be UTF-8.",
            )
            .zh(
                "收到的字节不是该方法的请求消息。",
                "发送该方法的请求消息；文本必须是 UTF-8 编码。",
            ),
        ErrorReason::MessageTooLarge => row(Code::ResourceExhausted, Corrected)
            .en("The message is larger than the server takes.", "Send less text or smaller batches.")
            .zh("请求消息超过服务器接受的大小。", "减少文本，或缩小批次。"),
        ErrorReason::MessageTooSlow => row(Code::DeadlineExceeded, Later)
            .en(
                "The message did not come in the time that the server waits for one.",
                "Send smaller batches, or raise `server.message_seconds` for callers on slow lines.",
            )
            .zh(
                "请求消息没有在服务器等待的时间内送达。",
                "缩小批次；若调用方线路较慢，可调大 `server.message_seconds`。",
            ),
        ErrorReason::UnknownMethod => row(Code::Unimplemented, Corrected)
            .en(
                "The server has no method with this name.",
                "Compare the versions of client and server; reflection lists what there is.",
            )
            .zh(
                "服务器没有这个名称的方法。",
                "核对客户端与服务器的版本；反射接口会列出所有方法。",
            ),
        ErrorReason::UnsupportedCompression => row(Code::Unimplemented, Corrected)
            .en(
                "The message is compressed in a way that the server does not read.",
                "Send it as `grpc-accept-encoding` in the answer says, such as not compressed.",
            )
            .zh(
                "请求消息的压缩方式不受支持。",
                "按应答中的 `grpc-accept-encoding` 发送，例如不压缩。",
            ),
        ErrorReason::UnsupportedContentType => row(Code::InvalidArgument, Corrected)
            .en(
                "The content type of the call is not that of gRPC.",
                "Call with a gRPC client; its content type is `application/grpc`.",
            )
            .zh(
                "调用的内容类型不是 gRPC 的类型。",
                "请用 gRPC 客户端调用；其内容类型为 `application/grpc`。",
            ),
        ErrorReason::Transport => row(Code::Internal, Corrected)
            .en(
                "The call does not follow gRPC's framing, such as one without a message.",
                "Look at what lies between client and server, such as a proxy, and at the client.",
            )
            .zh(
                "调用不符合 gRPC 的分帧规则，例如没有消息。",
                "检查客户端，以及客户端与服务器之间的代理等环节。",
            ),
    };
    Entry { reason, ..row }
}

/// A row whose reason and texts are still to come.
const fn row(code: Code, retry: Retry) -> Entry {
    let none = Words { when: "", advice: "" };
    let reason = ErrorReason::Unspecified;
    Entry { reason, code, retry, retry_after: None, en: none, zh: none }
}

impl Entry {
    /// With `RetryInfo`.
    const fn after(self, time: Duration) -> Self {
        Self { retry_after: Some(time), ..self }
    }

    const fn en(self, when: &'static str, advice: &'static str) -> Self {
        Self { en: Words { when, advice }, ..self }
    }

    const fn zh(self, when: &'static str, advice: &'static str) -> Self {
        Self { zh: Words { when, advice }, ..self }
    }
}
