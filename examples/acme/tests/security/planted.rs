//! What is planted where nobody may see or write it: a value in a hidden field, a field in a body, one
//! row of somebody else's among a hundred.

use std::fs;
use std::path::Path;

use serde_json::{Value as Json, json};

use super::support::{Answer, Client, Method, Prepared, prepared, user};
use super::{CUSTOMERS, holds};

const ACTIVITIES: &str = "/api/crm/v1/activities";

/// A value that stands nowhere by chance.
const PLANTED: &str = "73194268.57";

/// Everything that a text of answer holds, headers too.
fn text(answer: &Answer) -> String {
    format!("{:?} {}", answer.headers, answer.body)
}

/// Files of a folder that hold the planted value, however it is written.
fn with_planted(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for path in fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()) {
        if path.is_dir() {
            found.extend(with_planted(&path));
        } else if fs::read(&path).is_ok_and(|bytes| holds(&bytes, "73194268")) {
            found.push(path.display().to_string());
        }
    }
    found
}

#[tokio::test]
async fn a_value_in_a_field_that_may_not_be_read_is_in_no_answer_and_no_log_line() {
    let start = prepared(&[]).await;
    let path = format!("{CUSTOMERS}/1");
    start.finance.change(&path, json!({ "credit_limit": PLANTED })).await.is(200);
    let other = json!({ "name": "Planted", "email": "planted@acme.example", "credit_limit": PLANTED });
    let made = start.admin.post(CUSTOMERS, other).await.is(201).id();
    assert!(text(&start.finance.get(&path).await).contains("73194268"), "who may read it does");

    let sales = &start.sales;
    let mut answers = Vec::new();
    for asked in [
        path.clone(),
        format!("{path}?fields=name,credit_limit"),
        CUSTOMERS.to_owned(),
        format!("{CUSTOMERS}?limit=200&sort=-id"),
        format!("{CUSTOMERS}?filter[credit_limit]={PLANTED}"),
        format!("{CUSTOMERS}?filter[credit_limit][gte]=1&count=true"),
        format!("{CUSTOMERS}?q=73194268"),
        format!("{CUSTOMERS}?sort=credit_limit"),
        format!("{CUSTOMERS}/export"),
        format!("{CUSTOMERS}/export?format=jsonl"),
        format!("{CUSTOMERS}/export?fields=credit_limit"),
        "/api/crm/v1/orders?expand=customer&limit=200".to_owned(),
        "/api/crm/v1/orders?filter[customer.credit_limit][gte]=1".to_owned(),
        "/api/crm/v1/contacts?expand=customer&limit=200".to_owned(),
        format!("{path}/audit"),
        "/api/openapi.json".to_owned(),
        "/".to_owned(),
        "/auth/me".to_owned(),
    ] {
        answers.push(sales.get(&asked).await);
    }
    for rule in ["customer_overview", "credit_left", "refresh_tier", "earned_tier", "customer_ltv"] {
        answers.push(sales.post(&format!("/api/crm/v1/rules/{rule}"), json!({ "customer_id": 1 })).await);
    }
    answers.push(sales.post("/api/crm/v1/rules/big_spenders", json!({ "above": "1" })).await);
    // Errors that are about the row itself.
    answers.push(sales.patch(&path, json!({ "version": 1, "name": "Stale" })).await);
    answers.push(sales.change(&path, json!({ "name": "" })).await);
    answers.push(sales.change(&path, json!({ "credit_limit": "1" })).await);
    answers.push(sales.change(&path, json!({ "email": "planted@acme.example" })).await);
    answers.push(sales.change(&path, json!({ "city": "Bruges" })).await.is(200));
    answers.push(sales.delete(&path).await);
    let update = json!({ "id": made, "version": 1, "city": "Ghent" });
    answers
        .push(sales.post(&format!("{CUSTOMERS}/bulk"), json!({ "operations": [{ "update": update }] })).await.is(200));
    answers.push(import(sales, "name,email\nPlanted,planted@acme.example\n", "?match=email").await.is(200));
    for answer in &answers {
        assert!(!text(answer).contains("73194268"), "{answer:?}");
    }

    let logs = start.platform.folder().join(".appos/logs");
    let (_, lines) = start.platform.stop();
    assert!(!lines.0.is_empty());
    assert_eq!(with_planted(&logs), [""; 0], "not even the line of the call that wrote it");
}

async fn import(client: &Client, file: &str, parameters: &str) -> Answer {
    let request = client.request(Method::POST, &format!("{CUSTOMERS}/import{parameters}"));
    client.send(request.header("content-type", "text/csv").body(file.to_owned())).await
}

/// All customers, as an administrator sees them.
async fn all(start: &Prepared) -> Json {
    start.admin.get(&format!("{CUSTOMERS}?limit=200&sort=id")).await.is(200).body["rows"].clone()
}

#[tokio::test]
async fn fields_that_are_not_the_writers_are_refused_by_every_path_and_nothing_is_written() {
    let start = prepared(&[]).await;
    let (sales, path) = (&start.sales, format!("{CUSTOMERS}/1"));
    let version = sales.get(&path).await.is(200).body["version"].clone();
    let before = all(&start).await;
    for (field, value) in [
        ("id", json!(4711)),
        ("created_at", json!("2020-01-01T00:00:00Z")),
        ("created_by", json!(1)),
        ("updated_at", json!("2020-01-01T00:00:00Z")),
        ("updated_by", json!(1)),
        ("deleted_at", json!("2020-01-01T00:00:00Z")),
        ("credit_limit", json!("1000000")),
        ("is_admin", json!(true)),
        ("user_type", json!("system_admin")),
        ("__proto__", json!({ "credit_limit": "1" })),
        ("Name", json!("Upper")),
        ("account.last_name", json!("Elsewhere")),
    ] {
        let new = json!({ "name": "Mass", "email": "mass@acme.example", field: value });
        let refused = sales.post(CUSTOMERS, new.clone()).await.problem(422, "invalid_fields");
        refused.names(field);
        // A version is named with a change, and with no new row.
        let change = json!({ "version": version, "city": "Mass", field: value });
        sales.patch(&path, change).await.problem(422, "invalid_fields").names(field);
        for atomic in [true, false] {
            let mut update = json!({ "id": 1, "version": version, "city": "Mass" });
            // The id of a change is the row's.
            if field != "id" {
                update[field] = value.clone();
            }
            let operations = if field == "id" {
                json!([{ "create": new }])
            } else {
                json!([{ "create": new }, { "update": update }])
            };
            let body = json!({ "operations": operations, "atomic": atomic });
            let answer = sales.post(&format!("{CUSTOMERS}/bulk"), body).await;
            let told = answer.body.to_string();
            assert!([200, 422].contains(&answer.status) && told.contains(field), "{answer:?}");
            assert!(!told.contains("\"row\""), "{answer:?}");
        }
        let text = value.as_str().map_or_else(|| value.to_string().replace(['"', '{', '}'], ""), str::to_owned);
        let file = format!("name,email,{field}\nMass,mass@acme.example,{text}\n");
        let answer = import(sales, &file, "").await;
        if answer.status == 200 {
            // A file that was exported has these columns, and may be imported: they are passed over.
            assert!(["id", "created_at", "created_by", "updated_at", "updated_by"].contains(&field), "{answer:?}");
            let found = start.admin.get(&format!("{CUSTOMERS}?filter[email]=mass@acme.example")).await.is(200).body;
            assert_ne!(found["rows"][0][field], value, "{found}");
            start.admin.delete(&format!("{CUSTOMERS}/{}", found["rows"][0]["id"])).await.is(204);
            continue;
        }
        assert_eq!(answer.status, 422, "{field}: {answer:?}");
        assert!(answer.body.to_string().contains(field), "{answer:?}");
    }
    let new = json!({ "name": "Mass", "email": "mass@acme.example", "version": 9 });
    sales.post(CUSTOMERS, new).await.problem(422, "invalid_fields").names("version");
    assert_eq!(all(&start).await, before, "nothing is written");
}

#[tokio::test]
async fn a_hundred_changes_of_which_one_is_forbidden_change_nothing() {
    let start = prepared(&[]).await;
    let (sales, mine) = (&start.sales, start.admin.id_of("sales").await);
    let boss = user(&start.platform, &start.admin, "chief", &["crm_users", "crm_admins"]).await;
    let new =
        |owner: i64, number: usize| json!({ "customer": 1, "owner": owner, "subject": format!("as it was {number}") });
    let create: Vec<Json> = (0..99).map(|number| json!({ "create": new(mine, number) })).collect();
    sales.post(&format!("{ACTIVITIES}/bulk"), json!({ "operations": create })).await.is(200);
    let foreign = boss.post(ACTIVITIES, new(start.admin.id_of("chief").await, 99)).await.is(201).id();
    let own: Vec<i64> = {
        let rows = sales.get(&format!("{ACTIVITIES}?limit=200")).await.is(200).body["rows"].clone();
        rows.as_array().expect("rows").iter().filter_map(|row| row["id"].as_i64()).collect()
    };
    assert_eq!(own.len(), 99);
    let before = start.admin.get(&format!("{ACTIVITIES}?limit=200&sort=id")).await.is(200).body["rows"].clone();
    let operations = |change: &dyn Fn(i64) -> Json| {
        let mut ids = own.clone();
        ids.insert(57, foreign);
        json!({ "operations": ids.into_iter().map(change).collect::<Vec<_>>() })
    };
    let update = operations(&|id| json!({ "update": { "id": id, "version": 1, "subject": "changed" } }));
    let delete = operations(&|id| json!({ "delete": { "id": id, "version": 1 } }));
    for body in [update, delete] {
        let refused = sales.post(&format!("{ACTIVITIES}/bulk"), body).await.problem(422, "bulk_failed");
        assert_eq!(refused.names("operations[57]"), "record_not_found", "{}", refused.body);
        assert_eq!(refused.body["errors"].as_array().map(Vec::len), Some(1), "{}", refused.body);
    }
    let after = start.admin.get(&format!("{ACTIVITIES}?limit=200&sort=id")).await.is(200).body["rows"].clone();
    assert_eq!(after, before);
}
