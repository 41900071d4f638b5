"""Writes `proto/EVENTS.md`: every kind of event with an example that a real server gave.

    python tools/events.py BINARY            writes the page
    python tools/events.py BINARY --check    fails when the page there is another one

The server judges without a model, and instants are moved to one morning, so that the page changes
only when events do.
"""

from __future__ import annotations

import argparse
import datetime
import json
import re
import sys
import tempfile
from pathlib import Path
from typing import Any

from google.protobuf.json_format import MessageToDict

PACKAGE = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(PACKAGE / "src"), str(PACKAGE / "tests")]

from server import Server  # noqa: E402

from switchyard import v1  # noqa: E402
from switchyard.client import Client  # noqa: E402

PROTO = PACKAGE.parents[2] / "proto"
PAGE = PROTO / "EVENTS.md"
MORNING = datetime.datetime(2026, 6, 3, 9, 0, tzinfo=datetime.timezone.utc)

HEAD = """\
# Events

Every change is an event in one log per tenant, committed before it is shown.
`Watch` sends them as they come, `ListEvents` by page, both from any sequence on and for a ticket, an agent or some kinds only; `GetTicket` has those of one ticket.
Sequences count up by one, and delivery is at least once: remember the last sequence, and go on after it.

A place that old journal was dropped from is OUT_OF_RANGE with SEQUENCE_COMPACTED: list the tickets, take that listing as the truth, and watch after the `sequence` that its first page told.

Each kind below stands with its name in `EventFilter.kinds` and an example as protobuf writes JSON.
The examples come from a server without a model; the page is written by `tools/events.py` of the Python client.
"""


def main() -> int:
    parser = argparse.ArgumentParser(description="Writes the page of all events.")
    parser.add_argument("binary", type=Path, help="the switchyard command")
    parser.add_argument("--check", action="store_true", help="only tell whether the page is up to date")
    asked = parser.parse_args()
    page = written(asked.binary.resolve())
    if not asked.check:
        PAGE.write_text(page)
    elif PAGE.read_text() != page:
        print(f"expected the events of this server in {PAGE.name}, got others", file=sys.stderr)
        return 1
    return 0


def written(binary: Path) -> str:
    with tempfile.TemporaryDirectory() as folder:
        server = Server(binary, Path(folder), "model.bundle=none").start()
        try:
            with Client(server.address) as client:
                live(client)
                events = client.desk.ListEvents(v1.ListEventsRequest(page_size=1_000)).events
        finally:
            server.stop()
    told = meanings()
    parts = [HEAD]
    for kind in v1.EventKind.keys()[1:]:
        field = kind.removeprefix("EVENT_KIND_").lower()
        example = next(event for event in reversed(events) if event.WhichOneof("kind") == field)
        parts.append(f"## {kind}\n\n{told[field]}\n\n```json\n{as_json(example)}\n```\n")
    return "\n".join(parts)


def live(client: Client) -> None:
    """A morning in which every kind of event happens."""
    roster, desk, triage, policy = client.roster, client.desk, client.triage, client.policy
    for team in ("care", "technical", "spare"):
        roster.UpsertTeam(v1.UpsertTeamRequest(team={"id": team, "display_name": team.title()}))
    roster.DeleteTeam(v1.DeleteTeamRequest(id="spare"))
    agents = [
        {"id": "li.na", "teams": ["care"], "capacity": {"total": 3}},
        {"id": "chen.hao", "teams": ["technical"], "capacity": {"total": 3}},
        {"id": "temp"},
    ]
    roster.BatchUpsertAgents(v1.BatchUpsertAgentsRequest(agents=agents))
    roster.DeleteAgent(v1.DeleteAgentRequest(id="temp"))
    roster.SetPresence(v1.SetPresenceRequest(agent="li.na", presence="PRESENCE_ONLINE"))

    def triaged(ticket: str, mode: str = "MODE_ASSIGN", team: str = "care") -> None:
        told = {"id": ticket, "channel": "email", "routing": {"team": team}}
        triage.Triage(v1.TriageRequest(ticket=told, mode=mode))

    def report(ticket: str, **activity: Any) -> None:
        desk.ReportActivity(v1.ReportActivityRequest(ticket_id=ticket, activity=activity))

    triaged("T-1", "MODE_ADVISE")
    report("T-1", assigned_by_person={"agent": "li.na"})
    report("T-1", transferred={"team": "technical", "returns": True})
    report("T-1", returned={})
    report("T-1", solved={})
    report("T-1", reopened={})
    triaged("T-2")
    report("T-2", merged={"into": "T-1"})
    adopted = [{"ticket": {"id": "T-3", "channel": "email"}, "agent": "chen.hao"}]
    desk.BatchAdoptTickets(v1.BatchAdoptTicketsRequest(tickets=adopted))
    declined = {"ticket_id": "T-3", "agent": "chen.hao", "reason": "DECLINE_REASON_MISSING_SKILL"}
    desk.Decline(v1.DeclineRequest(**declined))
    roster.PauseIntake(v1.PauseIntakeRequest(agent="chen.hao"))
    desk.Complete(v1.CompleteRequest(ticket_id="T-3"))
    report("T-1", hold={"reason": "HOLD_REASON_CUSTOMER"})
    shift = {"start_time": "2026-06-03T09:00:00Z", "end_time": "2026-06-03T18:00:00Z"}
    roster.ReplaceShifts(v1.ReplaceShiftsRequest(agent="chen.hao", shifts=[at(shift)]))
    triaged("T-4")
    source = policy.Get(v1.GetRequest()).policy.source
    source = source.replace('p4 = { first_response = "8h"', 'p4 = { first_response = "4h"')
    applied = policy.Apply(v1.ApplyRequest(source=source, open_tickets="OPEN_TICKETS_RECOMPUTE"))
    while not client.operations.GetOperation(v1.GetOperationRequest(name=applied.operation)).operation.done:
        pass


def at(interval: dict[str, str]) -> v1.Interval:
    told = v1.Interval()
    for field, text in interval.items():
        getattr(told, field).FromJsonString(text)
    return told


def meanings() -> dict[str, str]:
    """What each kind means: the comment above it in the contract."""
    source = (PROTO / "switchyard/v1/event.proto").read_text()
    kinds = source[source.index("oneof kind {") :]
    told, comment = {}, ""
    for line in kinds.splitlines()[1:]:
        line = line.strip()
        if line == "}":
            break
        if line.startswith("//"):
            comment = f"{comment} {line.removeprefix('// ')}".strip()
        else:
            told[line.split()[1]], comment = comment, ""
    return told


def as_json(event: v1.Event) -> str:
    told = MessageToDict(event, preserving_proto_field_name=True)
    moved = shifted(told, event.time.ToDatetime(tzinfo=datetime.timezone.utc))
    return json.dumps(moved, indent=2, ensure_ascii=False)


def shifted(value: Any, happened: datetime.datetime) -> Any:
    """With instants and spans in whole minutes, counted from the event's own, and that one in the morning."""
    if isinstance(value, dict):
        return {key: shifted(one, happened) for key, one in value.items()}
    if isinstance(value, list):
        return [shifted(one, happened) for one in value]
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:.]+Z", value):
        instant = datetime.datetime.fromisoformat(value.replace("Z", "+00:00"))
        minutes = round((instant - happened).total_seconds() / 60)
        return (MORNING + datetime.timedelta(minutes=minutes)).strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(value, str) and re.fullmatch(r"-?\d+(\.\d+)?s", value):
        return f"{60 * round(float(value[:-1]) / 60)}s"
    return value


if __name__ == "__main__":
    sys.exit(main())
