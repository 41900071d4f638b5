//! `DeskService`: convert in, one use case, convert out.

mod agreement;
mod changes;
mod listings;
mod people;
mod queue;
mod reconcile;
mod tickets;

use switchyard_domain::desk::Closing;
use switchyard_proto::v1 as pb;
use switchyard_proto::v1::desk_service_server::DeskService;
use tonic::{Request, Response, Status};

use self::changes::Asked;
use super::check::Check;
use super::watch::WatchStream;
use super::{Handlers, answer, call};
use crate::app::{AppError, SubmitError};

#[tonic::async_trait]
impl DeskService for Handlers {
    type WatchStream = WatchStream;

    async fn report_activity(
        &self,
        request: Request<pb::ReportActivityRequest>,
    ) -> Result<Response<pb::ReportActivityResponse>, Status> {
        let lang = call::lang(request.metadata());
        answer(self.report(request.metadata(), request.get_ref(), lang).await, lang)
    }

    async fn batch_adopt_tickets(
        &self,
        request: Request<pb::BatchAdoptTicketsRequest>,
    ) -> Result<Response<pb::BatchAdoptTicketsResponse>, Status> {
        let lang = call::lang(request.metadata());
        answer(self.adopt_many(request.metadata(), request.get_ref(), lang).await, lang)
    }

    async fn reconcile(
        &self,
        request: Request<pb::ReconcileRequest>,
    ) -> Result<Response<pb::ReconcileResponse>, Status> {
        let lang = call::lang(request.metadata());
        answer(self.reconcile_with(request.metadata(), request.get_ref()).await, lang)
    }

    async fn list_tickets(
        &self,
        request: Request<pb::ListTicketsRequest>,
    ) -> Result<Response<pb::ListTicketsResponse>, Status> {
        let lang = call::lang(request.metadata());
        answer(self.tickets(request.metadata(), request.get_ref()), lang)
    }

    async fn get_ticket(
        &self,
        request: Request<pb::GetTicketRequest>,
    ) -> Result<Response<pb::GetTicketResponse>, Status> {
        let lang = call::lang(request.metadata());
        answer(self.ticket(request.metadata(), request.get_ref(), lang).await, lang)
    }

    async fn assign(
        &self,
        request: Request<pb::AssignRequest>,
    ) -> Result<Response<pb::AssignResponse>, Status> {
        let lang = call::lang(request.metadata());
        answer(self.assign_one(request.metadata(), request.get_ref()).await, lang)
    }

    async fn claim_next(
        &self,
        request: Request<pb::ClaimNextRequest>,
    ) -> Result<Response<pb::ClaimNextResponse>, Status> {
        let lang = call::lang(request.metadata());
        answer(self.claim(request.metadata(), request.get_ref(), lang).await, lang)
    }

    async fn decline(
        &self,
        request: Request<pb::DeclineRequest>,
    ) -> Result<Response<pb::DeclineResponse>, Status> {
        let lang = call::lang(request.metadata());
        answer(self.decline_one(request.metadata(), request.get_ref(), lang).await, lang)
    }

    async fn complete(
        &self,
        request: Request<pb::CompleteRequest>,
    ) -> Result<Response<pb::CompleteResponse>, Status> {
        let lang = call::lang(request.metadata());
        let mut check = Check::default();
        let asked = request.get_ref();
        let (id, actor) = (&asked.request_id, asked.actor.as_ref());
        let call = call::changing(&mut check, request.metadata(), "Complete", id, actor, asked);
        let asked = Asked { ticket: &asked.ticket_id, etag: &asked.etag };
        let closed = self.close(check, call, asked, Closing::Completed).await;
        let closed = closed.map(|(ticket, replayed)| pb::CompleteResponse { ticket, replayed });
        answer(closed, lang)
    }

    async fn cancel(
        &self,
        request: Request<pb::CancelRequest>,
    ) -> Result<Response<pb::CancelResponse>, Status> {
        let lang = call::lang(request.metadata());
        let mut check = Check::default();
        let asked = request.get_ref();
        let (id, actor) = (&asked.request_id, asked.actor.as_ref());
        let call = call::changing(&mut check, request.metadata(), "Cancel", id, actor, asked);
        let asked = Asked { ticket: &asked.ticket_id, etag: &asked.etag };
        let closed = self.close(check, call, asked, Closing::Cancelled).await;
        let closed = closed.map(|(ticket, replayed)| pb::CancelResponse { ticket, replayed });
        answer(closed, lang)
    }

    async fn list_queue(
        &self,
        request: Request<pb::ListQueueRequest>,
    ) -> Result<Response<pb::ListQueueResponse>, Status> {
        let lang = call::lang(request.metadata());
        let handlers = self.clone();
        let listing = move || handlers.queue(request.metadata(), request.get_ref());
        let listed = tokio::task::spawn_blocking(listing).await;
        answer(listed.unwrap_or(Err(AppError::Submit(SubmitError::Stopping))), lang)
    }

    async fn watch(
        &self,
        request: Request<pb::WatchRequest>,
    ) -> Result<Response<Self::WatchStream>, Status> {
        let lang = call::lang(request.metadata());
        answer(self.watch_from(request.metadata(), request.get_ref(), lang), lang)
    }

    async fn list_events(
        &self,
        request: Request<pb::ListEventsRequest>,
    ) -> Result<Response<pb::ListEventsResponse>, Status> {
        let lang = call::lang(request.metadata());
        answer(self.events(request.metadata(), request.get_ref(), lang).await, lang)
    }

    async fn get_agreement(
        &self,
        request: Request<pb::GetAgreementRequest>,
    ) -> Result<Response<pb::GetAgreementResponse>, Status> {
        let lang = call::lang(request.metadata());
        answer(self.agreement(request.metadata(), request.get_ref()), lang)
    }
}
