//! Random users, grants, rows and questions: every answer is compared with that of a naive
//! model, which knows nothing of SQL, caches or dispatch.

mod support;

#[path = "random_access/model.rs"]
mod model;
#[path = "random_access/nested.rs"]
mod nested;
#[path = "random_access/questions.rs"]
mod questions;
#[path = "random_access/world.rs"]
mod world;

use world::World;

/// Questions of one test; several tests run beside each other. Most are asked of SQLite: the
/// other database gets the same statements through the same code.
fn questions() -> usize {
    if throwaway_postgres::is_meant_by(env!("CARGO_CRATE_NAME")) { 3_000 } else { 26_000 }
}

/// Questions to one world before it is made anew.
const OF_ONE_WORLD: usize = 500;

fn ask(first_seed: u64) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        for round in 0..questions() / OF_ONE_WORLD {
            let seed = first_seed + round as u64;
            let mut world = World::random(seed).await;
            for number in 0..OF_ONE_WORLD {
                questions::ask(&mut world, &format!("seed {seed}, question {number}")).await;
            }
        }
    });
}

#[test]
fn no_answer_differs_from_the_models_first_quarter() {
    ask(1_000);
}

#[test]
fn no_answer_differs_from_the_models_second_quarter() {
    ask(2_000);
}

#[test]
fn no_answer_differs_from_the_models_third_quarter() {
    ask(3_000);
}

#[test]
fn no_answer_differs_from_the_models_last_quarter() {
    ask(4_000);
}
