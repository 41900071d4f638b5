//! Seeded rosters and arrivals.
