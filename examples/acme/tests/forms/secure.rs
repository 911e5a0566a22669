//! What forms show, and take, from whom.

use serde_json::json;

use crate::support::user;
use crate::{Form, Page, prepared};

#[tokio::test]
async fn a_field_that_is_not_for_somebody_is_absent_and_refused() {
    let prepared = prepared(&[]).await;
    let (sales, finance) = (&prepared.sales, &prepared.finance);
    let edit = "/crm/customers/3/edit";
    let page = Page::open(sales, edit).await;
    page.does_not_say("Credit limit");
    Page::open(sales, "/crm/customers/3").await.does_not_say("Credit limit");
    let refused = page.form(edit).with("credit_limit", "1000000").send(sales).await.is(422);
    refused.says("is not a field of this record");
    for name in ["created_by", "number_of_legs", "contacts[0].created_by", "contacts[0].customer"] {
        let page = page.form(edit).with(name, "1").send(sales).await.is(422);
        assert!(page.html.contains("ao-form-errors"), "{name}");
    }
    let page = Page::open(finance, edit).await;
    page.says("Credit limit");
    page.form(edit).with("credit_limit", "12.50").send(finance).await.is(303);
    let row = finance.get("/api/crm/v1/customers/3").await.is(200).body;
    assert_eq!((&row["credit_limit"], &row["created_by"]), (&json!("12.5"), &json!(null)));
    Page::open(finance, "/crm/customers/3").await.says("Credit limit 12.50");
}

#[tokio::test]
async fn what_somebody_may_not_do_has_no_form() {
    let prepared = prepared(&[]).await;
    let (sales, finance, outsider) = (&prepared.sales, &prepared.finance, &prepared.outsider);
    for path in ["/crm/customers/1", "/crm/customers/1/edit", "/crm/customers/new", "/crm/customers/1/delete"] {
        // Of what he may not view he learns nothing, as from the API.
        Page::get(outsider, path).await.is(404).does_not_say("Aldermoor");
        let form = Form { action: path.to_owned(), fields: vec![("version".to_owned(), "1".to_owned())] };
        let status = form.send(outsider).await.status;
        assert!(status == 403 || status == 404, "{path}: {status}");
    }
    // Those who may change customers, but not make them.
    let page = Page::open(finance, "/crm/customers/1").await;
    assert!(page.html.contains("/crm/customers/1/edit") && !page.html.contains("copy-of"));
    assert!(!page.html.contains("add=contacts"));
    Page::get(finance, "/crm/customers/new").await.is(403);
    // Rows of others are as those that are not there.
    let mine = prepared.admin.id_of("sales").await;
    let activity = json!({ "customer": 3, "subject": "Secret talk", "owner": mine });
    let id = sales.post("/api/crm/v1/activities", activity).await.is(201).id();
    let other = user(&prepared.platform, &prepared.admin, "ben", &["crm_users"]).await;
    for id in [id, 999_999] {
        for path in [
            format!("/crm/activities/{id}"),
            format!("/crm/activities/{id}/edit"),
            format!("/crm/activities/{id}/delete"),
        ] {
            Page::get(&other, &path).await.is(404).does_not_say("Secret talk");
        }
        for path in ["edit", "delete", "restore"] {
            let form = Form {
                action: format!("/crm/activities/{id}/{path}"),
                fields: vec![("version".to_owned(), "1".to_owned()), ("subject".to_owned(), "mine".to_owned())],
            };
            form.send(&other).await.is(404).does_not_say("Secret talk");
        }
    }
    Page::open(&other, "/crm/customers/3").await.does_not_say("Secret talk");
    Page::open(&other, "/crm/customers/3?tab=activities").await.does_not_say("Secret talk").says("Activities (0)");
    Page::open(sales, "/crm/customers/3?tab=activities").await.says("Secret talk").says("Activities (1)");
}

#[tokio::test]
async fn a_form_without_origin_and_token_does_nothing() {
    let prepared = prepared(&[]).await;
    let sales = &prepared.sales;
    let new = "/crm/customers/new";
    let form = Page::open(sales, new).await.form(new).with("name", "N").with("email", "n@acme.example");
    let body = |form: &Form| {
        let fields: Vec<(&str, &str)> =
            form.fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        reqwest::Url::parse_with_params("http://host", fields).expect("fields").query().unwrap_or_default().to_owned()
    };
    let bare = |body: String| {
        let request =
            sales.request(reqwest::Method::POST, new).header("content-type", "application/x-www-form-urlencoded");
        request.body(body)
    };
    let answer = sales.send_bare(bare(body(&form.clone().without("csrf_token")))).await;
    answer.is(403);
    let answer = sales.send_bare(bare(body(&form.clone().with("csrf_token", "wrong")))).await;
    answer.is(403);
    let foreign = bare(body(&form)).header("origin", "https://evil.example");
    sales.send_bare(foreign).await.is(403);
    sales.send_bare(bare(body(&form))).await.is(303);
    let made = sales.get("/api/crm/v1/customers?filter[email]=n@acme.example").await.is(200).body;
    assert_eq!(made["rows"].as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn no_value_becomes_markup() {
    let prepared = prepared(&[]).await;
    let sales = &prepared.sales;
    let evil = "\"><script>alert(1)</script><img src=x onerror=alert(2)>'&amp;";
    let row = json!({ "name": evil, "email": "x@acme.example", "phone": "'\"><svg/onload=a>", "address": "</textarea><b>",
        "website": "https://a.example/?q=%22" });
    let id = sales.post("/api/crm/v1/customers", row).await.is(201).id();
    let order = json!({ "number": "</select><i>", "customer": id, "ordered_on": "2026-11-24", "total": 1, "note": "</textarea><u>\n" });
    let order = sales.post("/api/crm/v1/orders", order).await.is(201).id();
    let contact = json!({ "customer": id, "first_name": "<h1>", "last_name": "</td><h1>" });
    sales.post("/api/crm/v1/contacts", contact).await.is(201);
    let paths = [
        format!("/crm/customers/{id}"),
        format!("/crm/customers/{id}/edit"),
        format!("/crm/orders/{order}"),
        format!("/crm/orders/{order}/edit"),
        format!("/crm/orders/new?customer={id}&number=%22%3E%3Cscript%3E&note=%3C/textarea%3E%3Cscript%3E"),
    ];
    for path in paths {
        let page = Page::open(sales, &path).await;
        for harm in [
            "<script>alert",
            "<img src=x",
            "<svg/onload",
            "</textarea><b>",
            "<h1></",
            "</td><h1>",
            "<i>",
            "<u>",
            "\"><script>",
        ] {
            assert!(!page.html.contains(harm), "{path}: {harm}");
        }
    }
    let edit = format!("/crm/customers/{id}/edit");
    let form = Page::open(sales, &edit).await.form(&edit);
    assert_eq!(form.value("name"), evil);
    let edit = format!("/crm/orders/{order}/edit");
    assert_eq!(Page::open(sales, &edit).await.form(&edit).value("note"), "</textarea><u>\n");
}

#[tokio::test]
async fn what_no_page_may_show_is_kept_unless_something_is_typed() {
    let prepared = prepared(&[]).await;
    let admin = &prepared.admin;
    let edit = "/billing/employees/1/edit";
    let api = "/api/billing/v1/employees/1";
    admin.change(api, json!({ "birth_date": "1970-02-03" })).await.is(200);
    let page = Page::open(admin, edit).await;
    assert!(!page.html.contains("1970-02-03"));
    page.form(edit).with("city", "Ghent").send(admin).await.is(303);
    assert_eq!(admin.get(api).await.is(200).body["birth_date"], "1970-02-03");
    let page = page_after(admin, edit, &[("birth_date", "1971-02-03"), ("email", "wrong")]).await.is(422);
    assert!(!page.html.contains("1971-02-03"), "not even what was just typed");
    page_after(admin, edit, &[("birth_date", "1972-02-03")]).await.is(303);
    assert_eq!(admin.get(api).await.is(200).body["birth_date"], "1972-02-03");
    page_after(admin, edit, &[("ao-clear:birth_date", "true")]).await.is(303);
    assert_eq!(admin.get(api).await.is(200).body["birth_date"], json!(null));
}

async fn page_after(client: &crate::support::Client, path: &str, fields: &[(&str, &str)]) -> Page {
    let form = Page::open(client, path).await.form(path);
    fields.iter().fold(form, |form, (name, value)| form.with(name, value)).send(client).await
}

#[tokio::test]
async fn a_picker_finds_only_rows_that_may_be_seen() {
    let prepared = prepared(&[]).await;
    let sales = &prepared.sales;
    for number in 0..60 {
        let row = json!({ "name": format!("Zeta {number:02}"), "email": format!("zeta{number}@acme.example") });
        sales.post("/api/crm/v1/customers", row).await.is(201);
    }
    let new = "/crm/orders/new";
    let page = Page::open(sales, new).await;
    assert!(!page.html.contains("Aldermoor"), "it is not among the newest fifty");
    let form = page.form(new).with("note", "typed").with("ao-search:customer", "aldermoor");
    let page = form.press(sales, "ao-find", "customer").await.is(200);
    assert!(page.html.contains("Aldermoor Instruments</option>"), "{}", page.html);
    assert!(!page.html.contains("Zeta 07"));
    assert_eq!(page.form(new).value("note"), "typed");
    // Of people whom he may not see there is himself.
    let page = Page::open(sales, "/crm/activities/new").await;
    assert!(page.html.contains(">sales</option>") && !page.html.contains("Ada"), "{}", page.html);
    let form = page.form("/crm/activities/new").with("customer", "1").with("subject", "S").with("owner", "999");
    let page = form.send(sales).await.is(422);
    assert_eq!(
        page.error("field-owner").as_deref(),
        Some("Owner: what you chose is not there any more, or not for you")
    );
}

#[tokio::test]
async fn the_history_of_a_row_shows_no_field_that_its_reader_may_not_see() {
    let prepared = prepared(&[]).await;
    let sales = &prepared.sales;
    let mine = prepared.admin.id_of("sales").await;
    let activity = json!({ "customer": 3, "subject": "First", "owner": mine });
    let id = sales.post("/api/crm/v1/activities", activity).await.is(201).id();
    let path = format!("/api/crm/v1/activities/{id}");
    sales.change(&path, json!({ "subject": "Second", "kind": "meeting", "customer": 4 })).await.is(200);
    let page = Page::open(sales, &format!("/crm/activities/{id}")).await;
    page.says("sales changed it").says("Subject First → became Second").says("Kind Call → became Meeting");
    let name = sales.get("/api/crm/v1/customers/4").await.is(200).body["name"].as_str().expect("a name").to_owned();
    page.says(&format!("became {name}"));
    // More than a page of it.
    for number in 0..25 {
        sales.change(&path, json!({ "minutes": number + 1 })).await.is(200);
    }
    let page = Page::open(sales, &format!("/crm/activities/{id}")).await;
    page.says("Older").does_not_say("created it");
    let (_, rest) = page.html.split_once("?history=").expect("a link");
    let before = rest.split('"').next().expect("a number");
    Page::open(sales, &format!("/crm/activities/{id}?history={before}")).await.says("created it").says("Newest");
}
