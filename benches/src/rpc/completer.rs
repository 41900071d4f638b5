//! Completes tickets as they are ordered, one after the other.

use std::sync::Arc;

use anyhow::{Context as _, ensure};
use switchyard_proto::v1 as pb;
use switchyard_proto::v1::desk_service_client::DeskServiceClient;
use tokio::sync::mpsc;
use tokio::task::JoinSet;
use tonic::transport::Channel;

use super::books::Books;
use super::target::request;

/// Orders that may wait; more hold up their caller.
const ORDERS_WAITING: usize = 4;

/// Starts a completer that ends when its caller does; returns where it takes orders.
pub fn start(
    completers: &mut JoinSet<anyhow::Result<()>>,
    channel: Channel,
    books: Arc<Books>,
) -> mpsc::Sender<String> {
    let (orders, taken) = mpsc::channel(ORDERS_WAITING);
    completers.spawn(complete(DeskServiceClient::new(channel), taken, books));
    orders
}

async fn complete(
    mut client: DeskServiceClient<Channel>,
    mut orders: mpsc::Receiver<String>,
    books: Arc<Books>,
) -> anyhow::Result<()> {
    while let Some(ticket_id) = orders.recv().await {
        // A ticket is completed once, so its reversed id serves as the request's.
        let request_id = ticket_id.chars().rev().collect();
        let message = pb::CompleteRequest {
            ticket_id,
            request_id,
            actor: None,
            ..pb::CompleteRequest::default()
        };
        let answer = client.complete(request(message)).await?.into_inner();
        let ticket = answer.ticket.context("expected the completed ticket")?;
        ensure!(
            ticket.state() == pb::TicketState::Completed,
            "{}: expected it completed, got {:?}",
            ticket.id,
            ticket.state()
        );
        books.note_completed();
    }
    Ok(())
}
