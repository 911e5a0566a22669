//! Which pages there are, and how one gets there.

use serde_json::json;

use crate::eye::Eye;
use crate::support::{Method, Prepared, prepared};

/// A picture of one pixel.
const GIF: &[u8] =
    b"GIF89a\x01\0\x01\0\x80\0\0\xff\0\0\0\0\0!\xf9\x04\0\0\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;";

const CUSTOMER: &str = "/api/crm/v1/customers/3";

#[tokio::test]
async fn every_kind_of_page_is_for_everybody_on_every_screen_in_both_themes() {
    let prepared = prepared(&[("APPOS__MAIL__SYSTEM", "crm.connected_systems.mailer")]).await;
    let mut eye = Eye::opens(&prepared.platform.url).await;
    before_signing_in(&mut eye).await;
    eye.is(Some(&prepared.sales)).await;
    starts(&mut eye).await;
    lists(&mut eye, &prepared).await;
    rows(&mut eye, &prepared).await;
    forms(&mut eye, &prepared).await;
    processes(&mut eye, &prepared).await;
    operations(&mut eye, &prepared).await;
    caught_mail(&mut eye, &prepared).await;
    console(&mut eye).await;
    eye.is(Some(&prepared.sales)).await;
    tasks(&mut eye, &prepared).await;
    imports(&mut eye).await;
    documents(&mut eye, &prepared).await;
    refusals(&mut eye, &prepared).await;
    eye.closes().await;
}

#[tokio::test]
async fn what_comes_piece_by_piece_does_not_move() {
    let prepared = prepared(&[]).await;
    let mut eye = Eye::opens(&prepared.platform.url).await;
    eye.is(Some(&prepared.sales)).await;
    // Styles and scripts are there.
    eye.open("/crm/orders").await;
    eye.is_far_away().await;
    for path in ["/crm/orders", "/crm/customers", "/crm/customers/1", "/crm/home", "/crm/customers/1/edit"] {
        eye.open(path).await;
    }
    eye.closes().await;
}

#[tokio::test]
async fn what_moves_while_it_loads_is_noticed() {
    let prepared = prepared(&[]).await;
    let mut eye = Eye::opens(&prepared.platform.url).await;
    eye.is(Some(&prepared.sales)).await;
    eye.open("/crm/orders").await;
    eye.ask("document.querySelector('main').prepend(Object.assign(document.createElement('p'), { innerHTML: 'A<br>B<br>C' }))")
        .await;
    let moved = eye.moved().await;
    assert!(moved[0].as_f64().is_some_and(|sum| sum > 0.0), "{moved}");
    eye.closes().await;
}

async fn before_signing_in(eye: &mut Eye) {
    eye.is(None).await;
    eye.open("/login").await;
    eye.looks_at("sign-in").await;
    eye.ask(
        "email.value = 'nobody@acme.example'; password.value = 'wrong';
        document.querySelector('form button').click();",
    )
    .await;
    eye.until("document.querySelector('[role=alert]')").await;
    eye.looks_at("sign-in-wrong").await;
    let pages = [
        ("/invitation?token=x", "invitation"),
        ("/reset?token=x", "new-password"),
        ("/forgot-password", "forgotten-password"),
    ];
    for (path, name) in pages {
        eye.open(path).await;
        eye.looks_at(name).await;
    }
    eye.open("/crm/about").await;
    eye.looks_at("public-page").await;
}

async fn starts(eye: &mut Eye) {
    for (path, name) in [
        ("/", "start"),
        ("/crm", "start-of-an-app"),
        ("/crm/home", "own-page"),
        ("/crm/order-check", "long-work"),
        ("/crm/customers/1/report", "own-page-with-parameters"),
        ("/search?q=alder", "search"),
        ("/search?q=nothing-is-called-this", "search-without-result"),
        ("/settings", "settings"),
        ("/password", "password"),
    ] {
        eye.open(path).await;
        eye.looks_at(name).await;
    }
}

async fn lists(eye: &mut Eye, prepared: &Prepared) {
    let view = json!({ "record": "crm.records.order", "name": "Large drafts",
        "query": "filter[status]=draft&sort=-total", "shared_with": null });
    prepared.sales.rule("save_view", view).await.is(200);
    for (path, name) in [
        ("/crm/orders?filter[status]=completed&filter[total][gte]=10&sort=-total", "list"),
        ("/crm/activities", "list-empty"),
        ("/crm/customers?filter[name]=nobody", "list-filtered-to-nothing"),
        ("/crm/customers?filter[nothing]=1", "list-with-a-wrong-question"),
        ("/crm/orders?by=ordered_on", "list-filter"),
    ] {
        eye.open(path).await;
        eye.looks_at(name).await;
    }
    // What opens above a list.
    eye.open("/crm/orders?filter[status]=completed").await;
    for (menu, name) in [("view", "saved-views"), ("columns", "list-columns"), ("export", "list-export")] {
        eye.ask(&format!("document.querySelector('[popovertarget={menu}]').click()")).await;
        eye.until(&format!("document.getElementById('{menu}').matches(':popover-open')")).await;
        eye.looks_at(name).await;
        eye.ask(&format!("document.getElementById('{menu}').hidePopover()")).await;
    }
    eye.ask("document.querySelector('[data-select-all]').click()").await;
    eye.until("!document.querySelector('[data-bulk-count]').textContent.endsWith(' 0')").await;
    eye.looks_at("list-with-rows-chosen").await;
    eye.ask("document.dispatchEvent(new KeyboardEvent('keydown', { key: 'k', ctrlKey: true, bubbles: true }))").await;
    eye.until("document.querySelector('dialog:modal [role=option]')").await;
    eye.looks_at("command-palette").await;
    for (path, name) in [("do=edit&rows=1:1,2:1", "bulk-edit"), ("do=delete&rows=1:1,2:1", "bulk-delete")] {
        eye.open(&format!("/crm/contacts/bulk?{path}")).await;
        eye.looks_at(name).await;
    }
}

async fn processes(eye: &mut Eye, prepared: &Prepared) {
    eye.open("/crm/processes").await;
    eye.looks_at("processes-none").await;
    let path = "/api/crm/v1/processes/onboard_customer";
    let started = prepared.sales.post(path, json!({ "customer_id": 3 })).await.is(202).body["id"].clone();
    let id = started.as_str().expect("an id");
    let waits = |shown: &serde_json::Value| shown["worker"].is_null() && shown["waits"][1]["kind"] == "timer";
    while !waits(&prepared.sales.get(&format!("{path}/instances/{id}")).await.is(200).body) {
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    for (path, name) in [
        ("/crm/processes".to_owned(), "processes"),
        ("/crm/processes?state=failed&mine=true".to_owned(), "processes-filtered-to-nothing"),
        (format!("/crm/processes/{id}"), "process"),
        (format!("/crm/processes/{id}?ask=cancel"), "process-cancel"),
        ("/crm/processes/change_tier/start".to_owned(), "process-start"),
        ("/processes".to_owned(), "processes-overview"),
        ("/processes/mine".to_owned(), "processes-mine"),
    ] {
        eye.open(&path).await;
        eye.looks_at(name).await;
    }
}

/// As the administrator, who sees who works, and what goes no further.
async fn operations(eye: &mut Eye, prepared: &Prepared) {
    eye.is(Some(&prepared.admin)).await;
    eye.open("/processes/workers").await;
    eye.looks_at("processes-workers").await;
    eye.open("/connected-systems").await;
    eye.looks_at("connected-systems").await;
    eye.open("/admin/metrics").await;
    eye.looks_at("metrics").await;
    eye.open("/admin/metrics?window=1h&object=crm.records.customer").await;
    eye.looks_at("metrics-object").await;
    eye.open("/admin/health").await;
    eye.looks_at("health").await;
    eye.open("/processes/dead").await;
    eye.looks_at("processes-dead-none").await;
    let path = "/api/crm/v1/processes/onboard_customer";
    prepared.admin.post(path, json!({ "customer_id": 999_999 })).await.is(202);
    let wanted = json!({ "wanted": { "dead": true } });
    let listed = || prepared.admin.post("/api/platform/v1/rules/process_list", wanted.clone());
    while listed().await.is(200).body[0].is_null() {
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    let id = listed().await.is(200).body[0]["id"].as_str().expect("an id").to_owned();
    eye.open("/processes/dead").await;
    eye.looks_at("processes-dead").await;
    eye.open(&format!("/processes/dead?do=retry&ids={id}")).await;
    eye.looks_at("processes-dead-retry").await;
}

/// As the administrator, who sees what was sent to nobody.
async fn caught_mail(eye: &mut Eye, prepared: &Prepared) {
    eye.open("/caught-mail").await;
    eye.looks_at("caught-mail-none").await;
    prepared.sales.post("/api/crm/v1/rules/mail_orders", json!({ "customer_id": 3 })).await.is(200);
    let listed = || prepared.admin.rule("list_caught_mail", json!({}));
    while listed().await.is(200).body[0].is_null() {
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    let id = listed().await.is(200).body[0]["id"].as_str().expect("an id").to_owned();
    for (path, name) in [
        ("/caught-mail".to_owned(), "caught-mail"),
        ("/caught-mail?ask=clear".to_owned(), "caught-mail-delete"),
        (format!("/caught-mail/{id}"), "caught-mail-one"),
    ] {
        eye.open(&path).await;
        eye.looks_at(name).await;
    }
}

/// As the administrator, who asks what a sales person may do and could.
async fn console(eye: &mut Eye) {
    let asked = "/admin/permissions?user=sales&app=crm&with=finance&why=delete:crm.records.customer";
    for (path, name) in [
        ("/admin", "console"),
        ("/admin/objects", "console-objects"),
        ("/admin/objects/crm.records.customer", "console-object"),
        ("/admin/permissions", "console-permissions-none"),
        (asked, "console-permissions"),
    ] {
        eye.open(path).await;
        eye.looks_at(name).await;
    }
}

/// As finance, which is asked; the others are seen as the sales person.
async fn tasks(eye: &mut Eye, prepared: &Prepared) {
    eye.is(Some(&prepared.finance)).await;
    eye.open("/tasks").await;
    eye.looks_at("tasks-none").await;
    let request = json!({ "customer_id": 3, "tier": "gold", "reason": "They buy every week" });
    prepared.sales.post("/api/crm/v1/processes/change_tier", request).await.is(202);
    let listed = || prepared.finance.post("/api/platform/v1/rules/task_list", json!({}));
    while listed().await.is(200).body[0].is_null() {
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    let id = listed().await.is(200).body[0]["id"].clone();
    eye.open("/tasks").await;
    eye.looks_at("tasks").await;
    eye.open(&format!("/tasks/{}", id.as_str().expect("an id"))).await;
    eye.looks_at("task").await;
    eye.is(Some(&prepared.sales)).await;
}

async fn rows(eye: &mut Eye, prepared: &Prepared) {
    eye.open("/crm/customers/3").await;
    eye.looks_at("detail").await;
    eye.open("/crm/customers/3?add=contacts").await;
    eye.looks_at("detail-add").await;
    eye.open("/crm/orders/1").await;
    eye.looks_at("detail-with-lines").await;
    let me = prepared.sales.get("/auth/me").await.is(200).body["id"].clone();
    let activity = json!({ "customer": 3, "kind": "call", "subject": "The offer", "owner": me });
    let made = prepared.sales.post("/api/crm/v1/activities", activity).await;
    let made = made.is(201).id();
    let path = format!("/api/crm/v1/activities/{made}");
    prepared.sales.change(&path, json!({ "subject": "The second offer" })).await.is(200);
    eye.open(&format!("/crm/activities/{made}")).await;
    eye.looks_at("history").await;
    eye.open("/crm/contacts/1/delete").await;
    eye.looks_at("delete").await;
    eye.open("/crm/customers/3/delete").await;
    eye.looks_at("delete-refused").await;
}

async fn forms(eye: &mut Eye, prepared: &Prepared) {
    eye.open("/crm/orders/new").await;
    eye.looks_at("create").await;
    eye.open("/crm/customers/3/edit").await;
    let type_in = |name: &str, text: &str| {
        format!(
            "{{ const field = document.querySelector('main form [name={name}]'); field.value = '{text}';
            field.dispatchEvent(new Event('input', {{ bubbles: true }})); }}"
        )
    };
    let save = "document.querySelector('main form .ao-button-primary').click()";
    eye.ask(&format!("{}{}{save}", type_in("name", ""), type_in("email", "not an address"))).await;
    eye.until("document.querySelector('.ao-form-errors')").await;
    eye.looks_at("edit-with-mistakes").await;
    eye.open("/crm/customers/3/edit").await;
    prepared.admin.change(CUSTOMER, json!({ "city": "Ghent", "country": "Belgium" })).await.is(200);
    eye.ask(&format!("{}{save}", type_in("city", "Bruges"))).await;
    eye.until("document.querySelector('[name=\"ao-pick:city\"]')").await;
    eye.looks_at("conflict").await;
    eye.ask("document.querySelectorAll('form').forEach(form => form.reset())").await;
}

async fn imports(eye: &mut Eye) {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("people.csv");
    let lines = "first_name,last_name,customer,email\nAnn,Right,3,\nBob,Wrong,3,nonsense\n,Empty,0,\n";
    std::fs::write(&file, lines).expect("a file");
    eye.open("/crm/contacts/import").await;
    eye.looks_at("import-file").await;
    let field =
        eye.driver().find(fantoccini::Locator::Css("form.ao-import-file input[type=file]")).await.expect("a field");
    field.send_keys(&file.display().to_string()).await.expect("a file is chosen");
    eye.ask("document.querySelector('form.ao-import-file .ao-button-primary').click()").await;
    eye.until("document.querySelector('form.ao-import-run')").await;
    eye.is_settled().await;
    eye.looks_at("import-columns").await;
    eye.ask("document.querySelector('form.ao-import-run .ao-button-primary').click()").await;
    eye.until("document.querySelector('.ao-import-mistakes')").await;
    eye.is_settled().await;
    eye.looks_at("import-mistakes").await;
}

async fn documents(eye: &mut Eye, prepared: &Prepared) {
    eye.open("/crm/contracts/new?customer=3").await;
    eye.looks_at("document-upload").await;
    let query = "upload?file_name=a.gif&record=%7B%22customer%22%3A3%7D";
    let request = prepared.sales.request(Method::POST, &format!("/api/crm/v1/contracts/{query}"));
    let id = prepared.sales.send(request.body(GIF)).await.is(201).id();
    eye.open(&format!("/crm/contracts/{id}")).await;
    eye.looks_at("document").await;
    eye.open("/crm/customers/3?tab=contracts&add=contracts").await;
    eye.looks_at("document-upload-inside").await;
}

async fn refusals(eye: &mut Eye, prepared: &Prepared) {
    for (path, name) in [
        ("/billing/invoices/1/edit", "refused"),
        ("/crm/nowhere", "not-found"),
        ("/crm/customers/999999", "no-such-row"),
    ] {
        eye.open(path).await;
        eye.looks_at(name).await;
    }
    eye.is(Some(&prepared.admin)).await;
    for (path, name) in [("/platform/users", "users"), ("/platform/users/2", "user")] {
        eye.open(path).await;
        eye.looks_at(name).await;
    }
}
