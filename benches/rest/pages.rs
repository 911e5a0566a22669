//! Pages deep in a large table beside its first page: both of the platform.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value as Json;

use super::Effort;
use super::client::Client;
use super::load::{Work, round, tell};
use super::process::Pair;

pub(super) fn compare(pair: &Pair<'_>, effort: Effort) {
    let rows = effort.rows;
    pair.execute(&format!(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {rows}) \
         INSERT INTO crm_customer (created_at, updated_at, version, name, email, tier, credit_limit) \
         SELECT created_at, updated_at, 1, 'Company ' || (10000000 + i), 'z' || (10000000 + i) || '@example.com', \
         'bronze', 0 FROM n, (SELECT created_at, updated_at FROM crm_customer WHERE id = 1) AS first"
    ));
    pair.execute("ANALYZE");
    for (name, order) in [("by id", "id"), ("by an indexed text", "email"), ("the same, downwards", "-email")] {
        let path = format!("/api/crm/v1/customers?limit=20&sort={order}");
        let works = [&deep(pair, &path, rows), &path].map(|path| Work::Read { name, path: path.clone().leak() });
        let mut done = [Vec::new(), Vec::new()];
        for _ in 0..=effort.rounds {
            for (work, done) in works.iter().zip(&mut done) {
                done.push(round(&pair.platform, &pair.cookie, work, effort.round / 2));
            }
        }
        // The first rounds warmed up.
        let [deep, first] = done;
        tell(&format!("page {name}"), [&format!("at row {rows}"), "first"], [&deep[1..], &first[1..]]);
    }
}

/// The path of a page near the end: the cursor of the first, moved there.
fn deep(pair: &Pair<'_>, path: &str, rows: u32) -> String {
    let mut client = Client::new(&pair.platform.address, &pair.cookie);
    let next = client.json(path)["next"].as_str().expect("a second page").to_owned();
    let mut cursor: Vec<Json> =
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(next).expect("base64")).expect("a list of values");
    // Rows that were there before sort before or behind the others.
    let place = if path.contains("=-") { 100 } else { rows - 100 };
    let email = format!("z{}@example.com", 10_000_000 + place);
    let found = client.json(&format!("/api/crm/v1/customers?filter[email]={email}"));
    let last = cursor.len() - 1;
    cursor[last] = found["rows"][0]["id"].clone();
    if last == 2 {
        cursor[1] = email.into();
    }
    let path = format!("{path}&cursor={}", URL_SAFE_NO_PAD.encode(Json::from(cursor).to_string()));
    assert_eq!(client.json(&path)["rows"].as_array().map(Vec::len), Some(20), "a full page");
    path
}
