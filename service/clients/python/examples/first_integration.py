"""A backend's first day: from the first call to assigning team by team.

    python examples/first_integration.py --address 127.0.0.1:50051 --switchyard path/to/switchyard

The backend has 30 labels of its own, 200 agents, and 3,000 tickets that are open already. At first
people go on giving tickets to agents and the desk only advises; when the agreement is good enough,
one team after the other is assigned its tickets by the desk.
Every step is asserted: the walk ends with an error where the server does otherwise.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path

import grpc
import labels
import roster
import story
from google.protobuf.timestamp_pb2 import Timestamp
from labels import LABELS, Label
from roster import TEAMS
from story import at, chapter, check, check_equal, say

from switchyard import v1
from switchyard.client import Client, Listing, SwitchyardError, from_item

N_OPEN = 3_000
PAGE = 1_000
# Every so many-th open ticket is nobody's yet.
UNOWNED_EVERY = 100
N_ADVISED = 60
N_PER_TEAM = 6
# A page of tickets is a thousand calls in one.
BATCH_SECONDS = 120.0


def main() -> None:
    arguments = story.parser("A backend's first day.")
    arguments.add_argument(
        "--switchyard",
        default=os.environ.get("SWITCHYARD_BINARY", "switchyard"),
        help="the switchyard command, which imports the roster (%(default)s)",
    )
    asked = arguments.parse_args()
    with Client(asked.address, tenant=asked.tenant) as client:
        meet(client)
        write_policy(client)
        fill_roster(client, asked.switchyard, asked.address, asked.tenant)
        owners = adopt(client)
        listing = list_tickets(client, owners)
        log = Log(client, listing.sequence)
        advise(client, log)
        assign_team_by_team(client, log)
        log.close()
    print("\nThe desk assigns. That was the first day.")


def meet(client: Client) -> None:
    chapter("Who is there?")
    info = client.server.GetServerInfo(v1.GetServerInfoRequest())
    say(f"Switchyard {info.version} with model {info.model_version}, for tenant {info.tenant}")
    check("it has a model", info.model_version)
    check("a page of tickets is not too large for it", info.limits.batch_items_max >= PAGE)
    check_equal("no policy was applied yet", info.policy_revision, 0)


def write_policy(client: Client) -> None:
    chapter("A policy with our own labels")
    text, wrong_lines = labels.broken_policy()
    errors = errors_of(client, text)
    check_equal("every mistake is found, with its line", [f.line for f in errors], sorted(wrong_lines))
    unknown = errors_of(client, labels.policy_with_unknown_label())
    check("a label that the model does not have is named", any(labels.NO_LABEL in f.message for f in unknown))
    try:
        client.policy.Apply(v1.ApplyRequest(source=text))
        story.fail("NOT SO: a broken policy is refused")
    except SwitchyardError as error:
        check_equal("a broken policy is refused", error.reason, "POLICY_REJECTED")
        check_equal("with the same findings", len(error.violations), len(errors))

    for team in TEAMS:
        client.roster.UpsertTeam(v1.UpsertTeamRequest(team=v1.Team(id=team)))
    applied = apply(client, assigning=())
    check_equal("the first policy is in force", (applied.revision, len(LABELS)), (1, 30))


def errors_of(client: Client, text: str) -> list[v1.Finding]:
    """What is wrong with a policy; it is only checked."""
    checked = client.policy.Apply(v1.ApplyRequest(source=text, validate_only=True))
    for finding in checked.findings:
        say(f"line {finding.line}: {finding.key}: {finding.message}")
    check_equal("nothing is in force by checking", checked.policy.revision, 0)
    return [finding for finding in checked.findings if finding.severity == v1.Finding.SEVERITY_ERROR]


def apply(client: Client, assigning: tuple[str, ...]) -> v1.PolicyRevision:
    """Puts the policy in force in place of the one that is, and of no other."""
    in_force = client.policy.Get(v1.GetRequest()).policy
    comment = "assigned: " + (", ".join(assigning) or "nobody")
    source = labels.policy(assigning)
    request = v1.ApplyRequest(source=source, comment=comment, etag=in_force.etag)
    return client.policy.Apply(request).policy


def fill_roster(client: Client, switchyard: str, address: str, tenant: str) -> None:
    chapter("200 agents")
    importer = Importer(switchyard, address, tenant)
    if importer.is_there():
        import_roster(importer)
    else:
        say(f"{switchyard} has no `roster import`: the agents go by BatchUpsertAgents")
        agents = [seat.message() for seat in roster.seats()]
        client.roster.BatchUpsertAgents(v1.BatchUpsertAgentsRequest(agents=agents))
    agents_there = list(client.list_agents())
    check_equal("all are on the roster", len(agents_there), roster.N_AGENTS)
    expected = {seat.id: roster.hours(seat.message()) for seat in roster.seats()}
    check_equal("with their hours", {a.agent.id: roster.hours(a.agent) for a in agents_there}, expected)
    on_shift = Counter(status.agent.teams[0] for status in agents_there if status.on_shift)
    check("some of each team are there now", all(on_shift[team] for team in TEAMS), on_shift)


def import_roster(importer: Importer) -> None:
    bad = importer.run(roster.bad_csv(), "--dry-run")
    for line in bad.lines:
        say(line)
    for row, column, text in roster.BAD_CELLS:
        named = any(str(row) in line and column in line and text in line for line in bad.lines)
        check(f"row {row}, column {column} is named", named)
    check("nothing is imported then", bad.code != 0)
    good = importer.run(roster.good_csv(), "--dry-run")
    check_equal("the good one would be taken", good.code, 0)
    done = importer.run(roster.good_csv())
    for line in done.lines:
        say(line)
    check_equal("and is", done.code, 0)


class Printed:
    """What a command came to."""

    def __init__(self, done: subprocess.CompletedProcess[str]) -> None:
        self.code = done.returncode
        self.lines = (done.stdout + done.stderr).splitlines()


class Importer:
    """`switchyard roster import`, for one server and tenant."""

    def __init__(self, switchyard: str, address: str, tenant: str) -> None:
        self._command = [switchyard, "roster", "import"]
        self._to = ["--address", address, "--tenant", tenant]

    def is_there(self) -> bool:
        if not shutil.which(self._command[0]):
            return False
        return subprocess.run([*self._command, "--help"], capture_output=True).returncode == 0

    def run(self, text: str, *options: str) -> Printed:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder, "roster.csv")
            file.write_text(text, encoding="utf-8")
            command = [*self._command, str(file), *self._to, *options]
            return Printed(subprocess.run(command, capture_output=True, text=True))


def adopt(client: Client) -> dict[str, str]:
    """Brings the open tickets along; gives who owned each before."""
    chapter("3,000 tickets that are open already")
    # The desk keeps times to the millisecond; whole seconds come back as they were sent.
    now = Timestamp(seconds=int(time.time()))
    tickets = list(islice(open_tickets(now), N_OPEN))
    for start in range(0, N_OPEN, PAGE):
        page = tickets[start : start + PAGE]
        results = adopt_page(client, page)
        check(f"{start + len(page)} adopted", all(result.status.code == 0 for result in results))
        for brought, result in zip(page, results, strict=True):
            assert_clocks(brought, result.ticket)
    say("with the owner, the first reply and the hold that each had")
    again = {from_item(result.status).code for result in adopt_page(client, tickets[:PAGE])}  # type: ignore[union-attr]
    check_equal("a page sent again does no harm", again, {grpc.StatusCode.ALREADY_EXISTS})
    return {brought.ticket.id: brought.agent for brought in tickets}


def adopt_page(client: Client, page: list[v1.AdoptedTicket]) -> list[v1.AdoptResult]:
    request = v1.BatchAdoptTicketsRequest(tickets=page)
    return list(client.desk.BatchAdoptTickets(request, timeout=BATCH_SECONDS).results)


def open_tickets(now: Timestamp) -> Iterator[v1.AdoptedTicket]:
    """Tickets of the last three days, by all labels, owned by agents of the label's team."""
    seats = {team: cycle([seat.id for seat in roster.seats() if seat.team == team]) for team in TEAMS}
    for n, label in enumerate(cycle(LABELS)):
        opened = at(now, -3_600 * (1 + n % 72))
        is_answered, is_held = n % 3 != 0, n % 10 == 1
        owner = next(seats[label.team])
        yield v1.AdoptedTicket(
            ticket=known_ticket(f"OLD-{n:05}", label, opened),
            agent="" if n % UNOWNED_EVERY == 0 else owner,
            first_reply_time=at(opened, 600) if is_answered else None,
            hold=v1.HOLD_REASON_CUSTOMER if is_held and is_answered else v1.HOLD_REASON_UNSPECIFIED,
        )


def known_ticket(id: str, label: Label, opened: Timestamp | None = None) -> v1.Ticket:
    """A ticket whose category the backend knows."""
    known = v1.Known(known_category=label.id)
    return v1.Ticket(id=id, channel="email", subject=f"about {label.id}", known=known, opened_time=opened)


def assert_clocks(brought: v1.AdoptedTicket, here: v1.TicketStatus) -> None:
    first, resolution = here.sla.first_response, here.sla.resolution
    if brought.HasField("first_reply_time"):
        assert first.done_time == brought.first_reply_time, here
    else:
        assert first.state == v1.SlaClock.STATE_RUNNING, here
    assert here.hold == brought.hold, here
    is_paused = resolution.state == v1.SlaClock.STATE_PAUSED
    assert is_paused == (brought.hold != v1.HOLD_REASON_UNSPECIFIED), here
    assert here.opened_time == brought.ticket.opened_time, here


def list_tickets(client: Client, owners: dict[str, str]) -> Listing:
    chapter("What the desk has, and where its log is")
    listing = client.list_all_tickets()
    here = {ticket.id: ticket for ticket in listing.tickets}
    say(f"{len(here)} tickets at sequence {listing.sequence}")
    check_equal("all tickets are there", here.keys(), owners.keys())
    check("every owner has kept theirs", all(here[id].agent == owner for id, owner in owners.items()))
    unowned = {here[id].state for id, owner in owners.items() if not owner}
    check_equal("what was nobody's waits for a person, with advice", unowned, {v1.TICKET_STATE_ADVISED})
    return listing


class Log:
    """Follows the events beside the walk, as a backend does in a process of its own."""

    def __init__(self, client: Client, sequence: int) -> None:
        self._client = client
        self._start = sequence
        self._watch = client.watch(sequence)
        self._events: list[v1.Event] = []
        self._thread = threading.Thread(target=lambda: self._events.extend(self._watch), daemon=True)
        self._thread.start()

    def up_to_now(self) -> list[v1.Event]:
        """All events up to the end of the log as it is now."""
        told = self._told()
        give_up_at = time.monotonic() + 10
        while len(self._events) < len(told) and time.monotonic() < give_up_at:
            time.sleep(0.01)
        return self._events[: len(told)]

    def _told(self) -> list[v1.Event]:
        request = v1.ListEventsRequest(after_sequence=self._start, page_size=1_000)
        return list(self._client.list_events(request))

    def close(self) -> None:
        chapter("What the watch has seen")
        seen = [event.sequence for event in self.up_to_now()]
        say(f"{len(seen)} events")
        check_equal(
            "all that the log has since the listing", seen, [event.sequence for event in self._told()]
        )
        expected = list(range(self._start + 1, self._start + 1 + len(seen)))
        check_equal("each one once and in order", seen, expected)
        self._watch.close()
        self._thread.join()


# What customers write, and what it means in the backend's own words.
TEXTS = (
    ("退款十天了还没到账", "ret-refund"),
    ("我想取消昨天下的订单", "ord-cancel"),
    ("包裹破损，屏幕碎了", "ship-damaged"),
    ("I cannot log in to my account, the password reset mail never arrives", "acc-login"),
    ("the router loses the network every hour", "it-network"),
    ("this app crashes whenever I open the order", "it-software"),
)


def advise(client: Client, log: Log) -> None:
    chapter("Beside the dispatcher: the desk advises, a person decides")
    for n, (text, label) in enumerate(islice(cycle(TEXTS), N_ADVISED)):
        ticket = v1.Ticket(id=f"NEW-{n:03}", channel="chat", messages=[v1.Message(text=text)])
        answer = client.triage.Triage(v1.TriageRequest(ticket=ticket, mode=v1.MODE_ADVISE))
        assert answer.decision.outcome == v1.DECISION_OUTCOME_ADVISED, answer
        if n < len(TEXTS):
            say(f"{text}: {answer.assessment.category.label}; {answer.decision.summary}")
            check_equal("it is called by our own label", answer.assessment.category.label, label)
        activity = v1.Activity(assigned_by_person=v1.Activity.AssignedByPerson(agent=choose(n, answer)))
        taken = client.desk.ReportActivity(
            v1.ReportActivityRequest(ticket_id=ticket.id, activity=activity, source_revision=1)
        )
        assert taken.ticket.state == v1.TICKET_STATE_ACTIVE, taken
    agreement = client.desk.GetAgreement(v1.GetAgreementRequest())
    print(client.agreement_report())
    total = agreement.total
    counted = (total.n_taken, total.n_first, total.n_listed, total.n_nobody)
    check_equal("given, to the advised, to one of five, nobody free", counted, (60, 42, 54, 0))
    given = [event.ticket_owner_set for event in log.up_to_now() if event.HasField("ticket_owner_set")]
    places = Counter(event.advised_place for event in given if event.was_advised)
    check_equal("the log tells the same", (places[1], places[2], places[0]), (42, 12, 6))


def choose(n: int, answer: v1.TriageResponse) -> str:
    """Whom the dispatcher gives it to: mostly the advised agent, now and then another one."""
    listed = [candidate.agent for candidate in answer.decision.candidates]
    match n % 10:
        case 7 | 8:
            return listed[1]
        case 9:
            team = answer.decision.team
            return next(s.id for s in roster.seats() if s.team == team and s.id not in listed)
        case _:
            return answer.decision.agent


def assign_team_by_team(client: Client, log: Log) -> None:
    for n in range(len(TEAMS)):
        assigning = TEAMS[: n + 1]
        chapter(f"The desk assigns for {', '.join(assigning)}")
        revision = apply(client, assigning)
        check_equal("the policy is in force", revision.revision, n + 2)
        outcomes = triage_for_all_teams(client, f"DAY{n}")
        for other in TEAMS:
            expected = "assigned" if other in assigning else "advised"
            check_equal(f"{other}: {expected}", outcomes[other], {expected: N_PER_TEAM})
    check_stale_policy(client)
    decided = [event.ticket_decided.decision for event in log.up_to_now() if event.HasField("ticket_decided")]
    assigned = [d for d in decided if d.outcome == v1.DECISION_OUTCOME_ASSIGNED]
    check_equal("every assignment is in the log", len(assigned), N_PER_TEAM * (1 + 2 + 3))


def triage_for_all_teams(client: Client, prefix: str) -> dict[str, Counter[str]]:
    """How often which outcome came, by team."""
    requests = [
        v1.TriageRequest(ticket=known_ticket(f"{prefix}-{team}-{n}", label))
        for team in TEAMS
        for n, label in enumerate(islice((label for label in LABELS if label.team == team), N_PER_TEAM))
    ]
    outcomes: dict[str, Counter[str]] = {team: Counter() for team in TEAMS}
    for answer in client.stream_triage(requests):
        assert answer.status.code == 0, answer
        decision = answer.response.decision
        outcome = v1.DecisionOutcome.Name(decision.outcome).removeprefix("DECISION_OUTCOME_").lower()
        outcomes[decision.team][outcome] += 1
    return outcomes


def check_stale_policy(client: Client) -> None:
    first = client.policy.Get(v1.GetRequest(revision=1)).policy
    try:
        client.policy.Apply(v1.ApplyRequest(source=first.source, etag=first.etag))
        story.fail("NOT SO: who knew an older policy is told")
    except SwitchyardError as error:
        check_equal("who knew an older policy is told", error.code, grpc.StatusCode.ABORTED)
    comments = [revision.comment for revision in client.list_revisions()]
    check_equal("every step is on record", comments[0], f"assigned: {', '.join(TEAMS)}")


if __name__ == "__main__":
    main()
