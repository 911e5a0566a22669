//! Changes that race with questions: what was taken away before a question is asked is not in the
//! answer, whatever was being read, kept or looked for meanwhile.

use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use tokio::task::yield_now;
use uuid::Uuid;

use super::{Grant, IdentitySource, Loading, Membership, Security, UserType};

/// A database whose one user is in the group `before` and a number, which every change raises;
/// and a memory that servers share, which keeps what was read for a state.
#[derive(Default)]
struct Database {
    committed: Mutex<(u64, Option<Uuid>)>,
    shared: Mutex<HashMap<Uuid, u64>>,
}

impl Database {
    fn commit(&self) -> u64 {
        let mut committed = self.committed.lock().expect("nobody panicked");
        *committed = (committed.0 + 1, Some(Uuid::now_v7()));
        committed.0
    }

    fn state(&self) -> Option<Uuid> {
        self.committed.lock().expect("nobody panicked").1
    }

    fn number(&self) -> u64 {
        self.committed.lock().expect("nobody panicked").0
    }
}

/// Gives others a turn, some times.
async fn pause() {
    for _ in 0..fastrand::u8(0..4) {
        yield_now().await;
    }
}

struct Source(Arc<Database>);

impl IdentitySource for Source {
    fn membership(&self, _: i64, state: Option<Uuid>) -> Loading<'_, Option<Membership>> {
        Box::pin(async move {
            pause().await;
            let kept = state.and_then(|state| self.0.shared.lock().expect("nobody panicked").get(&state).copied());
            let number = match kept {
                Some(number) => number,
                None => {
                    pause().await;
                    let number = self.0.number();
                    // The answer is on its way, and meanwhile anything can happen.
                    pause().await;
                    if let Some(state) = state {
                        self.0.shared.lock().expect("nobody panicked").insert(state, number);
                    }
                    number
                }
            };
            pause().await;
            let groups = HashSet::from([number.to_string()]);
            Ok(Some(Membership { user_type: UserType::Basic, active: true, groups, grants: HashMap::new() }))
        })
    }

    fn grants(&self, _: Option<Uuid>) -> Loading<'_, HashMap<String, Vec<Grant>>> {
        Box::pin(async {
            pause().await;
            Ok(HashMap::new())
        })
    }
}

/// What the rights of the user were worked out from.
async fn seen(security: &Security) -> u64 {
    let rights = security.rights(1).await.expect("rights");
    rights.groups().iter().filter_map(|group| group.parse().ok()).max().expect("a number")
}

async fn look(security: &Security, database: &Database) {
    let epoch = security.epoch();
    pause().await;
    let state = database.state();
    pause().await;
    security.learned(epoch, state);
}

/// One round on a runtime of its own, whose only thread takes turns as chance has it.
fn round(seed: u64) {
    fastrand::seed(seed);
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    runtime.block_on(async {
        let database = Arc::<Database>::default();
        database.commit();
        let node = || Arc::new(Security::new(0, HashMap::new(), Some(Box::new(Source(Arc::clone(&database))))));
        let (here, there) = (node(), node());
        look(&here, &database).await;
        look(&there, &database).await;
        let told = Arc::<AtomicU64>::default();
        let mut tasks = Vec::new();
        // Whoever changes something tells it before the answer.
        for _ in 0..2 {
            let (here, database, told) = (Arc::clone(&here), Arc::clone(&database), Arc::clone(&told));
            tasks.push(tokio::spawn(async move {
                pause().await;
                let number = database.commit();
                here.changed();
                told.fetch_max(number, Ordering::SeqCst);
            }));
        }
        for security in [&here, &there] {
            let (security, database) = (Arc::clone(security), Arc::clone(&database));
            tasks.push(tokio::spawn(async move {
                for _ in 0..3 {
                    look(&security, &database).await;
                }
            }));
        }
        for _ in 0..4 {
            let (here, told) = (Arc::clone(&here), Arc::clone(&told));
            tasks.push(tokio::spawn(async move {
                for _ in 0..2 {
                    pause().await;
                    let least = told.load(Ordering::SeqCst);
                    let answered = seen(&here).await;
                    assert!(answered >= least, "seed {seed}: asked after change {least}, answered as of {answered}");
                }
            }));
        }
        for task in tasks {
            task.await.expect("no task panics");
        }
        // The other server has looked after the last change: from then on it knows.
        while !there.learned(there.epoch(), database.state()) {}
        assert_eq!(seen(&there).await, database.number(), "seed {seed}");
        assert_eq!(seen(&here).await, database.number(), "seed {seed}");
    });
}

#[test]
fn no_question_is_answered_with_what_was_taken_away_before() {
    let first = fastrand::u64(..);
    for seed in 0..10_000 {
        round(first.wrapping_add(seed));
    }
}

#[test]
fn what_was_found_before_a_change_is_not_learned_after_it() {
    let security = Security::new(0, HashMap::new(), None);
    let (before, old) = (security.epoch(), Some(Uuid::now_v7()));
    security.changed();
    assert!(!security.learned(before, old), "it was asked before the change");
    assert!(security.learned(security.epoch(), old));
    let known = security.epoch();
    assert!(security.learned(known, old));
    assert_eq!(security.epoch(), known, "the same state begins no new epoch");
    security.forget();
    assert_ne!(security.epoch(), known, "and who cannot look believes nothing");
}
