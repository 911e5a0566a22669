//! Nobody becomes an administrator but by one, and there is always one: asked by every path that writes.

use serde_json::{Value as Json, json};

use super::support::{Answer, Client, Method, PASSWORD, Prepared, prepared, user};
use super::{GRANTS, GROUPS, MEMBERSHIPS, USERS};

async fn import(client: &Client, path: &str, parameters: &str, kind: &str, file: String) -> Answer {
    let request = client.request(Method::POST, &format!("{path}/import?{parameters}"));
    client.send(request.header("content-type", kind).body(file)).await
}

async fn csv(client: &Client, path: &str, parameters: &str, file: String) -> Answer {
    import(client, path, parameters, "text/csv", file).await
}

async fn jsonl(client: &Client, path: &str, parameters: &str, row: &Json) -> Answer {
    import(client, path, parameters, "application/jsonl", format!("{row}\n")).await
}

async fn bulk(client: &Client, path: &str, atomic: bool, operation: &Json) -> Answer {
    client.post(&format!("{path}/bulk"), json!({ "atomic": atomic, "operations": [operation] })).await
}

/// All that decides about access.
async fn everything(admin: &Client) -> Vec<Json> {
    let mut all = Vec::new();
    for path in [USERS, GROUPS, MEMBERSHIPS, GRANTS] {
        all.push(admin.get(&format!("{path}?limit=200")).await.is(200).body["rows"].clone());
    }
    all
}

/// Rows that would give rights, and what they are to become.
async fn wishes(start: &Prepared) -> Vec<(&'static str, Json)> {
    let admin = &start.admin;
    let me = admin.id_of("sales").await;
    let (all, crm) = (admin.group("system_admin").await, admin.group("crm_users").await);
    vec![
        (USERS, json!({ "email": "mine@acme.example", "name": "Mine", "user_type": "system_admin" })),
        (USERS, json!({ "email": "mine@acme.example", "name": "Mine" })),
        (GROUPS, json!({ "name": "mine" })),
        (MEMBERSHIPS, json!({ "user": me, "group": all })),
        (MEMBERSHIPS, json!({ "user": me, "group": admin.group("finance").await })),
        (GRANTS, json!({ "group": crm, "pattern": "platform.records.user", "permission": "view" })),
        (GRANTS, json!({ "group": crm, "pattern": "crm.*", "permission": "admin" })),
    ]
}

/// A table of one row.
fn table(row: &Json) -> String {
    let row = row.as_object().expect("a row");
    let values = row.values().map(|value| value.as_str().map_or_else(|| value.to_string(), str::to_owned));
    let names: Vec<&str> = row.keys().map(String::as_str).collect();
    format!("{}\n{}\n", names.join(","), values.collect::<Vec<_>>().join(","))
}

#[tokio::test]
async fn nobody_else_gives_rights_by_any_path() {
    let start = prepared(&[]).await;
    let admin = &start.admin;
    // The most that somebody can be given without being an administrator: to look at everything.
    let viewer =
        user(&start.platform, admin, "viewer", &["crm_users", "crm_admins", "finance", "billing_admins"]).await;
    let group = admin.post(GROUPS, json!({ "name": "viewers" })).await.is(201).id();
    admin.post(MEMBERSHIPS, json!({ "user": admin.id_of("viewer").await, "group": group })).await.is(201);
    let view = json!({ "group": group, "pattern": "platform.*", "permission": "view" });
    admin.post(GRANTS, view).await.is(201);
    viewer.get(USERS).await.is(200);
    let before = everything(admin).await;
    let stranger = start.platform.client();
    for (path, row) in wishes(&start).await {
        for (client, status) in [(&start.sales, 404), (&viewer, 403), (&stranger, 401)] {
            client.post(path, row.clone()).await.is(status);
            csv(client, path, "", table(&row)).await.is(status);
            csv(client, path, "mode=partial", table(&row)).await.is(status);
            jsonl(client, path, "", &row).await.is(status);
            let key = if path == USERS { "match=email" } else { "match=id" };
            jsonl(client, path, key, &row).await.is(status);
            for atomic in [true, false] {
                bulk(client, path, atomic, &json!({ "create": row })).await.is(status);
            }
        }
    }
    assert_eq!(everything(admin).await, before);
}

#[tokio::test]
async fn nobody_else_changes_or_removes_what_decides_about_access() {
    let start = prepared(&[]).await;
    let admin = &start.admin;
    let viewer = user(&start.platform, admin, "viewer", &[]).await;
    let me = admin.id_of("viewer").await;
    let group = admin.post(GROUPS, json!({ "name": "viewers" })).await.is(201).id();
    let membership = admin.post(MEMBERSHIPS, json!({ "user": me, "group": group })).await.is(201).id();
    let view = json!({ "group": group, "pattern": "platform.*", "permission": "view" });
    let grant = admin.post(GRANTS, view).await.is(201).id();
    let all = admin.group("system_admin").await;
    let before = everything(admin).await;
    for (path, id, change) in [
        // Of one's own account, too.
        (USERS, me, json!({ "user_type": "system_admin" })),
        (USERS, me, json!({ "name": "Another" })),
        (USERS, admin.id_of("admin").await, json!({ "active": false })),
        (GROUPS, group, json!({ "active": false })),
        (MEMBERSHIPS, membership, json!({ "group": all })),
        (GRANTS, grant, json!({ "permission": "admin" })),
        (GRANTS, grant, json!({ "pattern": "crm.*", "permission": "admin" })),
    ] {
        let row = format!("{path}/{id}");
        let mut with_id = change.clone();
        (with_id["id"], with_id["version"]) = (id.into(), 1.into());
        let mut with_version = change.clone();
        with_version["version"] = 1.into();
        for (client, status) in [(&start.sales, 404), (&viewer, 403)] {
            client.patch(&row, with_version.clone()).await.is(status);
            client.delete(&format!("{row}?version=1")).await.is(status);
            client.post(&format!("{row}/restore"), json!({})).await.is(404);
            client.send(client.request(Method::PUT, &row).json(&change)).await.is(if status == 403 {
                405
            } else {
                404
            });
            for atomic in [true, false] {
                bulk(client, path, atomic, &json!({ "update": with_id })).await.is(status);
                bulk(client, path, atomic, &json!({ "delete": { "id": id, "version": 1 } })).await.is(status);
            }
            csv(client, path, "match=id", table(&with_id)).await.is(status);
            jsonl(client, path, "match=id&mode=partial", &with_id).await.is(status);
        }
    }
    // Nor as a part of another row: a field of a customer leads to no user.
    let nested = json!({ "name": "Nested", "email": "nested@customer.example",
        "created_by": { "id": me, "user_type": "system_admin" }, "memberships": [{ "user": me, "group": all }] });
    start.sales.post(super::CUSTOMERS, nested).await.problem(422, "invalid_fields");
    // Nor by the rules that are for administrators.
    for (rule, arguments) in [
        ("set_password", json!({ "user": admin.id_of("admin").await, "password": PASSWORD })),
        ("create_password_reset", json!({ "user": admin.id_of("admin").await })),
        ("invite_user", json!({ "user": me })),
        ("create_setup_token", json!({})),
        ("create_api_key", json!({ "user": me, "name": "mine" })),
    ] {
        start.sales.rule(rule, arguments.clone()).await.problem(404, "not_found");
        viewer.rule(rule, arguments).await.problem(403, "denied");
    }
    assert_eq!(everything(admin).await, before);
}

/// Tries to take the administrator away, by every path that a row goes or changes.
async fn stays(admin: &Client, path: &str, id: i64, changes: &[Json]) {
    let row = format!("{path}/{id}");
    let version = admin.get(&row).await.is(200).body["version"].clone();
    admin.delete(&row).await.problem(409, "last_system_admin");
    let mut operations = vec![json!({ "delete": { "id": id, "version": version } })];
    for change in changes {
        admin.change(&row, change.clone()).await.problem(409, "last_system_admin");
        let mut update = change.clone();
        (update["id"], update["version"]) = (id.into(), version.clone());
        for parameters in ["match=id", "match=id&mode=partial"] {
            // A file names no versions.
            let mut line = change.clone();
            line["id"] = id.into();
            for answer in
                [csv(admin, path, parameters, table(&line)).await, jsonl(admin, path, parameters, &line).await]
            {
                assert!(answer.body.to_string().contains("last_system_admin"), "{parameters}: {answer:?}");
            }
        }
        operations.push(json!({ "update": update }));
    }
    for operation in &operations {
        for atomic in [true, false] {
            let answer = bulk(admin, path, atomic, operation).await;
            assert!(answer.body.to_string().contains("last_system_admin"), "{operation}: {answer:?}");
        }
    }
    assert_eq!(admin.get(&row).await.is(200).body["version"], version);
    admin.get(USERS).await.is(200);
}

#[tokio::test]
async fn the_last_administrator_is_removed_by_no_path() {
    let start = prepared(&[]).await;
    let admin = &start.admin;
    let me = admin.id_of("admin").await;
    let less = [json!({ "active": false }), json!({ "user_type": "basic" }), json!({ "user_type": "service_account" })];
    stays(admin, USERS, me, &less).await;
    // By e-mail address, too.
    let by_email = json!({ "email": "admin@acme.example", "active": false });
    let answer = jsonl(admin, USERS, "match=email", &by_email).await;
    assert!(answer.body.to_string().contains("last_system_admin"), "{answer:?}");

    // The same if the group makes the administrator: the membership stays, and what it hangs on.
    let group = admin.group("system_admin").await;
    let membership = admin.post(MEMBERSHIPS, json!({ "user": me, "group": group })).await.is(201).id();
    admin.change(&format!("{USERS}/{me}"), json!({ "user_type": "basic" })).await.is(200);
    let others = [json!({ "group": admin.group("finance").await }), json!({ "user": 4711 })];
    stays(admin, MEMBERSHIPS, membership, &others[..1]).await;
    // Deleting the user would take the membership along.
    stays(admin, USERS, me, &[json!({ "active": false }), json!({ "user_type": "service_account" })]).await;
    let row = format!("{GROUPS}/{group}");
    // It belongs to the program, and its members would go with it.
    admin.delete(&row).await.is(409);
    for change in [json!({ "active": false }), json!({ "name": "others" })] {
        admin.change(&row, change.clone()).await.problem(409, "builtin_group");
        let mut line = change;
        line["id"] = group.into();
        let answer = jsonl(admin, GROUPS, "match=id", &line).await;
        assert!(answer.body.to_string().contains("builtin_group"), "{answer:?}");
    }
    // Two in one request, neither of whom would be the last alone.
    let second = user(&start.platform, admin, "second", &[]).await;
    let other = admin.id_of("second").await;
    admin.change(&format!("{USERS}/{other}"), json!({ "user_type": "system_admin" })).await.is(200);
    let operations: Vec<Json> = [other, me].map(|id| json!({ "update": { "id": id, "active": false } })).into();
    let mut with_versions = Vec::new();
    for mut operation in operations {
        let id = operation["update"]["id"].clone();
        operation["update"]["version"] = admin.get(&format!("{USERS}/{id}")).await.is(200).body["version"].clone();
        with_versions.push(operation);
    }
    let both = json!({ "operations": with_versions });
    let answer = admin.post(&format!("{USERS}/bulk"), both).await;
    assert!(answer.body.to_string().contains("last_system_admin"), "{answer:?}");
    let lines = format!("id,active\n{other},false\n{me},false\n");
    let answer = csv(admin, USERS, "match=id", lines).await;
    assert!(answer.body.to_string().contains("last_system_admin"), "{answer:?}");
    admin.get(USERS).await.is(200);
    second.get(USERS).await.is(200);
}
