//! What somebody does who has never seen acme and has read nothing about it: with the mouse, and then all of it
//! again by the keyboard alone.

#[path = "../../../../appos-cli/tests/dev/browser.rs"]
mod browser;
mod person;
#[path = "../support/mod.rs"]
mod support;

use browser::Browser;
use chrono::{Datelike, Months, NaiveDate, Utc};
use person::Person;
use support::{PASSWORD, prepared};

/// A day of the last month, and one that is in neither this nor the last.
fn last_month() -> NaiveDate {
    let today = Utc::now().date_naive();
    today.checked_sub_months(Months::new(1)).and_then(|day| day.with_day(15)).expect("a day")
}

/// The whole way. `number`: that of the order that is added.
async fn tour(person: &Person<'_>, by_keys: bool, number: &str) {
    person.arrives_at("Sign in").await;
    person.fills("E-mail", "sales@acme.example").await;
    person.fills("Password", PASSWORD).await;
    person.presses("Sign in").await;
    person.sees("Signed in as sales").await;
    person.picture("1-start").await;

    // A customer, and the e-mail address corrected.
    if by_keys {
        person.goes_to("alderm", "Aldermoor Instruments").await;
    } else {
        person.fills("Search or go to", "alderm\u{e007}").await;
        person.arrives_at("Search").await;
        person.presses("Aldermoor Instruments").await;
    }
    person.arrives_at("Aldermoor Instruments").await;
    person.picture("2-customer").await;
    person.presses("Edit").await;
    person.arrives_at("Edit customer Aldermoor Instruments").await;
    person.fills("E-mail", "not an address").await;
    person.presses("Save").await;
    person.sees("must be an e-mail address").await;
    person.picture("3-mistake").await;
    let address = format!("{}@aldermoor.example", number.to_lowercase());
    person.fills("E-mail", &address).await;
    person.presses("Save").await;
    person.arrives_at("Aldermoor Instruments").await;
    person.sees(&address).await;

    // An order with three lines.
    if by_keys {
        person.goes_to("new order", "New order").await;
    } else {
        person.presses("Orders 4").await;
        person.arrives_at("Orders").await;
        person.presses("New order").await;
    }
    person.arrives_at("New order").await;
    person.fills("Number", number).await;
    person.picks("Customer", "alderm", "Aldermoor Instruments").await;
    person.fills_date("Ordered on", last_month()).await;
    person.fills("Total", "61.50").await;
    for (place, what) in ["A ladder", "A lamp", "A rope"].iter().enumerate() {
        if place > 0 {
            person.presses("Add order line").await;
            person.sees(&format!("Order line {}", place + 1)).await;
        }
        person.fills(&format!("field-lines-{place}-article"), &format!("{}", place + 1)).await;
        person.fills(&format!("field-lines-{place}-description"), what).await;
        person.fills(&format!("field-lines-{place}-unit_price"), "20.50").await;
    }
    person.picture("4-order").await;
    person.presses("Create").await;
    person.arrives_at(number).await;
    person.sees("A rope").await;

    // Orders of the last month, kept as a view, and taken out as a file.
    if by_keys {
        person.goes_to("orders", "Orders").await;
    } else {
        person.presses("Orders 4").await;
    }
    person.arrives_at("Orders").await;
    person.presses("Filter").await;
    person.presses("Ordered on").await;
    person.chooses("field-during", "Last month").await;
    person.presses("Apply").await;
    person.sees("is in last month").await;
    person.sees(number).await;
    person.picture("5-filtered").await;
    person.presses("View").await;
    person.fills("Save as a new view", "Last month's orders").await;
    person.presses("Save view").await;
    person.sees("Last month's orders").await;
    person.picture("6-view").await;
    person.presses("Export").await;
    let file = person.address_of("As CSV, for spreadsheets").await;
    person.types("\u{e00c}").await;
    let rows = person.fetches(&file).await;
    assert!(rows.contains(number) && rows.contains("ordered_on"), "{rows}");
    let months: Vec<&str> = rows.lines().skip(1).filter(|row| row.contains("2020-")).collect();
    assert!(months.is_empty(), "{months:?}");

    // In German, in the dark.
    person.presses("sales").await;
    person.presses("Settings").await;
    person.arrives_at("Your settings").await;
    person.chooses("Language", "Deutsch").await;
    person.chooses("Theme", "Dark").await;
    person.presses("Save").await;
    person.arrives_at("Ihre Einstellungen").await;
    person.picture("7-dark").await;
    assert_eq!(person.reads("return document.documentElement.lang").await, "de");
    let paper = person.reads("return getComputedStyle(document.body).backgroundColor").await;
    assert!(!paper.contains("255, 255, 255"), "{paper}");
}

#[tokio::test]
async fn a_new_user_finds_the_way_with_the_mouse() {
    let prepared = prepared(&[]).await;
    let browser = Browser::start().await;
    browser.client.set_window_size(1280, 900).await.expect("a window");
    browser.client.goto(&format!("{}/", prepared.platform.url)).await.expect("a page");
    tour(&Person::with_mouse(&browser.client), false, "T-1000").await;
    browser.client.clone().close().await.expect("it closes");
}

#[tokio::test]
async fn the_same_by_the_keyboard_alone() {
    let prepared = prepared(&[]).await;
    let browser = Browser::start().await;
    browser.client.set_window_size(1280, 900).await.expect("a window");
    browser.client.goto(&format!("{}/", prepared.platform.url)).await.expect("a page");
    tour(&Person::by_keys(&browser.client), true, "K-1000").await;
    browser.client.clone().close().await.expect("it closes");
}
