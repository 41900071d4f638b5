//! What must hold after every command, whatever the command was.

use switchyard_domain::desk::event::Outcome;
use switchyard_domain::desk::{Case, Desk, Event, Phase};
use switchyard_domain::ids::AgentId;
use switchyard_domain::time::Timestamp;

/// Folds events on a second desk and holds each decision against capacity as it happens.
pub(crate) fn fold(shadow: &mut Desk, events: &[Event], at: Timestamp) {
    for event in events {
        shadow.apply(event, at);
        if let Event::Decided(decision) = event
            && let Outcome::Assigned(agent) = &decision.outcome
        {
            fits(shadow, shadow.case(&decision.ticket).expect("just decided"), agent);
        }
    }
}

fn fits(desk: &Desk, given: &Case, agent: &AgentId) {
    let seat = desk.roster().seat(agent).expect("the chosen is on the roster");
    assert!(seat.headroom_milli() >= 0, "{agent} was given more than the limit");
    let channel = &given.ticket.channel;
    if let Some(limit) = seat.agent().capacity.per_channel.get(channel) {
        let owned = |case: &&Case| case.owner() == Some(agent) && case.ticket.channel == *channel;
        let load = milli(desk, owned);
        assert!(load <= u64::from(limit.milli()), "{agent} was given more than {channel}'s limit");
    }
}

fn milli(desk: &Desk, of: impl Fn(&&Case) -> bool) -> u64 {
    let load = |case: &Case| u64::from(case.load(desk.policy()).milli());
    desk.cases().values().filter(of).map(load).sum()
}

/// Everything that holds between two commands.
pub(crate) fn hold(desk: &Desk, shadow: &Desk, now: Timestamp) {
    every_ticket_has_one_place(desk);
    loads_are_those_of_the_owned_tickets(desk);
    nobody_waits_who_could_be_served(desk, now);
    alike(desk, shadow);
    alike(desk, &Desk::restore(desk.snapshot()));
}

fn every_ticket_has_one_place(desk: &Desk) {
    let waits = |case: &&Case| matches!(case.phase, Phase::Queued { .. });
    let waiting: Vec<_> = desk.cases().values().filter(waits).map(|case| &case.ticket.id).collect();
    let mut queue: Vec<_> =
        desk.queue_at(desk.now()).into_iter().map(|case| &case.ticket.id).collect();
    queue.sort();
    assert_eq!(queue, waiting, "the queue holds what waits, once");
    assert_eq!(desk.n_queued(), waiting.len());
    for owner in desk.cases().values().filter_map(Case::owner) {
        assert!(desk.roster().seat(owner).is_some(), "{owner} owns a ticket and is gone");
    }
}

fn loads_are_those_of_the_owned_tickets(desk: &Desk) {
    for seat in desk.roster().seats() {
        let owned = milli(desk, |case| case.owner() == Some(&seat.agent().id));
        let load = owned + u64::from(seat.agent().external_load.milli());
        assert_eq!(seat.headroom_milli(), i64::from(seat.limit().milli()) - load as i64);
        assert_eq!(u64::from(seat.load().milli()), load.min(u64::from(u32::MAX)));
    }
}

fn nobody_waits_who_could_be_served(desk: &Desk, now: Timestamp) {
    for case in desk.queue_at(now) {
        let ranking = desk.rank(&case.ticket, now);
        assert_eq!(ranking.chosen(), None, "{} waits although there is a taker", case.ticket.id);
    }
}

/// Equal in all that can be seen.
pub(crate) fn alike(desk: &Desk, other: &Desk) {
    assert_eq!(desk.snapshot(), other.snapshot());
    for (seat, twin) in desk.roster().seats().iter().zip(other.roster().seats()) {
        assert_eq!(seat.headroom_milli(), twin.headroom_milli(), "{}", seat.agent().id);
        assert_eq!(seat.limit(), twin.limit(), "{}", seat.agent().id);
    }
    let order = |desk: &Desk| -> Vec<_> {
        desk.queue_at(desk.now()).into_iter().map(|case| case.ticket.id.clone()).collect()
    };
    assert_eq!(order(desk), order(other));
    assert_eq!(desk.oldest_queued_since(), other.oldest_queued_since());
}
