"""The events of a tenant as they are committed, over disconnects and restarts."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import grpc

from switchyard import v1
from switchyard.client.errors import SwitchyardError
from switchyard.client.retry import STREAMS


class Listing(NamedTuple):
    """Every ticket of a tenant, and the sequence after which to watch."""

    tickets: list[v1.TicketStatus]
    sequence: int


OnGap = Callable[[Listing], None]


class Watch(Iterator[v1.Event]):
    """Every event after a sequence, once and in order; it ends when it is closed.

    `sequence` is where to go on from after all events given so far: keep it together with what
    you made of them. When the log no longer reaches back to it, or ends before it, `on_gap` is
    given all tickets as they stand, and events go on from there; without `on_gap` the
    OUT_OF_RANGE is raised.
    """

    def __init__(
        self,
        open_stream: Callable[[v1.WatchRequest], Any],
        list_tickets: Callable[[], Listing],
        after_sequence: int,
        filter: v1.EventFilter | None,
        on_gap: OnGap | None,
    ) -> None:
        self.sequence = after_sequence
        self._open_stream = open_stream
        self._list_tickets = list_tickets
        self._filter = filter
        self._on_gap = on_gap
        self._stream: Any = None
        self._events: deque[v1.Event] = deque()
        # Up to where the events that are left to give reach.
        self._read_to = after_sequence
        self._is_lost = False
        self._n_failed = 0
        self._closed = threading.Event()

    def __next__(self) -> v1.Event:
        while not self._events and not self._closed.is_set():
            self._receive()
        if self._closed.is_set():
            raise StopIteration
        event = self._events.popleft()
        self.sequence = event.sequence if self._events else max(event.sequence, self._read_to)
        return event

    def close(self) -> None:
        """Ends the watch, from any thread."""
        self._closed.set()
        self._drop_stream()

    def __enter__(self) -> Watch:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _receive(self) -> None:
        """Takes what comes next; a failure that passes is waited for."""
        try:
            arrived = self._list_tickets() if self._is_lost else self._next_response()
        except SwitchyardError as error:
            return self._recover(error)
        self._n_failed = 0
        if isinstance(arrived, Listing):
            self._start_over(arrived)
        elif arrived:
            self._take(arrived)

    def _next_response(self) -> v1.WatchResponse | None:
        """`None` when the watch is closed."""
        stream = self._stream
        if stream is None:
            request = v1.WatchRequest(after_sequence=self.sequence, filter=self._filter)
            stream = self._stream = self._open_stream(request)
        if self._closed.is_set():
            # Closed by another thread, which may not have seen this stream.
            stream.cancel()
            return None
        response: v1.WatchResponse | None = next(stream, None)
        if response is None:
            raise SwitchyardError(grpc.StatusCode.UNAVAILABLE, "the stream has ended")
        return response

    def _take(self, response: v1.WatchResponse) -> None:
        # Events come at least once: those that were given already are left out.
        self._events.extend(event for event in response.events if event.sequence > self.sequence)
        self._read_to = max(self.sequence, response.sequence)
        if not self._events:
            self.sequence = self._read_to

    def _start_over(self, listing: Listing) -> None:
        if self._on_gap:
            self._on_gap(listing)
        self.sequence = listing.sequence
        self._is_lost = False

    def _recover(self, error: SwitchyardError) -> None:
        self._drop_stream()
        if self._closed.is_set():
            return
        if error.code is grpc.StatusCode.OUT_OF_RANGE and self._on_gap:
            self._is_lost = True
        elif passes(error):
            self._wait(error)
        else:
            raise error

    def _wait(self, error: SwitchyardError) -> None:
        self._n_failed += 1
        self._closed.wait(STREAMS.backoff(self._n_failed, error))

    def _drop_stream(self) -> None:
        stream, self._stream = self._stream, None
        if stream is not None:
            stream.cancel()


def passes(error: SwitchyardError) -> bool:
    """Whether a stream that failed so can be opened again.

    What carries no reason was made on the way, by a proxy that went away or lost patience.
    """
    made_on_the_way = not error.reason and error.code in (
        grpc.StatusCode.INTERNAL,
        grpc.StatusCode.UNKNOWN,
    )
    return made_on_the_way or STREAMS.covers(error)
