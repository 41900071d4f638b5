"""The client against the real server: lost answers, kills, restarts, errors, deadlines."""

import threading
import time

import grpc
import pytest
from fakes import Lossy, serving

from switchyard import v1
from switchyard.client import Client, SwitchyardError


@pytest.fixture
def staffed(client):
    """A team of one agent who may have a great deal."""
    client.roster.UpsertTeam(v1.UpsertTeamRequest(team={"id": "care"}))
    agent = {"id": "li.na", "teams": ["care"], "capacity": {"total": 10_000}}
    client.roster.BatchUpsertAgents(v1.BatchUpsertAgentsRequest(agents=[agent]))
    return client


def request_for(id):
    return v1.TriageRequest(ticket={"id": id, "messages": [{"text": "where is my refund"}]})


def events_about_tickets(client):
    return [event for event in client.list_events() if event.ticket_id]


def test_a_call_whose_answer_was_lost_takes_effect_once(staffed, server):
    lossy = Lossy(server.address, n_lost=2)
    stop, address = serving(lossy)
    with Client(address) as client:
        answer = client.triage.Triage(request_for("T-1"))
    stop()
    assert lossy.n_calls == 3
    assert answer.replayed
    assert answer.decision.agent == "li.na"
    decided = [
        event for event in events_about_tickets(staffed) if event.WhichOneof("kind") == "ticket_decided"
    ]
    assert len(decided) == 1


def test_a_change_that_rests_on_an_etag_may_lose_its_answer(staffed, server):
    """Made again it has changed the ticket itself, and yet it is not told so."""
    staffed.triage.Triage(request_for("T-1"))
    etag = staffed.list_all_tickets().tickets[0].etag
    lossy = Lossy(server.address, n_lost=1)
    stop, address = serving(lossy)
    with Client(address) as client:
        answer = client.desk.Complete(v1.CompleteRequest(ticket_id="T-1", etag=etag))
    stop()
    assert (answer.replayed, answer.ticket.state) == (True, v1.TICKET_STATE_COMPLETED)
    # As a call of its own it rests on what is no more.
    with pytest.raises(SwitchyardError) as raised:
        staffed.desk.Complete(v1.CompleteRequest(ticket_id="T-1", etag=etag))
    assert raised.value.code is grpc.StatusCode.ABORTED


def test_a_call_outlives_a_killed_server(staffed, server):
    server.kill()
    threading.Timer(0.8, server.start).start()
    answer = staffed.triage.Triage(request_for("T-1"))
    assert answer.decision.agent == "li.na"


def test_a_server_that_stays_away_is_told(staffed, server):
    server.kill()
    with pytest.raises(SwitchyardError) as raised:
        staffed.triage.Triage(request_for("T-1"), timeout=2)
    assert raised.value.code is grpc.StatusCode.UNAVAILABLE
    assert raised.value.request_id
    server.start()


def test_a_watch_loses_and_doubles_nothing_over_kills(staffed, server):
    """Tickets come in all the time while the server is killed four times."""
    stop = threading.Event()

    def work():
        n = 0
        while not stop.is_set():
            staffed.triage.Triage(request_for(f"T-{n}"), timeout=20)
            n += 1

    def kill():
        for _ in range(4):
            time.sleep(0.4)
            server.kill()
            server.start()
        time.sleep(0.4)
        stop.set()

    threads = [threading.Thread(target=run) for run in (work, kill)]
    for thread in threads:
        thread.start()
    watch, seen = staffed.watch(), []
    collector = threading.Thread(target=lambda: seen.extend(event.sequence for event in watch))
    collector.start()
    for thread in threads:
        thread.join()
    told = [event.sequence for event in staffed.list_events()]
    wait_until(lambda: seen and seen[-1] >= told[-1])
    watch.close()
    collector.join()
    assert len(told) > 20
    assert seen == told == list(range(1, len(told) + 1))


def test_a_watch_outlives_a_server_that_is_stopped(staffed, server):
    staffed.triage.Triage(request_for("T-1"))
    after = staffed.list_all_tickets().sequence
    with staffed.watch(after) as watch:
        staffed.triage.Triage(request_for("T-2"))
        assert next(watch).ticket_id == "T-2"
        server.stop()
        server.start()
        staffed.triage.Triage(request_for("T-3"))
        following = [next(watch) for _ in range(3)]
    assert [event.sequence for event in following] == [after + 2, after + 3, after + 4]
    assert [event.ticket_id for event in following] == ["T-2", "T-3", "T-3"]


def wait_until(holds, seconds=10):
    ends_at = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < ends_at, "it did not come about in time"
        time.sleep(0.01)


def test_a_watch_beyond_the_log_starts_over(staffed):
    staffed.triage.Triage(request_for("T-1"))
    gaps = []
    with staffed.watch(1_000_000, on_gap=gaps.append) as watch:
        threading.Timer(0.5, lambda: staffed.triage.Triage(request_for("T-2"))).start()
        event = next(watch)
    assert [ticket.id for ticket in gaps[0].tickets] == ["T-1"]
    assert event.sequence == gaps[0].sequence + 1
    assert event.ticket_id == "T-2"


def test_a_filtered_watch_gives_what_is_wanted(staffed):
    for id in ("T-1", "T-2"):
        staffed.triage.Triage(request_for(id))
    wanted = v1.EventFilter(ticket_id="T-2", kinds=[v1.EVENT_KIND_TICKET_DECIDED])
    with staffed.watch(filter=wanted) as watch:
        event = next(watch)
    assert (event.ticket_id, event.WhichOneof("kind")) == ("T-2", "ticket_decided")


def test_an_error_tells_what_is_wrong_with_which_field(client):
    with pytest.raises(SwitchyardError) as raised:
        client.triage.Triage(v1.TriageRequest(ticket={"id": "not an id"}))
    error = raised.value
    assert (error.code, error.reason) == (grpc.StatusCode.INVALID_ARGUMENT, "INVALID_FIELD")
    assert [violation.field for violation in error.violations] == ["ticket.id"]


def test_an_error_names_what_it_is_about(client):
    with pytest.raises(SwitchyardError) as raised:
        client.desk.Complete(v1.CompleteRequest(ticket_id="T-1"))
    error = raised.value
    assert (error.code, error.reason) == (grpc.StatusCode.NOT_FOUND, "UNKNOWN_TICKET")
    assert error.metadata == {"ticket": "T-1"}


def test_an_error_is_told_in_chinese_who_asks_for_it(server):
    with Client(server.address, language="zh") as client, pytest.raises(SwitchyardError) as raised:
        client.desk.Complete(v1.CompleteRequest(ticket_id="T-1"))
    assert "应为工作台上的工单" in raised.value.localized_message
    assert "应为工作台上的工单" in str(raised.value)
    assert raised.value.message.isascii()


def test_a_deadline_that_has_passed_is_told(staffed):
    # So much that the time is over before it is done.
    requests = [request_for(f"T-{n}") for n in range(1_000)]
    with pytest.raises(SwitchyardError) as raised:
        staffed.triage.BatchTriage(v1.BatchTriageRequest(requests=requests), timeout=0.002)
    assert raised.value.code is grpc.StatusCode.DEADLINE_EXCEEDED


def test_tenants_do_not_see_each_other(staffed, server):
    staffed.triage.Triage(request_for("T-1"))
    with Client(server.address, tenant="other") as other:
        assert other.list_all_tickets().tickets == []
        assert other.server.GetServerInfo(v1.GetServerInfoRequest()).tenant == "other"


def test_a_batch_tells_of_each_item(staffed):
    requests = [request_for("T-1"), v1.TriageRequest(ticket={"id": "not an id"})]
    results = staffed.triage.BatchTriage(v1.BatchTriageRequest(requests=requests)).results
    assert [result.status.reason for result in results] == ["", "INVALID_FIELD"]


def test_tickets_are_listed_over_pages(staffed):
    requests = [request_for(f"T-{n:03}") for n in range(25)]
    staffed.triage.BatchTriage(v1.BatchTriageRequest(requests=requests))
    listed = staffed.list_tickets(v1.ListTicketsRequest(page_size=10))
    assert [ticket.id for ticket in listed] == [f"T-{n:03}" for n in range(25)]


def test_a_stream_answers_in_order(staffed):
    answers = list(staffed.stream_triage(request_for(f"T-{n}") for n in range(500)))
    assert [answer.index for answer in answers] == list(range(500))
    assert [answer.response.decision.ticket_id for answer in answers] == [f"T-{n}" for n in range(500)]


def test_a_stream_outlives_a_killed_server(staffed, server):
    def requests():
        for n in range(400):
            if n == 200:
                server.kill()
                threading.Timer(0.3, server.start).start()
            yield request_for(f"T-{n}")

    answers = list(staffed.stream_triage(requests()))
    assert [answer.response.decision.ticket_id for answer in answers] == [f"T-{n}" for n in range(400)]
    decided = [
        event for event in events_about_tickets(staffed) if event.WhichOneof("kind") == "ticket_decided"
    ]
    assert len(decided) == 400
