//! The pages in a real browser: what its own rules for forms, cookies and policies make of our answers.

#[path = "../../../../appos-cli/tests/dev/browser.rs"]
mod browser;
mod cells;
mod documents;
mod forms;
mod live;
mod processes;
mod rows;
#[path = "../support/mod.rs"]
mod support;
mod tables;
mod tasks;
mod without_script;

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;

use browser::Browser;
use fantoccini::Locator;
use serde_json::{Value as Json, json};
use support::{PASSWORD, Platform};

/// Everything that the policy of the page has refused so far.
const REFUSED: &str = "const done = arguments[arguments.length - 1];
    const seen = [];
    const observer = new ReportingObserver(reports => seen.push(...reports.map(report => report.body)),
        { types: ['csp-violation'], buffered: true });
    observer.observe();
    setTimeout(() => done(seen.map(body => `${body.effectiveDirective} ${body.blockedURL}`)), 500);";

/// Fills the form of the page that is open, and sends it.
async fn send(browser: &Browser, fields: &[(&str, &str)]) {
    for (id, value) in fields {
        let field = browser.client.find(Locator::Id(id)).await.expect("a field");
        field.clear().await.expect("it can be emptied");
        field.send_keys(value).await.expect("it can be written to");
    }
    browser.mark().await;
    let button = browser.client.find(Locator::Css("button[type=submit]")).await.expect("a button");
    button.click().await.expect("it can be pressed");
}

async fn refused(browser: &Browser) -> Vec<Json> {
    let seen = browser.client.execute_async(REFUSED, Vec::new()).await.expect("a script of the driver");
    seen.as_array().expect("a list").clone()
}

/// Serves one page at an origin of its own, for as long as the test runs.
fn elsewhere(page: String) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            // The request is read to its end: to close before would throw the answer away.
            let lines = BufReader::new(&stream).lines().map_while(Result::ok);
            lines.take_while(|line| !line.is_empty()).for_each(drop);
            let head = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\nContent-Length";
            write!(stream, "{head}: {}\r\n\r\n{page}", page.len()).ok();
        }
    });
    format!("http://{address}")
}

#[tokio::test]
async fn a_person_gets_in_and_out_by_the_forms_and_another_site_does_nothing_in_his_name() {
    let platform = Platform::start();
    let browser = Browser::start().await;
    let (url, client) = (&platform.url, &browser.client);
    let token = platform.token.as_deref().expect("a token");

    client.goto(&format!("{url}/setup?token={token}")).await.expect("a page");
    send(&browser, &[("email", "ada@acme.example"), ("name", "Ada"), ("password", PASSWORD)]).await;
    browser.until_new_page_with("Signed in as Ada").await;
    assert_eq!(refused(&browser).await, [""; 0]);
    browser.mark().await;
    let own =
        client.find(Locator::XPath("//header//button[span[normalize-space()='Ada']]")).await.expect("the own menu");
    own.click().await.expect("it opens");
    let out = client.find(Locator::XPath("//button[normalize-space()='Sign out']")).await.expect("a way out");
    out.click().await.expect("it can be pressed");
    browser.until_new_page_with("Sign in").await;

    // Signing in leads on to what was wanted.
    client.goto(&format!("{url}/api/docs/")).await.expect("a page");
    let field = client.find(Locator::Id("email")).await.expect("the form");
    assert_eq!(field.attr("autocomplete").await.expect("an attribute").as_deref(), Some("username"));
    send(&browser, &[("email", "ada@acme.example"), ("password", PASSWORD)]).await;
    browser.until_new_page_with("crm").await;
    assert_eq!(client.current_url().await.expect("an address").path(), "/api/docs/");
    client.wait().for_element(Locator::Css(".opblock")).await.expect("the document is shown");
    assert_eq!(refused(&browser).await, [""; 0], "the page needs nothing that its policy refuses");

    // Data is shown by the browser itself, which nothing in its headers may prevent.
    client.goto(&format!("{url}/api/platform/v1/users")).await.expect("a page");
    browser.until_new_page_with("ada@acme.example").await;
    client.goto(&format!("{url}/api/docs/")).await.expect("a page");
    client.wait().for_element(Locator::Css(".opblock")).await.expect("the document is shown");

    // What a page of ours sends counts, as it has the origin.
    let script = "const done = arguments[arguments.length - 1];
        fetch('/api/platform/v1/groups', { method: 'POST', headers: { 'content-type': 'application/json' },
            body: JSON.stringify({ name: arguments[0] }) }).then(answer => done(answer.status), done);";
    let status = client.execute_async(script, vec![json!("mine")]).await.expect("a script of the driver");
    assert_eq!(status, 201);
    // That the policy is heeded at all: what is written into the page is refused.
    let inline = "const style = document.createElement('style'); style.textContent = 'body { color: red }';
        document.head.append(style); const script = document.createElement('script');
        script.textContent = 'window.harmed = true'; document.head.append(script); return window.harmed === true;";
    assert_eq!(client.execute(inline, Vec::new()).await.expect("a script of the driver"), false);
    let seen = refused(&browser).await;
    assert_eq!(seen.len(), 2, "{seen:?}");

    // A page of another origin on the same site: the browser sends the cookie with its forms.
    for (path, fields) in [
        ("/logout", String::new()),
        ("/auth/logout", String::new()),
        ("/login", format!("<input name=email value=eve@acme.example><input name=password value='{PASSWORD}'>")),
    ] {
        let form = format!("<form method=post action='{url}{path}'>{fields}</form>");
        let page =
            elsewhere(format!("<!DOCTYPE html><title>Prizes</title>{form}<script>document.forms[0].submit()</script>"));
        client.goto(&page).await.expect("a page");
        browser.until_new_page_with("foreign_origin").await;
    }
    // Nor does it see a page of ours in a frame, or read an answer.
    let frame = format!("<!DOCTYPE html><title>Prizes</title><iframe src='{url}/'></iframe>");
    client.goto(&elsewhere(frame)).await.expect("a page");
    let fetched = "const done = arguments[arguments.length - 1];
        fetch(arguments[0], { credentials: 'include' }).then(() => done('read'), () => done('refused'));";
    let read = client.execute_async(fetched, vec![json!(format!("{url}/auth/me"))]).await;
    assert_eq!(read.expect("a script of the driver"), "refused");
    client.enter_frame(0).await.expect("the frame");
    let shown = client.execute("return document.documentElement.innerText", Vec::new()).await.expect("a text");
    assert!(!shown.as_str().unwrap_or_default().contains("Signed in"), "{shown}");
    client.goto(url).await.expect("a page");
    browser.until_new_page_with("Signed in as Ada").await;
    client.clone().close().await.expect("it closes");
}
