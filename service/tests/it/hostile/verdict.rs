//! Whether an answer is one that may be given, whatever was asked.

use prost::Message as _;
use switchyard_proto::errors;
use switchyard_proto::v1 as pb;
use tonic::{Code, Status};
use tonic_types::StatusExt as _;

use super::call::Heard;
use super::request::{Breaks, Request, Requests};
use super::wire::{delimited, unframed};

/// The most bytes of trailers that clients take.
const TRAILERS_BYTES_MAX: usize = 8_192;

/// What a sound server may say to any request; never that it is at fault.
const EXPECTED: [Code; 11] = [
    Code::Ok,
    Code::InvalidArgument,
    Code::DeadlineExceeded,
    Code::NotFound,
    Code::AlreadyExists,
    Code::ResourceExhausted,
    Code::FailedPrecondition,
    Code::Aborted,
    Code::OutOfRange,
    Code::Unimplemented,
    Code::Unavailable,
];

/// What is counted of an answer, or why it may not be given. Names in it are learnt.
pub(super) fn judge(
    requests: &mut Requests,
    request: &Request,
    heard: &Heard,
) -> Result<String, String> {
    match heard {
        Heard::Answered(body) => read(requests, request, body).map(|()| "OK".to_owned()),
        Heard::Left(body) => read(requests, request, body).map(|()| "left".to_owned()),
        Heard::Refused(status, n_bytes) => refused(request, status, *n_bytes),
        Heard::Cut(_) if request.breaks != Breaks::Nothing => Ok("cut".to_owned()),
        Heard::Cut(why) => Err(format!("no answer: {why}")),
        Heard::Hung => Err("no answer in time".to_owned()),
    }
}

fn read(requests: &mut Requests, request: &Request, body: &[u8]) -> Result<(), String> {
    let Requests { contract, learnt, .. } = requests;
    for message in unframed(body) {
        if !learnt.read(contract, &request.method.output, message) {
            return Err(format!("expected a {}, got {message:x?}", request.method.output));
        }
        items(&request.method.path, message)?;
    }
    Ok(())
}

/// Each item of a batch has a status of its own.
fn items(path: &str, message: &[u8]) -> Result<(), String> {
    let statuses: Vec<&[u8]> = match path.rsplit('/').next() {
        Some("StreamTriage") => {
            let fields = delimited(message).unwrap_or_default();
            fields.into_iter().filter(|(number, _)| *number == 2).map(|(_, bytes)| bytes).collect()
        }
        Some("BatchTriage" | "BatchAdoptTickets") => {
            let results = delimited(message).unwrap_or_default().into_iter();
            let of_result = |(_, result)| delimited(result).unwrap_or_default().into_iter();
            let fields = results.flat_map(of_result);
            fields.filter(|(number, _)| *number == 1).map(|(_, bytes)| bytes).collect()
        }
        _ => return Ok(()),
    };
    statuses.into_iter().try_for_each(|bytes| {
        let status = pb::ItemStatus::decode(bytes).map_err(|error| error.to_string())?;
        let is_told = status.code == 0 || errors::find(&status.reason).is_some();
        let is_expected = EXPECTED.contains(&Code::from_i32(status.code)) && is_told;
        is_expected.then_some(()).ok_or_else(|| format!("an item is {status:?}"))
    })
}

fn refused(request: &Request, status: &Status, n_bytes: usize) -> Result<String, String> {
    let details = status.get_error_details();
    let info = details.error_info().ok_or_else(|| format!("no ErrorInfo in {status:?}"))?;
    let entry = errors::find(&info.reason).ok_or_else(|| format!("not of ours: {status:?}"))?;
    let may_be_framing = request.breaks == Breaks::Framing && info.reason == "TRANSPORT";
    if entry.code != status.code() || !(EXPECTED.contains(&status.code()) || may_be_framing) {
        return Err(format!("{status:?}"));
    }
    if n_bytes > TRAILERS_BYTES_MAX {
        return Err(format!("{n_bytes} bytes of trailers"));
    }
    Ok(info.reason.clone())
}
