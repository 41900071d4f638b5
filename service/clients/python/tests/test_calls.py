"""What every call goes through, against servers that fail as they are told to."""

import time

import grpc
import pytest
from fakes import fail, reason, retry_info

from switchyard import v1
from switchyard.client import SwitchyardError

UNAVAILABLE = grpc.StatusCode.UNAVAILABLE
EXHAUSTED = grpc.StatusCode.RESOURCE_EXHAUSTED


class Desk(v1.DeskServiceServicer):
    """Fails the first calls with the given code and details, and notes what it was asked."""

    def __init__(self, n_failures=0, code=UNAVAILABLE, details=()):
        self.n_failures, self.code, self.details = n_failures, code, details
        self.asked, self.metadata, self.time_left, self.at = [], [], [], []

    def Complete(self, request, context):
        self._note(request, context)
        return v1.CompleteResponse()

    def Reconcile(self, request, context):
        self._note(request, context)
        return v1.ReconcileResponse()

    def _note(self, request, context):
        self.asked.append(request)
        self.metadata.append(dict(context.invocation_metadata()))
        self.time_left.append(context.time_remaining())
        self.at.append(time.monotonic())
        if len(self.asked) <= self.n_failures:
            fail(context, self.code, "failed", *self.details)


def complete(client, **options):
    return client.desk.Complete(v1.CompleteRequest(ticket_id="T-1"), **options)


def test_a_call_names_its_tenant_and_language(fake):
    desk = Desk()
    complete(fake(desk, tenant="shop", language="zh"))
    assert desk.metadata[0]["switchyard-tenant"] == "shop"
    assert desk.metadata[0]["accept-language"] == "zh"


def test_what_one_call_states_goes_before_what_the_client_states(fake):
    desk = Desk()
    complete(fake(desk, tenant="shop"), metadata=(("switchyard-tenant", "other"),), timeout=3)
    assert desk.metadata[0]["switchyard-tenant"] == "other"
    assert desk.time_left[0] == pytest.approx(3, abs=0.5)


def test_a_call_has_a_deadline(fake):
    desk = Desk()
    complete(fake(desk))
    complete(fake(desk, timeout=60))
    assert desk.time_left == pytest.approx([10, 60], abs=0.5)


def test_a_request_id_is_made_for_each_call_and_kept_over_its_attempts(fake):
    desk = Desk(n_failures=2)
    client = fake(desk)
    request = v1.CompleteRequest(ticket_id="T-1")
    client.desk.Complete(request)
    client.desk.Complete(request)
    ids = [asked.request_id for asked in desk.asked]
    assert ids[0] == ids[1] == ids[2] != ids[3]
    assert all(len(id) == 36 for id in ids)
    assert not request.request_id


def test_a_request_id_of_the_caller_is_kept(fake):
    desk = Desk()
    fake(desk).desk.Complete(v1.CompleteRequest(request_id="mine"))
    assert desk.asked[0].request_id == "mine"


def test_every_request_of_a_batch_has_an_id_of_its_own(fake):
    class Triage(v1.TriageServiceServicer):
        def BatchTriage(self, request, context):
            self.ids = [item.request_id for item in request.requests]
            return v1.BatchTriageResponse()

    triage = Triage()
    requests = [v1.TriageRequest(), v1.TriageRequest(request_id="mine"), v1.TriageRequest()]
    fake(triage).triage.BatchTriage(v1.BatchTriageRequest(requests=requests))
    assert triage.ids[1] == "mine"
    assert len(set(triage.ids)) == 3
    assert all(triage.ids)


def test_a_call_that_keeps_failing_is_given_up(fake):
    desk = Desk(n_failures=100, details=[retry_info(0.01)])
    with pytest.raises(SwitchyardError) as raised:
        complete(fake(desk))
    assert len(desk.asked) == 5
    assert raised.value.code is UNAVAILABLE
    assert raised.value.request_id == desk.asked[0].request_id
    assert raised.value.method == "/switchyard.v1.DeskService/Complete"


def test_the_time_the_server_asks_to_wait_is_waited(fake):
    desk = Desk(n_failures=1, code=EXHAUSTED, details=[reason("OVERLOADED"), retry_info(0.7)])
    complete(fake(desk))
    assert 0.7 <= desk.at[1] - desk.at[0] < 1.5


def test_what_is_too_large_is_not_sent_again(fake):
    desk = Desk(n_failures=1, code=EXHAUSTED, details=[reason("MESSAGE_TOO_LARGE")])
    with pytest.raises(SwitchyardError, match="MESSAGE_TOO_LARGE"):
        complete(fake(desk))
    assert len(desk.asked) == 1


def test_a_change_that_is_idempotent_needs_no_request_id_to_be_made_again(fake):
    desk = Desk(n_failures=1)
    fake(desk).desk.Reconcile(v1.ReconcileRequest())
    assert len(desk.asked) == 2


@pytest.mark.parametrize("code", [grpc.StatusCode.INVALID_ARGUMENT, grpc.StatusCode.ABORTED])
def test_an_error_that_does_not_pass_is_told_at_once(fake, code):
    desk = Desk(n_failures=1, code=code)
    with pytest.raises(SwitchyardError) as raised:
        complete(fake(desk))
    assert (len(desk.asked), raised.value.code) == (1, code)


def test_the_deadline_is_for_all_attempts_together(fake):
    desk = Desk(n_failures=100, details=[retry_info(0.3)])
    started = time.monotonic()
    with pytest.raises(SwitchyardError) as raised:
        complete(fake(desk), timeout=1)
    assert time.monotonic() - started < 1.2
    assert raised.value.code is UNAVAILABLE
    assert desk.time_left[1] < 0.75


def test_an_answer_that_does_not_come_is_a_deadline_exceeded(fake):
    class Slow(v1.DeskServiceServicer):
        def Complete(self, request, context):
            time.sleep(1)
            return v1.CompleteResponse()

    with pytest.raises(SwitchyardError) as raised:
        complete(fake(Slow(), timeout=0.1))
    assert raised.value.code is grpc.StatusCode.DEADLINE_EXCEEDED
