//! Guessing passwords: how often, however one goes about it; and what a flood of it does to others.

use std::time::Duration;

use serde_json::json;

use super::CUSTOMERS;
use super::support::{Answer, Client, Method, PASSWORD, Platform, database, prepared};

const GUESS: &str = "a guess at a password";

async fn guess(client: &Client, email: &str) -> Answer {
    client.post("/auth/login", json!({ "email": email, "password": GUESS })).await
}

/// The answer without what is different each time.
fn comparable(answer: &Answer) -> (u16, String, Vec<String>) {
    let mut body = answer.body.clone();
    if let Some(body) = body.as_object_mut() {
        body.remove("execution_id");
    }
    let mut names: Vec<String> = answer.headers.keys().map(ToString::to_string).collect();
    names.sort();
    (answer.status, body.to_string(), names)
}

#[track_caller]
fn wait_of(answer: &Answer) -> u64 {
    answer.headers["retry-after"].to_str().ok().and_then(|text| text.parse().ok()).expect("a number of seconds")
}

#[tokio::test]
async fn counts_hold_over_restarts_and_for_all_programs_on_a_database() {
    let start = prepared(&[]).await;
    for _ in 0..4 {
        guess(&start.platform.client(), "sales@acme.example").await.problem(401, "bad_credentials");
    }
    // Killed, so that nothing could be written down at the end.
    let platform = Platform::start_in(start.platform.killed(), &[]);
    for _ in 0..3 {
        guess(&platform.client(), "sales@acme.example").await.problem(401, "bad_credentials");
    }
    // Another program on the same database.
    let beside = tempfile::tempdir().expect("a temporary folder");
    let address = if database::on_postgres() {
        database::address(platform.folder())
    } else {
        format!("sqlite://{}", platform.folder().join(".appos/acme.db").display())
    };
    let other = Platform::start_in(beside, &[("APPOS__DATABASE__URL", &address)]);
    for _ in 0..3 {
        guess(&other.client(), "sales@acme.example").await.problem(401, "bad_credentials");
    }
    for platform in [&platform, &other] {
        let refused = guess(&platform.client(), "sales@acme.example").await.problem(429, "too_many_attempts");
        assert!((800..=900).contains(&wait_of(&refused)), "{}", wait_of(&refused));
        platform.client().sign_in("sales@acme.example", PASSWORD).await.problem(429, "too_many_attempts");
        platform.client().sign_in("finance@acme.example", PASSWORD).await.is(200);
    }
    // Neither addresses nor accounts can be read in the table.
    let keys = database::read(platform.folder(), "SELECT min(key_hash) AS answer FROM platform_sign_in_attempt").await;
    assert_eq!(keys.len(), 43, "{keys}");
}

#[tokio::test]
async fn an_account_that_does_not_exist_is_counted_like_one_that_does() {
    let start = prepared(&[("APPOS__SIGN_IN__MAX_BY_ACCOUNT", "3")]).await;
    let client = start.platform.client();
    let mut answers = Vec::new();
    for email in ["sales@acme.example", "nobody@acme.example", "", "not an address"] {
        let mut of_this = Vec::new();
        for _ in 0..5 {
            of_this.push(comparable(&guess(&client, email).await));
        }
        answers.push(of_this);
    }
    let statuses: Vec<u16> = answers[0].iter().map(|answer| answer.0).collect();
    assert_eq!(statuses, [401, 401, 401, 429, 429]);
    assert!(answers.windows(2).all(|pair| pair[0] == pair[1]), "{answers:#?}");
    // The page says as much.
    let mut pages = Vec::new();
    for email in ["sales@acme.example", "nobody@acme.example"] {
        let page = client.form("/login", &[("email", email), ("password", PASSWORD)]).await.is(429);
        assert!(wait_of(&page) > 0);
        pages.push(page.body.to_string().replace(email, "EMAIL"));
    }
    assert_eq!(pages[0], pages[1]);
}

#[tokio::test]
async fn another_spelling_is_no_other_budget() {
    let start = prepared(&[("APPOS__SIGN_IN__MAX_BY_ACCOUNT", "12")]).await;
    let client = start.platform.client();
    let spellings = [
        "sales@acme.example",
        "SALES@ACME.EXAMPLE",
        " sales@acme.example",
        "sales@acme.example\t",
        "Sales@Acme.Example\n",
        "\u{a0}sales@acme.example\u{3000}",
        "sales@acme.example\u{2028}",
    ];
    for email in spellings.iter().cycle().take(12) {
        guess(&client, email).await.problem(401, "bad_credentials");
    }
    for email in spellings {
        guess(&client, email).await.problem(429, "too_many_attempts");
        client.clone().sign_in(email, PASSWORD).await.problem(429, "too_many_attempts");
    }
    // What reaches no account is no way to one.
    for email in ["ſales@acme.example", "ｓales@acme.example", "sales@acme.example\u{200b}", "sal\u{ad}es@acme.example"]
    {
        client.clone().sign_in(email, PASSWORD).await.problem(401, "bad_credentials");
    }
    // A field that nobody knows tries nothing.
    let more = json!({ "email": "finance@acme.example", "password": PASSWORD, "try": 1 });
    client.post("/auth/login", more).await.problem(422, "invalid_fields");
    let twice = "{\"email\":\"x@acme.example\",\"email\":\"sales@acme.example\",\"password\":\"x\"}";
    let twice = client.request(Method::POST, "/auth/login").header("content-type", "application/json").body(twice);
    client.send(twice).await.problem(400, "malformed_json");
}

#[tokio::test]
async fn guesses_at_the_same_time_count_each() {
    let start = prepared(&[("APPOS__SIGN_IN__MAX_BY_ACCOUNT", "5")]).await;
    let guesses: Vec<_> = (0..24)
        .map(|_| {
            let client = start.platform.client();
            tokio::spawn(async move { guess(&client, "sales@acme.example").await.status })
        })
        .collect();
    let mut statuses = Vec::new();
    for guess in guesses {
        statuses.push(guess.await.expect("an answer"));
    }
    assert_eq!(statuses.iter().filter(|status| **status == 401).count(), 5, "{statuses:?}");
    assert_eq!(statuses.iter().filter(|status| **status == 429).count(), 19, "{statuses:?}");
}

#[tokio::test]
async fn the_owner_gets_in_after_the_wait_and_old_counts_are_removed() {
    let settings = [("APPOS__SIGN_IN__MAX_BY_ACCOUNT", "2"), ("APPOS__SIGN_IN__WAIT", "3s")];
    let start = prepared(&settings).await;
    let client = start.platform.client();
    for email in ["sales@acme.example", "sales@acme.example", "nobody@acme.example"] {
        guess(&client, email).await.problem(401, "bad_credentials");
    }
    let refused = client.clone().sign_in("sales@acme.example", PASSWORD).await.problem(429, "too_many_attempts");
    assert!((1..=3).contains(&wait_of(&refused)), "{}", wait_of(&refused));
    let mut answer = refused;
    for _ in 0..200 {
        if answer.status == 200 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
        answer = client.clone().sign_in("sales@acme.example", PASSWORD).await;
    }
    answer.is(200);
    // The account begins anew.
    guess(&client, "sales@acme.example").await.problem(401, "bad_credentials");
    client.clone().sign_in("sales@acme.example", PASSWORD).await.is(200);
    // A program that starts looks for old counts at the first sign-in: that of the address is left.
    let counts = "SELECT count(*) AS answer FROM platform_sign_in_attempt";
    assert_eq!(database::read(start.platform.folder(), counts).await, "2");
    tokio::time::sleep(Duration::from_secs(4)).await;
    let platform = Platform::start_in(start.platform.into_folder(), &settings);
    platform.client().sign_in("finance@acme.example", PASSWORD).await.is(200);
    assert_eq!(database::read(platform.folder(), counts).await, "1");
}

#[tokio::test]
async fn a_flood_of_sign_ins_leaves_room_for_others_and_has_an_end() {
    let settings = [
        ("APPOS__SIGN_IN__MAX_BY_ADDRESS", "1000000"),
        ("APPOS__SIGN_IN__MAX_BY_ACCOUNT", "1000"),
        ("APPOS__SERVER__RATE_LIMIT__PER_ADDRESS", "0"),
        ("APPOS__SERVER__RATE_LIMIT__PER_USER", "0"),
    ];
    let start = prepared(&settings).await;
    let flood: Vec<_> = (0..400)
        .map(|number| {
            let client = start.platform.client();
            tokio::spawn(async move { guess(&client, &format!("person{number}@acme.example")).await })
        })
        .collect();
    // Others are answered before the last of them is.
    let mut answered = 0;
    while !flood.iter().all(tokio::task::JoinHandle::is_finished) {
        start.sales.get(CUSTOMERS).await.is(200);
        answered += 1;
    }
    assert!(answered > 2, "{answered}");
    let (mut wrong, mut busy) = (0, 0);
    for answer in flood {
        let answer = answer.await.expect("an answer");
        match answer.status {
            401 => wrong += 1,
            503 => {
                assert!(wait_of(&answer.problem(503, "too_busy")) > 0);
                busy += 1;
            }
            status => panic!("{status}"),
        }
    }
    assert!(wrong > 0 && busy > 0, "{wrong} were checked, {busy} sent away");
    // Who was sent away has tried nothing: there is a count for each of the others, and for the address. And afterwards everybody gets in.
    let counted = "SELECT count(*) - 1 AS answer FROM platform_sign_in_attempt";
    assert_eq!(database::read(start.platform.folder(), counted).await, wrong.to_string());
    start.platform.client().sign_in("sales@acme.example", PASSWORD).await.is(200);
}

#[tokio::test]
async fn settings_of_sign_ins_are_checked() {
    for (name, value) in [("MAX_BY_ACCOUNT", "0"), ("MAX_BY_ADDRESS", "many"), ("WAIT", "0"), ("RESET_VALID_FOR", "-1")]
    {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let mut command = super::support::acme(folder.path());
        command.env(format!("APPOS__SIGN_IN__{name}"), value);
        let output = super::support::ended(command);
        let text = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{text}");
        assert!(text.contains(&format!("APPOS__SIGN_IN__{name}")), "{text}");
    }
}
