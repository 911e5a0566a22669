//! Parts of files: downloads that go on where they broke off.

use reqwest::header::{IF_NONE_MATCH, IF_RANGE, RANGE};
use serde_json::json;

use super::support::{Answer, Client, Method, prepared};
use super::{CONTRACTS, PDF, customer, replace, send};

async fn part(client: &Client, path: &str, headers: &[(reqwest::header::HeaderName, &str)]) -> Answer {
    let request = client.request(Method::GET, path);
    client.send(headers.iter().fold(request, |request, (name, value)| request.header(name, *value))).await
}

#[tokio::test]
async fn a_download_goes_on_where_it_broke_off() {
    let start = prepared(&[]).await;
    let of = customer(&start.sales).await;
    let file = [PDF, "0123456789".repeat(100_000).as_bytes()].concat();
    let id = send(&start.sales, CONTRACTS, &json!({ "customer": of }), "a.pdf", file.clone()).await.is(201).id();
    let path = format!("{CONTRACTS}/{id}/content");
    let whole = start.sales.get(&path).await.is(200);
    let tag = whole.headers["etag"].to_str().expect("a tag").to_owned();
    let text = |answer: &Answer| answer.body.as_str().map_or_else(|| answer.body.to_string(), str::to_owned);
    for (range, from, to) in
        [("bytes=0-9", 0, 10), ("bytes=600000-", 600_000, file.len()), ("bytes=-5", file.len() - 5, file.len())]
    {
        let answer = part(&start.sales, &path, &[(RANGE, range), (IF_RANGE, &tag)]).await.is(206);
        assert_eq!(answer.headers["content-range"], format!("bytes {from}-{}/{}", to - 1, file.len()).as_str());
        assert_eq!(text(&answer).len(), to - from, "{range}");
        assert_eq!(
            text(&answer).trim_start_matches('0'),
            String::from_utf8_lossy(&file[from..to]).trim_start_matches('0')
        );
    }
    let beyond = part(&start.sales, &path, &[(RANGE, "bytes=9000000-")]).await.problem(416, "range_not_satisfiable");
    assert_eq!(beyond.headers["content-range"], format!("bytes */{}", file.len()).as_str());
    for range in ["bytes=5-2", "lines=1-2", "bytes=0-1,3-4", "nonsense"] {
        part(&start.sales, &path, &[(RANGE, range)]).await.is(200);
    }
    part(&start.sales, &path, &[(IF_NONE_MATCH, &tag)]).await.is(304);
    replace(&start.sales, id, "a.pdf", PDF).await.is(200);
    let changed = part(&start.sales, &path, &[(RANGE, "bytes=0-9"), (IF_RANGE, &tag)]).await.is(200);
    assert_eq!(text(&changed).as_bytes(), PDF, "what has changed since is sent as a whole");
    assert_ne!(changed.headers["etag"], tag.as_str());
    let head = start.sales.send(start.sales.request(Method::HEAD, &path)).await.is(200);
    assert_eq!(head.headers["content-length"], PDF.len().to_string().as_str());
    let shown = start.sales.get(&format!("{path}?inline=true")).await.is(200);
    assert_eq!(shown.headers["content-disposition"], "inline; filename=\"a.pdf\"");
    assert!(shown.headers["content-security-policy"].to_str().is_ok_and(|policy| policy.ends_with("sandbox")));
}
