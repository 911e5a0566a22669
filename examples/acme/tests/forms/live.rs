//! The same forms with their script, in a real browser.

use fantoccini::Locator;
use fantoccini::elements::Element;
use serde_json::{Value as Json, json};

use crate::browser::Browser;
use crate::prepared;
use crate::support::{PASSWORD, Prepared};

/// Longest wait for what a page does.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(30);

/// A browser in which somebody is signed in.
struct Seat {
    browser: Browser,
    url: String,
}

impl Seat {
    async fn of(prepared: &Prepared, name: &str) -> Self {
        let seat = Self { browser: Browser::start().await, url: prepared.platform.url.clone() };
        seat.browser.client.goto(&format!("{}/login", seat.url)).await.expect("a page");
        for (id, text) in [("email", format!("{name}@acme.example").as_str()), ("password", PASSWORD)] {
            seat.find(&format!("#{id}")).await.send_keys(text).await.expect("it can be written to");
        }
        seat.find("button[type=submit]").await.click().await.expect("it can be pressed");
        seat.until("location.pathname === '/'").await;
        seat
    }

    /// Opens a page, and waits until its script has connected.
    async fn open(&self, path: &str) {
        self.browser.client.goto(&format!("{}{path}", self.url)).await.expect("a page");
        self.until("document.documentElement.dataset.conn === 'live'").await;
        self.browser.mark().await;
    }

    async fn ask(&self, script: &str) -> Json {
        self.browser.client.execute(script, Vec::new()).await.expect("a script of the driver")
    }

    /// Waits until a script says true.
    async fn until(&self, condition: &str) {
        let begun = std::time::Instant::now();
        while self.ask(&format!("return !!({condition});")).await != true {
            if begun.elapsed() > PATIENCE {
                let shown = self
                    .ask("return document.documentElement.innerText + ' ' + document.documentElement.dataset.conn")
                    .await;
                panic!("not so: {condition}\n{shown}");
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
    }

    async fn until_text(&self, text: &str) {
        self.until(&format!("document.body.innerText.includes({})", json!(text))).await;
    }

    async fn find(&self, css: &str) -> Element {
        self.browser.client.find(Locator::Css(css)).await.unwrap_or_else(|error| panic!("{css}: {error}"))
    }

    /// Writes into the field with this label, in place of what stands there.
    async fn write(&self, label: &str, text: &str) {
        let field = self.labelled(label).await;
        field.clear().await.expect("it can be emptied");
        field.send_keys(text).await.expect("it can be written to");
    }

    async fn labelled(&self, label: &str) -> Element {
        let path = format!("//*[@id=//label[starts-with(normalize-space(.), '{label}')]/@for]");
        self.browser.client.find(Locator::XPath(&path)).await.unwrap_or_else(|error| panic!("{label}: {error}"))
    }

    async fn press(&self, text: &str) {
        let path = format!("//main//button[normalize-space(.)='{text}' and not(@aria-hidden)]");
        let button = self.browser.client.find(Locator::XPath(&path)).await;
        button.unwrap_or_else(|error| panic!("{text}: {error}")).click().await.expect("it can be pressed");
    }

    /// True if the page was never loaded anew.
    async fn is_same(&self) -> bool {
        self.ask("return window.marked === true").await == true
    }
}

#[tokio::test]
async fn an_order_is_made_without_a_page_being_loaded_anew() {
    let prepared = prepared(&[]).await;
    let sales = &prepared.sales;
    let seat = Seat::of(&prepared, "sales").await;
    seat.open("/crm/orders/new").await;
    // What is wrong is said as soon as a field is left.
    seat.write("Total", "much").await;
    seat.write("Number", "L-1").await;
    seat.until_text("Total must be a decimal number").await;
    seat.write("Total", "12,50").await;
    seat.labelled("Total").await.send_keys("\u{e004}").await.expect("the key that leads on");
    seat.until("!document.body.innerText.includes('must be a decimal number')").await;

    // A customer is found by some letters.
    let customer = seat.labelled("Customer").await;
    customer.send_keys("aldermoor").await.expect("it can be written to");
    seat.until("document.querySelectorAll('#field-customer-list [role=option]').length === 1").await;
    seat.find("#field-customer-list [role=option]").await.click().await.expect("it can be chosen");
    seat.until("document.querySelector('[name=customer]').value === '1'").await;

    seat.ask("document.querySelector('#field-ordered_on').value = '2026-11-24'").await;
    seat.write("Article", "7").await;
    seat.press("Add order line").await;
    seat.until("document.querySelector('#field-lines-1-article')").await;
    let shown = seat
        .ask(
            "return ['field-number', 'field-total', 'field-lines-0-article', 'field-customer'] \
        .map(id => document.getElementById(id).value)",
        )
        .await;
    assert_eq!(shown, json!(["L-1", "12,50", "7", "Aldermoor Instruments"]), "all that was typed stays");
    assert_eq!(seat.ask("return document.activeElement.id").await, "field-lines-1-article");

    seat.press("Create").await;
    seat.until_text("things need another look").await;
    assert_eq!(seat.ask("return document.activeElement.className").await, "ao-form-errors");
    for (id, text) in [("description", "Pens"), ("unit_price", "1.25")] {
        seat.find(&format!("#field-lines-0-{id}")).await.send_keys(text).await.expect("it can be written to");
    }
    seat.press("Create").await;
    seat.until("location.search.startsWith('?note=created')").await;
    seat.until_text("Pens").await;
    assert!(seat.is_same().await);
    let made = sales.get("/api/crm/v1/orders?filter[number]=L-1").await.is(200).body;
    assert_eq!((&made["rows"][0]["total"], &made["rows"][0]["customer"]), (&json!("12.5"), &json!(1)));
}

#[tokio::test]
async fn a_change_of_somebody_else_is_asked_about_and_nothing_typed_is_lost() {
    let prepared = prepared(&[]).await;
    let sales = &prepared.sales;
    let seat = Seat::of(&prepared, "sales").await;
    seat.open("/crm/customers/3/edit").await;
    seat.write("City", "Bruges").await;
    seat.write("Phone", "333").await;
    sales.change("/api/crm/v1/customers/3", json!({ "city": "Ghent", "country": "Belgium" })).await.is(200);
    // Enter saves, and does nothing else.
    let field = seat.labelled("Phone").await;
    field.send_keys("\u{e007}").await.expect("a key");
    seat.until_text("changed this customer while you were editing it").await;
    let row = sales.get("/api/crm/v1/customers/3").await.is(200).body;
    assert_eq!((&row["city"], &row["contacts"]), (&json!("Ghent"), &Json::Null));
    assert_eq!(seat.ask("return document.getElementById('field-country').value").await, "Belgium");
    assert_eq!(seat.ask("return document.getElementById('field-phone').value").await, "333");
    seat.find("[name='ao-pick:city'][value=mine]").await.click().await.expect("it can be chosen");
    seat.press("Save").await;
    seat.until("location.search.startsWith('?note=saved')").await;
    assert!(seat.is_same().await);
    let row = sales.get("/api/crm/v1/customers/3").await.is(200).body;
    assert_eq!((&row["city"], &row["phone"], &row["country"]), (&json!("Bruges"), &json!("333"), &json!("Belgium")));
}

#[tokio::test]
async fn a_change_of_somebody_else_is_told_at_once_and_shown_when_asked() {
    let prepared = prepared(&[]).await;
    let (sales, admin) = (&prepared.sales, &prepared.admin);
    let seat = Seat::of(&prepared, "sales").await;
    seat.open("/crm/customers/3/edit").await;
    seat.write("City", "Bruges").await;
    admin.change("/api/crm/v1/customers/3", json!({ "city": "Ghent", "country": "Belgium" })).await.is(200);
    seat.until_text("has just changed this customer").await;
    assert_eq!(seat.ask("return document.getElementById('field-city').value").await, "Bruges");
    seat.ask("scrollTo(0, 0)").await;
    seat.press("Show the changes").await;
    seat.until_text("Theirs: Ghent").await;
    assert_eq!(seat.ask("return document.getElementById('field-country').value").await, "Belgium");
    seat.find("[name='ao-pick:city'][value=theirs]").await.click().await.expect("it can be chosen");
    seat.press("Save").await;
    seat.until("location.pathname === '/crm/customers/3'").await;
    // The screen of a row follows its changes by itself.
    seat.until_text("Ghent").await;
    admin.change("/api/crm/v1/customers/3", json!({ "city": "Namur" })).await.is(200);
    seat.until_text("Namur").await;
    seat.ask("document.querySelector('.ao-tab[href$=\"tab=contacts\"]').click()").await;
    seat.until("location.search === '?tab=contacts' && document.querySelector('main table')").await;
    let contact = json!({ "customer": 3, "first_name": "Grace", "last_name": "Hopper" });
    sales.post("/api/crm/v1/contacts", contact).await.is(201);
    seat.until_text("Hopper").await;
    assert!(seat.is_same().await);
}

#[tokio::test]
async fn a_form_that_nobody_has_touched_for_a_while_is_the_one_that_was_opened() {
    let prepared = prepared(&[]).await;
    let seat = Seat::of(&prepared, "sales").await;
    seat.open("/crm/customers/3/edit").await;
    let city = seat.ask("return document.getElementById('field-city').value").await;
    // The server has given its nodes up by then.
    tokio::time::sleep(std::time::Duration::from_secs(4)).await;
    prepared.admin.change("/api/crm/v1/customers/3", json!({ "city": "Ghent" })).await.is(200);
    seat.until_text("has just changed this customer").await;
    assert_eq!(seat.ask("return document.getElementById('field-city').value").await, city, "nothing moves by itself");
    seat.write("Phone", "333").await;
    seat.press("Save").await;
    seat.until_text("changed this customer while you were editing it").await;
    assert_eq!(seat.ask("return document.getElementById('field-city').value").await, "Ghent");
    seat.press("Save").await;
    seat.until("location.pathname === '/crm/customers/3'").await;
    let row = prepared.sales.get("/api/crm/v1/customers/3").await.is(200).body;
    assert_eq!((&row["city"], &row["phone"]), (&json!("Ghent"), &json!("333")), "what the other has written stays");
}

#[tokio::test]
async fn who_leaves_a_form_with_changes_is_asked() {
    let prepared = prepared(&[]).await;
    let seat = Seat::of(&prepared, "sales").await;
    let client = &seat.browser.client;
    seat.open("/crm/customers/3/edit").await;
    seat.find("a[href='/crm/contacts']").await.click().await.ok();
    seat.until("location.pathname === '/crm/contacts'").await;
    seat.open("/crm/customers/3/edit").await;
    seat.write("City", "Bruges").await;
    seat.find("a[href='/crm/contacts']").await.click().await.ok();
    client.dismiss_alert().await.expect("a question");
    assert_eq!(seat.ask("return document.getElementById('field-city').value").await, "Bruges");
    seat.find("a[href='/crm/contacts']").await.click().await.ok();
    client.accept_alert().await.expect("a question");
    seat.until("location.pathname === '/crm/contacts'").await;
}
