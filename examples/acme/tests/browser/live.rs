//! Open pages in a real browser: what stays, what comes back, and what is never lost.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use fantoccini::{Client, Locator};
use serde_json::{Value as Json, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::AbortHandle;

use crate::browser::Browser;
use crate::support::{PASSWORD, Platform};

/// A network between the browser and the server, which can be slow, or break.
pub(crate) struct Network {
    pub(crate) url: String,
    open: Arc<Mutex<HashMap<u64, AbortHandle>>>,
    delay: Arc<AtomicU64>,
    pub(crate) to: Arc<Mutex<String>>,
}

impl Network {
    pub(crate) async fn before(platform: &Platform) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let network =
            Self { url, open: Arc::default(), delay: Arc::default(), to: Arc::new(Mutex::new(address(platform))) };
        let (open, delay, to) = (Arc::clone(&network.open), Arc::clone(&network.delay), Arc::clone(&network.to));
        tokio::spawn(async move {
            let mut number = 0;
            while let Ok((near, _)) = listener.accept().await {
                number += 1;
                let far = to.lock().expect("the address").clone();
                let passing = tokio::spawn(pass(near, far, Arc::clone(&delay)));
                open.lock().expect("connections").insert(number, passing.abort_handle());
            }
        });
        network
    }

    /// Breaks every connection that is open now.
    pub(crate) fn cut(&self) {
        for (_, connection) in self.open.lock().expect("connections").drain() {
            connection.abort();
        }
    }
}

pub(crate) fn address(platform: &Platform) -> String {
    platform.url.trim_start_matches("http://").to_owned()
}

async fn pass(near: TcpStream, far: String, delay: Arc<AtomicU64>) {
    let Ok(far) = TcpStream::connect(far.parse::<SocketAddr>().expect("an address")).await else { return };
    near.set_nodelay(true).ok();
    far.set_nodelay(true).ok();
    let (near_in, near_out) = near.into_split();
    let (far_in, far_out) = far.into_split();
    tokio::join!(copy(near_in, far_out, Arc::clone(&delay)), copy(far_in, near_out, delay));
}

async fn copy(mut from: impl AsyncReadExt + Unpin, mut to: impl AsyncWriteExt + Unpin, delay: Arc<AtomicU64>) {
    let mut part = vec![0; 16 * 1024];
    while let Ok(length) = from.read(&mut part).await {
        if length == 0 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(delay.load(Ordering::Relaxed))).await;
        if to.write_all(&part[..length]).await.is_err() {
            break;
        }
    }
    to.shutdown().await.ok();
}

pub(crate) async fn script(client: &Client, script: &str) -> Json {
    client.execute(script, Vec::new()).await.expect("a script of the driver")
}

/// Waits until an expression is true in the page.
pub(crate) async fn until(client: &Client, expression: &str) {
    for _ in 0..600 {
        // Between two pages there is none to ask.
        if client.execute(&format!("return !!({expression})"), Vec::new()).await.is_ok_and(|found| found == true) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    let page = script(client, "return [location.href, document.documentElement.outerHTML.slice(0, 3000)]").await;
    panic!("{expression}: {page}");
}

pub(crate) const LIVE: &str = "document.documentElement.dataset.conn === 'live'";

async fn signed_in(platform: &Platform, url: &str) -> Browser {
    let browser = Browser::start().await;
    let client = &browser.client;
    let token = platform.token.as_deref().expect("a token");
    client.goto(&format!("{url}/setup?token={token}")).await.expect("a page");
    for (id, value) in [("email", "ada@acme.example"), ("name", "Ada"), ("password", PASSWORD)] {
        client.find(Locator::Id(id)).await.expect("a field").send_keys(value).await.expect("it is written");
    }
    client.find(Locator::Css("button[type=submit]")).await.expect("a button").click().await.expect("it is pressed");
    until(client, "!location.pathname.startsWith('/setup')").await;
    browser
}

#[tokio::test]
async fn a_page_stays_the_same_while_one_goes_on_and_back_in_it() {
    let platform = Platform::start();
    let browser = signed_in(&platform, &platform.url).await;
    let client = &browser.client;
    client.goto(&format!("{}/crm/customers", platform.url)).await.expect("a page");
    // The nodes that the server drew, before the script has found them.
    script(client, "window.same = document.querySelector('header'); window.first = document.title").await;
    until(client, LIVE).await;
    let link = client.find(Locator::Css("nav a[href='/crm/orders']")).await.expect("a link");
    script(client, "document.querySelectorAll('nav details').forEach(group => group.open = true)").await;
    link.click().await.expect("it is pressed");
    until(client, "location.pathname === '/crm/orders' && document.title !== window.first").await;
    until(client, "window.same.isConnected && document.activeElement.closest('main')").await;
    client.back().await.expect("back");
    until(client, "location.pathname === '/crm/customers' && document.title === window.first").await;
    client.forward().await.expect("on");
    until(client, "location.pathname === '/crm/orders' && document.title !== window.first").await;
    until(client, "window.same.isConnected").await;
    // A deep link shows the same.
    let title = client.title().await.expect("a title");
    client.refresh().await.expect("a page");
    until(client, LIVE).await;
    assert_eq!(client.title().await.expect("a title"), title);
    client.clone().close().await.expect("it closes");
}

#[tokio::test]
async fn what_was_typed_outlives_a_broken_connection_and_a_restart_of_the_server() {
    let platform = Platform::start();
    let network = Network::before(&platform).await;
    let browser = signed_in(&platform, &network.url).await;
    let client = &browser.client;
    client.goto(&format!("{}/crm/customers/new", network.url)).await.expect("a page");
    until(client, LIVE).await;
    let name = client.find(Locator::Css("main input[name='name']")).await.expect("a field");
    name.send_keys("Grace Hop").await.expect("it is written");
    script(client, "window.same = document.querySelector('header')").await;

    // A connection that breaks is made again, and nothing was drawn anew.
    network.cut();
    name.send_keys("per").await.expect("it is written");
    until(client, LIVE).await;
    until(
        client,
        "window.same.isConnected && document.querySelector(\"main input[name='name']\").value === 'Grace Hopper'",
    )
    .await;

    // So is one to a server that knows nothing of the page.
    let port = address(&platform).rsplit(':').next().expect("a port").to_owned();
    let folder = platform.into_folder();
    network.cut();
    until(client, "document.documentElement.dataset.conn === 'offline'").await;
    let again = Platform::start_in(folder, &[("APPOS__SERVER__PORT", &port)]);
    until(client, "document.documentElement.dataset.conn === 'live' && !window.same.isConnected").await;
    until(client, "document.querySelector(\"main input[name='name']\").value === 'Grace Hopper'").await;
    let focused = script(client, "return document.activeElement.name").await;
    assert_eq!(focused, "name", "and goes on where he was");
    drop(again);
    client.clone().close().await.expect("it closes");
}

#[tokio::test]
async fn nothing_that_is_typed_fast_over_a_slow_network_is_lost() {
    let platform = Platform::start();
    let network = Network::before(&platform).await;
    let browser = signed_in(&platform, &network.url).await;
    let client = &browser.client;
    client.goto(&format!("{}/crm/customers/new", network.url)).await.expect("a page");
    until(client, LIVE).await;
    network.delay.store(200, Ordering::Relaxed);
    let name = client.find(Locator::Css("main input[name='name']")).await.expect("a field");
    let text = "The quick brown fox jumps over the lazy dog";
    for letter in text.chars() {
        name.send_keys(&letter.to_string()).await.expect("it is written");
        tokio::time::sleep(Duration::from_millis(80)).await;
    }
    let typed = "document.querySelector(\"main input[name='name']\").value";
    assert_eq!(script(client, &format!("return {typed}")).await, json!(text), "as it was typed");
    // And when all the answers have come.
    tokio::time::sleep(Duration::from_secs(2)).await;
    assert_eq!(script(client, &format!("return {typed}")).await, json!(text));
    client.clone().close().await.expect("it closes");
}

#[tokio::test]
async fn two_tabs_are_two_pages_and_a_session_that_ends_leaves_both() {
    let platform = Platform::start();
    let browser = signed_in(&platform, &platform.url).await;
    let client = &browser.client;
    let (customers, orders) = (format!("{}/crm/customers", platform.url), format!("{}/crm/orders", platform.url));
    client.goto(&customers).await.expect("a page");
    until(client, LIVE).await;
    let first = client.window().await.expect("a window");
    let second = client.new_window(true).await.expect("a tab").handle;
    client.switch_to_window(second).await.expect("the tab");
    client.goto(&orders).await.expect("a page");
    until(client, LIVE).await;
    client.switch_to_window(first).await.expect("the first");
    assert_eq!(script(client, "return document.documentElement.dataset.conn").await, "live");
    let ended = "const done = arguments[arguments.length - 1];
        fetch('/auth/logout', { method: 'POST' }).then(answer => done(answer.status), done);";
    assert_eq!(client.execute_async(ended, Vec::new()).await.expect("a script of the driver"), 204);
    until(client, "location.pathname === '/login'").await;
    let windows = client.windows().await.expect("windows");
    client.switch_to_window(windows[1].clone()).await.expect("the tab");
    until(client, "location.pathname === '/login'").await;
    client.clone().close().await.expect("it closes");
}

#[tokio::test]
async fn what_is_typed_while_a_form_is_on_its_way_stays_when_it_comes_back() {
    let platform = Platform::start();
    let network = Network::before(&platform).await;
    let browser = signed_in(&platform, &network.url).await;
    let client = &browser.client;
    client.goto(&format!("{}/crm/customers/new", network.url)).await.expect("a page");
    until(client, LIVE).await;
    let write = |field: &str, text: &str| {
        let found = format!("document.querySelector('[name={field}]')");
        format!(
            "{{ const field = {found}; field.focus(); field.value = '{text}'; \
            field.dispatchEvent(new Event('input', {{ bubbles: true }})); }}"
        )
    };
    script(client, &write("name", "Aldermoor")).await;
    script(client, &write("email", "no address")).await;
    network.delay.store(300, Ordering::Relaxed);
    let send = "const form = document.querySelector('form.ao-form'); form.requestSubmit();";
    // The person has seen the mistake, and does not wait to be told.
    let typed = write("email", "desk@aldermoor.example");
    script(client, &format!("{send} window.before = document.querySelector('[name=email]'); {typed}")).await;
    until(client, "document.querySelector('.ao-form-errors')").await;
    let held = "return [document.querySelector('[name=name]').value, document.querySelector('[name=email]').value]";
    assert_eq!(script(client, held).await, json!(["Aldermoor", "desk@aldermoor.example"]));
    assert_eq!(script(client, "return document.querySelector('[name=email]') === window.before").await, json!(false));
    assert_eq!(script(client, "return document.activeElement.name").await, json!("email"));
    network.delay.store(0, Ordering::Relaxed);
    until(client, "!document.querySelector('form.ao-form').hasAttribute('aria-busy')").await;
    script(client, send).await;
    until(client, "/customers\\/\\d+$/.test(location.pathname)").await;
    until(client, "document.body.innerText.includes('desk@aldermoor.example')").await;
}
