//! Programs are killed and stopped at random moments while they run processes: what was started ends, each step is
//! done as often as its policy says, and nothing that is known to be done is done again.
//!
//! `KILLS=200` kills so often, `KILL_SEED=7` chooses the moments.

mod chaos;
mod checks;
mod database;
mod effects;
mod http;
mod load;
mod nodes;
mod roles;

use std::time::{Duration, Instant};

use chaos::Chaos;
use database::Database;
use load::Load;
use nodes::Nodes;

/// Longest wait until everything has come to rest.
const PATIENCE: Duration = Duration::from_mins(2);

fn number(variable: &str) -> Option<u64> {
    std::env::var(variable).ok().and_then(|text| text.parse().ok())
}

#[test]
fn what_was_started_ends_and_what_is_done_is_not_done_again_whatever_is_killed() {
    let seed = number("KILL_SEED").unwrap_or_else(|| fastrand::u64(..));
    let kills = number("KILLS").unwrap_or(12);
    println!("KILL_SEED={seed} KILLS={kills}");
    let database = Database::start();
    let mut nodes = Nodes::with_workers(&database);
    database.watch();
    let load = Load::begin(nodes.door());
    let begun = Instant::now();
    let told = Chaos::new(seed, &database).run(kills, &mut nodes);
    let done = load.end();
    load::tell_the_unknown(&nodes.door(), &database, &done);
    database.until_at_rest(PATIENCE);
    println!("{told}; {} starts acknowledged in {:?}", done.started.len(), begun.elapsed());
    let effects = effects::read(&nodes.effects());
    checks::everything_ended_well(&database, &done);
    checks::nothing_is_done_twice(&database, &effects);
    checks::leases_were_heeded(&database);
    nodes.end();
}
