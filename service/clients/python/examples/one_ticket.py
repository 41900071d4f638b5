"""One ticket from its first line to its rating, and what may go wrong on the way.

    python examples/one_ticket.py --address 127.0.0.1:50051

Every step is asserted: the walk ends with an error where the server does otherwise.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import grpc
import story
from google.protobuf.timestamp_pb2 import Timestamp
from story import activity, at, chapter, check, check_equal, clock, closing, moment, say

from switchyard import v1
from switchyard.client import Client, SwitchyardError

# Before and after the text of the built-in policy.
DEFAULT_TEAM = 'default_team = "care"'
# Whoever works for claims takes tickets as they have time.
CLAIMS = """
[[team]]
id = "claims"
dispatch = "pull"
"""
# What a ticket on hold weighs by the built-in policy, as a share of its weight.
HELD_SHARE = 0.3

TEAMS = ("care", "tech", "claims", "field")

# Who works where, and how much each may have; li.na's shift is entered later.
AGENTS = (
    ("li.na", "care", 5.0),
    ("wang.wei", "care", 1.0),
    ("chen.hao", "tech", 5.0),
    ("zhou.min", "claims", 5.0),
    ("sun.li", "field", 10.0),
    ("wu.gang", "field", 10.0),
)

SUPERVISOR = v1.Actor(kind=v1.Actor.KIND_PERSON, name="supervisor")
SHIFT_STARTS_IN = 2
SHIFT_SECONDS = 8 * 3_600


def main() -> None:
    asked = story.parser("One ticket from its first line to its rating.").parse_args()
    with Client(asked.address, tenant=asked.tenant) as client:
        desk = Desk(client)
        desk.open()
        main_story(desk)
        late_and_doubled(desk)
        changed_meanwhile(desk)
        given_back(desk)
        pulled(desk)
        paused_and_released(desk)
        merged_and_split(desk)
        reconciled(desk)
    print("\nThat is the whole story.")


@dataclass
class Desk:
    """The calls of this walk, short enough to read the story past them."""

    client: Client

    def open(self) -> None:
        chapter("The desk opens")
        for team in TEAMS:
            self.client.roster.UpsertTeam(v1.UpsertTeamRequest(team=v1.Team(id=team)))
        agents = [agent(*row) for row in AGENTS]
        added = self.client.roster.BatchUpsertAgents(v1.BatchUpsertAgentsRequest(agents=agents))
        check_equal("all agents are on the roster", len(added.agents), len(AGENTS))
        # Nobody of care is there yet: li.na has no shift, wang.wei is out.
        self.client.roster.ReplaceShifts(v1.ReplaceShiftsRequest(agent="li.na"))
        self.be("wang.wei", v1.PRESENCE_OFFLINE)
        built_in = self.client.policy.Get(v1.GetRequest(revision=0)).policy.source
        source = "\n".join((DEFAULT_TEAM, built_in, CLAIMS))
        applied = self.client.policy.Apply(v1.ApplyRequest(source=source, comment="one ticket"))
        check_equal("the policy is in force", applied.policy.revision, 1)

    def triage(self, ticket: v1.Ticket, mode: v1.Mode = v1.MODE_ASSIGN) -> v1.TriageResponse:
        return self.client.triage.Triage(v1.TriageRequest(ticket=ticket, mode=mode))

    def report(
        self,
        id: str,
        activity: v1.Activity,
        *,
        source_revision: int = 0,
        request_id: str = "",
        happened_time: Timestamp | None = None,
        etag: str = "",
    ) -> v1.ReportActivityResponse:
        request = v1.ReportActivityRequest(
            ticket_id=id,
            activity=activity,
            source_revision=source_revision,
            request_id=request_id,
            happened_time=happened_time,
            etag=etag,
        )
        return self.client.desk.ReportActivity(request)

    def ticket(self, id: str) -> v1.TicketStatus:
        return self.client.desk.GetTicket(v1.GetTicketRequest(id=id)).ticket

    def history(self, id: str) -> list[v1.Event]:
        response = self.client.desk.GetTicket(v1.GetTicketRequest(id=id, include_history=True))
        return list(response.history)

    def decision(self, ticket: v1.TicketStatus) -> v1.Decision:
        return self.client.triage.GetDecision(v1.GetDecisionRequest(id=ticket.decision_id)).decision

    def agent(self, id: str) -> v1.AgentStatus:
        return self.client.roster.GetAgent(v1.GetAgentRequest(id=id)).agent

    def be(self, agent: str, presence: v1.Presence) -> None:
        self.client.roster.SetPresence(v1.SetPresenceRequest(agent=agent, presence=presence))

    def assign(self, id: str, agent: str, etag: str = "") -> v1.AssignResponse:
        request = v1.AssignRequest(ticket_id=id, agent=agent, actor=SUPERVISOR, etag=etag)
        return self.client.desk.Assign(request)


def agent(id: str, team: str, capacity: float) -> v1.Agent:
    return v1.Agent(id=id, teams=[team], languages=["zh-Hans", "en"], capacity=v1.Capacity(total=capacity))


def ticket(id: str, text: str, *, team: str = "", **more: object) -> v1.Ticket:
    made = v1.Ticket(
        id=id, channel="chat", messages=[v1.Message(text=text)], routing=v1.RoutingWishes(team=team)
    )
    made.MergeFrom(v1.Ticket(**more))  # type: ignore[arg-type]
    return made


def main_story(desk: Desk) -> None:
    asked_for = "退款十天了还没到账"
    queued = waits_for_a_shift(desk, asked_for)
    assigned_at_shift_start(desk, queued)
    answered_and_held(desk)
    customer_writes_again(desk, asked_for)
    lent_to_another_team(desk)
    taken_by_a_person(desk)
    solved_and_reopened(desk)
    rated_and_told(desk)


def waits_for_a_shift(desk: Desk, text: str) -> v1.Decision:
    chapter("It comes in, and nobody is there")
    answer = desk.triage(ticket("T-1", text, source_revision=1))
    decision = answer.decision
    say(f"about {answer.assessment.category.label}; {decision.summary}")
    check_equal("the model reads a refund", answer.assessment.category.label, "returns.refund")
    check_equal("it waits", decision.outcome, v1.DECISION_OUTCOME_QUEUED)
    check_equal("it is care's", decision.team, "care")
    check("the first reply is due", decision.sla.first_response.state == v1.SlaClock.STATE_RUNNING)
    reasons = {exclusion.reason: exclusion.agents for exclusion in decision.exclusions}
    check_equal("one agent of care is off shift", reasons.get("OFF_SHIFT"), 1)
    check_equal("the other is offline", reasons.get("OFFLINE"), 1)
    return decision


def assigned_at_shift_start(desk: Desk, queued: v1.Decision) -> None:
    chapter("A shift begins, and she gets it")
    # By the server's clock: the decision tells what time it is there.
    starts = at(queued.decided_time, SHIFT_STARTS_IN)
    shift = v1.Interval(start_time=starts, end_time=at(starts, SHIFT_SECONDS))
    desk.client.roster.ReplaceShifts(v1.ReplaceShiftsRequest(agent="li.na", shifts=[shift]))
    waiting = list(desk.client.list_queue())
    check_equal("the queue knows when this may change", waiting[0].next_change_time, starts)

    wanted = v1.EventFilter(ticket_id="T-1", kinds=[v1.EVENT_KIND_TICKET_DECIDED])
    with desk.client.watch(queued.sequence, filter=wanted) as watch:
        event = next(watch)
    decision = event.ticket_decided.decision
    say(story.describe(event))
    check_equal("she has it", (decision.outcome, decision.agent), (v1.DECISION_OUTCOME_ASSIGNED, "li.na"))
    check_equal("because she became free", decision.trigger, v1.DECISION_TRIGGER_FREED)
    check("not before her shift began", moment(event.time) >= moment(starts))
    check("and soon after", moment(event.time) < moment(starts) + 2)


def answered_and_held(desk: Desk) -> None:
    chapter("She answers, and waits for the customer")
    replied = desk.report("T-1", v1.Activity(agent_reply=v1.Activity.AgentReply()), source_revision=2)
    first = replied.ticket.sla.first_response
    check_equal("the first reply was in time", first.state, v1.SlaClock.STATE_MET)

    load_before = desk.agent("li.na").load
    held = report_hold(desk, "T-1", v1.HOLD_REASON_CUSTOMER, source_revision=3)
    say(f"resolution: {clock(held.ticket.sla.resolution)}")
    check_equal("it is on hold", held.ticket.hold, v1.HOLD_REASON_CUSTOMER)
    check_equal("the resolution pauses", held.ticket.sla.resolution.state, v1.SlaClock.STATE_PAUSED)
    check("with time left", held.ticket.sla.resolution.left.ToTimedelta().total_seconds() > 0)
    weight = held.ticket.weight
    check_equal("it weighed all it weighs", load_before, weight)
    check_near("on hold it weighs a share of it", desk.agent("li.na").load, HELD_SHARE * weight)


def customer_writes_again(desk: Desk, text: str) -> None:
    chapter("The customer writes again")
    before = desk.ticket("T-1")
    angrier = ticket("T-1", text, source_revision=4)
    angrier.messages.append(v1.Message(author=v1.Message.AUTHOR_AGENT, text="请提供订单号。"))
    angrier.messages.append(v1.Message(text="已经第三次问了！再不退款我就投诉到消费者协会！"))
    activity = v1.Activity(customer_message=v1.Activity.CustomerMessage(ticket=angrier))
    answer = desk.report("T-1", activity, source_revision=4)
    say(answer.decision.summary)
    say(f"priority: {before.priority.score:.1f} before, {answer.ticket.priority.score:.1f} now")
    check_equal("it was triaged again", answer.decision.trigger, v1.DECISION_TRIGGER_RETRIAGE)
    check_equal("it is not moved", answer.decision.outcome, v1.DECISION_OUTCOME_KEPT)
    check_equal("she keeps it", (answer.decision.agent, answer.ticket.agent), ("li.na", "li.na"))
    check("it has become more urgent", answer.ticket.priority.score > before.priority.score)
    check_equal("the hold is over", answer.ticket.hold, v1.HOLD_REASON_UNSPECIFIED)
    check_equal("the resolution runs on", answer.ticket.sla.resolution.state, v1.SlaClock.STATE_RUNNING)
    check_equal("the next reply is due", answer.ticket.sla.next_response.state, v1.SlaClock.STATE_RUNNING)
    check_equal("it weighs all it weighs again", desk.agent("li.na").load, answer.ticket.weight)


def lent_to_another_team(desk: Desk) -> None:
    chapter("Another team does its part, and gives it back")
    transferred = v1.Activity.Transferred(team="tech", returns=True)
    there = desk.report("T-1", v1.Activity(transferred=transferred), source_revision=5).ticket
    check_equal("tech has it", (there.team, there.agent), ("tech", "chen.hao"))
    check_equal(
        "it is to come back to her", (there.transfer.returns, there.transfer.home_agent), (True, "li.na")
    )
    check_equal("it was routed there", desk.decision(there).trigger, v1.DECISION_TRIGGER_TRANSFERRED)
    check_equal("she is free of it", desk.agent("li.na").load, 0)

    here = desk.report("T-1", v1.Activity(returned=v1.Activity.Returned()), source_revision=6).ticket
    check_equal("she has it again", (here.team, here.agent), ("care", "li.na"))
    check("it is away no more", not here.HasField("transfer"))
    check_equal("it was routed home", desk.decision(here).trigger, v1.DECISION_TRIGGER_RETURNED)
    check_equal("it is as old as before", here.opened_time, there.opened_time)


def taken_by_a_person(desk: Desk) -> None:
    chapter("A person decides otherwise, above capacity")
    desk.be("wang.wei", v1.PRESENCE_ONLINE)
    desk.triage(ticket("T-0", "我想取消昨天下的订单"))
    desk.assign("T-0", "wang.wei")
    known = desk.ticket("T-1")
    answer = desk.assign("T-1", "wang.wei", etag=known.etag)
    say(f"wang.wei may have 1 unit and is {-answer.headroom:g} above it")
    check_equal("he has it", answer.ticket.agent, "wang.wei")
    check_equal("he is above his limit", answer.headroom, 1 - 2 * answer.ticket.weight)
    check_equal("his own page says so too", desk.agent("wang.wei").headroom, answer.headroom)
    error = refused(lambda: desk.assign("T-1", "li.na", etag=known.etag))
    check_equal("who knew an older state is told", error.code, grpc.StatusCode.ABORTED)


def solved_and_reopened(desk: Desk) -> None:
    chapter("Solved, and opened again")
    solved = desk.report("T-1", v1.Activity(solved=v1.Activity.Solved()), source_revision=7).ticket
    check_equal("it is solved", solved.state, v1.TICKET_STATE_SOLVED)
    check_equal("in time", solved.sla.resolution.state, v1.SlaClock.STATE_MET)

    desk.be("wang.wei", v1.PRESENCE_AWAY)
    again = desk.report("T-1", v1.Activity(reopened=v1.Activity.Reopened()), source_revision=8).ticket
    say(f"resolution: {clock(again.sla.resolution)}")
    check_equal("it goes to who is there", (again.state, again.agent), (v1.TICKET_STATE_ACTIVE, "li.na"))
    check_equal("it was routed", desk.decision(again).trigger, v1.DECISION_TRIGGER_REOPENING)
    check_equal("the resolution begins anew", again.sla.resolution.state, v1.SlaClock.STATE_RUNNING)
    promised = (
        moment(again.sla.resolution.due_time) - again.sla.resolution.target.ToTimedelta().total_seconds()
    )
    check("from now on", promised >= moment(solved.sla.resolution.done_time))
    check_equal("the first reply stays as it was", again.sla.first_response, solved.sla.first_response)
    check_equal("its age is kept", again.opened_time, solved.opened_time)


def rated_and_told(desk: Desk) -> None:
    chapter("Solved for good, rated, and told in full")
    desk.report("T-1", v1.Activity(solved=v1.Activity.Solved()), source_revision=9)
    rated = desk.report("T-1", v1.Activity(rated=v1.Activity.Rated(score=4)), source_revision=10).ticket
    check_equal("the customer gave four of five", (rated.rating, rated.state), (4, v1.TICKET_STATE_SOLVED))

    history = desk.history("T-1")
    for event in history:
        say(story.describe(event))
    told = [step(event) for event in history]
    check_equal("every step is in its history", [s for s in told if s in STEPS], list(STEPS))
    sequences = [event.sequence for event in history]
    check_equal("in order", sequences, sorted(set(sequences)))


# How the story went, as `step` tells it.
STEPS = (
    "triaged",
    "decided triage queued",
    "decided freed assigned li.na",
    "agent_reply",
    "hold",
    "customer_message",
    "triaged",
    "decided retriage kept li.na",
    "transferred tech",
    "decided transferred assigned chen.hao",
    "returned",
    "decided returned assigned li.na",
    "given wang.wei",
    "solved",
    "reopened",
    "decided reopening assigned li.na",
    "solved",
    "rated",
)


def step(event: v1.Event) -> str:
    """An event as STEPS has it."""
    match event.WhichOneof("kind"):
        case "ticket_decided":
            decision = event.ticket_decided.decision
            trigger = v1.DecisionTrigger.Name(decision.trigger).removeprefix("DECISION_TRIGGER_")
            outcome = v1.DecisionOutcome.Name(decision.outcome).removeprefix("DECISION_OUTCOME_")
            return f"decided {trigger.lower()} {outcome.lower()} {decision.agent}".rstrip()
        case "ticket_activity":
            return activity(event)
        case "ticket_owner_set":
            return f"given {event.ticket_owner_set.agent}"
        case "ticket_closed":
            return closing(event)
        case "ticket_transferred":
            return f"transferred {event.ticket_transferred.team}"
        case kind:
            return (kind or "").removeprefix("ticket_")


def late_and_doubled(desk: Desk) -> None:
    chapter("Reports that come twice, late, or in the wrong order")
    now = desk.triage(ticket("L-1", "a question about my invoice", team="field")).decision.decided_time
    desk.triage(ticket("L-2", "where is my parcel", team="field", opened_time=at(now, -600)))

    reply = v1.Activity(agent_reply=v1.Activity.AgentReply())
    first = desk.report("L-1", reply, request_id="reply-1")
    second = desk.report("L-1", reply, request_id="reply-1")
    check("a doubled call has the same answer", second.replayed and not first.replayed)
    check_equal("and no effect of its own", second.ticket.etag, first.ticket.etag)
    report_hold(desk, "L-1", v1.HOLD_REASON_INTERNAL)
    held = report_hold(desk, "L-1", v1.HOLD_REASON_INTERNAL)
    check("what is so already changes nothing", not held.applied)

    late = desk.report("L-2", reply, happened_time=at(now, -300))
    check_equal(
        "a late report counts from when it happened", late.ticket.sla.first_response.done_time, at(now, -300)
    )

    desk.report("L-2", v1.Activity(resume=v1.Activity.Resume()), source_revision=20)
    old = report_hold(desk, "L-2", v1.HOLD_REASON_CUSTOMER, source_revision=19)
    check("an older revision is acknowledged and ignored", not old.applied)
    check_equal("nothing has changed", old.ticket.hold, v1.HOLD_REASON_UNSPECIFIED)


def changed_meanwhile(desk: Desk) -> None:
    chapter("Two who change the same ticket")
    seen = desk.ticket("L-1")
    desk.report("L-1", v1.Activity(resume=v1.Activity.Resume()), etag=seen.etag)
    error = refused(lambda: report_hold(desk, "L-1", v1.HOLD_REASON_CUSTOMER, etag=seen.etag))
    say(str(error))
    check_equal("the second is told that it has changed", error.code, grpc.StatusCode.ABORTED)
    request = v1.CompleteRequest(ticket_id="L-1", etag=desk.ticket("L-1").etag)
    done = desk.client.desk.Complete(request).ticket
    check_equal("with the state of now it goes", done.state, v1.TICKET_STATE_COMPLETED)


def given_back(desk: Desk) -> None:
    chapter("An agent gives a ticket back")
    owner = desk.triage(ticket("D-1", "my washing machine leaks", team="field")).decision.agent
    other = ({"sun.li", "wu.gang"} - {owner}).pop()
    request = v1.DeclineRequest(ticket_id="D-1", agent=owner, reason=v1.DECLINE_REASON_MISSING_SKILL)
    answer = desk.client.desk.Decline(request)
    say(answer.decision.summary)
    check_equal("the other one has it", (answer.ticket.agent, answer.decision.agent), (other, other))
    check_equal("because it was declined", answer.decision.trigger, v1.DECISION_TRIGGER_DECLINED)
    request = v1.DeclineRequest(ticket_id="D-1", agent=other, reason=v1.DECLINE_REASON_BUSY)
    again = desk.client.desk.Decline(request)
    check_equal("it never goes back to who gave it back", again.ticket.state, v1.TICKET_STATE_QUEUED)
    released = [event.ticket_released for event in desk.history("D-1") if event.HasField("ticket_released")]
    reasons = [(event.agent, event.reason) for event in released]
    told = [(owner, v1.DECLINE_REASON_MISSING_SKILL), (other, v1.DECLINE_REASON_BUSY)]
    check_equal("the reasons are told", reasons, told)
    error = refused(lambda: desk.client.desk.Decline(v1.DeclineRequest(ticket_id="D-1", agent=other)))
    check_equal("without a reason it cannot be done", error.code, grpc.StatusCode.INVALID_ARGUMENT)


def pulled(desk: Desk) -> None:
    chapter("A team that takes its tickets by itself")
    waiting = desk.triage(ticket("P-1", "the insurance asks for a damage report", team="claims")).decision
    check_equal("it waits though somebody is free", waiting.outcome, v1.DECISION_OUTCOME_QUEUED)
    check_equal("who could have it is told", waiting.n_eligible, 1)
    claim = v1.ClaimNextRequest(agent="zhou.min", team="claims")
    claimed = desk.client.desk.ClaimNext(claim)
    check_equal("she asks and has it", (claimed.ticket.id, claimed.ticket.agent), ("P-1", "zhou.min"))
    check_equal("because she asked", claimed.decision.trigger, v1.DECISION_TRIGGER_CLAIMED)
    nothing = desk.client.desk.ClaimNext(claim)
    check("there is no other", not nothing.HasField("ticket"))


def paused_and_released(desk: Desk) -> None:
    chapter("An agent is to leave")
    desk.client.roster.PauseIntake(v1.PauseIntakeRequest(agent="wu.gang"))
    for n in (1, 2, 3):
        owner = desk.triage(ticket(f"R-{n}", "the technician did not come", team="field")).decision.agent
        check_equal(f"R-{n} goes to who takes tickets", owner, "sun.li")
    desk.report("R-1", v1.Activity(agent_reply=v1.Activity.AgentReply()))
    desk.client.roster.ResumeIntake(v1.ResumeIntakeRequest(agent="wu.gang"))

    release = v1.ReleaseAgentRequest(agent="sun.li", scope=v1.RELEASE_SCOPE_UNANSWERED)
    answer = desk.client.roster.ReleaseAgent(release)
    moved = {ticket.ticket_id: ticket.agent for ticket in answer.tickets}
    say("moved: " + ", ".join(f"{id} to {agent or 'the queue'}" for id, agent in moved.items()))
    check_equal(
        "what was not begun goes to the other", (moved.get("R-2"), moved.get("R-3")), ("wu.gang",) * 2
    )
    check("what was begun stays", "R-1" not in moved and desk.ticket("R-1").agent == "sun.li")
    check("she gets nothing new", answer.agent.intake_paused)

    release = v1.ReleaseAgentRequest(agent="sun.li", scope=v1.RELEASE_SCOPE_ALL)
    desk.client.roster.ReleaseAgent(release)
    check_equal("in the end all have moved", desk.agent("sun.li").n_open, 0)
    desk.client.roster.ResumeIntake(v1.ResumeIntakeRequest(agent="sun.li"))


def merged_and_split(desk: Desk) -> None:
    chapter("Two tickets of one matter, and one ticket of two")
    now = desk.triage(ticket("M-1", "the dryer does not start", team="field")).decision.decided_time
    desk.triage(ticket("M-2", "dryer broken, please help", team="field", opened_time=at(now, -3_600)))
    sooner = desk.ticket("M-2").sla.resolution.due_time
    merged = desk.report("M-2", v1.Activity(merged=v1.Activity.Merged(into="M-1"))).ticket
    into = desk.ticket("M-1")
    check_equal(
        "the one goes on in the other", (merged.state, merged.merged_into), (v1.TICKET_STATE_MERGED, "M-1")
    )
    check("which is due as soon as either was", moment(into.sla.resolution.due_time) <= moment(sooner))

    part = ticket("M-3", "and please send me the invoice again", team="field")
    answer = desk.report("M-1", v1.Activity(split=v1.Activity.Split(ticket=part)))
    say(answer.decision.summary)
    check_equal("the part is a ticket of its own", answer.decision.ticket_id, "M-3")
    check_equal("who has the first is preferred", answer.decision.agent, into.agent)
    told = [event.ticket_activity.split_into for event in desk.history("M-1")]
    check("the first tells of it", "M-3" in told)


def reconciled(desk: Desk) -> None:
    chapter("The backend compares its books")
    for n in range(1, 9):
        desk.triage(ticket(f"X-{n}", "the hotline does not answer", team="field"))
    owners = {f"X-{n}": desk.ticket(f"X-{n}").agent for n in range(1, 9)}
    other = {"sun.li": "wu.gang", "wu.gang": "sun.li"}
    desk.report("X-4", v1.Activity(solved=v1.Activity.Solved()))
    desk.report("X-6", v1.Activity(agent_reply=v1.Activity.AgentReply()), source_revision=7)

    known = [
        v1.KnownTicket(id="X-1", agent=other[owners["X-1"]]),
        v1.KnownTicket(id="X-2", agent=owners["X-2"], hold=v1.HOLD_REASON_THIRD_PARTY),
        v1.KnownTicket(id="X-3", agent=owners["X-3"], closed=True),
        v1.KnownTicket(id="X-4"),
        v1.KnownTicket(id="X-5", agent="nobody.here"),
        v1.KnownTicket(id="X-6", agent=owners["X-6"], source_revision=3),
        v1.KnownTicket(id="X-7"),
        v1.KnownTicket(id="X-9", agent="sun.li"),
    ]
    found = {
        ("X-1", v1.DIFFERENCE_KIND_OWNER): True,
        ("X-2", v1.DIFFERENCE_KIND_HOLD): True,
        ("X-3", v1.DIFFERENCE_KIND_CLOSED_THERE): True,
        ("X-4", v1.DIFFERENCE_KIND_OPEN_THERE): True,
        ("X-5", v1.DIFFERENCE_KIND_UNKNOWN_AGENT): False,
        ("X-6", v1.DIFFERENCE_KIND_OLDER_THERE): False,
        ("X-7", v1.DIFFERENCE_KIND_OWNER): False,
        ("X-9", v1.DIFFERENCE_KIND_UNKNOWN_HERE): False,
        # Of the range, open here, and not in the backend's list.
        ("X-8", v1.DIFFERENCE_KIND_NOT_LISTED): True,
    }
    request = v1.ReconcileRequest(tickets=known, complete=True, after_id="X-0", until_id="X-9")

    request.validate_only = True
    looked = desk.client.desk.Reconcile(request).differences
    check_equal("looking finds all differences", [key(d) for d in looked], list(found))
    check("and mends none", not any(difference.mended for difference in looked))

    request.validate_only = False
    mended = desk.client.desk.Reconcile(request).differences
    for difference in mended:
        kind = v1.DifferenceKind.Name(difference.kind).removeprefix("DIFFERENCE_KIND_").lower()
        what = "mended" if difference.mended else "left to you"
        say(
            f"{difference.ticket_id}  {kind:<14} {difference.here or '-'} / {difference.there or '-'}: {what}"
        )
    check_equal("what can be mended is", {key(d): d.mended for d in mended}, found)
    check_equal("the backend's owner has it", desk.ticket("X-1").agent, other[owners["X-1"]])
    check_equal("what is closed there is closed", desk.ticket("X-3").state, v1.TICKET_STATE_SOLVED)
    left = [key(difference) for difference in desk.client.desk.Reconcile(request).differences]
    check_equal("afterwards only the rest differs", [k for k in left if k[0] != "X-4"], rest(found))


def rest(found: dict[tuple[str, v1.DifferenceKind], bool]) -> list[tuple[str, v1.DifferenceKind]]:
    """What only the backend can mend."""
    return [difference for difference, mended in found.items() if not mended]


def key(difference: v1.Difference) -> tuple[str, v1.DifferenceKind]:
    return difference.ticket_id, difference.kind


def report_hold(
    desk: Desk, id: str, reason: v1.HoldReason, *, source_revision: int = 0, etag: str = ""
) -> v1.ReportActivityResponse:
    activity = v1.Activity(hold=v1.Activity.Hold(reason=reason))
    return desk.report(id, activity, source_revision=source_revision, etag=etag)


def refused(call: Callable[[], object]) -> SwitchyardError:
    """The error of a call that must not succeed."""
    try:
        call()
    except SwitchyardError as error:
        return error
    story.fail("NOT SO: the call is refused")


def check_near(claim: str, got: float, expected: float) -> None:
    check(claim, abs(got - expected) < 0.001, f"{got}, expected {expected}")


if __name__ == "__main__":
    main()
