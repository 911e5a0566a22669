//! Who asks whether somebody has an account learns nothing: not by an answer, and not by its time.

use std::time::Instant;

use serde_json::json;

use super::support::{Answer, Client, prepared};

/// Guesses for each of the two.
const SAMPLES: usize = 150;
/// Beyond this the times of two kinds of answers differ by more than chance. Generous: other work on the
/// machine is no chance of the kind that the test of Welch assumes.
const MOST: f64 = 8.0;

/// What an answer tells, but for what is different each time.
fn told(answer: &Answer) -> String {
    let body = answer.body.to_string().replace(&answer.execution_id, "ID");
    let headers = answer.headers.iter().filter(|(name, _)| !["date", "x-execution-id"].contains(&name.as_str()));
    let headers: Vec<_> = headers.map(|(name, value)| format!("{name}: {value:?}")).collect();
    format!("{} {headers:?} {body}", answer.status)
}

/// How far the means of two samples are apart, in units of what chance would do.
fn welch(one: &[f64], other: &[f64]) -> f64 {
    let number = |length: usize| f64::from(u32::try_from(length).expect("a small number"));
    let describe = |sample: &[f64]| {
        // The slowest tenth was waiting for the machine, not for the answer.
        let mut sample = sample.to_vec();
        sample.sort_by(f64::total_cmp);
        sample.truncate(sample.len() * 9 / 10);
        let mean = sample.iter().sum::<f64>() / number(sample.len());
        let variance = sample.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / number(sample.len() - 1);
        (mean, variance / number(sample.len()))
    };
    let ((one, one_error), (other, other_error)) = (describe(one), describe(other));
    (one - other) / (one_error + other_error).sqrt()
}

/// Asks two questions in turns; answers what they told, and how far their times are apart.
async fn compared(mut one: impl AsyncFnMut(usize) -> Answer, mut other: impl AsyncFnMut(usize) -> Answer) -> f64 {
    let (mut first, mut second) = (Vec::new(), Vec::new());
    for number in 0..SAMPLES {
        let begun = Instant::now();
        let answer = one(number).await;
        first.push(begun.elapsed().as_secs_f64());
        let begun = Instant::now();
        let another = other(number).await;
        second.push(begun.elapsed().as_secs_f64());
        assert_eq!(told(&answer), told(&another), "{number}");
        // The order must not matter.
        std::mem::swap(&mut first, &mut second);
        let begun = Instant::now();
        let another = other(number).await;
        first.push(begun.elapsed().as_secs_f64());
        let begun = Instant::now();
        let answer = one(number).await;
        second.push(begun.elapsed().as_secs_f64());
        assert_eq!(told(&answer), told(&another), "{number}");
        std::mem::swap(&mut first, &mut second);
    }
    welch(&first, &second)
}

async fn guess(client: &Client, email: &str) -> Answer {
    client.post("/auth/login", json!({ "email": email, "password": "a guess at a password" })).await
}

#[tokio::test]
async fn sign_ins_of_known_and_unknown_accounts_are_told_apart_by_nothing() {
    let settings = [
        ("APPOS__SIGN_IN__MAX_BY_ADDRESS", "1000000"),
        ("APPOS__SIGN_IN__MAX_BY_ACCOUNT", "1000"),
        ("APPOS__SERVER__RATE_LIMIT__PER_ADDRESS", "0"),
    ];
    let start = prepared(&settings).await;
    let client = start.platform.client();
    let mut t = 0.0;
    for _ in 0..2 {
        t = compared(
            async |_| guess(&client, "sales@acme.example").await,
            async |_| guess(&client, "sails@acme.example").await,
        )
        .await;
        if t.abs() < MOST {
            break;
        }
    }
    assert!(t.abs() < MOST, "t = {t}");
}

#[tokio::test]
async fn links_that_lead_nowhere_are_told_apart_by_nothing() {
    let start = prepared(&[("APPOS__SERVER__RATE_LIMIT__PER_ADDRESS", "0")]).await;
    let sales = start.admin.id_of("sales").await;
    let client = start.platform.client();
    // One that was used, and one that nobody ever had.
    let link = start.admin.rule("create_password_reset", json!({ "user": sales })).await.is(200);
    let used = link.body.as_str().and_then(|url| url.split_once("token=")).expect("a link").1.to_owned();
    let body = |token: &str| json!({ "token": token, "password": "another good password" });
    client.post("/auth/reset", body(&used)).await.is(204);
    for path in ["/auth/reset", "/auth/invitation"] {
        let mut t = 0.0;
        for _ in 0..2 {
            t = compared(
                async |_| client.post(path, body(&used)).await,
                async |number| client.post(path, body(&format!("{number:A>43}"))).await,
            )
            .await;
            if t.abs() < MOST {
                break;
            }
        }
        assert!(t.abs() < MOST, "{path}: t = {t}");
    }
}

#[test]
fn the_test_of_times_tells_what_differs_from_what_does_not() {
    let sample = |from: f64| (0..200).map(|number| from + f64::from(number % 7)).collect::<Vec<_>>();
    assert!(welch(&sample(10.0), &sample(10.0)).abs() < 1.0);
    assert!(welch(&sample(10.0), &sample(14.0)).abs() > MOST);
}
