"""Solved tickets and articles, against the real server."""

import pytest

from switchyard import v1
from switchyard.client import Client, SwitchyardError


def item(place, text="the cup arrived broken"):
    return v1.KnowledgeItem(
        kind=v1.ITEM_KIND_TICKET, id=f"S-{place}", text=f"{text} {place}", solution="sent another", solver="li"
    )


@pytest.fixture
def client(server):
    with Client(server.address, tenant="knowledge") as client:
        yield client


def test_an_import_goes_on_where_it_stopped_and_is_found(client):
    answers = list(client.import_items([item(n) for n in range(700)], "spring"))
    assert answers[-1].next_index == 700
    refused = [v1.KnowledgeItem(kind=v1.ITEM_KIND_TICKET, id="S-701")]
    answers = list(client.import_items([item(n) for n in range(701)] + refused, "spring"))
    assert [(it.index, it.status.field) for answer in answers for it in answer.refused] == [(701, "item.text")]
    assert sum(1 for _ in client.list_items()) == 701
    found = client.knowledge.SearchItems(v1.SearchItemsRequest(text="cup arrived broken 123", n_max=3)).found
    assert found[0].item.id == "S-123" and 0 < found[0].same_problem <= 1


def test_triage_says_what_a_ticket_is_like(client):
    client.knowledge.BatchUpsertItems(v1.BatchUpsertItemsRequest(items=[item("wobbly", "my desk is wobbly")]))
    ticket = v1.Ticket(messages=[v1.Message(text="my desk is wobbly, wobbly")])
    answer = client.triage.Triage(v1.TriageRequest(ticket=ticket, mode=v1.MODE_ANALYZE))
    nearest = answer.assessment.similar[0]
    assert (nearest.id, nearest.solution, nearest.solver) == ("S-wobbly", "sent another", "li")
    client.knowledge.DeleteItem(v1.DeleteItemRequest(kind=v1.ITEM_KIND_TICKET, id="S-wobbly"))
    with pytest.raises(SwitchyardError) as refused:
        client.knowledge.GetItem(v1.GetItemRequest(kind=v1.ITEM_KIND_TICKET, id="S-wobbly"))
    assert refused.value.reason == "NOT_FOUND"
