//! The decision of the engine against a second, naive reading of the same rules: random users,
//! groups, memberships, grants, lists, tiers and apps, asked in every way a decision is kept.
//!
//! Every run takes another seed, and a failure names it; `APPOS_SEED` takes it again.

mod engine;
mod model;
mod objects;
mod patterns;
mod world;

/// The seed of this run.
fn first_seed() -> u64 {
    let given = std::env::var("APPOS_SEED").ok().and_then(|seed| seed.parse().ok());
    let seed = given.unwrap_or_else(|| fastrand::u64(..u64::MAX >> 1));
    println!("APPOS_SEED={seed}");
    seed
}
