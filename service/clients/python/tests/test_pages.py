"""Listings over pages."""

from switchyard import v1


class Desk(v1.DeskServiceServicer):
    """Five tickets, of which others come while they are listed; three events a page at most."""

    def ListTickets(self, request, context):
        start = int(request.page_token or 0)
        self.page_sizes = [*getattr(self, "page_sizes", []), request.page_size]
        tickets = [{"id": f"T-{n}"} for n in range(start, min(start + 2, 5))]
        token = str(start + 2) if start + 2 < 5 else ""
        return v1.ListTicketsResponse(tickets=tickets, next_page_token=token, sequence=40 + start)

    def ListEvents(self, request, context):
        first = request.after_sequence + 1
        # Nothing of the second page is wanted.
        sequences = [] if first == 4 else range(first, min(first + 3, 9))
        last = min(first + 2, 8)
        return v1.ListEventsResponse(
            events=[{"sequence": n} for n in sequences], last_sequence=last, at_end=last == 8
        )


def test_items_come_from_all_pages(fake):
    desk = Desk()
    request = v1.ListTicketsRequest(page_size=2)
    assert [ticket.id for ticket in fake(desk).list_tickets(request)] == [f"T-{n}" for n in range(5)]
    assert desk.page_sizes == [2, 2, 2]
    assert not request.page_token


def test_all_tickets_come_with_the_sequence_of_the_first_page(fake):
    listing = fake(Desk()).list_all_tickets()
    assert len(listing.tickets) == 5
    assert listing.sequence == 40


def test_events_go_on_over_a_page_without_any(fake):
    events = fake(Desk()).list_events(v1.ListEventsRequest(page_size=3))
    assert [event.sequence for event in events] == [1, 2, 3, 7, 8]
