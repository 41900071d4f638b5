"""Watching over what goes wrong; over a killed server see `test_real_server.py`."""

import threading
import time

import grpc
import pytest
from fakes import fail, reason
from server import free_port

from switchyard import v1
from switchyard.client import Client, SwitchyardError


def response(*sequences, sequence=0, at_end=False):
    events = [{"sequence": n} for n in sequences]
    return v1.WatchResponse(events=events, sequence=sequence, at_end=at_end)


class Desk(v1.DeskServiceServicer):
    """Each watch gets the next of the given scripts: responses, and how it ends."""

    def __init__(self, *scripts):
        self.scripts = iter(scripts)
        self.asked = []

    def Watch(self, request, context):
        self.asked.append(request.after_sequence)
        for step in next(self.scripts):
            if isinstance(step, v1.WatchResponse):
                yield step
            else:
                fail(context, *step)

    def ListTickets(self, request, context):
        return v1.ListTicketsResponse(tickets=[{"id": "T-1"}], sequence=70)


BROKEN = (grpc.StatusCode.UNAVAILABLE, "broken")
COMPACTED = (grpc.StatusCode.OUT_OF_RANGE, "gone", reason("SEQUENCE_COMPACTED"))


def take(watch, n):
    return [next(watch).sequence for _ in range(n)]


def test_it_goes_on_where_it_was_and_gives_nothing_twice(fake):
    desk = Desk([response(1, 2, 3), BROKEN], [response(2, 3), response(4), BROKEN], [response(5)])
    with fake(desk).watch() as watch:
        assert take(watch, 5) == [1, 2, 3, 4, 5]
        assert desk.asked == [0, 3, 4]


def test_events_that_were_received_are_given_though_the_stream_broke(fake):
    desk = Desk([response(1, 2, 3), BROKEN], [response(4)])
    with fake(desk).watch() as watch:
        assert take(watch, 1) == [1]
        assert watch.sequence == 1
        assert take(watch, 3) == [2, 3, 4]


def test_a_bookmark_moves_the_place_to_go_on_from(fake):
    desk = Desk([response(1), response(sequence=9, at_end=True), BROKEN], [response(10)])
    with fake(desk).watch() as watch:
        assert take(watch, 2) == [1, 10]
        assert desk.asked == [0, 9]


def test_a_sequence_beside_events_counts_once_they_are_given(fake):
    with fake(Desk([response(1, 2, sequence=8)])).watch() as watch:
        assert (take(watch, 1), watch.sequence) == ([1], 1)
        assert (take(watch, 1), watch.sequence) == ([2], 8)


def test_a_stream_that_the_server_ends_is_opened_again(fake):
    desk = Desk([response(1)], [response(2)])
    with fake(desk).watch() as watch:
        assert take(watch, 2) == [1, 2]


def test_what_was_made_on_the_way_passes(fake):
    desk = Desk([response(1), (grpc.StatusCode.INTERNAL, "RST_STREAM")], [response(2)])
    with fake(desk).watch() as watch:
        assert take(watch, 2) == [1, 2]


def test_a_gap_is_told_with_all_tickets_and_their_sequence(fake):
    desk, gaps = Desk([response(1), BROKEN], [COMPACTED], [response(71)]), []
    with fake(desk).watch(on_gap=gaps.append) as watch:
        assert take(watch, 2) == [1, 71]
    assert desk.asked == [0, 1, 70]
    assert [(len(gap.tickets), gap.sequence) for gap in gaps] == [(1, 70)]


def test_a_log_that_ends_before_the_place_is_a_gap_too(fake):
    ahead = (grpc.StatusCode.OUT_OF_RANGE, "ahead", reason("SEQUENCE_AHEAD"))
    with fake(Desk([ahead], [response(71)])).watch(900, on_gap=lambda gap: None) as watch:
        assert take(watch, 1) == [71]


def test_a_gap_that_nobody_minds_is_raised(fake):
    with (
        fake(Desk([COMPACTED])).watch(5) as watch,
        pytest.raises(SwitchyardError, match="SEQUENCE_COMPACTED"),
    ):
        next(watch)


def test_tickets_that_cannot_be_listed_yet_are_listed_later(fake):
    class Late(Desk):
        n_listed = 0

        def ListTickets(self, request, context):
            self.n_listed += 1
            if self.n_listed <= 6:
                # More often than one call is made again.
                fail(context, *BROKEN)
            return super().ListTickets(request, context)

    with fake(Late([COMPACTED], [response(71)]), timeout=1).watch(5, on_gap=lambda gap: None) as watch:
        assert take(watch, 1) == [71]


def test_an_error_of_the_one_who_minds_the_gap_is_raised(fake):
    def give_up(listing):
        raise SwitchyardError(grpc.StatusCode.UNAVAILABLE, "our own store is down")

    with (
        fake(Desk([COMPACTED])).watch(5, on_gap=give_up) as watch,
        pytest.raises(SwitchyardError, match="our own"),
    ):
        next(watch)


def test_an_error_that_does_not_pass_is_raised(fake):
    unreadable = (grpc.StatusCode.INTERNAL, "unreadable", reason("JOURNAL_UNREADABLE"))
    with (
        fake(Desk([unreadable])).watch() as watch,
        pytest.raises(SwitchyardError, match="JOURNAL_UNREADABLE"),
    ):
        next(watch)


def test_it_can_be_closed_from_another_thread(fake):
    class Quiet(v1.DeskServiceServicer):
        def Watch(self, request, context):
            yield response(1)
            while context.is_active():
                time.sleep(0.01)

    watch = fake(Quiet()).watch()
    threading.Timer(0.2, watch.close).start()
    assert [event.sequence for event in watch] == [1]


def test_it_can_be_closed_while_the_server_is_away():
    with Client(f"127.0.0.1:{free_port()}") as client:
        watch = client.watch()
        threading.Timer(0.2, watch.close).start()
        assert list(watch) == []
