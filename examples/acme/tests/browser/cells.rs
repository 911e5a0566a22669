//! Lists and rows by the keyboard and the mouse of a real browser: cells that are edited where they stand, an
//! order of several columns, the question before a row is deleted.

use fantoccini::actions::{InputSource, KeyAction, KeyActions, MOUSE_BUTTON_LEFT, MouseActions, PointerAction};
use fantoccini::{Client, Locator};
use serde_json::{Value as Json, json};

use crate::browser::Browser;
use crate::live::{LIVE, script, until};
use crate::support::{PASSWORD, Prepared, prepared};

const ENTER: char = '\u{e007}';
const ESCAPE: char = '\u{e00c}';
const TAB: char = '\u{e004}';
const SHIFT: char = '\u{e008}';
const RIGHT: char = '\u{e014}';
const DOWN: char = '\u{e015}';
const F2: char = '\u{e032}';

pub async fn signed_in(prepared: &Prepared, name: &str, page: &str) -> Browser {
    let browser = Browser::start().await;
    let client = &browser.client;
    // Where there is little room rows are cards, which lead to their rows.
    client.set_window_size(1300, 900).await.expect("a window");
    client.goto(&format!("{}/login?next={page}", prepared.platform.url)).await.expect("a page");
    let email = format!("{name}@acme.example");
    for (id, value) in [("email", email.as_str()), ("password", PASSWORD)] {
        client.find(Locator::Id(id)).await.expect("a field").send_keys(value).await.expect("it is written");
    }
    client.find(Locator::Css("button[type=submit]")).await.expect("a button").click().await.expect("it is pressed");
    until(client, &format!("{LIVE} && document.querySelector('main h1')")).await;
    browser
}

/// Presses keys one after the other, wherever the focus is.
async fn press(client: &Client, keys: &[char]) {
    let mut actions = KeyActions::new("keyboard".to_owned());
    for key in keys {
        actions = actions.then(KeyAction::Down { value: *key }).then(KeyAction::Up { value: *key });
    }
    client.perform_actions(actions).await.expect("keys");
}

async fn with_shift(client: &Client, key: char) {
    let actions = KeyActions::new("keyboard".to_owned())
        .then(KeyAction::Down { value: SHIFT })
        .then(KeyAction::Down { value: key })
        .then(KeyAction::Up { value: key })
        .then(KeyAction::Up { value: SHIFT });
    client.perform_actions(actions).await.expect("keys");
}

/// Presses an element as often with the mouse.
async fn mouse(client: &Client, css: &str, times: usize) {
    let element = client.find(Locator::Css(css)).await.expect("an element");
    let mut actions = MouseActions::new("mouse".to_owned()).then(PointerAction::MoveToElement {
        element,
        duration: None,
        x: 0.0,
        y: 0.0,
    });
    for _ in 0..times {
        actions = actions
            .then(PointerAction::Down { button: MOUSE_BUTTON_LEFT })
            .then(PointerAction::Up { button: MOUSE_BUTTON_LEFT });
    }
    client.perform_actions(actions).await.expect("the mouse");
}

const LIST: &str = "/crm/customers?columns=name,city,tier&sort=name";

#[tokio::test]
async fn cells_are_edited_by_mouse_and_keyboard_where_they_stand() {
    let prepared = prepared(&[]).await;
    let browser = signed_in(&prepared, "sales", &LIST.replace('&', "%26")).await;
    let client = &browser.client;
    browser.mark().await;
    let rows = prepared.sales.get("/api/crm/v1/customers?sort=name&limit=2").await.body["rows"].clone();
    let (first, second) = (rows[0]["id"].clone(), rows[1]["id"].clone());
    let api = |id: &Json| format!("/api/crm/v1/customers/{id}");
    let tick = format!("window.past = history.length; document.querySelector('#row-{second} [data-select]').click()");
    script(client, &tick).await;

    // One press takes hold of a cell and leads nowhere; two edit it.
    let city = format!("#row-{first} td[data-label=City]");
    mouse(client, &city, 1).await;
    until(client, &format!("document.activeElement === document.querySelector('{city}')")).await;
    mouse(client, &city, 2).await;
    until(client, "document.activeElement.name === 'city' && document.activeElement.matches('.ao-cell-edited input')")
        .await;
    press(client, &['G', 'e', 'n', 't', ENTER]).await;
    until(
        client,
        &format!(
            "!document.querySelector('form[data-cell]') && document.querySelector('{city}').textContent === 'Gent'"
        ),
    )
    .await;
    until(client, &format!("document.activeElement === document.querySelector('{city}')")).await;
    assert_eq!(prepared.sales.get(&api(&first)).await.body["city"], "Gent");
    assert_eq!(script(client, "return location.search.includes('edit=')").await, false);

    // By keys: to the right, Enter, and what is wrong is told at the cell; Escape gives it up.
    press(client, &[ENTER]).await;
    until(client, "document.activeElement.name === 'city'").await;
    let long: Vec<char> = "x".repeat(70).chars().collect();
    script(client, "document.activeElement.removeAttribute('maxlength')").await;
    press(client, &long).await;
    press(client, &[ENTER]).await;
    until(
        client,
        "document.querySelector('.ao-cell-edited .ao-field-error') && document.activeElement.name === 'city'",
    )
    .await;
    until(client, "document.activeElement.value.length === 70").await;
    press(client, &[ESCAPE]).await;
    until(client, &format!("document.activeElement === document.querySelector('{city}')")).await;
    assert_eq!(prepared.sales.get(&api(&first)).await.body["city"], "Gent");

    // Tab saves and goes on, from cell to cell and from row to row, and back.
    press(client, &[F2]).await;
    until(client, "document.activeElement.name === 'city'").await;
    press(client, &['B', 'r', 'u', 'g', 'e', 's', TAB]).await;
    until(
        client,
        &format!("document.querySelector('form[data-cell=\"{first}.tier\"]')?.contains(document.activeElement)"),
    )
    .await;
    assert_eq!(prepared.sales.get(&api(&first)).await.body["city"], "Bruges");
    press(client, &[TAB]).await;
    until(client, &format!("document.activeElement.closest('form')?.dataset.cell === '{second}.name'")).await;
    with_shift(client, TAB).await;
    until(client, &format!("document.activeElement.closest('form')?.dataset.cell === '{first}.tier'")).await;
    press(client, &[ESCAPE]).await;
    until(client, "!document.querySelector('form[data-cell]')").await;

    // Arrow keys walk, and Enter on a link of a row follows it.
    script(client, &format!("document.querySelector('#row-{first} .ao-row-to').focus()")).await;
    press(client, &[DOWN, RIGHT]).await;
    until(client, &format!("document.activeElement === document.querySelector('#row-{second} td[data-label=City]')"))
        .await;
    // Nothing was loaded anew, nothing is left to go back through, and what was ticked still is.
    let held = format!(
        "return [window.marked, history.length === window.past, document.querySelector('#row-{second} :checked') !== null]"
    );
    assert_eq!(script(client, &held).await, json!([true, true, true]));
    client.clone().close().await.expect("it closes");
}

#[tokio::test]
async fn what_another_writes_meanwhile_is_told_in_the_cell_and_not_overwritten() {
    let prepared = prepared(&[]).await;
    let browser = signed_in(&prepared, "sales", &LIST.replace('&', "%26")).await;
    let client = &browser.client;
    let id = prepared.sales.get("/api/crm/v1/customers?sort=name&limit=1").await.body["rows"][0]["id"].clone();
    let city = format!("#row-{id} td[data-label=City]");
    mouse(client, &city, 2).await;
    until(client, "document.activeElement.name === 'city'").await;
    press(client, &['M', 'i', 'n', 'e']).await;
    let path = format!("/api/crm/v1/customers/{id}");
    prepared.admin.change(&path, json!({ "city": "Theirs", "tier": "gold" })).await.is(200);
    // The rest of the row follows, and what is typed stays.
    until(client, &format!("document.querySelector('#row-{id} td[data-label=Tier]').textContent.includes('Gold')"))
        .await;
    until(client, "document.activeElement.name === 'city' && document.activeElement.value === 'Mine'").await;
    press(client, &[ENTER]).await;
    until(client, "document.querySelector('.ao-cell-edited .ao-clash')?.textContent.includes('Theirs: Theirs')").await;
    assert_eq!(prepared.admin.get(&path).await.body["city"], "Theirs");
    let mine = client.find(Locator::Css(".ao-clash input[value=mine]")).await.expect("a choice");
    mine.click().await.expect("it is chosen");
    press(client, &[ENTER]).await;
    until(client, &format!("document.querySelector('{city}')?.textContent === 'Mine'")).await;
    assert_eq!(prepared.admin.get(&path).await.body["city"], "Mine");
    client.clone().close().await.expect("it closes");
}

#[tokio::test]
async fn shift_adds_a_column_to_the_order_by_mouse_and_by_key() {
    let prepared = prepared(&[]).await;
    let browser = signed_in(&prepared, "sales", "/crm/orders").await;
    let client = &browser.client;
    browser.mark().await;
    let head = |label: &str| {
        format!("[...document.querySelectorAll('thead a')].find(a => a.textContent.startsWith('{label}'))")
    };
    script(client, &format!("{}.focus()", head("Status"))).await;
    press(client, &[ENTER]).await;
    until(client, "location.search === '?sort=status' && document.querySelector('.ao-sorted')").await;
    script(client, &format!("{}.focus()", head("Total"))).await;
    with_shift(client, ENTER).await;
    until(
        client,
        "location.search === '?sort=status,total' && document.querySelectorAll('.ao-sort-place').length === 2",
    )
    .await;
    until(client, &format!("document.activeElement === {}", head("Total"))).await;
    with_shift(client, ENTER).await;
    until(client, "location.search === '?sort=status,-total'").await;
    assert_eq!(script(client, "return window.marked").await, true);
    assert_eq!(client.windows().await.expect("windows").len(), 1);
    client.clone().close().await.expect("it closes");
}

#[tokio::test]
async fn the_question_before_a_deletion_holds_the_focus_and_gives_it_back() {
    let prepared = prepared(&[]).await;
    let contact = prepared.sales.get("/api/crm/v1/contacts?limit=1").await.body["rows"][0]["id"].clone();
    let browser = signed_in(&prepared, "sales", &format!("/crm/contacts/{contact}")).await;
    let client = &browser.client;
    browser.mark().await;
    script(client, "document.querySelector('a[data-live-to]').focus()").await;
    press(client, &[ENTER]).await;
    until(client, "document.querySelector('dialog#delete:modal') && document.activeElement.textContent === 'Cancel'")
        .await;
    // The focus stays in it, whichever way one goes.
    for _ in 0..6 {
        press(client, &[TAB]).await;
        let inside = "return document.activeElement === document.body || !!document.activeElement.closest('#delete')";
        assert_eq!(script(client, inside).await, true);
    }
    press(client, &[ESCAPE]).await;
    until(client, "!document.querySelector('dialog#delete') && document.activeElement.matches('[data-live-to]')").await;
    assert_eq!(script(client, "return location.search").await, "");
    press(client, &[ENTER]).await;
    until(client, "document.querySelector('dialog#delete:modal')").await;
    client.back().await.expect("back");
    until(client, "!document.querySelector('dialog#delete')").await;
    client.forward().await.expect("on");
    until(client, "document.querySelector('dialog#delete:modal')").await;
    client
        .find(Locator::Css("#delete button.ao-button-danger"))
        .await
        .expect("a button")
        .click()
        .await
        .expect("it is pressed");
    until(client, "location.pathname === '/crm/contacts' && !document.querySelector('dialog#delete')").await;
    prepared.sales.get(&format!("/api/crm/v1/contacts/{contact}")).await.is(404);
    assert_eq!(script(client, "return window.marked").await, true);
    client.clone().close().await.expect("it closes");
}

#[tokio::test]
async fn tabs_of_a_row_are_addresses_and_keep_the_place_of_the_page() {
    let prepared = prepared(&[]).await;
    let browser = signed_in(&prepared, "sales", "/crm/customers/1").await;
    let client = &browser.client;
    browser.mark().await;
    script(client, "document.querySelector('.ao-tab[href$=\"tab=orders\"]').focus()").await;
    press(client, &[ENTER]).await;
    until(client, "location.search === '?tab=orders' && document.querySelector('main table')").await;
    until(client, "document.activeElement.matches('.ao-tab[aria-current]')").await;
    // What another adds is counted.
    let body = json!({ "customer": 1, "number": "L-1", "ordered_on": "2026-01-02", "total": "1" });
    prepared.admin.post("/api/crm/v1/orders", body).await.is(201);
    until(client, "document.querySelector('main table').textContent.includes('L-1')").await;
    let count = prepared.sales.count("/api/crm/v1/orders?filter[customer]=1").await;
    until(client, &format!("document.querySelector('.ao-tab[aria-current] .ao-count').textContent === '{count}'"))
        .await;
    client.back().await.expect("back");
    until(client, "location.search === '' && !document.querySelector('main table')").await;
    assert_eq!(script(client, "return window.marked").await, true);
    client.clone().close().await.expect("it closes");
}
