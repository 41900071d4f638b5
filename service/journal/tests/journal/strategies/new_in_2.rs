//! Anything that came with version 2.

use proptest::collection::{btree_map, btree_set, vec};
use proptest::option;
use proptest::prelude::*;
use switchyard_domain::desk::{
    Activity, AdviceTaken, Agreement, AgreementKey, Agreements, DeclineReason, Event, Home, Rating,
    Renewal, Transfer, Transferral,
};
use switchyard_domain::ids::{AgentId, TeamId, TicketId};

use super::decisions::clocks;
use super::tickets::requirement;
use super::{any_of, id};
use crate::samples;

pub(crate) fn new_event() -> impl Strategy<Value = Event> {
    let renewed = vec((id(TicketId::new), clocks()), 0..4);
    prop_oneof![
        merge_event(),
        handing_event(),
        (id(TicketId::new), any::<u64>())
            .prop_map(|(ticket, source_revision)| Event::Acknowledged { ticket, source_revision }),
        (id(AgentId::new), any::<bool>())
            .prop_map(|(agent, paused)| Event::IntakeSet { agent, paused }),
        any::<[u64; 2]>()
            .prop_map(|[made_under, n_open]| Event::RenewalBegun { made_under, n_open }),
        (renewed, any::<u64>(), option::of(id(TicketId::new))).prop_map(
            |(renewed, n_looked, until)| Event::PromisesRenewed { renewed, n_looked, until }
        ),
    ]
}

fn merge_event() -> impl Strategy<Value = Event> {
    let tickets = || (id(TicketId::new), id(TicketId::new));
    prop_oneof![
        (tickets(), clocks(), any::<u64>()).prop_map(
            |((ticket, into), clocks, source_revision)| {
                Event::Merged { ticket, into, clocks, source_revision }
            }
        ),
        (tickets(), clocks()).prop_map(|((ticket, merged), clocks)| Event::Absorbed {
            ticket,
            merged,
            clocks
        }),
    ]
}

fn handing_event() -> impl Strategy<Value = Event> {
    let on = || (id(TicketId::new), any::<u64>());
    prop_oneof![
        (on(), transfer()).prop_map(|((ticket, source_revision), transfer)| {
            let transfer = Box::new(transfer);
            Event::Transferred { ticket, transfer, source_revision }
        }),
        on().prop_map(|(ticket, source_revision)| Event::Returned { ticket, source_revision }),
        (id(TicketId::new), id(AgentId::new), option::of(decline_reason()))
            .prop_map(|(ticket, agent, reason)| Event::Released { ticket, agent, reason }),
    ]
}

fn decline_reason() -> impl Strategy<Value = DeclineReason> {
    any_of([
        DeclineReason::Busy,
        DeclineReason::MissingSkill,
        DeclineReason::WrongTeam,
        DeclineReason::Conflict,
        DeclineReason::Leaving,
        DeclineReason::Other,
    ])
}

pub(crate) fn new_activity() -> impl Strategy<Value = Activity> {
    prop_oneof![
        transferral().prop_map(|asked| Activity::Transferred(Box::new(asked))),
        Just(Activity::Returned),
        id(TicketId::new).prop_map(Activity::MergedInto),
        id(TicketId::new).prop_map(Activity::SplitInto),
        rating().prop_map(Activity::Rated),
    ]
}

fn transferral() -> impl Strategy<Value = Transferral> {
    let whom = (id(TeamId::new), option::of(id(AgentId::new)));
    (whom, any::<bool>(), vec(requirement(), 0..3)).prop_map(
        |((team, agent), returns, requirements)| Transferral { team, agent, returns, requirements },
    )
}

pub(crate) fn transfer() -> impl Strategy<Value = Transfer> {
    let from = option::of(id(AgentId::new));
    (id(TeamId::new), any::<bool>(), vec(requirement(), 0..3), from, home()).prop_map(
        |(team, returns, requirements, from, home)| Transfer {
            team,
            returns,
            requirements,
            from,
            home,
        },
    )
}

fn home() -> impl Strategy<Value = Home> {
    let whose = (option::of(id(AgentId::new)), option::of(id(TeamId::new)));
    let excluded = btree_set(id(AgentId::new), 0..3);
    (whose, option::of(vec(requirement(), 0..3)), excluded).prop_map(
        |((agent, team), requirements, excluded)| Home {
            is_advice: requirements.is_none(),
            agent,
            team,
            requirements,
            excluded,
        },
    )
}

pub(crate) fn rating() -> impl Strategy<Value = Rating> {
    (1..=5).prop_map(|score| Rating::new(score).expect("in range"))
}

pub(crate) fn advice_taken() -> impl Strategy<Value = AdviceTaken> {
    any::<[u8; 2]>().prop_map(|[place, n_listed]| AdviceTaken { place, n_listed })
}

pub(crate) fn agreements() -> impl Strategy<Value = Agreements> {
    let key = (option::of(id(TeamId::new)), any::<i64>())
        .prop_map(|(team, day)| AgreementKey { team, day });
    let counts = any::<[u64; 4]>().prop_map(|[n_taken, n_first, n_listed, n_nobody]| Agreement {
        n_taken,
        n_first,
        n_listed,
        n_nobody,
    });
    btree_map(key, counts, 0..4)
}

pub(crate) fn renewal() -> impl Strategy<Value = Renewal> {
    (any::<[u64; 4]>(), option::of(id(TicketId::new)), any::<bool>()).prop_map(
        |([revision, made_under, n_done, n_open], until, is_done)| Renewal {
            revision,
            made_under: samples::policy(made_under),
            until,
            n_done,
            n_open,
            is_done,
        },
    )
}
