"""The client: one channel, one tenant, and the services of the contract."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import grpc

from switchyard import v1
from switchyard.client import agreement, pages, streaming
from switchyard.client.calls import Calls, Metadata
from switchyard.client.watch import Listing, OnGap, Watch

# Seconds a call may take, all its attempts together, unless it is told another time.
TIMEOUT = 10.0

CHANNEL_OPTIONS: tuple[tuple[str, int], ...] = (
    # A connection that died without a word is found out within forty seconds of silence.
    ("grpc.keepalive_time_ms", 30_000),
    ("grpc.keepalive_timeout_ms", 10_000),
    ("grpc.http2.max_pings_without_data", 0),
    # A server that restarts is found again within seconds; by default it may take two minutes.
    ("grpc.initial_reconnect_backoff_ms", 100),
    ("grpc.min_reconnect_backoff_ms", 100),
    ("grpc.max_reconnect_backoff_ms", 3_000),
    # Calls are made again by `Calls`, which minds the time the server asks to wait.
    ("grpc.enable_retries", 0),
    # Every verdict of ten thousand agents is larger than gRPC's four mebibytes.
    ("grpc.max_receive_message_length", 64 * 1024 * 1024),
)


class Client:
    """Calls a Switchyard server for one tenant.

    Each service of the contract is an attribute: the generated stub, whose calls have a deadline,
    a request id, retries where they are safe, and raise `SwitchyardError`. A call's own `timeout`
    and `metadata` go before the client's. Threads may share a client.
    """

    def __init__(
        self,
        address: str,
        *,
        tenant: str = "",
        language: str = "en",
        timeout: float | None = TIMEOUT,
        credentials: grpc.ChannelCredentials | None = None,
        options: Iterable[tuple[str, str | int]] = (),
    ) -> None:
        """`tenant` empty is the server's default one; `credentials` left out is a plain connection."""
        self.language = language
        self._bare = _channel(address, credentials, (*CHANNEL_OPTIONS, *options))
        self.channel = grpc.intercept_channel(self._bare, Calls(_metadata(tenant, language), timeout))
        self.triage = v1.TriageServiceStub(self.channel)
        self.desk = v1.DeskServiceStub(self.channel)
        self.roster = v1.RosterServiceStub(self.channel)
        self.knowledge = v1.KnowledgeServiceStub(self.channel)
        self.model = v1.ModelServiceStub(self.channel)
        self.policy = v1.PolicyServiceStub(self.channel)
        self.operations = v1.OperationServiceStub(self.channel)
        self.server = v1.ServerServiceStub(self.channel)

    def close(self) -> None:
        """Ends the connection, and every call that is still at work."""
        self._bare.close()

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def watch(
        self,
        after_sequence: int = 0,
        *,
        filter: v1.EventFilter | None = None,
        on_gap: OnGap | None = None,
    ) -> Watch:
        """Every event after a sequence, once and in order, over disconnects and restarts."""
        return Watch(self.desk.Watch, self.list_all_tickets, after_sequence, filter, on_gap)

    def stream_triage(self, requests: Iterable[v1.TriageRequest]) -> Iterator[v1.StreamTriageResponse]:
        """The answer to each request, in order; each has its own status, see `raise_for_item`.

        A stream that breaks is opened again, and goes on with what was not answered.
        """
        return streaming.stream_triage(self.triage.StreamTriage, requests)

    def list_all_tickets(self) -> Listing:
        """Every ticket, and the sequence after which to watch to miss nothing since."""
        listing = list(pages.pages(self.desk.ListTickets, v1.ListTicketsRequest(page_size=1_000)))
        tickets = [ticket for page in listing for ticket in page.tickets]
        # The first page's: what happens while later ones are read is told again, never left out.
        return Listing(tickets, listing[0].sequence)

    def list_tickets(self, request: v1.ListTicketsRequest | None = None) -> Iterator[v1.TicketStatus]:
        """Tickets in the order of their ids."""
        return pages.items(self.desk.ListTickets, request or v1.ListTicketsRequest(), "tickets")

    def list_queue(self, request: v1.ListQueueRequest | None = None) -> Iterator[v1.QueuedTicket]:
        """Waiting tickets, most urgent first."""
        return pages.items(self.desk.ListQueue, request or v1.ListQueueRequest(), "tickets")

    def list_events(self, request: v1.ListEventsRequest | None = None) -> Iterator[v1.Event]:
        """Events up to the end of the log."""
        return pages.events(self.desk.ListEvents, request or v1.ListEventsRequest())

    def list_decisions(self, request: v1.ListDecisionsRequest | None = None) -> Iterator[v1.Decision]:
        """Decisions, newest first."""
        return pages.items(self.triage.ListDecisions, request or v1.ListDecisionsRequest(), "decisions")

    def list_agents(self, request: v1.ListAgentsRequest | None = None) -> Iterator[v1.AgentStatus]:
        """Agents in the order of their ids."""
        return pages.items(self.roster.ListAgents, request or v1.ListAgentsRequest(), "agents")

    def list_items(self, request: v1.ListItemsRequest | None = None) -> Iterator[v1.KnowledgeItem]:
        """Solved tickets and articles, in the order of their kinds and ids."""
        return pages.items(self.knowledge.ListItems, request or v1.ListItemsRequest(), "items")

    def import_items(
        self, items: Iterable[v1.KnowledgeItem], import_id: str = ""
    ) -> Iterator[v1.ImportItemsResponse]:
        """Keeps any number of items; each answer says how far it is and which were refused.

        With an `import_id` the same call goes on where an earlier one stopped: items that were kept
        then are passed over, so `items` must begin with the same ones.
        """
        return streaming.import_items(self.knowledge, items, import_id)

    def list_revisions(self, request: v1.ListRevisionsRequest | None = None) -> Iterator[v1.PolicyRevision]:
        """Revisions of the policy, newest first, without sources."""
        return pages.items(self.policy.ListRevisions, request or v1.ListRevisionsRequest(), "revisions")

    def agreement_report(self, request: v1.GetAgreementRequest | None = None) -> str:
        """How people took the desk's advice, as a table in the client's language."""
        response = self.desk.GetAgreement(request or v1.GetAgreementRequest())
        return agreement.agreement_report(response, self.language)


def _channel(
    address: str, credentials: grpc.ChannelCredentials | None, options: tuple[tuple[str, str | int], ...]
) -> grpc.Channel:
    if credentials is None:
        return grpc.insecure_channel(address, options)
    return grpc.secure_channel(address, credentials, options)


def _metadata(tenant: str, language: str) -> Metadata:
    named = (("switchyard-tenant", tenant), ("accept-language", language))
    return tuple((key, value) for key, value in named if value)
