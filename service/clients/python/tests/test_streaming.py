"""A stream of tickets over what goes wrong."""

import time

import grpc
import pytest
from fakes import fail, reason

from switchyard import v1
from switchyard.client import SwitchyardError


class Triage(v1.TriageServiceServicer):
    """Each stream breaks after so many answers, and the last goes on to the end."""

    def __init__(self, *n_answers, failure=(grpc.StatusCode.UNAVAILABLE, "broken")):
        self.n_answers = iter(n_answers)
        self.failure = failure
        self.ids = {}
        self.n_streams = 0

    def StreamTriage(self, requests, context):
        self.n_streams += 1
        n_left = next(self.n_answers, None)
        for index, asked in enumerate(requests):
            ticket = asked.request.ticket.id
            self.ids.setdefault(ticket, set()).add(asked.request.request_id)
            if index == n_left:
                fail(context, *self.failure)
            decision = {"ticket_id": ticket}
            yield v1.StreamTriageResponse(index=index, response={"decision": decision})


def tickets(n):
    return (v1.TriageRequest(ticket={"id": f"T-{i}"}) for i in range(n))


def answered(client, requests):
    return [(a.index, a.response.decision.ticket_id) for a in client.stream_triage(requests)]


def test_each_request_is_answered_once_and_in_order_over_broken_streams(fake):
    triage = Triage(3, 0, 10)
    assert answered(fake(triage), tickets(50)) == [(i, f"T-{i}") for i in range(50)]
    assert triage.n_streams == 4
    assert all(len(ids) == 1 and all(ids) for ids in triage.ids.values())


def test_a_stream_without_requests_has_no_answers(fake):
    assert answered(fake(Triage()), []) == []


def test_a_stream_that_gets_nowhere_is_given_up(fake):
    triage = Triage(*[0] * 10)
    with pytest.raises(SwitchyardError, match="broken"):
        answered(fake(triage), tickets(3))
    assert triage.n_streams == 5


def test_an_error_that_does_not_pass_is_raised(fake):
    failure = (grpc.StatusCode.INVALID_ARGUMENT, "no", reason("INVALID_FIELD"))
    with pytest.raises(SwitchyardError, match="INVALID_FIELD"):
        answered(fake(Triage(1, failure=failure)), tickets(3))


def test_requests_may_depend_on_answers(fake):
    seen = []

    def requests():
        for i in range(5):
            assert len(seen) == i or i == 0
            yield v1.TriageRequest(ticket={"id": f"T-{i}"})
            while len(seen) <= i:
                time.sleep(0.001)

    for answer in fake(Triage()).stream_triage(requests()):
        seen.append(answer.index)
    assert seen == [0, 1, 2, 3, 4]


def test_an_error_of_the_requests_reaches_the_caller(fake):
    def requests():
        yield from tickets(2)
        raise ValueError("no more tickets")

    with pytest.raises(ValueError, match="no more tickets"):
        answered(fake(Triage()), requests())


def test_a_stream_may_be_left_early(fake):
    answers = fake(Triage()).stream_triage(tickets(1_000))
    assert next(answers).index == 0
    answers.close()
