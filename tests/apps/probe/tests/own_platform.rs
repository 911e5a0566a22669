//! `#[appos::test]` beside the source of an app: each test has a platform of its own, acts as whom it wants, and
//! moves its own clock. What only tests may do is refused everywhere else.

use std::path::Path;
use std::process::{Command, Output};
use std::sync::atomic::{AtomicU32, Ordering};

use throwaway_postgres::{Durability, Server};

fn thing(name: &str) -> NewThing {
    NewThing { name: name.to_owned(), ..Default::default() }
}

/// Two tests make the same row, which can be there once.
#[appos::test]
async fn a_test_has_a_database_of_its_own() {
    records::Thing::create(thing("only one")).await.expect("it is new");
    assert_eq!(records::Thing::count().await.expect("a number"), 1);
}

#[appos::test]
async fn another_test_has_another_database() -> Result<()> {
    records::Thing::create(thing("only one")).await?;
    assert_eq!(records::Thing::count().await?, 1);
    assert_eq!((&*ctx.user.name, ctx.environment()), ("system", "test"));
    Ok(())
}

#[appos::test]
async fn a_user_is_in_exactly_the_groups_that_are_named() -> Result<()> {
    let who = as_user("Ann Lee", ["probe_users"], async || rules::who().await).await?;
    assert_eq!(who["name"], "Ann Lee");
    assert_denied!(as_user("Ann Lee", ["probe_users"], rules::admins_only).await);
    assert!(as_user("Ann Lee", ["probe_users", "probe_admins"], async || { rules::admins_only().await }).await?);
    // The same user, who has left the groups.
    let again = as_user("Ann Lee", [] as [&str; 0], async || assert_denied!(rules::who().await)).await;
    assert_eq!(again.object_ref(), Some("probe.rules.who"));
    assert_eq!(as_user("Ann Lee", ["probe_users"], async || { rules::who().await }).await?["user"], who["user"]);
    assert_ne!(as_user("bob", ["probe_users"], async || { rules::who().await }).await?["user"], who["user"]);
    Ok(())
}

#[appos::test]
async fn nobody_and_an_administrator_are_told_apart() -> Result<()> {
    as_anonymous(async || {
        assert!(rules::open_to_all().await?);
        assert_denied!(rules::add(1, 1).await);
        Ok::<_, AppOsError>(())
    })
    .await?;
    let made = as_administrator(async || records::Thing::create(thing("mine")).await).await?;
    let who = as_administrator(async || rules::who().await).await?;
    assert_eq!(made.created_by.map(|user| user.get()), who["user"].as_i64());
    // One acts as another within the first; then the first goes on.
    as_user("ann", ["probe_users"], async || {
        as_administrator(async || rules::admins_only().await).await?;
        assert_eq!(&*Ctx::current().expect("a context").user.name, "ann");
        Ok(())
    })
    .await
}

#[appos::test]
#[should_panic(expected = "there is no group `probe_user`; did you mean `probe_users`?")]
async fn a_group_that_does_not_exist_is_told_with_the_nearest() {
    as_user("ann", ["probe_user"], async || {}).await;
}

#[appos::test]
async fn groups_that_a_test_makes_exist() -> Result<()> {
    platform::records::Group::create(platform::records::NewGroup {
        name: "night_shift".to_owned(),
        active: true,
        description: None,
    })
    .await?;
    as_user("ann", ["night_shift"], async || assert_denied!(rules::who().await)).await;
    Ok(())
}

#[appos::test]
#[should_panic(expected = "was not refused\n  wanted: no permission\n     got: the answer 2")]
async fn an_answer_is_no_refusal() {
    assert_denied!(rules::add(1, 1).await);
}

#[appos::test]
#[should_panic(expected = "got: it does not work today (in probe.rules.fails) (Execution, code `failed`)")]
async fn another_error_is_no_refusal_for_permission() {
    assert_denied!(rules::fails().await);
}

#[appos::test]
async fn a_mistake_in_the_input_is_told_by_its_field() -> Result<()> {
    assert_invalid!(records::Thing::create(thing("")).await, "name");
    records::Thing::create(NewThing { email: Some("a@b.example".to_owned()), ..thing("a") }).await?;
    let twice = NewThing { email: Some("a@b.example".to_owned()), ..thing("b") };
    assert_eq!(assert_invalid!(records::Thing::create(twice).await, "email").code(), "not_unique");
    Ok(())
}

#[appos::test]
#[should_panic(expected = "wanted: a mistake in `email`\n     got: ")]
async fn a_mistake_in_another_field_does_not_count() {
    assert_invalid!(records::Thing::create(thing("")).await, "email");
}

#[appos::test]
#[should_panic(expected = "the test answered an error: it does not work today (in probe.rules.fails)")]
async fn an_error_fails_the_test() -> Result<()> {
    rules::fails().await.map(drop)
}

#[appos::test]
async fn a_clock_that_is_moved_is_seen_by_what_the_platform_stores() -> Result<()> {
    set_time("2030-02-01T12:00:00Z");
    let made = records::Thing::create(thing("old")).await?;
    advance("36h");
    assert_eq!(rules::day().await?.to_string(), "2030-02-03");
    let made_at = made.created_at;
    let changed = made.update(ThingPatch { number: Some(2), ..Default::default() }).await?;
    assert!((made_at + std::time::Duration::from_hours(36)..).contains(&changed.updated_at));
    assert_eq!((made_at.to_rfc3339()[..16].to_owned(), changed.created_at), ("2030-02-01T12:00".to_owned(), made_at));
    let id = changed.id;
    let entries = changed.timeline().await?;
    assert_eq!(entries.first().map(|entry| entry.at), Some(changed.updated_at), "the audit log has the same clock");
    advance(std::time::Duration::from_hours(24));
    records::Thing::get(id).await?.delete().await?;
    // Executions are told by ids that hold their time.
    let who = rules::who().await?;
    let id: Uuid = who["execution_id"].as_str().expect("an id").parse()?;
    let seconds = id.get_timestamp().map(|moment| moment.to_unix().0);
    let day = seconds.and_then(|seconds| DateTime::from_timestamp(i64::try_from(seconds).ok()?, 0));
    assert_eq!(day.map(|day| day.date_naive().to_string()).as_deref(), Some("2030-02-04"));
    Ok(())
}

#[appos::test]
async fn an_answer_is_kept_as_long_as_the_clock_says() -> Result<()> {
    let first = rules::now_cached(1).await?;
    advance("59s");
    assert_eq!(rules::now_cached(1).await?, first, "kept for a minute");
    advance("1s");
    let second = rules::now_cached(1).await?;
    assert_ne!(second, first);
    advance("59s");
    assert_eq!(rules::now_cached(1).await?, second, "kept anew");
    Ok(())
}

#[appos::test]
async fn what_was_enqueued_is_waited_for_and_comes_again_when_the_clock_says() -> Result<()> {
    engine::enqueue(ObjectRef::of::<rules::deliver_thing>(), json!({ "name": "sent", "number": 1 })).await?;
    outbox_idle().await;
    assert_eq!(records::Thing::count().await?, 1);
    let arguments = json!({ "attempt": 5, "password": "x" });
    engine::enqueue(ObjectRef::of::<rules::fail_before>(), arguments).await?;
    // The waits between attempts double from a second: nobody waits for them.
    for _ in 0..1000 {
        if records::Thing::query().name("at last".to_owned()).exists().await? {
            return Ok(());
        }
        advance("1h");
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    Err("it never came".into())
}

#[appos::test]
async fn what_still_runs_at_the_end_is_ended_with_the_test() -> Result<()> {
    // It would sleep for a minute.
    engine::enqueue(ObjectRef::of::<rules::hang_at_first>(), json!({ "name": "hangs" })).await?;
    while !records::Thing::query().name("hangs".to_owned()).exists().await? {
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    Ok(())
}

#[appos::test]
#[should_panic(expected = "`1 fortnight` is not a duration: write `1h`; units are ms, s, m, h and d")]
async fn a_length_that_is_none_is_told_with_the_correct_form() {
    advance("1 fortnight");
}

#[appos::test]
#[should_panic(expected = "`tomorrow` is no moment: write \"2026-03-01T09:00:00Z\"")]
async fn a_moment_that_is_none_is_told_with_the_correct_form() {
    set_time("tomorrow");
}

#[test]
#[should_panic(expected = "`as_user` works in a test only: write it in an `async fn` under `#[appos::test]`")]
fn outside_of_a_platform_nobody_acts_as_another() {
    drop(as_user("ann", ["probe_users"], async || {}));
}

/// Counts the tests below that have begun.
static BEGUN: AtomicU32 = AtomicU32::new(0);

#[appos::test]
async fn tests_run_beside_each_other_and_each_sees_its_own_rows() -> Result<()> {
    let number = BEGUN.fetch_add(1, Ordering::SeqCst);
    let tasks = (0..4)
        .map(|task| tokio::spawn(async move { records::Thing::create(thing(&format!("{number} {task}"))).await }));
    for task in tasks {
        task.await.map_err(|error| error.to_string())??;
    }
    assert_eq!(records::Thing::count().await?, 4);
    Ok(())
}

/// Fails if it is asked to, in another process.
#[appos::test]
async fn ends_as_it_is_asked_to() -> Result<()> {
    records::Thing::create(thing("left behind?")).await?;
    let version: Result<Vec<Json>> = Thing::unchecked_sql("SELECT version() AS version", [] as [Json; 0]).await;
    println!("on a server: {}", version.is_ok());
    match std::env::var("END").as_deref() {
        Ok("panic") => panic!("as asked"),
        Ok("error") => Err("as asked".into()),
        _ => Ok(()),
    }
}

/// This program again, for one test.
fn again(end: &str, variables: &[(&str, &str)]) -> Output {
    let mut command = Command::new(std::env::current_exe().expect("this program"));
    command.args(["--exact", "ends_as_it_is_asked_to", "--nocapture"]).env("END", end);
    command.envs(variables.iter().copied()).output().expect("it runs")
}

fn entries(folder: &Path) -> usize {
    std::fs::read_dir(folder).expect("a folder").count()
}

#[test]
fn nothing_of_a_database_stays_however_the_test_ends() {
    let folder = tempfile::tempdir().expect("a folder");
    let place = folder.path().to_str().expect("a path");
    for (end, good) in [("well", true), ("panic", false), ("error", false)] {
        let output = again(end, &[("TMPDIR", place), ("APPOS_TEST_DATABASE", "")]);
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        assert_eq!(output.status.success(), good, "{said}");
        assert!(said.contains("on a server: false"), "{said}");
        assert_eq!(entries(folder.path()), 0, "after {end}");
    }
}

#[test]
fn a_server_can_be_named_on_which_each_test_has_a_database() {
    let server = Server::start(Durability::None);
    let url = server.database();
    for (end, good) in [("well", true), ("panic", false), ("error", false)] {
        let output = again(end, &[("APPOS_TEST_DATABASE", &url)]);
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        assert_eq!(output.status.success(), good, "{said}{}", String::from_utf8_lossy(&output.stderr));
        assert!(said.contains("on a server: true"), "{said}");
        let left = server.query(&url, "SELECT count(*) FROM pg_database WHERE datname LIKE 'appos_test_%'");
        assert_eq!(left.as_deref(), Ok("0"), "after {end}");
    }
    let output = again("well", &[("APPOS_TEST_DATABASE", "mysql://ann:hunter2@host/x")]);
    let said = String::from_utf8_lossy(&output.stderr).into_owned() + &String::from_utf8_lossy(&output.stdout);
    assert!(said.contains("APPOS_TEST_DATABASE is no address of PostgreSQL"), "{said}");
    assert!(!said.contains("hunter2"), "{said}");
}
