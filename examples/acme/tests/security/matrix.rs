//! The ways into objects over HTTP, and the six permissions: in every cell it is tried who holds exactly
//! one permission for exactly one object, and who holds none. Each answer is as the permission says, and
//! the OpenAPI document shows each the operations that he may call, and no others.

use appos::registry::{ObjectKind, Permission};
use serde_json::{Value as Json, json};

use super::support::{Answer, Client, Method, Prepared, prepared, user};
use super::{GRANTS, GROUPS, MEMBERSHIPS};

const CONTACTS: &str = "/api/crm/v1/contacts";

/// A request, what it takes, and how it is described.
struct Way {
    name: &'static str,
    needs: Permission,
    operation: (&'static str, &'static str),
}

const fn way(name: &'static str, needs: Permission, operation: (&'static str, &'static str)) -> Way {
    Way { name, needs, operation }
}

const RECORD: &[Way] = &[
    way("list", Permission::View, ("get", "/api/crm/v1/contacts")),
    way("get", Permission::View, ("get", "/api/crm/v1/contacts/{id}")),
    way("head", Permission::View, ("get", "/api/crm/v1/contacts/{id}")),
    way("export", Permission::View, ("get", "/api/crm/v1/contacts/export")),
    way("create", Permission::Create, ("post", "/api/crm/v1/contacts")),
    way("import", Permission::Create, ("post", "/api/crm/v1/contacts/import")),
    way("update", Permission::Update, ("patch", "/api/crm/v1/contacts/{id}")),
    way("delete", Permission::Delete, ("delete", "/api/crm/v1/contacts/{id}")),
    way("create in bulk", Permission::Create, ("post", "/api/crm/v1/contacts/bulk")),
    way("update in bulk", Permission::Update, ("post", "/api/crm/v1/contacts/bulk")),
    way("delete in bulk", Permission::Delete, ("post", "/api/crm/v1/contacts/bulk")),
];
const RULE: &[Way] = &[way("call", Permission::Use, ("post", "/api/crm/v1/rules/seed_demo_data"))];

const PROCESS: &[Way] = &[way("start", Permission::Use, ("post", "/api/crm/v1/processes/onboard_customer"))];
const WEB_API: &[Way] = &[way("ask", Permission::Use, ("get", "/api/crm/v1/address-book"))];

/// The rows. Constants, steps, translation sets, connected systems and integrations have no route; pages have one that no program asks, and tests of their own.
const ROWS: [(ObjectKind, &str, &[Way]); 12] = [
    (ObjectKind::Record, "crm.records.contact", RECORD),
    (ObjectKind::Rule, "crm.rules.seed_demo_data", RULE),
    (ObjectKind::Constant, "crm.constants.gold_from", &[]),
    (ObjectKind::Process, "crm.processes.onboard_customer", PROCESS),
    (ObjectKind::Step, "crm.steps.plan_task", &[]),
    (ObjectKind::Interface, "crm.interfaces.dashboard", &[]),
    (ObjectKind::Page, "crm.pages.home", &[]),
    (ObjectKind::Site, "crm.sites.crm", &[]),
    (ObjectKind::TranslationSet, "crm.translations.labels", &[]),
    (ObjectKind::ConnectedSystem, "billing.connected_systems.payments", &[]),
    (ObjectKind::Integration, "billing.integrations.create_charge", &[]),
    (ObjectKind::WebApi, "crm.web_apis.address_book", WEB_API),
];

// A kind without a row does not compile.
const _: () = {
    assert!(ROWS.len() == ObjectKind::ALL.len(), "a kind of objects has no row");
    let mut place = 0;
    while place < ROWS.len() {
        assert!(ROWS[place].0 as u8 == ObjectKind::ALL[place] as u8, "rows stand in the order of kinds");
        place += 1;
    }
};

/// A user of the app `crm` who has nothing there but one permission for each of the three objects.
async fn holder(start: &Prepared, held: Option<Permission>) -> Client {
    let name = held.map_or("nothing", Permission::as_str);
    let (name, admin) = (format!("holder_{name}"), &start.admin);
    // Who is in finance reaches the app, and may not see its contacts.
    let client = user(&start.platform, admin, &name, &["finance"]).await;
    let group = admin.post(GROUPS, json!({ "name": name })).await.is(201).id();
    admin.post(MEMBERSHIPS, json!({ "user": admin.id_of(&name).await, "group": group })).await.is(201);
    for (_, object, _) in ROWS {
        let Some(held) = held else { continue };
        let grant = json!({ "group": group, "pattern": object, "permission": held.as_str() });
        admin.post(GRANTS, grant).await.is(201);
    }
    client
}

/// A contact of the administrator's, to be worked on.
async fn contact(start: &Prepared) -> i64 {
    let body = json!({ "customer": 1, "first_name": "As", "last_name": "It was" });
    start.admin.post(CONTACTS, body).await.is(201).id()
}

async fn send(client: &Client, way: &Way, id: i64) -> Answer {
    let one = format!("{CONTACTS}/{id}");
    let new = json!({ "customer": 1, "first_name": "New", "last_name": "Made" });
    let bulk = async |operation: Json| {
        client.post(&format!("{CONTACTS}/bulk"), json!({ "operations": [operation], "atomic": false })).await
    };
    match way.name {
        "list" => client.get(CONTACTS).await,
        "get" => client.get(&one).await,
        "head" => client.send(client.request(Method::HEAD, &one)).await,
        "export" => client.get(&format!("{CONTACTS}/export")).await,
        "create" => client.post(CONTACTS, new).await,
        "import" => {
            let request =
                client.request(Method::POST, &format!("{CONTACTS}/import")).header("content-type", "text/csv");
            client.send(request.body("customer,first_name,last_name\n1,New,Made\n")).await
        }
        "update" => client.patch(&one, json!({ "version": 1, "last_name": "Changed" })).await,
        "delete" => client.send(client.request(Method::DELETE, &one).header("if-match", "\"1\"")).await,
        "create in bulk" => bulk(json!({ "create": new })).await,
        "update in bulk" => bulk(json!({ "update": { "id": id, "version": 1, "last_name": "Changed" } })).await,
        "delete in bulk" => bulk(json!({ "delete": { "id": id, "version": 1 } })).await,
        "call" => client.post(way.operation.1, json!({})).await,
        "ask" => client.get(way.operation.1).await,
        "start" => client.post(way.operation.1, json!({ "customer_id": 1 })).await,
        other => panic!("how is `{other}` sent?"),
    }
}

/// The status of the one operation of a bulk request, or of the request.
fn status(answer: &Answer) -> u16 {
    let inner = answer.body["results"][0]["status"].as_u64().and_then(|status| u16::try_from(status).ok());
    inner.unwrap_or(answer.status)
}

fn allows(held: Option<Permission>, needs: Permission) -> bool {
    held.is_some_and(|held| held == needs || held == Permission::Admin)
}

#[tokio::test]
async fn whoever_does_not_hold_what_a_request_takes_is_refused_and_nothing_is_changed() {
    let start = prepared(&[]).await;
    for held in std::iter::once(None).chain(Permission::ALL.into_iter().map(Some)) {
        let client = holder(&start, held).await;
        let document = client.get("/api/openapi.json").await.is(200).body;
        for (_, object, ways) in ROWS {
            for way in ways {
                let cell = format!("{} of {object} by who holds {held:?}", way.name);
                let allowed = allows(held, way.needs);
                let (id, rows) = (contact(&start).await, start.admin.count(CONTACTS).await);
                let answer = send(&client, way, id).await;
                let status = status(&answer);
                if allowed {
                    assert!((200..300).contains(&status), "{cell}: {answer:?}");
                } else {
                    // Who may not even view it is not told that it is there.
                    let expected: &[u16] = match () {
                        () if allows(held, Permission::View) => &[403],
                        // A part of a request that is known to exist.
                        () if way.name.ends_with("bulk") && answer.status == 200 => &[403, 404],
                        () => &[404],
                    };
                    assert!(expected.contains(&status), "{cell}: {answer:?}");
                    assert_eq!(start.admin.count(CONTACTS).await, rows, "{cell}");
                    let row = start.admin.get(&format!("{CONTACTS}/{id}")).await.is(200).body;
                    assert_eq!((&row["last_name"], &row["version"]), (&json!("It was"), &json!(1)), "{cell}");
                }
                let (method, path) = way.operation;
                let described = document["paths"][path].get(method).is_some();
                // One path is for all three kinds of writes, and there for whoever may make one.
                let writes = [Permission::Create, Permission::Update, Permission::Delete];
                let visible = match path.ends_with("/bulk") {
                    true => writes.into_iter().any(|write| allows(held, write)),
                    false => allowed,
                };
                assert_eq!(described, visible, "{cell}: {method} {path} in the document");
            }
        }
    }
}

#[tokio::test]
async fn what_has_no_route_has_none_for_anybody() {
    let start = prepared(&[]).await;
    for client in [&start.admin, &start.sales] {
        for path in [
            "/api/crm/v1/constants/gold_from",
            "/api/crm/v1/rules/gold_from",
            "/api/crm/v1/rules/contact",
            "/api/crm/v1/seed_demo_data",
            "/api/crm/v1/gold_from",
            "/api/crm/v1/processes/contact",
            "/api/crm/v1/processes/plan_task",
            "/api/crm/v1/processes/onboard_customer/steps",
            "/api/crm/v1/onboard_customer",
            "/api/crm/v1/steps/plan_task",
            "/api/crm/v1/rules/plan_task",
            "/api/crm/v1/plan_task",
            "/api/billing/v1/contacts",
        ] {
            client.get(path).await.problem(404, "not_found");
            client.post(path, json!({})).await.problem(404, "not_found");
        }
    }
}
