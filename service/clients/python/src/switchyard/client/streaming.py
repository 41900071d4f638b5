"""A stream of tickets to triage, over disconnects; a stream of items to keep."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import grpc

from switchyard import v1
from switchyard.client.calls import with_request_ids
from switchyard.client.errors import SwitchyardError
from switchyard.client.retry import STREAMS
from switchyard.client.watch import passes


class Feed:
    """Requests by their place, kept until they are answered.

    A stream that broke may still be reading a request when the next one is opened; both ask here
    for the place they have come to, so none is left out.
    """

    def __init__(self, requests: Iterable[v1.TriageRequest]) -> None:
        self._source = iter(requests)
        self._kept: deque[v1.StreamTriageRequest] = deque()
        self._lock = threading.Lock()
        # Held while the source is waited for; answers must not wait for that.
        self._reading = threading.Lock()
        self._failure: Exception | None = None
        self._is_read = False
        self.n_answered = 0

    def after(self, place: int) -> Iterator[v1.StreamTriageRequest]:
        """Every request from a place on."""
        while (request := self._at(place)) is not None:
            yield request
            place += 1

    def answered(self) -> None:
        """The oldest request that is kept has its answer."""
        with self._lock:
            self._kept.popleft()
            self.n_answered += 1

    def is_done(self) -> bool:
        """Whether every request has its answer; raises what the source of the requests raised."""
        with self._lock:
            if self._failure and not self._kept:
                raise self._failure
            return self._is_read and not self._kept

    def _at(self, place: int) -> v1.StreamTriageRequest | None:
        if not self._was_read(place):
            with self._reading:
                # Another stream may have read it while this one waited.
                if not self._was_read(place):
                    self._read()
        with self._lock:
            place -= self.n_answered
            # Below 0: a stream that broke asks for what was answered in another one since.
            return self._kept[place] if 0 <= place < len(self._kept) else None

    def _was_read(self, place: int) -> bool:
        with self._lock:
            return place < self.n_answered + len(self._kept)

    def _read(self) -> None:
        failure = None
        try:
            request = next(self._source, None)
        except Exception as raised:
            # Raised here it would be lost in grpc's thread.
            request, failure = None, raised
        with self._lock:
            self._failure = failure
            self._is_read = request is None
            if request is not None:
                # The request id is chosen once, and is the same in every stream.
                self._kept.append(with_request_ids(v1.StreamTriageRequest(request=request)))


def stream_triage(
    open_stream: Callable[[Iterator[v1.StreamTriageRequest]], Any], requests: Iterable[v1.TriageRequest]
) -> Iterator[v1.StreamTriageResponse]:
    """The answer to each request, in order; `index` counts over all streams that were needed."""
    feed, n_failed = Feed(requests), 0
    while not feed.is_done():
        answers = open_stream(feed.after(feed.n_answered))
        try:
            for answer in answers:
                answer.index = feed.n_answered
                feed.answered()
                n_failed = 0
                yield answer
            if not feed.is_done():
                raise SwitchyardError(grpc.StatusCode.UNAVAILABLE, "the stream has ended early")
        except SwitchyardError as error:
            n_failed += 1
            if n_failed >= STREAMS.attempts_max or not passes(error):
                raise
            time.sleep(STREAMS.backoff(n_failed, error))
        finally:
            answers.cancel()


def import_items(
    knowledge: v1.KnowledgeServiceStub, items: Iterable[v1.KnowledgeItem], import_id: str
) -> Iterator[v1.ImportItemsResponse]:
    """Keeps items from where the import of this name stopped."""
    start = knowledge.GetImport(v1.GetImportRequest(import_id=import_id)).next_index if import_id else 0
    requests = (
        v1.ImportItemsRequest(import_id=import_id, index=index, item=item)
        for index, item in enumerate(items)
        if index >= start
    )
    yield from knowledge.ImportItems(requests, timeout=None)
