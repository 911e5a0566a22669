//! Instances over many months, and on a database of an earlier program.

use super::*;

fn is_parted(url: &str) -> bool {
    !url.starts_with("sqlite:")
}

/// The parts of a table.
async fn parts(url: &str, table: &str) -> Vec<String> {
    let parts = format!(
        "SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = 'platform_process_{table}'::regclass ORDER BY 1"
    );
    sql(url, &parts).await
}

/// The month of a moment that is so many months from now, as a part of `table` is named.
fn in_months(table: &str, now: &str, months: u32) -> String {
    let (year, month) = now.split_once('-').expect("a month");
    let count = year.parse::<u32>().expect("a year") * 12 + month.parse::<u32>().expect("a month") - 1 + months;
    format!("platform_process_{table}_{:04}_{:02}", count / 12, count % 12 + 1)
}

#[tokio::test]
async fn months_are_made_ahead_and_what_lies_outside_of_them_moves_in() {
    let folder = tempfile::tempdir().expect("a folder");
    let url = database(folder.path());
    if !is_parted(&url) {
        return;
    }
    let platform = another_on(&url).await.expect("the platform starts");
    let now = sql(&url, "SELECT to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM')").await.remove(0);
    for table in ["instance", "entry", "variable", "attribute", "signal", "task"] {
        let parts = parts(&url, table).await;
        for month in 0..3 {
            assert!(parts.contains(&in_months(table, &now, month)), "{month}: {parts:?}");
        }
        assert!(parts.contains(&format!("platform_process_{table}_default")), "{parts:?}");
    }
    // Nobody has made the month of this start.
    let ann = ann(&platform).await;
    platform.advance(Duration::from_hours(5 * 31 * 24));
    let instance = Arc::clone(&ann).run(processes::nap("Bo".to_owned(), 3600).start()).await.expect("it starts");
    let outside = "SELECT count(*) FROM platform_process_instance_default";
    assert_eq!(sql(&url, outside).await, ["1"]);
    platform.processes_idle().await.expect("an answer");
    for table in ["instance", "entry"] {
        assert_eq!(
            sql(&url, &format!("SELECT count(*) FROM platform_process_{table}_default")).await,
            ["0"],
            "{table}"
        );
    }
    let in_its_month =
        "SELECT count(*) FROM platform_process_instance WHERE tableoid::regclass::text ~ '_[0-9]{4}_[0-9]{2}$'";
    assert_eq!(sql(&url, in_its_month).await, ["1"]);
    platform.advance(Duration::from_secs(3700));
    platform.processes_idle().await.expect("an answer");
    assert_eq!(show(&platform, instance).await["state"], "completed");
    assert_eq!(names(&platform).await, ["Bo sleeps", "Bo wakes"]);
}

#[tokio::test]
async fn a_look_at_one_instance_is_a_look_at_one_month() {
    let folder = tempfile::tempdir().expect("a folder");
    let url = database(folder.path());
    if !is_parted(&url) {
        return;
    }
    let platform = another_on(&url).await.expect("the platform starts");
    let ann = ann(&platform).await;
    let instance = ann.run(processes::journey("Bo".to_owned()).start()).await.expect("it starts");
    for (table, key) in [("instance", "id"), ("entry", "instance")] {
        let plan = format!("EXPLAIN SELECT * FROM platform_process_{table} WHERE {key} = '{}'", instance.id);
        let plan = sql(&url, &plan).await.join("\n");
        let scans = plan.matches(&format!(" on platform_process_{table}")).count();
        assert_eq!(scans, 1, "{plan}");
        assert!(!plan.contains("Append"), "{plan}");
    }
}

#[tokio::test]
async fn of_years_each_instance_is_in_one_place_and_found_in_the_order_of_the_starts() {
    let folder = tempfile::tempdir().expect("a folder");
    let url = database(folder.path());
    let [one, other] = [another_on(&url).await, another_on(&url).await].map(|it| it.expect("it starts"));
    // From the middle of a month, for none of the starts to lie at an edge of its own.
    let today = chrono::Utc::now().date_naive();
    let middle = today.iter_days().position(|day| chrono::Datelike::day(&day) == 15).expect("every month has one");
    for platform in [&one, &other] {
        platform.advance(Duration::from_hours(24 * u64::try_from(middle).expect("a few days")));
    }
    let (ann, mut started) = (ann(&one).await, Vec::new());
    let years = 30;
    for month in 0..years {
        let call = processes::idle(1, false).key(format!("month {month}"));
        started.push(json!(Arc::clone(&ann).run(call.start()).await.expect("it starts").id));
        one.processes_idle().await.expect("an answer");
        for platform in [&one, &other] {
            platform.advance(Duration::from_mins(43_830));
        }
    }
    let idle = tokio::join!(one.processes_idle(), other.processes_idle());
    idle.0.and(idle.1).expect("an answer");
    started.reverse();
    let mut pages = Vec::new();
    for archived in [false, true] {
        let mut after = Json::Null;
        loop {
            let wanted = json!({ "archived": archived, "limit": 4, "after": after });
            let system = other.system().await.expect("a scope");
            let page = system.run(rule("process_list", json!({ "wanted": wanted }))).await.expect("a list");
            let Some(last) = page.as_array().expect("a list").last() else { break };
            after = last["id"].clone();
            pages.extend(page.as_array().expect("a list").iter().map(|one| (archived, one["id"].clone())));
        }
    }
    let ids: Vec<Json> = pages.iter().map(|(_, id)| id.clone()).collect();
    assert_eq!(ids, started);
    let live = pages.iter().filter(|(archived, _)| !archived).count();
    assert!((12..=14).contains(&live), "{live} months are not in the archive");
    for (month, id) in started.iter().rev().enumerate() {
        let again = processes::idle(1, false).key(format!("month {month}")).start();
        assert_eq!(json!(Arc::clone(&ann).run(again).await.expect("it is there").id), *id);
    }
    if is_parted(&url) {
        let rest = "SELECT count(*) FROM platform_process_instance_default";
        assert_eq!(sql(&url, rest).await, ["0"]);
        assert!(parts(&url, "instance_archive").await.len() >= 16);
        assert_eq!(parts(&url, "instance_archive").await.len(), parts(&url, "entry_archive").await.len());
    }
}

/// Statements that make the tables of an earlier program of those of this one, with their rows.
fn as_before(is_parted: bool) -> Vec<String> {
    let (number, bigint) = if is_parted {
        ("bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY", "bigint")
    } else {
        ("INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT", "INTEGER")
    };
    let tables = [
        (
            "instance",
            "id text NOT NULL PRIMARY KEY, process text NOT NULL, within text NOT NULL, version {n} NOT NULL,
            name text NOT NULL, state text NOT NULL, arguments text NOT NULL, shown text NOT NULL,
            result text NOT NULL, shown_result text NOT NULL, error text NOT NULL, start_key text,
            user_id {n} NOT NULL, language text NOT NULL, root_id text NOT NULL, parent_id text NOT NULL,
            parent text, parent_place text, started_at {n} NOT NULL, ended_at {n}, deadline_at {n}, due_at {n},
            worker text, fence {n} NOT NULL, claims {n} NOT NULL, wakes {n} NOT NULL,
            cancelled_by {n}, UNIQUE (process, start_key)",
        ),
        (
            "entry",
            "instance text NOT NULL, place text NOT NULL, kind text NOT NULL, name text NOT NULL,
            state text NOT NULL, attempts {n} NOT NULL, arguments text NOT NULL, shown text NOT NULL,
            result text NOT NULL, shown_result text NOT NULL, error text NOT NULL, execution_id text,
            worker text NOT NULL, started_at {n} NOT NULL, ended_at {n}, due_at {n}, PRIMARY KEY (instance, place)",
        ),
        (
            "variable",
            "instance text NOT NULL, name text NOT NULL, visibility text NOT NULL, value text NOT NULL,
            PRIMARY KEY (instance, name)",
        ),
        (
            "signal",
            "id {id}, signal text NOT NULL UNIQUE, instance text NOT NULL, name text NOT NULL,
            payload text NOT NULL, sent_at {n} NOT NULL, sent_by {n} NOT NULL, taken_at_place text",
        ),
        (
            "task",
            "id text NOT NULL PRIMARY KEY, instance text NOT NULL, place text NOT NULL, within text NOT NULL,
            title text NOT NULL, description text NOT NULL, about text, about_row {n},
            assigned_group text, assigned_user {n}, form text NOT NULL, state text NOT NULL,
            answer text NOT NULL, answered_by {n}, answered_at {n},
            created_at {n} NOT NULL, due_at {n}, ends_at {n}, UNIQUE (instance, place)",
        ),
    ];
    let mut all = Vec::new();
    for (name, columns) in tables {
        let table = format!("platform_process_{name}");
        let columns = columns.replace("{n}", bigint).replace("{id}", number);
        let columns = if is_parted { columns.replace("text", "text COLLATE \"C\"") } else { columns };
        all.push(format!("CREATE TABLE moved_{name} AS SELECT * FROM {table}"));
        if name == "instance" {
            all.push("ALTER TABLE moved_instance DROP COLUMN trace".to_owned());
        }
        all.push(format!("DROP TABLE {table}"));
        all.push(format!("DROP TABLE {table}_archive"));
        all.push(format!("CREATE TABLE {table} ({columns})"));
        all.push(format!("INSERT INTO {table} SELECT * FROM moved_{name}"));
        all.push(format!("DROP TABLE moved_{name}"));
        let (end, on) = match name {
            "instance" => ("due", "(due_at) WHERE due_at IS NOT NULL"),
            "signal" => ("instance", "(instance)"),
            "task" => ("group", "(assigned_group, state)"),
            _ => continue,
        };
        all.push(format!("CREATE INDEX {table}_{end} ON {table} {on}"));
    }
    all.push("DROP TABLE platform_process_attribute".to_owned());
    all.push("DROP TABLE platform_process_attribute_archive".to_owned());
    all.push("DROP TABLE platform_process_key".to_owned());
    all.push("ALTER TABLE platform_outbox DROP COLUMN trace".to_owned());
    all
}

#[tokio::test]
async fn the_instances_of_an_earlier_program_are_all_there_and_go_on() {
    let folder = tempfile::tempdir().expect("a folder");
    let url = database(folder.path());
    let first = another_on(&url).await.expect("the platform starts");
    let scope = ann(&first).await;
    let start = |scope: &Arc<Scope>, name: &str| {
        let call = processes::nap(name.to_owned(), 3600).key("order 7");
        Arc::clone(scope).run(call.start())
    };
    let sleeps = start(&scope, "Bo").await.expect("it starts");
    let waits = Arc::clone(&scope).run(processes::meeting("Cy".to_owned(), None).start()).await.expect("it starts");
    let keeps = Arc::clone(&scope).run(processes::luggage("Di".to_owned()).start()).await.expect("it starts");
    let ended = Arc::clone(&scope).run(processes::journey("Ed".to_owned()).start()).await.expect("it starts");
    first.processes_idle().await.expect("an answer");
    // Told while nobody works, so that the signal waits, too.
    let told = Arc::clone(&scope).run(waits.signal("other", 1)).await;
    told.expect("it is told");
    first.processes_idle().await.expect("an answer");
    let before = show(&first, ended).await;
    first.stop().await;
    for statement in as_before(is_parted(&url)) {
        sql(&url, &statement).await;
    }

    let second = another_on(&url).await.expect("the platform starts");
    let scope = second.user("bea", &["probe_users"]).await.expect("bea");
    assert_eq!(show(&second, ended).await, before, "all of it is there");
    second.advance(Duration::from_hours(25));
    Arc::clone(&scope).run(waits.signal("arrived", 42)).await.expect("it is told");
    second.processes_idle().await.expect("an answer");
    for instance in [sleeps, waits, keeps] {
        let seen = show(&second, instance).await;
        assert_eq!(seen["state"], "completed", "{seen:#}");
    }
    let names = names(&second).await;
    for name in ["Bo sleeps", "Bo wakes", "Cy has met 42", "Ed first"] {
        assert_eq!(names.iter().filter(|one| *one == name).count(), 1, "{name}: {names:?}");
    }
    assert_eq!(start(&scope, "Bo").await.expect("it is there"), sleeps, "its key still holds");
    if is_parted(&url) {
        let parted = "SELECT count(*) FROM pg_class WHERE relkind = 'p' AND relname IN \
                      ('platform_process_instance', 'platform_process_entry', 'platform_process_signal', \
                       'platform_process_task', 'platform_process_variable', 'platform_process_attribute')";
        assert_eq!(sql(&url, parted).await, ["6"]);
        let outside = "SELECT count(*) FROM platform_process_instance_default";
        assert_eq!(sql(&url, outside).await, ["0"]);
    }
    second.stop().await;
    // A start that finds everything as it is changes nothing.
    let third = another_on(&url).await.expect("the platform starts");
    assert_eq!(show(&third, ended).await, before);
}
