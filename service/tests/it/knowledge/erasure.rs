//! What is erased is gone: from answers, from the file and its log.

use switchyard_proto::v1 as pb;
use tonic::Code;

use super::{shelf, solved};
use crate::harness::Harness;
use crate::refusal::refused;
use crate::samples;

const CUSTOMER: &str = "ann@example.com";
const SECRET: &str = "grandmother-porcelain-inheritance";

async fn erase(harness: &Harness) -> u64 {
    let request = pb::EraseCustomerRequest { customer_id: CUSTOMER.to_owned(), actor: None };
    harness.knowledge().erase_customer(request).await.expect("erased").into_inner().n_items
}

#[tokio::test]
async fn a_customer_s_items_and_name_leave_every_file() {
    let mut harness = Harness::with(&[("knowledge.remember_days", "30")]).await;
    harness.seat(&[("li", 10.0)]).await;
    let theirs = |id: &str| pb::KnowledgeItem {
        customer_id: CUSTOMER.to_owned(),
        ..solved(id, &format!("my {SECRET} came broken"))
    };
    harness.upsert([shelf(), vec![theirs("S-7"), theirs("S-8")]].concat()).await;
    let customer = pb::Customer { id: CUSTOMER.to_owned(), ..pb::Customer::default() };
    let ticket = pb::Ticket { customer: Some(customer), ..samples::ticket("T-1") };
    let decision = harness.assign(ticket).await.decision.expect("a decision");
    assert!(harness.stands_in(SECRET) && harness.stands_in(CUSTOMER));

    assert_eq!(erase(&harness).await, 3, "two items, and the ticket that is remembered");
    assert!(!harness.stands_in(SECRET), "in no page and no log");
    assert!(!harness.stands_in(CUSTOMER));
    assert!(harness.like(SECRET, pb::ItemFilter::default()).await.is_empty());
    assert_eq!(harness.status().await.n_tickets, 4);
    assert_eq!(erase(&harness).await, 0, "safe to repeat");

    harness.restart().await;
    assert_eq!(harness.status().await.n_tickets, 4);
    assert!(harness.explain(&decision.id).await.reproduced, "decisions stay");
}

#[tokio::test]
async fn nobody_is_erased_by_no_name() {
    let harness = Harness::start().await;
    let request = pb::EraseCustomerRequest { customer_id: String::new(), actor: None };
    let answer = harness.knowledge().erase_customer(request).await;
    refused(answer, Code::InvalidArgument, "INVALID_FIELD", &["customer_id"]);
}
