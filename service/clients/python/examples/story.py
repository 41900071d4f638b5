"""What both walks share: how they are started, and how they tell and assert what happens."""

from __future__ import annotations

import argparse
import sys
import uuid
from typing import NoReturn

from google.protobuf.timestamp_pb2 import Timestamp

from switchyard import v1

# Characters of what came instead; a listing of thousands of tickets helps nobody.
GOT_MAX = 2_000


def parser(description: str) -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(description=description)
    made.add_argument("--address", default="127.0.0.1:50051", help="of the server (%(default)s)")
    made.add_argument(
        "--tenant",
        # Whatever is there already stays as it is, and the walk can be taken again.
        default=f"walk-{uuid.uuid4().hex[:8]}",
        help="the tenant to walk through, which must be new; by default a random one",
    )
    return made


def chapter(title: str) -> None:
    print(f"\n{title}\n{'-' * len(title)}")


def say(text: str) -> None:
    print(f"  {text}")


def check(claim: str, holds: object, got: object = "") -> None:
    """A step of the story: it must be so, or the walk ends here."""
    if not holds:
        fail(f"NOT SO: {claim}" + (f"\ngot: {str(got)[:GOT_MAX]}" if got != "" else ""))
    print(f"  ok  {claim}")


def check_equal(claim: str, got: object, expected: object) -> None:
    check(claim, got == expected, f"{got!r}, expected {expected!r}")


def fail(text: str) -> NoReturn:
    print(text, file=sys.stderr)
    sys.exit(1)


def at(instant: Timestamp, seconds: float = 0.0) -> Timestamp:
    """An instant moved by some seconds."""
    return Timestamp(seconds=instant.seconds + int(seconds), nanos=instant.nanos)


def moment(instant: Timestamp) -> float:
    """Seconds since 1970, for comparing."""
    return instant.seconds + instant.nanos / 1e9


def clock(told: v1.SlaClock) -> str:
    """A promise in a few words."""
    state = v1.SlaClock.State.Name(told.state).removeprefix("STATE_").lower()
    if told.HasField("due_time"):
        return f"{state}, due {told.due_time.ToJsonString()}"
    if told.HasField("left"):
        return f"{state} with {told.left.ToTimedelta()} left"
    return state


def activity(event: v1.Event) -> str:
    """What was reported, such as `agent_reply`."""
    return v1.ActivityKind.Name(event.ticket_activity.activity).removeprefix("ACTIVITY_KIND_").lower()


def closing(event: v1.Event) -> str:
    """How a ticket ended, such as `solved`."""
    return v1.TicketState.Name(event.ticket_closed.state).removeprefix("TICKET_STATE_").lower()


def describe(event: v1.Event) -> str:
    """An event in a line."""
    kind = event.WhichOneof("kind") or "unknown"
    return f"{event.sequence:>5}  {event.time.ToJsonString():<24}  {kind}{_what(event, kind)}"


def _what(event: v1.Event, kind: str) -> str:
    match kind:
        case "ticket_decided":
            decision = event.ticket_decided.decision
            trigger = v1.DecisionTrigger.Name(decision.trigger).removeprefix("DECISION_TRIGGER_").lower()
            outcome = v1.DecisionOutcome.Name(decision.outcome).removeprefix("DECISION_OUTCOME_").lower()
            return f" ({trigger}): {outcome} {decision.agent}".rstrip()
        case "ticket_owner_set":
            return f": {event.ticket_owner_set.agent}"
        case "ticket_activity":
            return f": {activity(event)}"
        case "ticket_closed":
            return f": {closing(event)}"
        case "ticket_transferred":
            return f": to {event.ticket_transferred.team}"
        case _:
            return ""
