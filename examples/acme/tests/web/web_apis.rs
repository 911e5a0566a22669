//! Web APIs of an app, as partners, shops and webhooks call them: who may, what is refused, and what comes back.

use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value as Json, json};
use sha2::Sha256;

use super::support::{Answer, Client, Method, Prepared, prepared};
use super::{MEMBERSHIPS, USERS};

const ORDERS: &str = "/api/crm/v1/orders";
const HAND_IN: &str = "/api/crm/v1/partners/1/orders";
const EVENTS: &str = "/api/crm/v1/payments/events";
const PICTURES: &str = "/api/crm/v1/pictures";
const PROGRAMME: &str = "/api/crm/v1/programme";
const PROGRAMME_2: &str = "/api/crm/v2/programme";
const QUESTIONS: &str = "/api/crm/v1/questions";
const SHOP: &str = "https://shop.example";

/// The key of a program in a group.
async fn key(start: &Prepared, name: &str, group: &str) -> String {
    let body = json!({ "email": format!("{name}@acme.example"), "name": name, "user_type": "service_account" });
    let id = start.admin.post(USERS, body).await.is(201).id();
    let group = start.admin.group(group).await;
    start.admin.post(MEMBERSHIPS, json!({ "user": id, "group": group })).await.is(201);
    let answer = start.admin.rule("create_api_key", json!({ "user": id, "name": "a key" })).await.is(200);
    answer.body.as_str().expect("the key").to_owned()
}

async fn by_key(client: &Client, path: &str, key: &str, body: &Json) -> Answer {
    client.send(client.request(Method::POST, path).bearer_auth(key).json(body)).await
}

fn order(number: &str) -> Json {
    json!({ "number": number, "ordered_on": "2026-05-04", "total": "99.90" })
}

#[tokio::test]
async fn a_partner_hands_in_by_its_key_what_its_groups_allow() {
    let start = prepared(&[]).await;
    let client = start.platform.client();
    let (partner, stranger) =
        (key(&start, "partner", "crm_users").await, key(&start, "stranger", "billing_users").await);
    let path = format!("{HAND_IN}?dry_run=true");
    let request = client.request(Method::POST, &path).bearer_auth(&partner).header("x-partner-reference", "r-7");
    let answer = client.send(request.json(&order("P-0"))).await.is(200);
    assert_eq!(answer.body, json!({ "order": null, "number": "P-0", "reference": "r-7" }));
    let made = by_key(&client, HAND_IN, &partner, &order("P-1")).await.is(200);
    let path = format!("{ORDERS}/{}", made.body["order"]);
    let order_of = client.get_by_key(&path, &partner).await.is(200).body;
    assert_eq!((&order_of["customer"], &order_of["total"]), (&json!(1), &json!("99.9")));

    // Nobody else comes by this path: neither without a key, nor with a session, nor with rights elsewhere.
    client.post(HAND_IN, order("P-2")).await.problem(401, "not_signed_in");
    start.sales.post(HAND_IN, order("P-2")).await.problem(401, "not_signed_in");
    by_key(&client, HAND_IN, "appos_wrong", &order("P-2")).await.problem(401, "bad_api_key");
    by_key(&client, HAND_IN, &stranger, &json!("nonsense")).await.problem(404, "not_found");
    client.get_by_key(HAND_IN, &partner).await.problem(405, "method_not_allowed");
    client.get_by_key(HAND_IN, &stranger).await.problem(404, "not_found");
    // And a key comes by no path of sessions.
    let refused = client.get_by_key("/api/crm/v1/address-book", &partner).await;
    refused.problem(401, "wrong_sign_in");
    let found = start.admin.get(&format!("{ORDERS}?filter[number]=P-2")).await.is(200);
    assert_eq!(found.column("number"), Vec::<Json>::new());
}

#[tokio::test]
async fn everything_that_is_wrong_with_a_request_is_told_at_once() {
    let start = prepared(&[]).await;
    let client = start.platform.client();
    let partner = key(&start, "partner", "crm_users").await;
    let body = json!({ "number": 5, "ordered_on": "soon", "colour": "red" });
    let path = "/api/crm/v1/partners/first/orders?dry_run=perhaps&other=1";
    let refused = by_key(&client, path, &partner, &body).await.problem(422, "invalid_fields");
    for (field, code) in [
        ("customer", "wrong_type"),
        ("dry_run", "wrong_type"),
        ("other", "unknown_field"),
        ("number", "wrong_type"),
        ("ordered_on", "wrong_type"),
        ("colour", "unknown_field"),
        ("total", "required"),
    ] {
        assert_eq!(refused.names(field), code, "{field}");
    }
    let send = async |kind: &str, body: &str| {
        let request = client.request(Method::POST, HAND_IN).bearer_auth(&partner).header("content-type", kind);
        client.send(request.body(body.to_owned())).await
    };
    send("application/json", "{").await.problem(400, "malformed_json");
    send("text/plain", "{}").await.problem(415, "unsupported_media_type");
    send("application/json", &"x".repeat(65 << 10)).await.problem(413, "body_too_large");
    // What the body refuses has the status that it has elsewhere.
    by_key(&client, HAND_IN, &partner, &order("P-1")).await.is(200);
    by_key(&client, HAND_IN, &partner, &order("P-1")).await.problem(409, "not_unique");
    let missing = "/api/crm/v1/partners/99999999/orders";
    assert!((400..500).contains(&by_key(&client, missing, &partner, &order("P-3")).await.status));
}

#[tokio::test]
async fn a_request_that_is_sent_again_under_its_key_is_answered_as_before() {
    let start = prepared(&[]).await;
    let client = start.platform.client();
    let partner = key(&start, "partner", "crm_users").await;
    let send = async |number: &str| {
        let request = client.request(Method::POST, HAND_IN).bearer_auth(&partner);
        client.send(request.header("idempotency-key", "one").json(&order(number))).await
    };
    let first = send("P-1").await.is(200);
    let second = send("P-1").await.is(200);
    assert_eq!((&first.body, &second.headers["idempotency-replayed"]), (&second.body, &"true".parse().unwrap()));
    send("P-2").await.problem(422, "idempotency_key_reused");
}

#[tokio::test]
async fn work_that_takes_long_is_accepted_and_told_at_its_address_to_who_may_see_it() {
    let start = prepared(&[]).await;
    let client = start.platform.client();
    let (partner, stranger) =
        (key(&start, "partner", "crm_users").await, key(&start, "stranger", "billing_users").await);
    let accepted = by_key(&client, "/api/crm/v1/welcomes/1", &partner, &Json::Null).await;
    assert_eq!(accepted.status, 400, "it takes no body: {accepted:?}");
    let request = client.request(Method::POST, "/api/crm/v1/welcomes/1").bearer_auth(&partner);
    let accepted = client.send(request).await.is(202);
    let place = accepted.headers["location"].to_str().expect("an address").to_owned();
    assert_eq!(accepted.body["location"], place);
    let shown = client.get_by_key(&place, &partner).await.is(200).body;
    assert_eq!((&shown["id"], shown["state"].is_string()), (&accepted.body["id"], true), "{shown}");
    client.get_by_key(&place, &stranger).await.problem(404, "not_found");
}

fn signed(secret: &str, at: i64, body: &str) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("a key");
    mac.update(format!("{at}.{body}").as_bytes());
    let bytes = mac.finalize().into_bytes();
    let digits: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("t={at},v1={digits}")
}

#[tokio::test]
async fn a_webhook_is_taken_once_and_only_from_who_knows_the_secret() {
    let start = prepared(&[("ACME_PAYMENTS", "whsec_1")]).await;
    let client = start.platform.client();
    let now = chrono::Utc::now().timestamp();
    let send = async |signature: Option<&str>, body: &str| {
        let mut request = client.request(Method::POST, EVENTS).header("content-type", "application/json");
        if let Some(signature) = signature {
            request = request.header("stripe-signature", signature);
        }
        client.send(request.body(body.to_owned())).await
    };
    let body = r#"{"id":"evt_1","type":"payment.succeeded","more":true}"#;
    let good = signed("whsec_1", now, body);
    for wrong in [
        None,
        Some(""),
        Some("t=now,v1=00"),
        Some(&*signed("whsec_2", now, body)),
        Some(&*signed("whsec_1", now - 400, body)),
        Some(&*signed("whsec_1", now + 400, body)),
        Some(&*good.replace("v1=", "v0=")),
    ] {
        send(wrong, body).await.problem(403, "bad_signature");
    }
    // Not one letter of the body may be another.
    send(Some(&good), &body.replace("evt_1", "evt_2")).await.problem(403, "bad_signature");
    assert_eq!(send(Some(&good), body).await.is(202).body, json!({}));
    send(Some(&good), body).await.problem(409, "already_received");
    // What was refused is not taken: its sender may send it again.
    let other = r#"{"id":"evt_3","type":"refund.made"}"#;
    let signature = signed("whsec_1", now, other);
    send(Some(&signature), other).await.problem(422, "not_a_payment");
    send(Some(&signature), other).await.problem(422, "not_a_payment");
}

#[tokio::test]
async fn a_webhook_without_its_secret_takes_nothing() {
    let start = prepared(&[]).await;
    let client = start.platform.client();
    let body = r#"{"id":"evt_1","type":"payment.succeeded"}"#;
    let request = client.request(Method::POST, EVENTS).header("content-type", "application/json");
    let signature = signed("", chrono::Utc::now().timestamp(), body);
    let refused = client.send(request.header("stripe-signature", signature).body(body)).await;
    let refused = refused.problem(502, "missing_secret");
    assert!(!refused.body.to_string().contains("ACME_PAYMENTS"), "{refused:?}");
}

#[tokio::test]
async fn pages_of_other_origins_call_what_names_them_and_nothing_else() {
    let start = prepared(&[]).await;
    let client = start.platform.client();
    let ask = async |path: &str, origin: &str, method: &str| {
        let request = client.request(Method::OPTIONS, path).header("origin", origin);
        client.send(request.header("access-control-request-method", method)).await
    };
    let told =
        |answer: &Answer, name: &str| answer.headers.get(name).map(|value| value.to_str().expect("a text").to_owned());
    let asked = ask(QUESTIONS, SHOP, "POST").await.is(204);
    assert_eq!(told(&asked, "access-control-allow-origin").as_deref(), Some(SHOP));
    assert_eq!(told(&asked, "access-control-allow-methods").as_deref(), Some("POST"));
    assert_eq!(
        (told(&asked, "vary").as_deref(), told(&asked, "access-control-allow-credentials")),
        (Some("origin"), None)
    );
    for (path, origin) in
        [(QUESTIONS, "https://other.example"), (QUESTIONS, "null"), (QUESTIONS, "http://shop.example")]
    {
        let asked = ask(path, origin, "POST").await;
        assert_eq!(told(&asked, "access-control-allow-origin"), None, "{path} {origin}");
        assert_eq!(told(&asked, "access-control-allow-methods"), None, "{path} {origin}");
    }
    let asked = ask(HAND_IN, SHOP, "POST").await;
    assert_eq!(told(&asked, "access-control-allow-origin"), None);

    let form = "topic=prices&text=How+much%3F";
    let send = async |origin: &str, form: &str| {
        let request = client.request(Method::POST, QUESTIONS).header("origin", origin);
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        client.send(request.body(form.to_owned())).await
    };
    let taken = send(SHOP, form).await.is(204);
    assert_eq!(told(&taken, "access-control-allow-origin").as_deref(), Some(SHOP));
    send("https://other.example", form).await.problem(403, "foreign_origin");
    // A page that may call it may read why it is refused.
    let refused = send(SHOP, "topic=prices&colour=red").await.problem(422, "invalid_fields");
    assert_eq!((refused.names("colour"), refused.names("text")), ("unknown_field", "required"));
    assert_eq!(told(&refused, "access-control-allow-origin").as_deref(), Some(SHOP));

    let any =
        client.send(client.request(Method::GET, PROGRAMME_2).header("origin", "https://any.example")).await.is(200);
    assert_eq!(told(&any, "access-control-allow-origin").as_deref(), Some("*"));
    assert_eq!(told(&any, "access-control-allow-credentials"), None);
}

#[tokio::test]
async fn versions_stand_side_by_side_and_a_caller_who_is_too_fast_is_told_how_long_to_wait() {
    let start = prepared(&[]).await;
    let client = start.platform.client();
    assert_eq!(client.get(PROGRAMME).await.is(200).body["version"], 1);
    for left in (0..5).rev() {
        let answer = client.get(PROGRAMME_2).await.is(200);
        assert_eq!(answer.body["version"], 2);
        assert_eq!(answer.headers["ratelimit-policy"], "\"calls\";q=5;w=3600");
        let state = answer.headers["ratelimit"].to_str().expect("a text");
        assert!(state.starts_with(&format!("\"calls\";r={left};t=")), "{state}");
    }
    let refused = client.get(PROGRAMME_2).await.problem(429, "too_many_requests");
    let wait: u64 = refused.headers["retry-after"].to_str().expect("a text").parse().expect("seconds");
    assert!((600..=720).contains(&wait), "a call comes back each twelve minutes: {wait}");
    // Of others nobody is kept waiting.
    client.get(PROGRAMME).await.is(200);
    for path in ["/api/crm/v3/programme", "/api/crm/v02/programme", "/api/crm/v/programme", "/api/billing/v2/programme"]
    {
        client.get(path).await.problem(404, "not_found");
    }
}

#[tokio::test]
async fn files_come_in_part_by_part_and_go_out_under_their_name() {
    let start = prepared(&[]).await;
    let send = async |client: &Client, kind: &str, content: Vec<u8>| {
        let request = client.request(Method::POST, PICTURES).header("content-type", kind);
        client.send(request.body(content)).await
    };
    let form = |kind: &str, content: &[u8]| {
        let head = format!(
            "--x\r\ncontent-disposition: form-data; name=\"title\"\r\n\r\nMe\r\n--x\r\ncontent-disposition: form-data; \
             name=\"file\"; filename=\"C:\\\\me.png\"\r\ncontent-type: {kind}\r\n\r\n"
        );
        [head.as_bytes(), content, b"\r\n--x--\r\n"].concat()
    };
    let multipart = "multipart/form-data; boundary=x";
    let picture = vec![7; 700_000];
    let weighed = send(&start.sales, multipart, form("image/png", &picture)).await.is(200).body;
    assert_eq!(weighed, json!({ "name": "me.png", "content_type": "image/png", "bytes": 700_000 }));
    let weighed = send(&start.sales, "image/jpeg", picture.clone()).await.is(200).body;
    assert_eq!(weighed, json!({ "name": "", "content_type": "image/jpeg", "bytes": 700_000 }));
    send(&start.sales, multipart, form("text/html", b"<p>")).await.problem(415, "unsupported_media_type");
    send(&start.sales, "application/pdf", vec![1]).await.problem(415, "unsupported_media_type");
    send(&start.sales, "image/png", vec![7; (1 << 20) + 1]).await.problem(413, "body_too_large");
    send(&start.sales, multipart, b"--x--\r\n".to_vec()).await.problem(400, "malformed_file");
    send(&start.platform.client(), "image/png", vec![1]).await.problem(401, "not_signed_in");
    send(&start.outsider, "image/png", vec![1]).await.problem(404, "not_found");
    // A page of another site has the cookie, and no right to send it.
    let forged = start.sales.request(Method::POST, PICTURES).header("content-type", multipart);
    let forged = forged.header("origin", "https://elsewhere.example").body(form("image/png", &picture));
    start.sales.send_bare(forged).await.problem(403, "foreign_origin");

    let request = start.sales.request(Method::GET, "/api/crm/v1/address-book");
    let answer = request.send().await.expect("an answer");
    assert_eq!(answer.headers()["content-type"], "text/csv");
    let name = "attachment; filename=\"Adre_buch.csv\"; filename*=UTF-8''Adre%C3%9Fbuch%2Ecsv";
    assert_eq!(answer.headers()["content-disposition"], name);
    let length = answer.headers().get("content-length").map(|length| length.to_str().expect("a text").to_owned());
    let content = answer.text().await.expect("the file");
    assert!(content.starts_with("name,email\n"));
    assert_eq!(length, Some(content.len().to_string()), "how much of it there is to come");
}

#[tokio::test]
async fn the_document_tells_what_a_web_api_takes_to_who_may_use_it() {
    let start = prepared(&[]).await;
    let document = start.sales.get("/api/openapi.json").await.is(200).body;
    let operation = &document["paths"]["/api/crm/v1/partners/{customer}/orders"]["post"];
    assert_eq!(operation["security"], json!([{ "api_key": [] }]));
    let body = &operation["requestBody"]["content"]["application/json"];
    assert_eq!(body["schema"]["properties"]["number"]["type"], "string");
    assert_eq!(body["schema"]["properties"]["note"]["type"], json!(["string", "null"]));
    assert_eq!(body["example"]["number"], "P-1001");
    let answer = &operation["responses"]["200"]["content"]["application/json"]["schema"];
    assert_eq!(answer["properties"]["number"]["type"], "string");
    assert_eq!(answer["properties"]["order"]["type"], json!(["integer", "null"]));
    // Its type is written, and never read: it cannot tell.
    let named = &document["paths"][PROGRAMME]["get"]["responses"]["200"]["content"]["application/json"]["schema"];
    assert_eq!(named["description"], "Rust type `Programme`.");
    let parameters: Vec<_> = operation["parameters"].as_array().expect("parameters").iter().collect();
    let named = |name: &str| parameters.iter().find(|it| it["name"] == name).expect("the parameter");
    assert_eq!((&named("customer")["in"], &named("customer")["schema"]["type"]), (&json!("path"), &json!("integer")));
    assert_eq!((&named("dry_run")["in"], &named("dry_run")["required"]), (&json!("query"), &json!(false)));
    assert_eq!(named("x-partner-reference")["in"], "header");
    assert!(document["paths"]["/api/crm/v2/programme"]["get"].is_object());
    let file = &document["paths"][PICTURES]["post"]["requestBody"]["content"];
    assert_eq!(file["multipart/form-data"]["schema"]["properties"]["file"]["format"], "binary");
    let less = start.outsider.get("/api/openapi.json").await.is(200).body;
    assert!(less["paths"][PICTURES].is_null() && less["paths"][PROGRAMME].is_object());
}

#[tokio::test]
async fn servers_that_share_a_redis_count_together_and_take_a_webhook_once() {
    let redis = throwaway_redis::Server::start();
    let url = redis.url();
    let variables = [("REDIS_URL", url.as_str()), ("ACME_PAYMENTS", "whsec_1")];
    let (one, other) = (prepared(&variables).await, prepared(&variables).await);
    let (one, other) = (one.platform.client(), other.platform.client());
    for (client, left) in [(&one, 4), (&other, 3), (&one, 2), (&other, 1), (&one, 0)] {
        let answer = client.get(PROGRAMME_2).await.is(200);
        let state = answer.headers["ratelimit"].to_str().expect("a text");
        assert!(state.starts_with(&format!("\"calls\";r={left};t=")), "{state}");
    }
    one.get(PROGRAMME_2).await.problem(429, "too_many_requests");
    other.get(PROGRAMME_2).await.problem(429, "too_many_requests");
    let body = r#"{"id":"evt_1","type":"payment.succeeded"}"#;
    let signature = signed("whsec_1", chrono::Utc::now().timestamp(), body);
    let send = async |client: &Client| {
        let request = client.request(Method::POST, EVENTS).header("content-type", "application/json");
        client.send(request.header("stripe-signature", &signature).body(body)).await
    };
    send(&one).await.is(202);
    send(&other).await.problem(409, "already_received");
    // While nobody can tell who has taken what, nothing is taken, and each counts by itself.
    redis.stop();
    other.get(PROGRAMME_2).await.is(200);
    let later = signed("whsec_1", chrono::Utc::now().timestamp() - 60, body);
    let request = one.request(Method::POST, EVENTS).header("content-type", "application/json");
    one.send(request.header("stripe-signature", later).body(body)).await.problem(503, "too_busy");
}
