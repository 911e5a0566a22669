//! Customers are onboarded while the programs that do it are killed, over a week that the test's clock skips: each
//! step is done, what finance does not agree to is undone, and the page of each shows how it went.

#[path = "../support/mod.rs"]
mod support;

mod workers;

use std::time::{Duration, Instant};

use serde_json::{Value as Json, json};
use support::{Client, PASSWORD, Prepared, database, prepared, user};
use workers::Mortals;

const OPEN: &str = "/api/crm/v1/processes/open_account";
const GROUPS: [&str; 4] = ["crm_users", "crm_admins", "billing_users", "billing_admins"];
const AGREED: usize = 12;
const DECLINED: usize = 6;
const PATIENCE: Duration = Duration::from_secs(120);
const WEEK: Duration = Duration::from_hours(7 * 24);

/// Asks again until there is an answer.
async fn until<T>(what: &str, mut ask: impl AsyncFnMut() -> Option<T>) -> T {
    let begun = Instant::now();
    loop {
        if let Some(answer) = ask().await {
            return answer;
        }
        assert!(begun.elapsed() < PATIENCE, "never: {what}");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

/// A customer who can have an account.
async fn customer(boss: &Client, number: usize) -> i64 {
    let body = json!({
        "name": format!("Newcomer {number}"), "email": format!("newcomer{number}@example.com"),
        "address": "1 Main Street", "city": "Ghent", "country": "Belgium",
    });
    let id = boss.post("/api/crm/v1/customers", body).await.is(201).id();
    let contact = json!({ "customer": id, "first_name": "Grace", "last_name": "Hopper" });
    boss.post("/api/crm/v1/contacts", contact).await.is(201);
    id
}

struct Onboarding {
    customer: i64,
    instance: String,
}

impl Onboarding {
    async fn begin(boss: &Client, number: usize) -> Self {
        let customer = customer(boss, number).await;
        let started = boss.post(OPEN, json!({ "customer_id": customer })).await.is(202);
        Self { customer, instance: started.body["id"].as_str().expect("an id").to_owned() }
    }

    async fn shown(&self, boss: &Client) -> Json {
        boss.get(&format!("{OPEN}/instances/{}", self.instance)).await.is(200).body
    }

    async fn until_it_is(&self, boss: &Client, state: &str) -> Json {
        let what = format!("onboarding of {} is {state}", self.customer);
        until(&what, async || Some(self.shown(boss).await).filter(|shown| shown["state"] == state)).await
    }

    /// What was planned for the customer.
    async fn planned(&self, boss: &Client) -> Vec<String> {
        let path = format!("/api/crm/v1/activities?filter[customer]={}&limit=100", self.customer);
        let subjects = boss.get(&path).await.is(200).column("subject");
        subjects.iter().map(|subject| subject.as_str().expect("a text").to_owned()).collect()
    }

    async fn account(&self, boss: &Client) -> Json {
        boss.get(&format!("/api/crm/v1/customers/{}", self.customer)).await.is(200).body["account"].clone()
    }

    /// How many accounts its address has.
    async fn accounts(&self, boss: &Client) -> usize {
        let customer = boss.get(&format!("/api/crm/v1/customers/{}", self.customer)).await.is(200).body;
        let email = customer["email"].as_str().expect("an address");
        boss.get(&format!("/api/billing/v1/accounts?filter[email]={email}")).await.is(200).column("id").len()
    }
}

/// What stands in a history: kind, name, state and tries of each entry.
fn entries(shown: &Json) -> Vec<(&str, &str, &str, usize)> {
    let entries = shown["history"].as_array().expect("a list").iter();
    entries
        .map(|entry| {
            let text = |key: &str| entry[key].as_str().unwrap_or_default();
            let attempts = entry["attempts"].as_u64().and_then(|attempts| usize::try_from(attempts).ok());
            (text("kind"), text("name").rsplit('.').next().unwrap_or_default(), text("state"), attempts.unwrap_or(0))
        })
        .collect()
}

/// The programs, and whoever has to do with them.
struct Company {
    prepared: Prepared,
    boss: Client,
    variables: Vec<(String, String)>,
    _redis: Option<throwaway_redis::Server>,
}

impl Company {
    async fn found() -> Self {
        let redis = env!("CARGO_CRATE_NAME").ends_with("_on_redis").then(throwaway_redis::Server::start);
        let variables: Vec<_> = redis.iter().map(|redis| ("REDIS_URL".to_owned(), redis.url())).collect();
        // What answers requests runs no processes: those who do can be killed without it.
        let own = [("APPOS__PROCESS__CONCURRENCY", "0")];
        let all: Vec<_> = variables.iter().map(|(name, value)| (name.as_str(), value.as_str())).chain(own).collect();
        let mut prepared = prepared(&all).await;
        for (client, name) in [(&mut prepared.admin, "admin"), (&mut prepared.finance, "finance")] {
            client.sign_in(&format!("{name}@acme.example"), PASSWORD).await.is(200);
        }
        let boss = user(&prepared.platform, &prepared.admin, "boss", &GROUPS).await;
        Self { prepared, boss, variables, _redis: redis }
    }

    fn workers(&self) -> Mortals {
        Mortals::begin(self.prepared.platform.folder().to_owned(), self.variables.clone())
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn customers_are_onboarded_whoever_dies_on_the_way() {
    let mut company = Company::found().await;
    let workers = company.workers();
    let boss = &mut company.boss;
    let mut all = Vec::new();
    for number in 0..AGREED + DECLINED {
        all.push(Onboarding::begin(boss, number).await);
    }

    let finance = &company.prepared.finance;
    for (number, onboarding) in all.iter().enumerate() {
        let about = format!("May customer {} buy on account?", onboarding.customer);
        let task = until(&about, async || {
            let tasks = finance.rule("task_list", json!({})).await.is(200).body;
            let tasks = tasks.as_array().expect("a list");
            tasks.iter().find(|task| task["title"] == about.as_str()).map(|task| task["id"].clone())
        })
        .await;
        assert!(onboarding.account(boss).await.is_i64(), "there is an account to decide on");
        let answer = if number < AGREED { "agree" } else { "decline" };
        finance.rule("task_answer", json!({ "task": task, "answer": answer })).await.is(200);
    }

    let (agreed, declined) = all.split_at(AGREED);
    for onboarding in declined {
        let shown = onboarding.until_it_is(boss, "failed").await;
        let undone = entries(&shown).into_iter().filter(|entry| entry.0 == "compensation").collect::<Vec<_>>();
        assert_eq!(undone.len(), 4, "the account and three tasks: {undone:?}");
        assert!(undone.iter().all(|entry| entry.2 == "completed"), "{undone:?}");
        assert_eq!((onboarding.account(boss).await, onboarding.accounts(boss).await), (Json::Null, 0));
        assert!(onboarding.planned(boss).await.is_empty(), "nothing is left to be done");
    }
    for onboarding in agreed {
        let waits = |shown: &Json| shown["waits"][0]["kind"] == "timer" && shown["worker"].is_null();
        until("it waits for a week", async || Some(onboarding.shown(boss).await).filter(waits)).await;
        assert_eq!(onboarding.planned(boss).await.iter().filter(|subject| subject.starts_with("Ask")).count(), 0);
    }

    database::CLOCK.as_ref().expect("a clock").set_ahead(WEEK + Duration::from_mins(1));
    tokio::time::sleep(throwaway_clock::NOTICED * 2).await;
    // Who was signed in a week ago is no longer.
    boss.get("/api/crm/v1/customers?limit=1").await.problem(401, "session_expired");
    boss.sign_in("boss@acme.example", PASSWORD).await.is(200);
    for onboarding in agreed {
        let shown = onboarding.until_it_is(boss, "completed").await;
        assert_eq!((&shown["result"], onboarding.accounts(boss).await), (&onboarding.account(boss).await, 1));
        let entries = entries(&shown);
        let steps: Vec<_> = entries.iter().filter(|entry| entry.0 == "step").collect();
        let names: Vec<_> = steps.iter().map(|entry| entry.1).collect();
        assert_eq!(names, ["create_account", "plan_task", "plan_task", "plan_task", "count_as_customer"], "{shown:#}");
        assert!(entries.iter().all(|entry| entry.2 == "completed"), "{entries:?}");
        assert!(entries.iter().any(|entry| entry.0 == "task") && entries.iter().any(|entry| entry.0 == "timer"));
        let tried: usize = steps.iter().filter(|entry| entry.1 == "plan_task").map(|entry| entry.3).sum();
        let survey = until("the question after a week", async || {
            let planned = onboarding.planned(boss).await;
            planned.iter().any(|subject| subject.starts_with("Ask")).then_some(planned)
        })
        .await;
        let planned = survey.iter().filter(|subject| !subject.starts_with("Ask")).count();
        assert!((3..=tried).contains(&planned), "as often as it was tried, at most: {planned} of {tried}");
    }
    let kills = workers.end();
    assert!(kills > 5, "workers died on the way: {kills}");
    // What was done while they died is done for good.
    for (onboarding, state) in
        agreed.iter().map(|one| (one, "Completed")).chain(declined.iter().map(|one| (one, "Failed")))
    {
        let page = boss.open(&format!("/crm/processes/{}", onboarding.instance)).await.is(200);
        assert_eq!(page.words("h1"), format!("Account for customer {}", onboarding.customer));
        let words = page.words("main");
        for part in [state, "Create account", "Plan task", "May customer"] {
            assert!(words.contains(part), "{part}: {words}");
        }
        assert_eq!(words.contains("Count as customer"), state == "Completed", "{words}");
        assert_eq!(words.contains("Undone"), state == "Failed", "{words}");
    }
}
