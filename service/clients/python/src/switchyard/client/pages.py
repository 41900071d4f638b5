"""Listings, one item after the other, whatever the number of pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from google.protobuf.message import Message

from switchyard import v1

Request = TypeVar("Request", bound=Message)


def pages(call: Callable[[Any], Any], request: Request) -> Iterator[Any]:
    """The answers of a listing, page by page, from the page that the request asks for."""
    asked: Any = type(request)()
    asked.CopyFrom(request)
    while True:
        page = call(asked)
        yield page
        if not page.next_page_token:
            return
        asked.page_token = page.next_page_token


def items(call: Callable[[Any], Any], request: Message, field: str) -> Iterator[Any]:
    """The items of a listing, which the answers have in the named field."""
    for page in pages(call, request):
        yield from getattr(page, field)


def events(
    call: Callable[[v1.ListEventsRequest], v1.ListEventsResponse], request: v1.ListEventsRequest
) -> Iterator[v1.Event]:
    """The events after a sequence, up to the end of the log."""
    asked = v1.ListEventsRequest()
    asked.CopyFrom(request)
    while True:
        page = call(asked)
        yield from page.events
        if page.at_end:
            return
        asked.after_sequence = page.last_sequence
