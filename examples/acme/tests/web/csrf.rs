//! Attack case 30: a change with a session's cookie has to come from a page of the platform, or to show the
//! session's token. What a page of another site sends is in `forgery`.

use serde_json::{Value as Json, json};

use super::support::{Answer, Client, Method, PASSWORD, Platform, prepared};
use super::{CUSTOMERS, USERS};

const FORM: &str = "application/x-www-form-urlencoded";

/// Sends a request that does not say which page it comes from.
async fn bare(client: &Client, (method, path): (Method, &str), headers: &[(&str, &str)], body: Body<'_>) -> Answer {
    let mut request = client.request(method, path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    client
        .send_bare(match body {
            Body::None => request,
            Body::Json(json) => request.json(&json),
            Body::Text(kind, text) => request.header("content-type", kind).body(text.to_owned()),
        })
        .await
}

enum Body<'a> {
    None,
    Json(Json),
    Text(&'a str, &'a str),
}

fn new(name: &str) -> Json {
    json!({ "name": name, "email": format!("{name}@acme.example") })
}

async fn token(client: &Client) -> String {
    let me = client.get("/auth/me").await.is(200).body;
    me["csrf_token"].as_str().expect("a token").to_owned()
}

#[tokio::test]
async fn a_cookie_alone_changes_nothing() {
    let start = prepared(&[]).await;
    let (sales, admin) = (&start.sales, &start.admin);
    let before = sales.count(CUSTOMERS).await;
    let row = format!("{CUSTOMERS}/1");
    let version = sales.get(&row).await.is(200).body["version"].clone();
    let (bulk, import) = (format!("{CUSTOMERS}/bulk"), format!("{CUSTOMERS}/import"));
    let file = "name,email\nForged,forged@acme.example\n";
    let multipart = "--x\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\nForged\r\n--x--\r\n";
    let mut ids = Vec::new();
    for (method, path, body) in [
        (Method::POST, CUSTOMERS, Body::Json(new("forged"))),
        (Method::POST, CUSTOMERS, Body::Text("text/plain", "{\"name\":\"Forged\",\"email\":\"forged@acme.example\"}")),
        (Method::POST, CUSTOMERS, Body::Text("multipart/form-data; boundary=x", multipart)),
        (Method::POST, CUSTOMERS, Body::Text(FORM, "name=Forged&email=forged%40acme.example")),
        // A field of another name, or of another body, is no token.
        (Method::POST, CUSTOMERS, Body::Text(FORM, "csrf_token=&name=Forged")),
        (Method::POST, CUSTOMERS, Body::Json(json!({ "csrf_token": token(sales).await, "name": "Forged" }))),
        (Method::POST, &bulk, Body::Json(json!({ "create": [new("forged")] }))),
        (Method::POST, &import, Body::Text("text/csv", file)),
        (Method::POST, &import, Body::Text(FORM, file)),
        (Method::PATCH, &row, Body::Json(json!({ "version": version, "city": "Forged" }))),
        (Method::DELETE, &row, Body::None),
        (Method::PUT, &row, Body::None),
        (Method::POST, "/auth/logout", Body::None),
        (Method::POST, "/logout", Body::Text(FORM, "")),
        (Method::POST, "/logout", Body::None),
        (Method::POST, "/api/crm/v1/rules/refresh_tier", Body::Json(json!({ "customer": 1 }))),
    ] {
        let answer = bare(sales, (method, path), &[], body).await.problem(403, "csrf_token_missing");
        assert!(!answer.headers.contains_key("set-cookie"), "nobody is signed out");
        ids.push(answer.execution_id);
    }
    assert_eq!(sales.count(CUSTOMERS).await, before);
    assert_eq!(sales.get(&row).await.is(200).body["version"], version);
    // Reading needs nothing, and does nothing: `HEAD` is no way to sign somebody out.
    for path in ["/logout", "/auth/logout", "/password"] {
        let answer = bare(sales, (Method::HEAD, path), &[], Body::None).await;
        assert_eq!(answer.status, if path == "/password" { 200 } else { 405 }, "{path}");
        assert!(!answer.headers.contains_key("set-cookie"), "{path}");
    }
    bare(sales, (Method::GET, CUSTOMERS), &[], Body::None).await.is(200);
    bare(admin, (Method::HEAD, CUSTOMERS), &[], Body::None).await.is(200);

    // Every refusal is in the security log, under the id that the answer told.
    let user = admin.id_of("sales").await;
    let folder = start.platform.into_folder();
    let logged = super::support::lines(&folder.path().join(".appos/logs"), "security");
    for id in ids {
        let line = logged.iter().find(|line| line.text("execution_id") == id);
        let line = line.unwrap_or_else(|| panic!("{id} is in no line of {logged:#?}"));
        assert_eq!((line.text("action"), &line.json["user_id"]), ("refused", &json!(user)), "{line:?}");
    }
}

#[tokio::test]
async fn the_token_of_the_session_proves_it_and_no_other() {
    let start = prepared(&[]).await;
    let create = (Method::POST, CUSTOMERS);
    let own = token(&start.sales).await;
    assert_eq!(own, token(&start.sales).await, "it stays as long as the session");
    let header = |token: &str| [("x-csrf-token", token.to_owned())];
    let with = async |client: &Client, token: &str, name: &str| {
        let headers = header(token);
        let headers = headers.each_ref().map(|(name, value)| (*name, value.as_str()));
        bare(client, create.clone(), &headers, Body::Json(new(name))).await
    };
    with(&start.sales, &own, "one").await.is(201);

    let (_, secret) = start.sales.session.as_deref().and_then(|session| session.split_once('=')).expect("a cookie");
    let of_another = token(&start.admin).await;
    for wrong in ["", "x", &own[1..], &own.to_lowercase(), &of_another, secret, &format!("{own},{own}")] {
        with(&start.sales, wrong, "two").await.problem(403, "csrf_token_missing");
    }
    // It proves nothing that an Origin contradicts.
    let headers = [("x-csrf-token", own.as_str()), ("origin", "https://evil.example")];
    bare(&start.sales, create.clone(), &headers, Body::Json(new("three"))).await.problem(403, "foreign_origin");

    // A sign-in tells the token of its session, and the one of the session before is worth nothing.
    let mut client = start.platform.client();
    let signed_in = client.sign_in("sales@acme.example", PASSWORD).await.is(200);
    let fresh = signed_in.body["csrf_token"].as_str().expect("a token").to_owned();
    assert_ne!(fresh, own);
    assert_eq!(signed_in.headers["x-csrf-token"], fresh.as_str());
    with(&client, &own, "four").await.problem(403, "csrf_token_missing");
    with(&client, &fresh, "four").await.is(201);

    // A form holds it in a field: so the page signs out also where a browser names no origin.
    let home = client.get("/").await.is(200);
    let html = home.body.as_str().expect("a page");
    assert!(html.contains(&fresh) && html.contains("name=\"csrf_token\""), "{html}");
    let wrong = format!("csrf_token={own}");
    let out = (Method::POST, "/logout");
    bare(&client, out.clone(), &[], Body::Text(FORM, &wrong)).await.problem(403, "csrf_token_missing");
    client.get("/auth/me").await.is(200);
    let right = format!("csrf_token={fresh}");
    bare(&client, out, &[], Body::Text("Application/X-WWW-Form-URLencoded; charset=utf-8", &right)).await.is(303);
    client.get("/auth/me").await.problem(401, "session_expired");
}

#[tokio::test]
async fn a_session_that_has_another_id_has_another_token_and_tells_it() {
    let start = prepared(&[]).await;
    let mut client = start.platform.client();
    client.sign_in("outsider@acme.example", PASSWORD).await.is(200);
    client.get("/auth/me").await.is(200);
    let (user, group) = (start.admin.id_of("outsider").await, start.admin.group("crm_users").await);
    start.admin.post(super::MEMBERSHIPS, json!({ "user": user, "group": group })).await.is(201);
    // Other rights, so another id.
    let renewed = client.get("/auth/me").await.is(200);
    client.keep(&renewed);
    let token = renewed.headers["x-csrf-token"].to_str().expect("a text").to_owned();
    let headers = [("x-csrf-token", token.as_str())];
    bare(&client, (Method::POST, CUSTOMERS), &headers, Body::Json(new("one"))).await.is(201);
    assert_eq!(self::token(&client).await, token);
}

#[tokio::test]
async fn a_browser_that_names_no_origin_may_say_from_which_site() {
    let start = prepared(&[]).await;
    let create = (Method::POST, CUSTOMERS);
    for (site, name) in [("same-origin", "one"), ("none", "two")] {
        let headers = [("sec-fetch-site", site)];
        bare(&start.sales, create.clone(), &headers, Body::Json(new(name))).await.is(201);
    }
    for site in ["cross-site", "same-site", "", "Same-Origin", "evil"] {
        let headers = [("sec-fetch-site", site)];
        bare(&start.sales, create.clone(), &headers, Body::Json(new("three"))).await.problem(403, "foreign_origin");
    }
}

#[tokio::test]
async fn who_has_no_cookie_needs_no_token() {
    let start = prepared(&[]).await;
    let robot = json!({ "email": "robot@acme.example", "name": "Robot", "user_type": "service_account" });
    let robot = start.admin.post(USERS, robot).await.is(201).id();
    let group = start.admin.group("crm_users").await;
    start.admin.post(super::MEMBERSHIPS, json!({ "user": robot, "group": group })).await.is(201);
    let key = start.admin.rule("create_api_key", json!({ "user": robot, "name": "nightly" })).await.is(200);
    let key = format!("Bearer {}", key.body.as_str().expect("a key"));
    let stranger = start.platform.client();
    // No browser adds a key to what a page sends, so it does not matter whose page it is.
    for (headers, name) in [
        (&[("authorization", key.as_str())][..], "one"),
        (&[("authorization", key.as_str()), ("origin", "https://evil.example")], "two"),
    ] {
        bare(&stranger, (Method::POST, CUSTOMERS), headers, Body::Json(new(name))).await.is(201);
    }
    let me = bare(&stranger, (Method::GET, "/auth/me"), &[("authorization", &key)], Body::None).await.is(200);
    assert_eq!(me.body["csrf_token"], Json::Null, "a key has no token");

    // Signing in is not forged by a program; a page that does it is refused.
    let login = || Body::Json(json!({ "email": "sales@acme.example", "password": PASSWORD }));
    bare(&stranger, (Method::POST, "/auth/login"), &[], login()).await.is(200);
    let foreign = [("sec-fetch-site", "cross-site")];
    bare(&stranger, (Method::POST, "/auth/login"), &foreign, login()).await.problem(403, "foreign_origin");
    // Also with a cookie that is worth nothing any more.
    let ended = stranger.with_session(&format!("appos_session={}", "A".repeat(43)));
    bare(&ended, (Method::POST, "/auth/login"), &foreign, login()).await.problem(403, "foreign_origin");
    bare(&ended, (Method::POST, "/auth/login"), &[], login()).await.is(200);
}

#[tokio::test]
async fn a_page_elsewhere_does_not_set_the_platform_up() {
    let platform = Platform::start();
    let stranger = platform.client();
    let token = platform.token.clone().expect("a token");
    let account = json!({ "token": token, "email": "ada@acme.example", "name": "Ada", "password": PASSWORD });
    let setup = (Method::POST, "/auth/setup");
    let foreign = [("origin", "https://evil.example")];
    bare(&stranger, setup.clone(), &foreign, Body::Json(account.clone())).await.problem(403, "foreign_origin");
    let form = format!("token={token}&email=ada%40acme.example&password={PASSWORD}");
    let answer = bare(&stranger, (Method::POST, "/setup"), &foreign, Body::Text(FORM, &form)).await;
    answer.problem(403, "foreign_origin");
    let made = bare(&stranger, setup, &[], Body::Json(account)).await.is(201);
    assert_eq!(made.body["csrf_token"].as_str().map(str::len), Some(43));
}

#[tokio::test]
async fn a_public_address_with_a_path_has_the_origin_of_its_host() {
    let start = prepared(&[("APPOS__SERVER__PUBLIC_URL", "https://Acme.example:443/intranet/")]).await;
    let client = start.platform.client().at("https://acme.example");
    let login = || Body::Json(json!({ "email": "sales@acme.example", "password": PASSWORD }));
    let from = async |origin: &str| bare(&client, (Method::POST, "/auth/login"), &[("origin", origin)], login()).await;
    from("https://acme.example").await.is(200);
    for origin in ["https://acme.example/intranet", "http://acme.example", "https://acme.example:444"] {
        from(origin).await.problem(403, "foreign_origin");
    }
}
