//! The gallery of components in a real browser: nothing that axe finds, nothing that leaves the window, in both
//! themes, narrow and wide; the parts that need the script, by keyboard. With `APPOS_BLESS=1` it writes the
//! pictures of the documentation.

#[path = "../../../../appos-cli/tests/dev/browser.rs"]
mod browser;
mod files;
#[path = "../support/mod.rs"]
mod support;

use std::path::{Path, PathBuf};

use browser::Browser;
use fantoccini::Locator;
use fantoccini::key::Key;
use serde_json::{Value as Json, json};
use support::{PASSWORD, Platform, axe};

async fn asked(browser: &Browser, script: &str) -> Json {
    browser.client.execute(&format!("return {script};"), Vec::new()).await.expect("a script of the driver")
}

/// Waits until this is true in the page.
async fn until(browser: &Browser, script: &str) {
    for _ in 0..600 {
        if asked(browser, script).await == true {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("it does not become true: {script}");
}

async fn press(browser: &Browser, key: impl Into<char>) {
    let focused = browser.client.active_element().await.expect("something has the focus");
    focused.send_keys(&key.into().to_string()).await.expect("a key");
}

fn pictures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/pictures")
}

#[tokio::test]
async fn the_gallery_is_for_everybody_in_both_themes_narrow_and_wide() {
    let platform = Platform::start();
    let browser = Browser::start().await;
    let (url, client) = (&platform.url, &browser.client);
    let token = platform.token.as_deref().expect("a token");
    client.goto(&format!("{url}/setup?token={token}")).await.expect("a page");
    let axe = axe::script();
    assert_eq!(axe::found(client, &axe, &[]).await, [""; 0], "the page of the first start");
    for (id, value) in [("email", "ada@acme.example"), ("name", "Ada"), ("password", PASSWORD)] {
        client.find(Locator::Id(id)).await.expect("a field").send_keys(value).await.expect("it takes keys");
    }
    browser.mark().await;
    client.find(Locator::Css("form button")).await.expect("a button").click().await.expect("it is pressed");
    browser.until_new_page_with("Ada").await;

    for width in [1280, 360] {
        client.set_window_size(width, 900).await.expect("a size");
        client.goto(&format!("{url}/crm/gallery")).await.expect("a page");
        browser.until_new_page_with("Components").await;
        for theme in ["light", "dark"] {
            let at = format!("{theme} at {width}");
            client
                .execute(&format!("document.documentElement.dataset.theme = '{theme}'"), vec![])
                .await
                .expect("a theme");
            // Colours change in a moment, not at once.
            tokio::time::sleep(std::time::Duration::from_millis(300)).await;
            assert_eq!(axe::found(client, &axe, &[]).await, [""; 0], "{at}");
            let wide = "document.documentElement.scrollWidth <= window.innerWidth";
            assert_eq!(asked(&browser, wide).await, true, "nothing leaves the window: {at}");
            if std::env::var_os("APPOS_BLESS").is_some_and(|bless| bless == "1") {
                std::fs::create_dir_all(pictures()).expect("a folder");
                let picture = client.screenshot().await.expect("a picture");
                std::fs::write(pictures().join(format!("gallery-{theme}-{width}.png")), picture).expect("it is kept");
            }
        }
    }

    // By keyboard alone.
    client.set_window_size(1280, 900).await.expect("a size");
    client.execute("document.getElementById('views-table').focus()", vec![]).await.expect("a focus");
    press(&browser, Key::Right).await;
    until(
        &browser,
        "document.activeElement.id === 'views-chart' && document.getElementById('views-table-panel').hidden",
    )
    .await;
    client.execute("document.querySelector('[popovertarget=menu-actions]').focus()", vec![]).await.expect("a focus");
    press(&browser, Key::Enter).await;
    until(&browser, "document.activeElement.textContent.startsWith('Edit')").await;
    press(&browser, Key::Down).await;
    until(&browser, "document.activeElement.textContent.startsWith('Export')").await;
    press(&browser, Key::Escape).await;
    until(&browser, "!document.getElementById('menu-actions').matches(':popover-open')").await;
    client.execute("document.getElementById('field-owner').focus()", vec![]).await.expect("a focus");
    press(&browser, Key::Down).await;
    press(&browser, Key::Down).await;
    press(&browser, Key::Enter).await;
    until(&browser, "document.querySelector('input[name=owner]').value === '2'").await;
    assert_eq!(asked(&browser, "document.getElementById('field-owner').value").await, json!("Alan Turing"));
    client.execute("document.querySelector('[data-select-all]').focus()", vec![]).await.expect("a focus");
    press(&browser, ' ').await;
    until(&browser, "document.querySelector('[data-bulk-count]').textContent.endsWith(' 4')").await;
    let opener = ".ao-row > [data-opens=gallery-delete]";
    client.execute(&format!("document.querySelector('{opener}').focus()"), vec![]).await.expect("a focus");
    press(&browser, Key::Enter).await;
    until(&browser, "document.getElementById('gallery-delete').matches(':modal')").await;
    assert_eq!(axe::found(client, &axe, &[]).await, [""; 0], "with a dialog above it");
    press(&browser, Key::Escape).await;
    until(&browser, &format!("document.activeElement === document.querySelector('{opener}')")).await;
    client.clone().close().await.expect("it closes");
}
