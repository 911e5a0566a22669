//! A million questions: each answered by the model, by the policy, by rights that have not been asked
//! before and by the same again, and by the rights that are loaded after every change.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex};

use appos_runtime::registry::{ObjectDescriptor, Registry};
use appos_runtime::security::{Because, Decision, Permission, Policy, Rights, Security, Subject, UserType};
use fastrand::Rng;

use crate::first_seed;
use crate::model::expression;
use crate::objects::{linked, random};
use crate::world::{PATTERNS, Stored, USERS, World};

/// Worlds of a run, and states of each: as it is made, and after changes.
const WORLDS: u64 = 135;
const STATES: usize = 3;

/// Which patterns cover which objects, asked of expressions once.
struct Covers(HashMap<(&'static str, &'static str), bool>);

impl Covers {
    fn new(objects: &[&'static ObjectDescriptor]) -> Self {
        let expressions = PATTERNS.map(|pattern| (pattern, expression(pattern)));
        let one = |object: &&'static ObjectDescriptor| {
            let reference = object.reference;
            expressions.clone().map(|(pattern, expression)| ((pattern, reference), expression.is_match(reference)))
        };
        Self(objects.iter().flat_map(one).collect())
    }

    fn ask(&self, pattern: &str, object: &'static ObjectDescriptor) -> bool {
        let pattern = PATTERNS.iter().find(|own| **own == pattern).expect("one of the patterns");
        self.0[&(*pattern, object.reference)]
    }
}

#[derive(Default)]
struct Count {
    questions: u64,
    allowed: u64,
    reasons: BTreeMap<String, u64>,
}

/// Every question of one user, asked of his current rights.
fn ask(
    (world, covers): (&World, &Covers),
    user: usize,
    rights: &Rights,
    objects: &[&'static ObjectDescriptor],
    at: &str,
    count: &mut Count,
) {
    for object in objects {
        let covers = |pattern: &str| covers.ask(pattern, object);
        for permission in Permission::ALL {
            let (allowed, reasons) = world.answer(&covers, user, object, permission);
            let question =
                || format!("{at}: may user {user} {permission} {}?\n{world:#?}\n{object:#?}", object.reference);
            let Decision { allowed: decided, reason } = rights.decide(object, permission);
            assert_eq!(decided, allowed, "{}\nthe engine says {reason:?}, the model {reasons:?}", question());
            assert!(reasons.contains(&reason), "{}\nthe engine says {reason:?}, true are {reasons:?}", question());
            let (cold, warm) = (rights.answer(object, permission), rights.answer(object, permission));
            assert_eq!((cold, cold.allows()), (Because::from(&reason), allowed), "first: {}", question());
            assert_eq!(warm, cold, "again: {}", question());
            count.questions += 1;
            count.allowed += u64::from(allowed);
            *count.reasons.entry(format!("{cold:?}")).or_default() += 1;
        }
    }
}

async fn current(security: &Security, user: usize) -> Arc<Rights> {
    security.rights(i64::try_from(user).expect("few users")).await.expect("an account")
}

#[tokio::test]
async fn a_million_answers_are_those_of_the_model_in_every_memory_and_after_every_change() {
    let first = first_seed();
    let mut count = Count::default();
    for seed in first..first + WORLDS {
        let mut rng = Rng::with_seed(seed);
        let world = Arc::new(Mutex::new(World::random(&mut rng)));
        let security = Stored::security(&world, Registry::global().objects().len());
        let mut objects = linked();
        objects.extend((0..12).map(|_| random(&mut rng)));
        let covers = Covers::new(&objects);
        for state in 0..STATES {
            let at = format!("APPOS_SEED={seed}, state {state}");
            let now = world.lock().expect("a world").clone();
            for user in 0..USERS {
                let rights = current(&security, user).await;
                ask((&now, &covers), user, &rights, &objects, &at, &mut count);
                // Nothing has changed, so the same rights are given again.
                assert!(Arc::ptr_eq(&rights, &current(&security, user).await), "{at}");
            }
            for _ in 0..=rng.usize(..4) {
                world.lock().expect("a world").change(&mut rng);
            }
            security.changed();
        }
    }
    println!("{} questions, {} allowed, {:?}", count.questions, count.allowed, count.reasons);
    assert!(count.questions >= 1_000_000, "{}", count.questions);
    let most = count.questions / 20 * 19;
    assert!((count.questions / 20..most).contains(&count.allowed), "too one-sided to tell");
    assert_eq!(count.reasons.len(), 8, "every reason is met: {:?}", count.reasons);
}

#[tokio::test]
async fn groups_that_are_named_as_givers_are_those_of_the_model() {
    let first = first_seed();
    for seed in first..first + 60 {
        let mut rng = Rng::with_seed(seed);
        let world = Arc::new(Mutex::new(World::random(&mut rng)));
        let mut objects = linked();
        objects.extend((0..12).map(|_| random(&mut rng)));
        let covers = Covers::new(&objects);
        let now = world.lock().expect("a world").clone();
        let policy = policy_of(&world).await;
        for object in &objects {
            let covers = |pattern: &str| covers.ask(pattern, object);
            for permission in Permission::ALL {
                let givers: Vec<String> = policy.givers(object, permission).into_iter().collect();
                let expected = now.givers(&covers, object, permission);
                assert_eq!(givers, expected, "APPOS_SEED={seed}: {permission} {}\n{now:#?}", object.reference);
            }
        }
    }
}

/// The policy that storage and files make.
async fn policy_of(world: &Arc<Mutex<World>>) -> Policy {
    use appos_runtime::security::IdentitySource;
    let grants = Stored(Arc::clone(world)).grants(None).await.expect("grants");
    let apps = world.lock().expect("a world").policies();
    Policy { apps: Arc::new(apps), grants }
}

/// One set of rights is asked by many at once; what one has asked must not become the answer to
/// what another asks.
#[test]
fn many_questions_at_once_are_answered_as_each_would_be_alone() {
    let seed = first_seed();
    let mut rng = Rng::with_seed(seed);
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    for round in 0..40 {
        let world = Arc::new(Mutex::new(World::random(&mut rng)));
        let policy = Arc::new(runtime.block_on(policy_of(&world)));
        let groups = ["public_access", "a", ["b", "c", "d"][rng.usize(..3)]].map(str::to_owned).into();
        let subject = Subject { user_type: UserType::Basic, active: true, groups };
        let objects = linked();
        let batch: Vec<_> =
            (0..50).map(|_| (objects[rng.usize(..objects.len())], Permission::ALL[rng.usize(..6)])).collect();
        let alone: Vec<Because> = batch
            .iter()
            .map(|(object, permission)| {
                let fresh = Rights::new(1, subject.clone(), Arc::clone(&policy), Registry::global().objects().len());
                fresh.answer(object, *permission)
            })
            .collect();
        let shared = Rights::new(1, subject.clone(), Arc::clone(&policy), Registry::global().objects().len());
        std::thread::scope(|threads| {
            for begin in 0..4 {
                let (shared, batch, alone) = (&shared, &batch, &alone);
                threads.spawn(move || {
                    for step in 0..batch.len() {
                        let place = (begin * 13 + step) % batch.len();
                        let (object, permission) = batch[place];
                        assert_eq!(shared.answer(object, permission), alone[place], "APPOS_SEED={seed}, round {round}");
                    }
                });
            }
        });
    }
}
