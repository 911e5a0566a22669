//! Requests that a page of another site makes a browser send.

use serde_json::{Value as Json, json};

use super::CUSTOMERS;
use super::support::{Answer, Client, Method, PASSWORD, prepared};

async fn from(client: &Client, origin: &str, method: Method, path: &str, body: Option<Json>) -> Answer {
    let request = client.request(method, path).header("origin", origin);
    client
        .send(match body {
            Some(body) => request.json(&body),
            None => request,
        })
        .await
}

#[tokio::test]
async fn a_page_of_another_site_changes_nothing() {
    let start = prepared(&[]).await;
    let (sales, admin) = (&start.sales, &start.admin);
    let before = sales.count(CUSTOMERS).await;
    let path = format!("{CUSTOMERS}/1");
    let version = sales.get(&path).await.is(200).body["version"].clone();
    let own = start.platform.url.clone();
    for origin in [
        "https://evil.example",
        "null",
        "",
        "http://localhost",
        &own.replace("http:", "https:"),
        &format!("{own}0"),
        &format!("{own}.evil.example"),
        &format!("{own}/"),
        "http://127.0.0.1",
    ] {
        let new = json!({ "name": "Forged", "email": "forged@acme.example" });
        let change = json!({ "version": version, "city": "Forged" });
        for (client, method, path, body) in [
            (sales, Method::POST, CUSTOMERS, Some(new)),
            (sales, Method::PATCH, path.as_str(), Some(change)),
            (admin, Method::DELETE, path.as_str(), None),
            (
                admin,
                Method::POST,
                "/api/platform/v1/rules/set_password",
                Some(json!({ "user": 1, "password": PASSWORD })),
            ),
            (sales, Method::POST, "/auth/logout", Some(json!({}))),
            (sales, Method::POST, "/logout", None),
        ] {
            from(client, origin, method, path, body).await.problem(403, "foreign_origin");
        }
        // Nor does it sign somebody in as the attacker.
        let body = json!({ "email": "sales@acme.example", "password": PASSWORD });
        let answer = from(&start.platform.client(), origin, Method::POST, "/auth/login", Some(body)).await;
        let answer = answer.problem(403, "foreign_origin");
        assert!(!answer.headers.contains_key("set-cookie"));
    }
    assert_eq!(sales.count(CUSTOMERS).await, before);
    assert_eq!(sales.get(&path).await.is(200).body["version"], version);
    admin.get("/auth/me").await.is(200);

    // A form is refused as a page.
    let client = start.platform.client();
    let form = client.request(Method::POST, "/login").header("origin", "https://evil.example");
    let form = form.header("content-type", "application/x-www-form-urlencoded");
    let answer = client.send(form.body(format!("email=sales%40acme.example&password={PASSWORD}"))).await.is(403);
    assert!(!answer.headers.contains_key("set-cookie"));
}

#[tokio::test]
async fn the_own_pages_are_served() {
    let start = prepared(&[]).await;
    let own = start.platform.url.clone();
    let new = |name: &str| json!({ "name": name, "email": format!("{name}@acme.example") });
    from(&start.sales, &own, Method::POST, CUSTOMERS, Some(new("one"))).await.is(201);
    from(&start.sales, "https://evil.example", Method::GET, CUSTOMERS, None).await.is(200);
    let mut client = start.platform.client();
    let body = json!({ "email": "sales@acme.example", "password": PASSWORD });
    let answer = from(&client, &own, Method::POST, "/auth/login", Some(body)).await.is(200);
    client.keep(&answer);
    from(&client, &own, Method::POST, "/auth/logout", Some(json!({}))).await.is(204);
}

#[tokio::test]
async fn behind_a_public_address_that_address_is_the_own_one() {
    let start = prepared(&[("APPOS__SERVER__PUBLIC_URL", "https://acme.example/")]).await;
    let body = json!({ "email": "sales@acme.example", "password": PASSWORD });
    let client = start.platform.client().at("https://acme.example");
    for origin in [&start.platform.url, "http://acme.example", "https://acme.example.evil.example"] {
        from(&client, origin, Method::POST, "/auth/login", Some(body.clone())).await.problem(403, "foreign_origin");
    }
    from(&client, "https://acme.example", Method::POST, "/auth/login", Some(body)).await.is(200);
}
