//! Attack case 64: signing in leads to where one wanted to go, and never to another site.

use reqwest::header::LOCATION;

use super::support::{PASSWORD, prepared};

#[tokio::test]
async fn a_sign_in_leads_on_to_what_was_wanted() {
    let start = prepared(&[]).await;
    let client = start.platform.client();
    let docs = client.get("/api/docs/").await.is(303);
    assert_eq!(docs.headers[LOCATION], "/login?next=/api/docs/");
    let page = client.get("/login?next=/api/docs/").await.is(200);
    let html = page.body.as_str().expect("a page");
    assert!(html.contains("name=\"next\" value=\"/api/docs/\""), "{html}");
    // A password that was mistyped does not lose it.
    let fields = |password| [("email", "sales@acme.example"), ("password", password), ("next", "/api/docs/")];
    let wrong = client.form("/login", &fields("not the password")).await.is(401);
    let html = wrong.body.as_str().expect("a page");
    assert!(html.contains("name=\"next\" value=\"/api/docs/\""), "{html}");
    assert_eq!(client.form("/login", &fields(PASSWORD)).await.is(303).headers[LOCATION], "/api/docs/");
}

#[tokio::test]
async fn nothing_that_is_not_a_path_of_this_server_is_kept() {
    let start = prepared(&[]).await;
    let client = start.platform.client();
    for next in [
        "//evil.example",
        "///evil.example/x",
        "/\\evil.example",
        "\\\\evil.example",
        "https:evil.example",
        "https://evil.example",
        "HTTPS://evil.example",
        "javascript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "evil.example",
        "@evil.example",
        ".evil.example",
        " //evil.example",
        "/\t/evil.example",
        "/\r\n/evil.example",
        "/x\r\nSet-Cookie: a=b",
        "/.//evil.example",
        "/..//evil.example",
        "/%2f/evil.example",
        "/%2fevil.example",
        "/%5cevil.example",
        "/%252fevil.example",
        "/%09/evil.example",
        "/%0d%0aSet-Cookie:a=b",
        "\u{2f}\u{ff0f}evil.example",
        "/é",
        "",
    ] {
        let page = client.get_with("/login", &[("next", next)]).await.is(200);
        assert!(
            page.body.as_str().is_some_and(|html| !html.contains("evil") && !html.contains("name=\"next\"")),
            "{next:?}"
        );
        let fields = [("email", "sales@acme.example"), ("password", PASSWORD), ("next", next)];
        let answer = client.form("/login", &fields).await.is(303);
        assert_eq!(answer.headers[LOCATION], "/", "{next:?}");
        assert_eq!(answer.headers.get_all("set-cookie").iter().count(), 1, "{next:?}");
    }
    // What stands twice is not guessed at: the first one is looked at, and it alone.
    let twice = client.get("/login?next=/api/docs/&next=//evil.example").await;
    assert!(twice.body.as_str().is_some_and(|html| !html.contains("evil")), "{}", twice.body);
}
