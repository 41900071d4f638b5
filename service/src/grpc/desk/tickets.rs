//! One ticket with its history, and events page by page.

use switchyard_domain::desk::Desk;
use switchyard_domain::ids::{TenantId, TicketId};
use switchyard_proto::v1 as pb;
use tonic::metadata::MetadataMap;

use crate::app::AppError;
use crate::app::error::Sought;
use crate::grpc::check::{Check, page_size};
use crate::grpc::read::filter::EventFilter;
use crate::grpc::read::mask::ReadMask;
use crate::grpc::{Handlers, call, write};
use crate::lang::Lang;

/// The most events of a ticket's history told with it.
const HISTORY_MAX: usize = 1_000;

/// Entries looked through for a page of few events at a time.
const SCANNED_MAX: u32 = 2_000;

impl Handlers {
    pub(super) async fn ticket(
        &self,
        metadata: &MetadataMap,
        request: &pb::GetTicketRequest,
        lang: Lang,
    ) -> Result<pb::GetTicketResponse, AppError> {
        let mut check = Check::default();
        let tenant = call::tenant(&mut check, metadata);
        let mask = ReadMask::read(&mut check, request.read_mask.as_ref());
        let tenant = check.finish(tenant)?;
        let id = &request.id;
        let found = self.status_of(&tenant, id);
        let ticket =
            found.ok_or_else(|| AppError::NotFound { kind: Sought::Ticket, id: id.clone() })?;
        let (ticket, mut response) = (Some(mask.cut(ticket)), pb::GetTicketResponse::default());
        if request.include_history {
            let filter = EventFilter::of_ticket(TicketId::new(id).ok());
            let (history, at_end) =
                self.history_of(&tenant, &filter, 0, HISTORY_MAX, lang).await?.unwrap_or_default();
            response = pb::GetTicketResponse { history, history_goes_on: !at_end, ..response };
        }
        Ok(pb::GetTicketResponse { ticket, ..response })
    }

    pub(super) async fn events(
        &self,
        metadata: &MetadataMap,
        request: &pb::ListEventsRequest,
        lang: Lang,
    ) -> Result<pb::ListEventsResponse, AppError> {
        let mut check = Check::default();
        let tenant = call::tenant(&mut check, metadata);
        let size = page_size(&mut check, "page_size", request.page_size);
        let filter = EventFilter::read(&mut check, request.filter.as_ref());
        let tenant = check.finish(tenant)?;
        let after = request.after_sequence;
        self.check_in_journal(&tenant, after)?;
        let head = self.app.desks.committed.read(&tenant, Desk::sequence);
        if let Some((events, at_end)) = self.history_of(&tenant, &filter, after, size, lang).await?
        {
            let last = events.last().map_or(after, |event| event.sequence);
            let last_sequence = if at_end { head } else { last };
            return Ok(pb::ListEventsResponse { events, last_sequence, at_end });
        }
        let n_entries = if filter.wants_all() { size as u32 } else { SCANNED_MAX };
        let history = &self.app.desks.history;
        let entries = history.entries_between(&tenant, after, head, n_entries).await?;
        let all = entries.iter().flat_map(|entry| write::event::wanted(entry, after, &filter));
        let events: Vec<_> = all.take(size).map(|event| event.write(lang)).collect();
        let read_to = match events.last() {
            Some(last) if events.len() == size => last.sequence,
            _ => entries.last().map_or(after, write::event::last_sequence),
        };
        Ok(pb::ListEventsResponse { events, last_sequence: read_to, at_end: read_to >= head })
    }

    /// The events of the ticket that a filter names, and whether these are all; `None` where no
    /// ticket is named, or one that is not remembered any more.
    async fn history_of(
        &self,
        tenant: &TenantId,
        filter: &EventFilter,
        after: u64,
        n_max: usize,
        lang: Lang,
    ) -> Result<Option<(Vec<pb::Event>, bool)>, AppError> {
        let Some(ticket) = &filter.ticket else { return Ok(None) };
        let look = |desk: &Desk| Some(desk.case(ticket)?.history.clone());
        let Some(sequences) = self.app.desks.committed.read(tenant, look) else { return Ok(None) };
        let mut events: Vec<pb::Event> = Vec::new();
        for sequence in sequences.into_iter().filter(|sequence| *sequence > after) {
            if events.len() == n_max {
                return Ok(Some((events, false)));
            }
            if events.last().is_some_and(|last| sequence <= last.sequence) {
                continue;
            }
            let entry = self.app.desks.history.entry_of(tenant, sequence).await?;
            let all = entry.iter().flat_map(|entry| write::event::wanted(entry, after, filter));
            let left = n_max - events.len();
            events.extend(all.take(left).map(|event| event.write(lang)));
        }
        Ok(Some((events, true)))
    }
}
