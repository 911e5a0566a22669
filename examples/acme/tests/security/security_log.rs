//! The security log: what it holds, and what is refused when it cannot be written.

use std::collections::HashSet;
use std::fs;
use std::time::{Duration, Instant};

use serde_json::{Value as Json, json};

use super::support::{Answer, Client, Line, Method, PASSWORD, lines, prepared};
use super::{CUSTOMERS, GRANTS, GROUPS, MEMBERSHIPS, USERS};

async fn health(client: &Client) -> String {
    let answer = client.get("/health").await.is(200);
    answer.body.as_str().expect("a text").to_owned()
}

async fn until_health(client: &Client, wanted: &str) {
    let deadline = Instant::now() + Duration::from_secs(60);
    while !health(client).await.starts_with(wanted) {
        assert!(Instant::now() < deadline, "it never became {wanted}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

#[tokio::test]
async fn without_a_security_log_nobody_changes_access_and_everything_else_goes_on() {
    let mut start = prepared(&[]).await;
    let (admin, sales) = (start.admin.clone(), start.sales.clone());
    let stranger = start.platform.client();
    let ben = admin.id_of("outsider").await;
    let user = admin.get(&format!("{USERS}/{ben}")).await.is(200).body;
    let before: Vec<u64> = counts(&admin).await;
    assert_eq!(health(&stranger).await, "ok");

    // A file in the place of the folder; unlike missing rights, it stops root too.
    let logs = start.platform.folder().join(".appos/logs");
    fs::rename(&logs, logs.with_file_name("logs.before")).expect("the folder is moved");
    fs::write(&logs, "").expect("a file");
    until_health(&stranger, "degraded: ").await;
    assert_eq!(health(&stranger).await, "degraded: the security log cannot be written");

    let crm = admin.group("crm_users").await;
    let row = format!("{USERS}/{ben}");
    let new = json!({ "email": "new@acme.example", "name": "New" });
    let csv = admin.request(Method::POST, &format!("{USERS}/import")).header("content-type", "text/csv");
    let bulk = json!({ "operations": [{ "create": new.clone() }] });
    let refused = [
        admin.post(USERS, new).await,
        admin.patch(&row, json!({ "name": "Other", "version": user["version"] })).await,
        admin.delete(&row).await,
        admin.post(GROUPS, json!({ "name": "fresh" })).await,
        admin.post(MEMBERSHIPS, json!({ "user": ben, "group": crm })).await,
        admin.post(GRANTS, json!({ "group": crm, "pattern": "crm.*", "permission": "admin" })).await,
        admin.post(&format!("{USERS}/bulk"), bulk).await,
        admin.send(csv.body("email,name\r\nnew@acme.example,New\r\n")).await,
        admin.rule("set_password", json!({ "user": ben, "password": "another long password" })).await,
        admin.rule("create_api_key", json!({ "user": ben, "name": "key" })).await,
        admin.rule("revoke_api_key", json!({ "id": 1 })).await,
        admin.rule("create_setup_token", json!({})).await,
    ];
    for answer in refused {
        let answer = answer.problem(503, "security_log_unavailable");
        let wait = answer.headers.get("retry-after").and_then(|wait| wait.to_str().ok());
        assert!(wait.is_some_and(|wait| wait.parse::<u32>().is_ok_and(|wait| wait > 0)), "{wait:?}");
    }
    // Whoever may not do it is told no more than ever.
    sales.post(GROUPS, json!({ "name": "fresh" })).await.problem(404, "not_found");
    // Work goes on, and so does looking, also at what cannot be changed now.
    let made = json!({ "name": "In the dark", "email": "dark@customer.example" });
    sales.post(CUSTOMERS, made).await.is(201);
    sales.get(CUSTOMERS).await.is(200);
    admin.get(USERS).await.is(200);
    admin.rule("why", json!({ "user": ben, "permission": "view", "object": "crm.records.customer" })).await.is(200);
    let mut outsider = start.platform.client();
    outsider.sign_in("outsider@acme.example", PASSWORD).await.is(200);
    let denied = outsider.get(CUSTOMERS).await.is(404);
    assert_eq!(counts(&admin).await, before, "nothing was changed");

    fs::remove_file(&logs).expect("the file goes");
    until_health(&stranger, "ok").await;
    let changed = admin.patch(&row, json!({ "name": "Other", "version": user["version"] })).await.is(200);
    assert!(start.platform.terminate().success());
    let security = lines(&logs, "security");
    // What happened meanwhile was held, and is there.
    one(&security, "denied", &denied);
    one(&security, "user_changed", &changed);
    assert_eq!(of(&security, "sign_in").len(), 1);
}

async fn counts(admin: &Client) -> Vec<u64> {
    let mut counts = Vec::new();
    for path in [USERS, GROUPS, MEMBERSHIPS, GRANTS] {
        counts.push(admin.count(path).await);
    }
    counts
}

fn of<'a>(lines: &'a [Line], action: &str) -> Vec<&'a Line> {
    lines.iter().filter(|line| line.text("action") == action).collect()
}

/// The one line of an action in an execution.
#[track_caller]
fn one<'a>(lines: &'a [Line], action: &str, answer: &Answer) -> &'a Line {
    let found: Vec<&Line> =
        of(lines, action).into_iter().filter(|line| line.text("execution_id") == answer.execution_id).collect();
    assert_eq!(found.len(), 1, "{action}: {answer:?} {found:?}");
    assert_eq!(found[0].text("address"), "127.0.0.1");
    found[0]
}

#[tokio::test(flavor = "multi_thread")]
async fn a_flood_of_denials_leaves_a_line_for_each() {
    const CLIENTS: usize = 8;
    const EACH: usize = 1000;
    // Room for 64 events of each sort: the writer is always behind.
    let mut start = prepared(&[("APPOS__LOGGING__QUEUE", "64")]).await;
    let asking: Vec<_> = (0..CLIENTS)
        .map(|_| {
            let client = start.outsider.clone();
            tokio::spawn(async move {
                let mut ids = Vec::with_capacity(EACH);
                for _ in 0..EACH {
                    ids.push(client.get("/api/crm/v1/customers/1").await.is(404).execution_id);
                }
                ids
            })
        })
        .collect();
    let mut asked = HashSet::new();
    for asking in asking {
        asked.extend(asking.await.expect("a client"));
    }
    assert_eq!(asked.len(), CLIENTS * EACH);
    assert!(start.platform.terminate().success());
    let security = lines(&start.platform.folder().join(".appos/logs"), "security");
    let told: Vec<&str> = of(&security, "denied").iter().map(|line| line.text("execution_id")).collect();
    assert_eq!(told.len(), asked.len());
    assert!(told.iter().all(|id| asked.contains(*id)));
}

#[tokio::test]
async fn every_write_of_the_platforms_records_is_told_once_and_none_that_was_undone() {
    let mut start = prepared(&[]).await;
    let admin = start.admin.clone();
    let me = admin.get("/auth/me").await.is(200).body["id"].clone();
    // One by one.
    let user = admin.post(USERS, json!({ "email": "cy@acme.example", "name": "Cy" })).await.is(201);
    let group = admin.post(GROUPS, json!({ "name": "temps" })).await.is(201);
    let membership = admin.post(MEMBERSHIPS, json!({ "user": user.id(), "group": group.id() })).await.is(201);
    let grant = json!({ "group": group.id(), "pattern": "crm.records.*", "permission": "view" });
    let grant = admin.post(GRANTS, grant).await.is(201);
    let wider = admin.change(&format!("{GRANTS}/{}", grant.id()), json!({ "permission": "admin" })).await.is(200);
    // In bulk, by import.
    let operations = json!([
        { "create": { "email": "b1@acme.example", "name": "B1" } },
        { "create": { "email": "not an address", "name": "B2" } },
        { "create": { "email": "b3@acme.example", "name": "B3" } }
    ]);
    let bulk = json!({ "operations": operations, "atomic": false });
    let mixed = admin.post(&format!("{USERS}/bulk"), bulk).await;
    assert!(mixed.status < 300, "{mixed:?}");
    let undone = json!({ "operations": [
        { "create": { "email": "u1@acme.example", "name": "U1" } },
        { "create": { "email": "cy@acme.example", "name": "taken" } }
    ] });
    admin.post(&format!("{USERS}/bulk"), undone).await.problem(422, "bulk_failed");
    let csv = admin.request(Method::POST, &format!("{USERS}/import")).header("content-type", "text/csv");
    let import = admin.send(csv.body("email,name\r\ni1@acme.example,I1\r\n")).await.is(200);
    let csv = admin.request(Method::POST, &format!("{USERS}/import?dry_run=true")).header("content-type", "text/csv");
    admin.send(csv.body("email,name\r\ndry@acme.example,Dry\r\n")).await.is(200);
    let csv = admin.request(Method::POST, &format!("{USERS}/import")).header("content-type", "text/csv");
    admin.send(csv.body("email,name\r\ni2@acme.example,I2\r\nwrong,I3\r\n")).await.problem(422, "import_failed");
    // What goes with a row.
    let gone = admin.delete(&format!("{GROUPS}/{}", group.id())).await.is(204);
    // What was refused.
    admin.post(GROUPS, json!({ "name": "Not A Name" })).await.problem(422, "invalid_fields");
    admin
        .patch(&format!("{USERS}/{}", user.id()), json!({ "name": "x", "version": 99 }))
        .await
        .problem(409, "stale_version");

    assert!(start.platform.terminate().success());
    let logs = start.platform.folder().join(".appos/logs");
    let security = lines(&logs, "security");
    for (answer, action, row, detail, field, value) in [
        (&user, "user_changed", user.id(), "create", "email", json!({ "old": null, "new": "cy@acme.example" })),
        (&group, "group_changed", group.id(), "create", "name", json!({ "old": null, "new": "temps" })),
        (
            &membership,
            "membership_changed",
            membership.id(),
            "create",
            "user",
            json!({ "old": null, "new": user.id() }),
        ),
        (&grant, "grant_changed", grant.id(), "create", "permission", json!({ "old": null, "new": "view" })),
        (&wider, "grant_changed", grant.id(), "update", "permission", json!({ "old": "view", "new": "admin" })),
        (&gone, "group_changed", group.id(), "delete", "name", json!({ "old": "temps", "new": null })),
    ] {
        let line = one(&security, action, answer);
        assert_eq!((line.json["row_id"].as_i64(), line.text("detail")), (Some(row), detail), "{line:?}");
        assert_eq!((&line.json["user_id"], &line.json["changes"][field]), (&me, &value), "{line:?}");
    }
    // With the group its membership and its grant.
    for (action, row) in [("membership_changed", membership.id()), ("grant_changed", grant.id())] {
        let ends: Vec<_> = of(&security, action).into_iter().filter(|line| line.text("detail") == "delete").collect();
        assert_eq!(ends.len(), 1, "{ends:?}");
        assert_eq!(ends[0].json["row_id"], row);
        assert_eq!(ends[0].text("user"), "Ada");
    }
    let emails: Vec<&Json> = of(&security, "user_changed")
        .iter()
        .filter(|line| line.text("detail") == "create")
        .map(|line| &line.json["changes"]["email"]["new"])
        .collect();
    assert_eq!(emails, ["cy@acme.example", "b1@acme.example", "b3@acme.example", "i1@acme.example"]);
    // Each write once: as often as the audit log has it.
    let imports = of(&security, "import");
    assert_eq!(imports.len(), 3);
    assert_eq!(one(&security, "import", &import).text("object_ref"), "platform.records.user");
}

#[tokio::test]
async fn exports_key_uses_and_refusals_inside_a_body_are_told_once() {
    let mut start = prepared(&[]).await;
    let (admin, sales) = (start.admin.clone(), start.sales.clone());
    let export = sales.get("/api/crm/v1/customers/export?format=csv&fields=id,name").await.is(200);
    let refused = start.outsider.get("/api/crm/v1/customers/export?format=csv").await.is(404);
    let robot = json!({ "email": "robot@acme.example", "name": "Robot", "user_type": "service_account" });
    let robot = admin.post(USERS, robot).await.is(201).id();
    let made = admin.rule("create_api_key", json!({ "user": robot, "name": "nightly" })).await.is(200);
    let key = made.body.as_str().expect("the key").to_owned();
    let client = start.platform.client();
    let used = client.get_by_key("/auth/me", &key).await.is(200);
    for _ in 0..5 {
        client.get_by_key("/auth/me", &key).await.is(200);
    }
    // Allowed by the object, refused by the body: a row that would be somebody else's.
    let (customer, other) = (sales.get(CUSTOMERS).await.is(200).column("id")[0].clone(), admin.id_of("finance").await);
    let foreign = json!({ "customer": customer, "owner": other, "subject": "for you", "minutes": 1 });
    let foreign = sales.post("/api/crm/v1/activities", foreign).await.problem(403, "row_not_allowed");

    assert!(start.platform.terminate().success());
    let security = lines(&start.platform.folder().join(".appos/logs"), "security");
    let line = one(&security, "export", &export);
    assert_eq!((line.text("object_ref"), line.text("permission")), ("crm.records.customer", "view"));
    assert_eq!(line.text("detail"), "csv: id, name");
    assert_eq!(of(&security, "export").len(), 1, "what was refused is no export");
    one(&security, "denied", &refused);
    let line = one(&security, "key_used", &used);
    assert_eq!((line.json["user_id"].as_i64(), line.text("detail")), (Some(robot), "key 1"));
    assert_eq!(of(&security, "key_used").len(), 1, "a thousand uses a minute are one line");
    assert!(!security.iter().any(|line| line.json.to_string().contains(&key)));
    assert_eq!(one(&security, "denied", &foreign).text("object_ref"), "crm.records.activity");
}
