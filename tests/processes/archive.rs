//! What was long over is put away: it can be looked at, and is gone in the end if so wished.

use super::*;

/// More than the twelve months after which a month is put away.
const LONG: Duration = Duration::from_secs(14 * 31 * 24 * 3600);
const DAY: Duration = Duration::from_secs(24 * 3600);

async fn list(platform: &TestPlatform, wanted: Json) -> Vec<Json> {
    let system = platform.system().await.expect("a scope");
    let listed = system.run(rule("process_list", json!({ "wanted": wanted }))).await.expect("a list");
    listed.as_array().expect("a list").clone()
}

async fn archived(platform: &TestPlatform) -> Vec<Json> {
    list(platform, json!({ "archived": true })).await
}

/// A platform that keeps what is put away for so many months more.
async fn keeping(url: &str, months: u32) -> TestPlatform {
    let mut config = settings(url);
    config.process.keep_archive_months = months;
    TestPlatform::of(&config, Journal::disabled()).await.expect("the platform starts")
}

/// Some time passes, and what is done once a day is done.
async fn pass(platform: &TestPlatform, time: Duration) {
    platform.advance(time);
    platform.processes_idle().await.expect("an answer");
}

#[tokio::test]
async fn what_is_long_over_can_be_looked_at_in_the_archive() {
    let platform = platform().await;
    let ann = ann(&platform).await;
    let start = || Arc::clone(&ann).run(processes::journey("Bo".to_owned()).key("journey 7").start());
    let journey = start().await.expect("it starts");
    let luggage = Arc::clone(&ann).run(processes::luggage("Cy".to_owned()).start()).await.expect("it starts");
    platform.processes_idle().await.expect("an answer");
    pass(&platform, DAY * 2).await;
    let before = [show(&platform, journey).await, show(&platform, luggage).await];
    assert_eq!((&before[0]["archived"], &before[1]["state"]), (&json!(false), &json!("completed")));
    pass(&platform, DAY * 200).await;
    assert_eq!(archived(&platform).await, Vec::<Json>::new(), "not yet");
    pass(&platform, LONG).await;

    assert_eq!(list(&platform, json!({})).await, Vec::<Json>::new());
    let there = archived(&platform).await;
    assert_eq!(there.len(), 2, "{there:#?}");
    assert!(there.iter().all(|one| one["archived"] == json!(true)));
    let found = list(&platform, json!({ "archived": true, "search": "journey of" })).await;
    assert_eq!((found.len(), &found[0]["name"]), (1, &json!("Journey of Bo")));
    for mut before in before {
        let id = before["id"].as_str().and_then(|id| id.parse().ok()).expect("an id");
        before["archived"] = json!(true);
        assert_eq!(show(&platform, Instance { id }).await, before, "all of it is there");
    }
    let answer = Arc::clone(&ann).run(journey.answer::<String>()).await.expect("an answer");
    assert_eq!(answer.as_deref(), Some("Bo first!, Bo left!, Bo right again!"));
    assert_eq!(start().await.expect("it is there"), journey, "its key still holds");
}

#[tokio::test]
async fn what_is_in_the_archive_is_not_changed() {
    let platform = platform().await;
    let ann = ann(&platform).await;
    let adm = platform.user("adm", &["probe_users", "probe_admins"]).await.expect("adm");
    let eve = platform.user("eve", &["finance"]).await.expect("eve");
    let failed = Arc::clone(&ann).run(processes::walk("Bo".to_owned(), 99).start()).await.expect("it starts");
    platform.processes_idle().await.expect("an answer");
    pass(&platform, DAY).await;
    assert_eq!(show(&platform, failed).await["state"], "failed");
    pass(&platform, LONG).await;
    let code = |done: Result<()>| done.expect_err("it is in the archive").code().to_owned();
    assert_eq!(code(Arc::clone(&adm).run(failed.retry()).await), "instance_archived");
    assert_eq!(code(Arc::clone(&adm).run(failed.resume()).await), "instance_archived");
    assert_eq!(code(Arc::clone(&ann).run(failed.cancel()).await), "instance_archived");
    assert_eq!(code(Arc::clone(&ann).run(failed.signal("arrived", 1)).await), "instance_archived");
    assert_denied!(Arc::clone(&ann).run(failed.retry()).await);
    assert_eq!(code(eve.run(failed.cancel()).await), "unknown_instance", "who may not see it knows nothing of it");
    let error = ann.run(failed.answer::<u32>()).await.expect_err("it has failed");
    assert_ne!(error.code(), "instance_archived", "why it failed is told");
    assert_eq!(show(&platform, failed).await["state"], "failed");
}

#[tokio::test]
async fn a_month_stays_until_all_of_it_has_ended() {
    let platform = platform().await;
    let ann = ann(&platform).await;
    let waits = Arc::clone(&ann).run(processes::meeting("Bo".to_owned(), None).start()).await.expect("it starts");
    Arc::clone(&ann).run(processes::journey("Cy".to_owned()).start()).await.expect("it starts");
    platform.processes_idle().await.expect("an answer");
    pass(&platform, LONG).await;
    assert_eq!(archived(&platform).await, Vec::<Json>::new());
    assert_eq!(list(&platform, json!({})).await.len(), 2);
    Arc::clone(&ann).run(waits.signal("arrived", 42)).await.expect("it is told");
    platform.processes_idle().await.expect("an answer");
    assert!(names(&platform).await.contains(&"Bo has met 42".to_owned()), "it goes on after all that time");
    pass(&platform, DAY).await;
    assert_eq!((list(&platform, json!({})).await.len(), archived(&platform).await.len()), (0, 2));
}

#[tokio::test]
async fn a_month_stays_that_has_something_put_aside() {
    let platform = platform().await;
    let ann = ann(&platform).await;
    let parked = Arc::clone(&ann).run(processes::trespass().start()).await.expect("it starts");
    let unknown = Arc::clone(&ann).run(processes::route("Di".to_owned()).after(Duration::from_mins(1)).start()).await;
    let unknown = unknown.expect("it starts");
    platform.set_version(unknown, 7).await.expect("another one");
    pass(&platform, DAY).await;
    assert_eq!(show(&platform, unknown).await["state"], "parked");
    pass(&platform, LONG).await;
    assert_eq!(archived(&platform).await, Vec::<Json>::new());
    let states =
        [show(&platform, parked).await["archived"].clone(), show(&platform, unknown).await["archived"].clone()];
    assert_eq!(states, [json!(false), json!(false)]);
}

#[tokio::test]
async fn nothing_is_put_away_where_that_is_not_wished() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut config = settings(&database(folder.path()));
    config.process.archive_after_months = 0;
    let platform = TestPlatform::of(&config, Journal::disabled()).await.expect("the platform starts");
    let ann = ann(&platform).await;
    ann.run(processes::journey("Bo".to_owned()).start()).await.expect("it starts");
    platform.processes_idle().await.expect("an answer");
    pass(&platform, LONG * 10).await;
    assert_eq!((list(&platform, json!({})).await.len(), archived(&platform).await.len()), (1, 0));
}

#[tokio::test]
async fn what_was_kept_as_long_as_was_said_is_gone() {
    let folder = tempfile::tempdir().expect("a folder");
    let url = database(folder.path());
    let platform = keeping(&url, 6).await;
    let ann = ann(&platform).await;
    let start = || Arc::clone(&ann).run(processes::journey("Bo".to_owned()).key("journey 7").start());
    let first = start().await.expect("it starts");
    platform.processes_idle().await.expect("an answer");
    pass(&platform, LONG).await;
    assert_eq!(archived(&platform).await.len(), 1);
    pass(&platform, DAY * 3 * 31).await;
    assert_eq!(archived(&platform).await.len(), 1, "not yet");
    pass(&platform, DAY * 4 * 31).await;
    assert_eq!(archived(&platform).await, Vec::<Json>::new());
    let gone =
        platform.system().await.expect("a scope").run(rule("process_show", json!({ "instance": first.id }))).await;
    assert_eq!(gone.expect_err("it is gone").code(), "unknown_instance");
    for table in ["entry", "variable", "signal", "task", "attribute"] {
        for of in ["", "_archive"] {
            let left = format!("SELECT count(*) FROM platform_process_{table}{of} WHERE instance = '{}'", first.id);
            assert_eq!(sql(&url, &left).await, ["0"], "{left}");
        }
    }
    let second = start().await.expect("it starts");
    assert_ne!(first, second, "its key is free again");
    platform.processes_idle().await.expect("an answer");
    assert_eq!(show(&platform, second).await["state"], "completed");
}

/// By a clock that was wrong, or a program that died before it could say what it had done.
#[tokio::test]
async fn what_comes_late_into_a_month_that_was_put_away_follows_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let url = database(folder.path());
    let platform = another_on(&url).await.expect("the platform starts");
    let ann = ann(&platform).await;
    let first = ann.run(processes::journey("Bo".to_owned()).start()).await.expect("it starts");
    platform.processes_idle().await.expect("an answer");
    pass(&platform, LONG).await;
    for statement in [
        "CREATE TABLE late AS SELECT * FROM platform_process_instance_archive",
        "UPDATE late SET id = substr(id, 1, 35) || CASE substr(id, 36, 1) WHEN '0' THEN '1' ELSE '0' END",
        "INSERT INTO platform_process_instance SELECT * FROM late",
        "INSERT INTO platform_process_signal (signal, instance, name, payload, sent_at, sent_by) \
         SELECT 'late', id, 'told', '', 0, -1 FROM platform_process_instance_archive",
    ] {
        sql(&url, statement).await;
    }
    assert_eq!((list(&platform, json!({})).await.len(), archived(&platform).await.len()), (1, 1));
    pass(&platform, DAY).await;
    assert_eq!((list(&platform, json!({})).await.len(), archived(&platform).await.len()), (0, 2));
    assert_eq!(show(&platform, first).await["state"], "completed");
    let told = "SELECT count(*) FROM platform_process_signal";
    assert_eq!(sql(&url, told).await, ["0"], "nobody will ever hear it");
}

#[tokio::test]
async fn programs_that_die_while_they_put_away_lose_nothing_and_have_nothing_twice() {
    let folder = tempfile::tempdir().expect("a folder");
    let url = database(folder.path());
    let many = 450;
    let mut platform = keeping(&url, 0).await;
    let scope = ann(&platform).await;
    for number in 0..many {
        let start = processes::idle(1, false).key(format!("idle {number}")).start();
        Arc::clone(&scope).run(start).await.expect("it starts");
    }
    platform.processes_idle().await.expect("an answer");
    for patience in [1, 3, 10, 30, 100] {
        platform.advance(LONG);
        drop(tokio::time::timeout(Duration::from_millis(patience), platform.processes_idle()).await);
        drop(platform);
        platform = keeping(&url, 0).await;
    }
    pass(&platform, LONG).await;
    assert_eq!(sql(&url, "SELECT count(*) FROM platform_process_instance").await, ["0"]);
    let counts = "SELECT count(*), count(DISTINCT id) FROM platform_process_instance_archive";
    assert_eq!(sql(&url, counts).await, [format!("{many}|{many}")]);
    let steps = "SELECT count(*) FROM platform_process_entry_archive WHERE state = 'completed'";
    assert_eq!(sql(&url, steps).await, [many.to_string()]);
    assert_eq!(sql(&url, "SELECT count(*) FROM platform_process_entry").await, ["0"]);
}
