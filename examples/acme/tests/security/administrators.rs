//! Users, groups and grants belong to system administrators, and there is always one.

use serde_json::json;

use super::support::{Client, PASSWORD, Prepared, prepared, user};
use super::{CUSTOMERS, GRANTS, GROUPS, MEMBERSHIPS, USERS};

#[tokio::test]
async fn nobody_else_touches_users_groups_or_grants() {
    let start = prepared(&[]).await;
    let (admin, sales) = (&start.admin, &start.sales);
    let me = admin.id_of("sales").await;
    let (all, crm) = (admin.group("system_admin").await, admin.group("crm_users").await);
    let membership = admin.get(&format!("{MEMBERSHIPS}?filter[user]={me}")).await.is(200).column("id")[0].clone();
    let mut counts = Vec::new();
    for path in [USERS, GROUPS, MEMBERSHIPS, GRANTS] {
        counts.push((path, admin.count(path).await));
    }
    for (path, body) in [
        (USERS, json!({ "email": "mine@acme.example", "name": "Mine", "user_type": "system_admin" })),
        (USERS, json!({ "email": "mine@acme.example", "name": "Mine" })),
        (GROUPS, json!({ "name": "mine" })),
        (MEMBERSHIPS, json!({ "user": me, "group": all })),
        (MEMBERSHIPS, json!({ "user": me, "group": admin.group("finance").await })),
        (GRANTS, json!({ "group": crm, "pattern": "platform.*", "permission": "admin" })),
        (GRANTS, json!({ "group": crm, "pattern": "crm.*", "permission": "admin" })),
    ] {
        sales.post(path, body.clone()).await.problem(404, "not_found");
        start.outsider.post(path, body.clone()).await.problem(404, "not_found");
        start.platform.client().post(path, body).await.problem(401, "not_signed_in");
    }
    for (path, body) in [
        (format!("{USERS}/{me}"), json!({ "user_type": "system_admin", "version": 1 })),
        (format!("{USERS}/{me}"), json!({ "name": "Another", "version": 1 })),
        (format!("{GROUPS}/{crm}"), json!({ "name": "system_admin", "version": 1 })),
        (format!("{MEMBERSHIPS}/{membership}"), json!({ "group": all, "version": 1 })),
    ] {
        sales.patch(&path, body).await.problem(404, "not_found");
        sales.delete(&path).await.problem(404, "not_found");
        sales.get(&path).await.problem(404, "not_found");
    }
    for (path, count) in counts {
        assert_eq!(admin.count(path).await, count, "{path}");
    }
    assert_eq!(sales.get("/auth/me").await.is(200).body["user_type"], "basic");
}

#[tokio::test]
async fn what_would_give_everything_cannot_be_given_away() {
    let start = prepared(&[]).await;
    let (admin, sales) = (&start.admin, &start.sales);
    let group = admin.group("crm_users").await;
    for pattern in [
        "platform.*",
        "platform.records.*",
        "platform.records.membership",
        "platform.rules.set_password",
        "platform.u*",
        "platform.rules.*",
        "platform.rules.p*",
        "platform.rules.health",
    ] {
        for permission in ["use", "create", "update", "delete", "admin"] {
            let body = json!({ "group": group, "pattern": pattern, "permission": permission });
            let refused = admin.post(GRANTS, body).await.problem(422, "invalid_fields");
            assert_eq!(refused.names("pattern"), "not_grantable");
        }
    }
    for permission in ["create", "update", "delete", "admin"] {
        let body = json!({ "group": group, "pattern": "platform.rules.metrics", "permission": permission });
        admin.post(GRANTS, body).await.problem(422, "invalid_fields");
    }
    // To look is another matter.
    let body = json!({ "group": group, "pattern": "platform.records.user", "permission": "view" });
    let path = format!("{GRANTS}/{}", admin.post(GRANTS, body).await.is(201).id());
    sales.get(USERS).await.is(200);
    sales.post(USERS, json!({ "email": "mine@acme.example", "name": "Mine" })).await.problem(403, "denied");
    let refused = admin.change(&path, json!({ "permission": "create" })).await.problem(422, "invalid_fields");
    assert_eq!(refused.names("pattern"), "not_grantable");
    // Neither half of a grant can be changed towards it.
    admin.change(&path, json!({ "pattern": "crm.*", "permission": "create" })).await.is(200);
    admin.change(&path, json!({ "pattern": "platform.*" })).await.problem(422, "invalid_fields");
    sales.get(USERS).await.problem(404, "not_found");
}

#[tokio::test]
async fn fields_that_are_the_systems_are_not_written() {
    let start = prepared(&[]).await;
    let (admin, sales) = (&start.admin, &start.sales);
    let (users, customers) = (admin.count(USERS).await, admin.count(CUSTOMERS).await);
    for (field, value, code) in [
        ("id", json!(1), "read_only"),
        ("created_by", json!(1), "read_only"),
        ("created_at", json!("2020-01-01T00:00:00Z"), "read_only"),
        ("updated_by", json!(1), "read_only"),
        ("updated_at", json!("2020-01-01T00:00:00Z"), "read_only"),
        ("version", json!(7), "read_only"),
        ("password", json!(PASSWORD), "unknown_field"),
        ("groups", json!(["system_admin"]), "unknown_field"),
        ("is_admin", json!(true), "unknown_field"),
        ("__proto__", json!({}), "unknown_field"),
    ] {
        let mut new = json!({ "email": "new@acme.example", "name": "New" });
        new[field] = value.clone();
        let refused = admin.post(USERS, new.clone()).await.problem(422, "invalid_fields");
        assert_eq!(refused.names(field), code, "{field}");
        let refused = sales.post(CUSTOMERS, new).await.problem(422, "invalid_fields");
        assert_eq!(refused.names(field), code, "{field}");
        if field != "version" {
            let mut change = json!({ "version": 1 });
            change[field] = value;
            let refused = sales.patch(&format!("{CUSTOMERS}/1"), change).await.problem(422, "invalid_fields");
            assert_eq!(refused.names(field), code, "{field}");
        }
    }
    assert_eq!((admin.count(USERS).await, admin.count(CUSTOMERS).await), (users, customers));
}

#[tokio::test]
async fn groups_that_the_program_names_stay_as_they_are() {
    let start = prepared(&[]).await;
    let admin = &start.admin;
    for name in ["system_admin", "public_access"] {
        let refused = admin.post(GROUPS, json!({ "name": name })).await.problem(422, "invalid_fields");
        assert_eq!(refused.names("name"), "reserved");
    }
    for name in ["system_admin", "public_access", "crm_users", "finance", "billing_admins"] {
        let path = format!("{GROUPS}/{}", admin.group(name).await);
        admin.delete(&path).await.problem(409, "builtin_group");
        admin.change(&path, json!({ "active": false })).await.problem(409, "builtin_group");
        admin.change(&path, json!({ "name": "another" })).await.problem(409, "builtin_group");
        let changed = admin.change(&path, json!({ "description": "In other words", "active": true })).await.is(200);
        assert_eq!((&changed.body["name"], &changed.body["active"]), (&json!(name), &json!(true)));
    }
    // Other groups are the administrator's own.
    let own = admin.post(GROUPS, json!({ "name": "own" })).await.is(201).id();
    let path = format!("{GROUPS}/{own}");
    for name in ["system_admin", "public_access"] {
        let refused = admin.change(&path, json!({ "name": name })).await.problem(422, "invalid_fields");
        assert_eq!(refused.names("name"), "reserved");
    }
    admin.change(&path, json!({ "name": "our_own", "active": false })).await.is(200);
    admin.delete(&path).await.is(204);
    start.sales.get(CUSTOMERS).await.is(200);
}

async fn second(start: &Prepared, name: &str) -> (Client, String) {
    let client = user(&start.platform, &start.admin, name, &[]).await;
    (client, format!("{USERS}/{}", start.admin.id_of(name).await))
}

#[tokio::test]
async fn the_last_administrator_stays_one() {
    let start = prepared(&[]).await;
    let admin = &start.admin;
    let me = format!("{USERS}/{}", admin.id_of("admin").await);
    let last = async |client: &Client, path: &str| {
        client.delete(path).await.problem(409, "last_system_admin");
        for change in
            [json!({ "active": false }), json!({ "user_type": "basic" }), json!({ "user_type": "service_account" })]
        {
            client.change(path, change).await.problem(409, "last_system_admin");
        }
        client.get("/auth/me").await.is(200);
        client.get(USERS).await.is(200);
    };
    last(admin, &me).await;

    // Another account is no way out as long as nobody can sign in with it.
    let body = json!({ "email": "bob@acme.example", "name": "Bob", "user_type": "system_admin" });
    let bob = admin.post(USERS, body).await.is(201).id();
    last(admin, &me).await;
    admin.rule("set_password", json!({ "user": bob, "password": PASSWORD })).await.is(200);
    admin.change(&format!("{USERS}/{bob}"), json!({ "active": false })).await.is(200);
    last(admin, &me).await;
    admin.change(&format!("{USERS}/{bob}"), json!({ "active": true })).await.is(200);

    // Now there are two, and one may go.
    let mut client = start.platform.client();
    client.sign_in("bob@acme.example", PASSWORD).await.is(200);
    admin.change(&me, json!({ "user_type": "basic" })).await.is(200);
    admin.get(USERS).await.problem(404, "not_found");
    last(&client, &format!("{USERS}/{bob}")).await;

    // The group counts as the type does: its last member stays in it.
    let group = client.group("system_admin").await;
    let body = json!({ "user": client.id_of("admin").await, "group": group });
    let membership = client.post(MEMBERSHIPS, body).await.is(201).id();
    client.delete(&format!("{USERS}/{bob}")).await.is(204);
    let path = format!("{MEMBERSHIPS}/{membership}");
    admin.delete(&path).await.problem(409, "last_system_admin");
    let elsewhere = json!({ "group": admin.group("finance").await });
    admin.change(&path, elsewhere).await.problem(409, "last_system_admin");
    let other = json!({ "user": admin.id_of("sales").await });
    admin.change(&path, other).await.is(200);
    admin.get(USERS).await.problem(404, "not_found");
    start.sales.get(USERS).await.is(200);
}

#[tokio::test]
async fn two_administrators_who_remove_each_other_leave_one() {
    let start = prepared(&[]).await;
    let (bob, bobs) = second(&start, "bob").await;
    start.admin.change(&bobs, json!({ "user_type": "system_admin" })).await.is(200);
    let admins = format!("{USERS}/{}", start.admin.id_of("admin").await);
    let (first, other) = (start.admin.clone(), bob.clone());
    let one = tokio::spawn(async move { first.delete(&bobs).await.status });
    let two = tokio::spawn(async move { other.delete(&admins).await.status });
    let statuses = [one.await.expect("an answer"), two.await.expect("an answer")];
    assert_eq!(statuses.iter().filter(|status| **status == 204).count(), 1, "{statuses:?}");
    let left = if statuses[0] == 204 { &start.admin } else { &bob };
    left.get(USERS).await.is(200);
}
