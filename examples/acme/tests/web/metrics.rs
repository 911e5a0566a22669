//! What is counted of objects: kept over the end of a program, added up over programs, told to administrators and to
//! Prometheus, and to nobody else.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::{Value as Json, json};

use super::CUSTOMERS;
use super::support::{Client, Method, Platform, prepared};

const CUSTOMER: &str = "crm.records.customer";

/// How an object was used.
async fn uses(admin: &Client, window: &str, object: &str) -> Json {
    let wanted = json!({ "wanted": { "window": window, "object": object } });
    let mut answer = admin.rule("metrics", wanted).await.is(200).body;
    answer["objects"][0].take()
}

async fn calls(admin: &Client, window: &str) -> u64 {
    uses(admin, window, CUSTOMER).await["calls"].as_u64().unwrap_or(0)
}

async fn list(client: &Client, times: usize) {
    for _ in 0..times {
        client.get(CUSTOMERS).await.is(200);
    }
}

#[tokio::test]
async fn counts_of_several_programs_are_added_and_kept_when_they_end() {
    let start = prepared(&[]).await;
    let before = calls(&start.admin, "24h").await;
    list(&start.sales, 5).await;
    for _ in 0..3 {
        start.outsider.get(CUSTOMERS).await.is(404);
    }
    let seen = uses(&start.admin, "24h", CUSTOMER).await;
    assert_eq!((seen["calls"].as_u64(), seen["denied"].as_u64()), (Some(before + 8), Some(3)), "{seen}");
    let quantile = |name: &str| seen[name].as_f64().expect("milliseconds");
    assert!(quantile("p50_ms") > 0.0, "{seen}");
    assert!(quantile("p50_ms") <= quantile("p95_ms") && quantile("p95_ms") <= quantile("p99_ms"), "{seen}");
    let sum = |points: &Json, of: fn(&Json) -> Option<u64>| -> u64 {
        points.as_array().expect("points").iter().filter_map(of).sum()
    };
    assert_eq!(sum(&seen["trend"], Json::as_u64), before + 8, "{seen}");
    assert_eq!(sum(&seen["points"], |point| point["calls"].as_u64()), before + 8, "{seen}");

    // Another program on the same database, which knows nothing of the calls of the first.
    let database = format!("sqlite://{}", start.platform.folder().join(".appos/acme.db").display());
    let other = [("APPOS__DATABASE__URL", database.as_str())];
    let other = Platform::start_in(tempfile::tempdir().expect("a folder"), &other);
    list(&other.client().with_session(start.sales.session.as_deref().expect("a session")), 4).await;
    drop(other.into_folder());
    assert_eq!(calls(&start.admin, "24h").await, before + 12, "what the other has told, and what is not told yet");
    let session = start.admin.session.clone().expect("a session");
    let platform = Platform::start_in(start.platform.into_folder(), &[("APPOS__METRICS__INTERVAL", "50ms")]);
    let admin = platform.client().with_session(&session);
    for window in ["1h", "24h", "7d", "30d"] {
        assert_eq!(calls(&admin, window).await, before + 12, "{window}");
    }
    let session_of_sales = start.sales.session.expect("a session");
    list(&platform.client().with_session(&session_of_sales), 2).await;
    // Many times as long as it takes to write them.
    tokio::time::sleep(Duration::from_secs(2)).await;
    let platform = Platform::start_in(platform.killed(), &[]);
    let admin = platform.client().with_session(&session);
    assert_eq!(calls(&admin, "24h").await, before + 14, "what was written before it was killed");
}

#[tokio::test]
async fn administrators_see_all_objects_and_what_there_is_to_do() {
    let start = prepared(&[]).await;
    list(&start.sales, 3).await;
    let seen = start.admin.rule("metrics", json!({})).await.is(200).body;
    assert_eq!((&seen["window"], &seen["step_s"]), (&json!("24h"), &json!(1800)));
    let objects = seen["objects"].as_array().expect("objects");
    assert!(objects.iter().any(|object| object["object"] == CUSTOMER), "{seen}");
    assert!(objects.is_sorted_by_key(|object| std::cmp::Reverse(object["calls"].as_u64())), "{seen}");
    let of_crm = start.admin.rule("metrics", json!({ "wanted": { "app": "crm" } })).await.is(200).body;
    let others = of_crm["objects"].as_array().expect("objects").iter();
    assert!(
        others.clone().count() > 0
            && others.clone().all(|it| it["object"].as_str().is_some_and(|it| it.starts_with("crm.")))
    );
    let now = &seen["now"];
    assert!(now["decisions"]["hit_rate"].as_f64().is_some_and(|rate| (0.0..=1.0).contains(&rate)), "{now}");
    assert!(now["database"]["open"].as_u64() >= Some(1), "{now}");
    assert_eq!((&now["outbox"]["parked"], &now["journal"]["lost"]), (&json!(0), &json!(0)));
    let processes = now["processes"].as_array().expect("processes");
    assert!(processes.iter().all(|process| process["running"].is_i64() && process["due"].is_i64()), "{now}");

    for (field, value) in [("window", "1y"), ("object", "crm.records.nothing")] {
        let wrong = start.admin.rule("metrics", json!({ "wanted": { field: value } })).await;
        let wrong = wrong.problem(422, "invalid_fields");
        assert_eq!(wrong.body["errors"][0]["field"], field, "{}", wrong.body);
    }
    for rule in ["metrics", "prometheus"] {
        start.finance.rule(rule, json!({})).await.problem(404, "not_found");
        start.platform.client().rule(rule, json!({})).await.problem(401, "not_signed_in");
    }
}

/// Names with labels, and their values, as the format has them.
fn read(text: &str) -> BTreeMap<String, f64> {
    let mut typed = Vec::new();
    let mut samples = BTreeMap::new();
    for line in text.lines() {
        if let Some(comment) = line.strip_prefix("# ") {
            let words: Vec<&str> = comment.splitn(3, ' ').collect();
            match words.as_slice() {
                ["HELP", _, about] => assert!(!about.is_empty(), "{line}"),
                ["TYPE", name, "counter" | "gauge" | "histogram"] => typed.push((*name).to_owned()),
                _ => panic!("{line}"),
            }
            continue;
        }
        let (name, value) = line.rsplit_once(' ').unwrap_or_else(|| panic!("{line}"));
        let family = name.split('{').next().unwrap_or_default();
        let ends = ["", "_bucket", "_sum", "_count"];
        assert!(ends.iter().any(|end| typed.last().is_some_and(|of| *of == family.trim_end_matches(end))), "{line}");
        let value = value.parse().unwrap_or_else(|_| panic!("{line}"));
        assert!(samples.insert(name.to_owned(), value).is_none(), "twice: {line}");
    }
    samples
}

#[tokio::test]
async fn prometheus_is_answered_with_a_key_that_may_and_nothing_else() {
    let start = prepared(&[]).await;
    list(&start.sales, 6).await;
    let stranger = start.platform.client();
    stranger.get("/metrics").await.problem(401, "not_signed_in");
    start.sales.get("/metrics").await.problem(404, "not_found");
    start.admin.post("/metrics", json!({})).await.is(405);

    let robot = json!({ "email": "prometheus@acme.example", "name": "Prometheus", "user_type": "service_account" });
    let robot = start.admin.post("/api/platform/v1/users", robot).await.is(201).id();
    let key = start.admin.rule("create_api_key", json!({ "user": robot, "name": "scrape" })).await.is(200);
    let key = key.body.as_str().expect("a key").to_owned();
    let scrape = async || stranger.send(stranger.request(Method::GET, "/metrics").bearer_auth(&key)).await;
    scrape().await.problem(404, "not_found");
    let group = start.admin.post("/api/platform/v1/groups", json!({ "name": "watchers" })).await.is(201).id();
    start.admin.post("/api/platform/v1/memberships", json!({ "user": robot, "group": group })).await.is(201);
    let grant = json!({ "pattern": "platform.rules.prometheus", "group": group, "permission": "use" });
    start.admin.post("/api/platform/v1/object_permissions", grant).await.is(201);
    let answer = scrape().await.is(200);
    assert_eq!(answer.headers["content-type"], "text/plain; version=0.0.4; charset=utf-8");
    let samples = read(answer.body.as_str().expect("text"));
    let of = |name: &str| samples.get(name).copied();
    let ok = of(&format!("appos_object_calls_total{{object=\"{CUSTOMER}\",outcome=\"ok\"}}")).expect("calls");
    assert!(ok >= 6.0, "{ok}");
    let histogram = |end: &str| of(&format!("appos_object_duration_seconds_{end}"));
    let counted = histogram(&format!("count{{object=\"{CUSTOMER}\"}}")).expect("a count");
    let buckets = format!("appos_object_duration_seconds_bucket{{object=\"{CUSTOMER}\",le=\"");
    let mut buckets: Vec<(f64, f64)> = samples
        .iter()
        .filter_map(|(name, count)| Some((name.strip_prefix(&buckets)?.strip_suffix("\"}")?.parse().ok()?, *count)))
        .collect();
    buckets.sort_by(|one, other| one.0.total_cmp(&other.0));
    assert_eq!(buckets.len(), 12, "{buckets:?}");
    assert!(buckets.is_sorted_by_key(|(_, count)| *count), "each has those of the smaller ones: {buckets:?}");
    assert_eq!(buckets.last(), Some(&(f64::INFINITY, counted)));
    assert!(histogram(&format!("sum{{object=\"{CUSTOMER}\"}}")) > Some(0.0));
    assert_eq!((of("appos_ready"), of("appos_healthy{check=\"database\"}")), (Some(1.0), Some(1.0)));
    for name in ["appos_database_connections{state=\"in_use\"}", "appos_outbox_lag_seconds", "appos_journal_lost_total"]
    {
        assert!(of(name).is_some(), "{name}: {samples:?}");
    }
}

#[tokio::test]
async fn prometheus_has_an_address_of_its_own_if_the_settings_say_so() {
    let start = prepared(&[("APPOS__METRICS__LISTEN", "127.0.0.1:0")]).await;
    let url = start.platform.metrics.clone().expect("an address");
    let answer = reqwest::get(&url).await.expect("it answers");
    let (status, text) = (answer.status(), answer.text().await.expect("text"));
    assert_eq!(status, 200, "{text}");
    let samples = read(&text);
    assert!(samples.contains_key("appos_start_time_seconds"), "{samples:?}");
    // And nothing else is answered there.
    let root = url.trim_end_matches("/metrics").to_owned();
    for path in ["/", "/login", CUSTOMERS, "/metrics/"] {
        assert_eq!(reqwest::get(format!("{root}{path}")).await.expect("an answer").status(), 404, "{path}");
    }
    start.platform.client().get("/metrics").await.problem(401, "not_signed_in");
}

#[tokio::test]
async fn administrators_look_at_numbers_and_health_on_pages_that_need_no_script() {
    let start = prepared(&[]).await;
    list(&start.sales, 4).await;
    let page = async |client: &Client, path: &str, language: &str| {
        let request = client.request(Method::GET, path).header("accept-language", language);
        client.send(request).await
    };
    let text = async |path: &str, language: &str| {
        let answer = page(&start.admin, path, language).await.is(200);
        answer.body.as_str().unwrap_or_default().to_owned()
    };
    let all = text("/admin/metrics", "en").await;
    for shown in [CUSTOMER, "Error rate", "p95", "Decisions remembered", "ao-sparkline", "/admin/health"] {
        assert!(all.contains(shown), "{shown}: {all}");
    }
    let found = text("/admin/metrics?window=1h&q=CUSTOMER&sort=p95", "en").await;
    assert!(found.contains(CUSTOMER) && !found.contains("crm.records.contact"), "{found}");
    assert!(
        text("/admin/metrics?q=nothing-like-it", "en").await.contains("Nothing matches"),
        "an empty answer says so"
    );
    let one = text(&format!("/admin/metrics?window=7d&object={CUSTOMER}"), "de").await;
    for shown in ["Fehlerquote", "Dauer", "<table", "Alle Objekte"] {
        assert!(one.contains(shown), "{shown}: {one}");
    }
    let health = text("/admin/health", "fr").await;
    for shown in ["Tout est là", "Base de données", "Journal de sécurité"] {
        assert!(health.contains(shown), "{shown}: {health}");
    }
    for path in ["/admin/metrics", "/admin/health"] {
        page(&start.finance, path, "en").await.is(404);
        page(&start.platform.client(), path, "en").await.is(303);
    }
}
