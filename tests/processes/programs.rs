//! Programs that die, that are several, and whose code has changed.

use super::*;

#[tokio::test]
async fn another_program_goes_on_where_one_has_died() {
    let folder = tempfile::tempdir().expect("a folder");
    let url = database(folder.path());
    let mut config = settings(&url);
    config.process.lease = Duration::from_millis(300);
    config.process.poll = Duration::from_millis(50);
    let first = TestPlatform::of(&config, Journal::disabled()).await.expect("the platform starts");
    let ann = ann(&first).await;
    let instance = Arc::clone(&ann).run(processes::nap("Bo".to_owned(), 1).start()).await.expect("it starts");
    first.processes_idle().await.expect("an answer");
    let waiting = Arc::clone(&ann).run(processes::journey("Cy".to_owned()).start()).await.expect("it starts");
    drop(first);
    let second = TestPlatform::of(&config, Journal::disabled()).await.expect("the platform starts");
    second.advance(Duration::from_secs(2));
    second.processes_idle().await.expect("an answer");
    for instance in [instance, waiting] {
        let seen = show(&second, instance).await;
        assert_eq!(seen["state"], "completed", "{seen:#}");
    }
    assert_eq!(names(&second).await.iter().filter(|name| *name == "Bo wakes").count(), 1);
}

#[tokio::test]
async fn what_ends_one_program_after_the_other_is_put_aside_unless_it_gets_further() {
    let folder = tempfile::tempdir().expect("a folder");
    let url = database(folder.path());
    let platform = TestPlatform::of(&settings(&url), Journal::disabled()).await.expect("the platform starts");
    let ann = ann(&platform).await;
    // Of the programs that claimed it before, the last has written something of it, or has not.
    let writer = "(SELECT min(worker) FROM platform_process_entry WHERE instance = platform_process_instance.id)";
    for (last, state) in [(writer, "running"), ("'nobody'", "parked")] {
        let nap = Arc::clone(&ann).run(processes::nap("Bo".to_owned(), 3600).start()).await.expect("it starts");
        platform.processes_idle().await.expect("an answer");
        let died = "UPDATE platform_process_instance SET claims = 10, due_at = 0";
        sql(&url, &format!("{died}, worker = {last} WHERE id = '{}'", nap.id)).await;
        platform.processes_idle().await.expect("an answer");
        let seen = show(&platform, nap).await;
        assert_eq!(seen["state"], state, "{seen:#}");
    }
}

#[tokio::test]
async fn a_program_starts_while_others_write() {
    use sqlx::Connection as _;
    let folder = tempfile::tempdir().expect("a folder");
    let url = database(folder.path());
    // In a file nobody writes beside whoever writes.
    if url.starts_with("sqlite:") {
        return;
    }
    drop(TestPlatform::of(&settings(&url), Journal::disabled()).await.expect("the platform starts"));
    let mut other = sqlx::PgConnection::connect(&url).await.expect("a connection");
    let mut writing = other.begin().await.expect("a transaction");
    // As each does that writes a row.
    let tables = "platform_process_instance, platform_process_entry, platform_process_signal";
    let lock = format!("LOCK TABLE {tables} IN ROW EXCLUSIVE MODE");
    sqlx::query(sqlx::AssertSqlSafe(lock)).execute(&mut *writing).await.expect("a lock");
    let config = settings(&url);
    let start = TestPlatform::of(&config, Journal::disabled());
    let started = tokio::time::timeout(Duration::from_mins(1), start).await;
    started.expect("it waits for nobody").expect("the platform starts");
    writing.rollback().await.expect("an answer");
}

#[tokio::test]
async fn code_that_does_not_fit_the_history_puts_an_instance_aside_and_does_nothing() {
    let platform = platform().await;
    let (ann, adm) = (ann(&platform).await, platform.user("adm", &["probe_users", "probe_admins"]).await.expect("adm"));
    let instance = Arc::clone(&ann).run(processes::detour("Bo".to_owned()).start()).await.expect("it starts");
    platform.processes_idle().await.expect("an answer");
    for (changed, says) in [
        (1, "at 1 stands step `probe.steps.mark`, and the code comes by step `probe.steps.pack`"),
        (2, "at 1 stands step `probe.steps.mark`, and the code comes by timer `sleep`"),
    ] {
        CHANGED.store(changed, Ordering::Relaxed);
        if changed == 1 {
            platform.advance(Duration::from_secs(3601));
        } else {
            Arc::clone(&adm).run(instance.resume()).await.expect("it goes on");
        }
        platform.processes_idle().await.expect("an answer");
        let seen = show(&platform, instance).await;
        assert_eq!(
            (&seen["state"], &seen["error"]["code"]),
            (&json!("parked"), &json!("history_mismatch")),
            "{seen:#}"
        );
        assert!(seen["error"]["message"].as_str().expect("a text").contains(says), "{seen:#}");
        assert_eq!(names(&platform).await, ["Bo begins"]);
    }
    CHANGED.store(0, Ordering::Relaxed);
    assert_denied!(ann.run(instance.resume()).await);
    adm.run(instance.resume()).await.expect("it goes on");
    platform.processes_idle().await.expect("an answer");
    assert_eq!(show(&platform, instance).await["state"], "completed");
    assert_eq!(names(&platform).await, ["Bo begins", "Bo ends"]);
}

#[tokio::test]
async fn an_instance_ends_with_the_body_with_which_it_began() {
    let platform = platform().await;
    let ann = ann(&platform).await;
    let old = Arc::clone(&ann).run(processes::route("Bo".to_owned()).after(Duration::from_mins(1)).start()).await;
    let old = old.expect("it starts");
    platform.set_version(old, 1).await.expect("an earlier one");
    let unknown = Arc::clone(&ann).run(processes::route("Di".to_owned()).after(Duration::from_mins(1)).start()).await;
    let unknown = unknown.expect("it starts");
    platform.set_version(unknown, 7).await.expect("another one");
    Arc::clone(&ann).run(processes::route("Cy".to_owned()).start()).await.expect("it starts");
    platform.advance(Duration::from_secs(61));
    platform.processes_idle().await.expect("an answer");
    platform.advance(Duration::from_secs(3601));
    platform.processes_idle().await.expect("an answer");
    let names = names(&platform).await;
    let of = |name: &str| names.iter().filter(|one| one.starts_with(name)).cloned().collect::<Vec<_>>();
    assert_eq!(of("Bo"), ["Bo begins", "Bo ends as it began"]);
    assert_eq!(of("Cy"), ["Cy begins", "Cy stops", "Cy ends"]);
    assert_eq!(of("Di"), Vec::<String>::new());
    assert_eq!(show(&platform, unknown).await["error"]["code"], "unknown_version");
    let error = ann.run(processes::route_1("Ed".to_owned()).start()).await.expect_err("nobody starts it");
    assert_eq!(error.code(), "earlier_version");
}

#[tokio::test]
async fn of_many_instances_each_step_is_done_once_whoever_of_two_programs_runs_them() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut config = settings(&database(folder.path()));
    config.process.poll = Duration::from_millis(20);
    let one = TestPlatform::of(&config, Journal::disabled()).await.expect("the platform starts");
    let other = TestPlatform::of(&config, Journal::disabled()).await.expect("the platform starts");
    let ann = ann(&one).await;
    for number in 0..40 {
        Arc::clone(&ann).run(processes::journey(format!("Bo {number}")).start()).await.expect("it starts");
    }
    one.processes_idle().await.expect("an answer");
    let mut names = names(&other).await;
    assert_eq!(names.len(), 160);
    names.sort();
    names.dedup();
    assert_eq!(names.len(), 160);
}
