//! What decisions cost: from memory, from PostgreSQL, after a change, and what is kept of each user. Ratios
//! and figures of one run, printed.
//!
//! `cargo bench --bench security`

use std::collections::{HashMap, HashSet};
use std::hint::black_box;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use allocation_counter::measure;
use appos::testing::TestPlatform;
use appos_runtime::registry::{ObjectDescriptor, Registry};
use appos_runtime::security::{
    AppPolicy, Grant, IdentitySource, Loading, Membership, Permission, Policy, Rights, Security, Subject, UserType,
};
use throwaway_postgres::{Durability, Server};
use uuid::Uuid;

/// The large case, and the small one beside it.
const LARGE: Size = Size { users: 100_000, groups: 1_000, grants: 5_000, objects: 10_000 };
const SMALL: Size = Size { users: 100, groups: 10, grants: 20, objects: 50 };

#[derive(Clone, Copy)]
struct Size {
    users: u32,
    groups: u32,
    grants: u32,
    objects: usize,
}

/// Groups that a user is in.
const OWN: u32 = 10;

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times.get(times.len() / 2).copied().unwrap_or_default()
}

#[expect(clippy::cast_precision_loss, reason = "counts and times of a run are far below 2^52")]
fn number(count: u64) -> f64 {
    count as f64
}

fn objects() -> Vec<&'static ObjectDescriptor> {
    let all = Registry::global().objects();
    all.iter().copied().filter(|object| object.app == "platform").collect()
}

/// Rights of somebody in ten groups of a policy of this size.
fn rights(size: Size) -> Rights {
    let mut grants: HashMap<String, Vec<Grant>> = HashMap::new();
    for grant in 0..size.grants {
        let pattern = format!("platform.records.{}*", char::from(b'a' + u8::try_from(grant % 26).unwrap_or(0)));
        let grant_of = Grant { pattern: pattern.parse().expect("a pattern"), permission: Permission::View };
        grants.entry(format!("group_{}", grant % size.groups)).or_default().push(grant_of);
    }
    let own: HashSet<String> = (0..OWN).map(|group| format!("group_{group}")).collect();
    let app = AppPolicy { groups: own.clone(), ..AppPolicy::default() };
    let policy = Policy { apps: Arc::new(HashMap::from([("platform".to_owned(), app)])), grants };
    let subject = Subject { user_type: UserType::Basic, active: true, groups: own };
    Rights::new(1, subject, Arc::new(policy), size.objects)
}

/// Nanoseconds of a decision that has been made before, of many users in turn.
fn warm(size: Size) -> f64 {
    let (objects, users) = (objects(), (0..64).map(|_| rights(size)).collect::<Vec<_>>());
    let ask = |rounds: u32| {
        let begun = Instant::now();
        let mut asked = 0_u64;
        for _ in 0..rounds {
            for user in &users {
                for object in &objects {
                    black_box(user.allows(black_box(object), Permission::View));
                    asked += 1;
                }
            }
        }
        number(u64::try_from(begun.elapsed().as_nanos()).unwrap_or(u64::MAX)) / number(asked)
    };
    ask(10);
    median((0..21).map(|_| ask(50)).collect())
}

/// Nanoseconds of the first decision about an object, with the groups and grants in memory.
fn first(size: Size) -> f64 {
    let objects = objects();
    let one = |_| {
        let user = rights(size);
        let begun = Instant::now();
        for object in &objects {
            black_box(user.allows(black_box(object), Permission::View));
        }
        number(u64::try_from(begun.elapsed().as_nanos()).unwrap_or(u64::MAX)) / number(objects.len() as u64)
    };
    median((0..101).map(one).collect())
}

/// A platform on PostgreSQL with this many rows; the number of its first user.
async fn filled(server: &Server, size: Size) -> (TestPlatform, i64) {
    let url = server.database();
    let platform = TestPlatform::on(&url).await.expect("the platform starts");
    let at = "now(), NULL, now(), NULL, 1";
    let system = "created_at, created_by, updated_at, updated_by, version";
    let Size { users, groups, grants, .. } = size;
    for statement in [
        format!(
            "INSERT INTO platform_user (email, name, user_type, active, {system}) \
             SELECT 'u' || n || '@example.com', 'u' || n, 'basic', true, {at} FROM generate_series(1, {users}) n"
        ),
        format!(
            "INSERT INTO platform_group (name, active, {system}) \
             SELECT 'bench_' || n, true, {at} FROM generate_series(1, {groups}) n"
        ),
        format!(
            "INSERT INTO platform_membership (\"user\", \"group\", {system}) SELECT u.id, g.id, {at} \
             FROM (SELECT id, row_number() OVER (ORDER BY id) n FROM platform_user WHERE name LIKE 'u%') u, \
             LATERAL (SELECT id FROM platform_group WHERE name IN (SELECT 'bench_' || ((u.n * 7 + k * 13) % {groups} + 1) \
             FROM generate_series(1, {OWN}) k)) g"
        ),
        format!(
            "INSERT INTO platform_object_permission (\"group\", pattern, permission, {system}) \
             SELECT g.id, 'platform.records.' || chr((97 + n % 26)::int) || '*', 'view', {at} \
             FROM generate_series(1, {grants}) n JOIN platform_group g ON g.name = 'bench_' || (n % {groups} + 1)"
        ),
        "ANALYZE".to_owned(),
    ] {
        server.query(&url, &statement).expect("rows");
    }
    let first = server.query(&url, "SELECT min(id) FROM platform_user WHERE name LIKE 'u%'").expect("a number");
    platform.engine().security().changed();
    (platform, first.trim().parse().expect("a number"))
}

/// Milliseconds of a user's first decision: nothing of him is in memory, and in the second figure
/// nothing of anybody, as after a change.
async fn cold(server: &Server, size: Size) -> (f64, f64) {
    let (platform, first) = filled(server, size).await;
    let (security, object) = (platform.engine().security(), objects()[0]);
    let time = async |user: i64| {
        let begun = Instant::now();
        let rights = security.rights(user).await.expect("an account");
        black_box(rights.allows(object, Permission::View));
        begun.elapsed().as_secs_f64() * 1e3
    };
    let (mut of_user, mut after_change) = (Vec::new(), Vec::new());
    for round in 0..100 {
        security.changed();
        after_change.push(time(first + round % i64::from(size.users)).await);
    }
    time(first).await;
    for round in 1..i64::from(size.users.min(1_000)) {
        of_user.push(time(first + round).await);
    }
    platform.stop().await;
    (median(of_user), median(after_change))
}

/// Accounts that count how often they are asked for.
struct Counting(Arc<AtomicU64>);

impl IdentitySource for Counting {
    fn membership(&self, _: i64, _: Option<Uuid>) -> Loading<'_, Option<Membership>> {
        self.0.fetch_add(1, Ordering::Relaxed);
        let groups = (0..OWN).map(|group| format!("group_{group}")).collect();
        Box::pin(std::future::ready(Ok(Some(Membership {
            user_type: UserType::Basic,
            active: true,
            groups,
            grants: HashMap::new(),
        }))))
    }

    fn grants(&self, _: Option<Uuid>) -> Loading<'_, HashMap<String, Vec<Grant>>> {
        Box::pin(std::future::ready(Ok(HashMap::new())))
    }
}

/// A day of 500 users: eight hours of a request every ten seconds while they work, which is half of the
/// time, with 20 decisions each; 20 changes of somebody's access. Per cent of requests, and of decisions,
/// for which storage was not asked.
async fn working_day() -> (f64, f64) {
    const USERS: u64 = 500;
    const REQUESTS: u64 = USERS * 8 * 360 / 2;
    const DECISIONS: u64 = 20;
    const CHANGES: u64 = 20;
    let asked = Arc::new(AtomicU64::new(0));
    let security = Security::new(10_000, HashMap::new(), Some(Box::new(Counting(Arc::clone(&asked)))));
    let mut rng = fastrand::Rng::with_seed(2026);
    let objects = objects();
    for request in 0..REQUESTS {
        if request % (REQUESTS / CHANGES) == REQUESTS / CHANGES / 2 {
            security.changed();
        }
        let rights = security.rights(i64::try_from(rng.u64(..USERS)).unwrap_or(0)).await.expect("an account");
        for _ in 0..DECISIONS {
            black_box(rights.allows(objects[rng.usize(..objects.len())], Permission::View));
        }
    }
    let missed = number(asked.load(Ordering::Relaxed));
    let per_cent = |of: u64| 100.0 * (1.0 - missed / number(of));
    (per_cent(REQUESTS), per_cent(REQUESTS * DECISIONS))
}

/// Bytes that are kept of a user, without the policy that all share.
fn bytes_kept(objects: usize) -> i64 {
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    let source = Counting(Arc::default());
    let security = Security::new(objects, HashMap::new(), Some(Box::new(source)));
    let load = |users: std::ops::Range<i64>| {
        measure(|| users.for_each(|user| drop(runtime.block_on(security.rights(user)).expect("an account"))))
            .bytes_current
    };
    load(0..100);
    load(100..1_100) / 1_000
}

fn main() {
    let (small, large) = (warm(SMALL), warm(LARGE));
    println!("warm decision          small {small:8.1} ns   large {large:8.1} ns   ratio {:.2}", large / small);
    let (small, large) = (first(SMALL), first(LARGE));
    println!("first about an object  small {small:8.1} ns   large {large:8.1} ns   ratio {:.2}", large / small);
    for objects in [50, 1_000, 10_000] {
        println!("kept of a user         {:8} bytes with {objects} objects", bytes_kept(objects));
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build();
    let runtime = runtime.expect("a runtime can be made");
    let (requests, decisions) = runtime.block_on(working_day());
    println!(
        "day of 500 users       {requests:8.3} % of requests and {decisions:.4} % of decisions from memory   (target 99.9 %)"
    );
    let server = Server::start(Durability::None);
    for (name, size) in [("small", SMALL), ("large", LARGE)] {
        let (user, change) = runtime.block_on(cold(&server, size));
        println!(
            "cold on PostgreSQL     {name} {user:8.3} ms of a user, {change:.3} ms after a change   (target 2 ms)"
        );
    }
}
