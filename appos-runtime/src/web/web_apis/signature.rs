//! Signatures of webhooks: HMAC-SHA256 over the body as it arrived, compared in constant time, of a moment that is not
//! long past, and each taken once.

use std::time::{Duration, Instant};

use actix_web::HttpRequest;
use hmac::{Hmac, KeyInit, Mac};
use moka::Expiry;
use moka::sync::Cache;
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};

use super::table::Api;
use crate::engine::Engine;
use crate::error::{AppOsError, Result};
use crate::nodes::{Patience, Redis};
use crate::platform::stored_secrets::secret_value;
use crate::record::Store;
use crate::registry::{SignatureStyle, WebhookSignature};
use crate::vault::SecretKeys;
use crate::web::router::Call;

/// Most signatures that are remembered at once.
const REMEMBERED: u64 = 100_000;
/// Bytes of a signature.
const LENGTH: usize = 32;

/// Signatures that this server has taken lately.
#[derive(Clone)]
pub(in crate::web) struct Seen(Cache<[u8; LENGTH], Duration>);

struct KeptFor;

impl Expiry<[u8; LENGTH], Duration> for KeptFor {
    fn expire_after_create(&self, _: &[u8; LENGTH], length: &Duration, _: Instant) -> Option<Duration> {
        Some(*length)
    }
}

impl Default for Seen {
    fn default() -> Self {
        Self(Cache::builder().max_capacity(REMEMBERED).expire_after(KeptFor).build())
    }
}

/// A signature that was taken: given back, if what it was taken for fails.
pub(super) struct Taken<'a> {
    seen: &'a Seen,
    name: [u8; LENGTH],
    redis: Option<(&'a Redis, String)>,
}

impl Taken<'_> {
    /// What was signed was not done: its sender may send it again.
    pub(super) async fn give_back(self) {
        self.seen.0.invalidate(&self.name);
        if let Some((redis, name)) = self.redis {
            let mut question = redis::pipe();
            question.del(name).ignore();
            // It runs out by itself.
            redis.ask::<()>(Patience::Short, &question).await.ok();
        }
    }
}

fn bad(why: impl Into<String>) -> AppOsError {
    AppOsError::security("the signature of the request is missing, wrong or too old")
        .code_is("bad_signature")
        .caused_by(why.into())
}

/// Judges the signature of a body, and takes it.
///
/// # Errors
/// There is none that fits (code `bad_signature`), or it was taken before (`already_received`).
pub(super) async fn take<'a>(
    call: &Call<'a>,
    api: &Api,
    signature: &WebhookSignature,
    body: &[u8],
) -> Result<Taken<'a>> {
    let now = call.server.engine.clock.unix_us() / 1_000_000;
    let key = key(&call.server.engine, signature.secret).await?;
    let fits = judged(call.request, (signature, &key), body, now)?;
    let mut name = Sha256::new();
    name.update(api.object.reference);
    name.update(fits);
    let name: [u8; LENGTH] = name.finalize().into();
    // One of the near future stays good for as long as one of the past was.
    let length = signature.tolerance.saturating_mul(2);
    let replayed = || AppOsError::validation("this was received before").code_is("already_received");
    let seen = &call.server.seen;
    if !seen.0.entry(name).or_insert(length).is_fresh() {
        return Err(replayed());
    }
    let Some(redis) = call.server.engine.resource::<Redis>() else { return Ok(Taken { seen, name, redis: None }) };
    let key = redis.name(format_args!("signature:{}", hex(&name)));
    let mut question = redis::pipe();
    let milliseconds = u64::try_from(length.as_millis()).unwrap_or(u64::MAX);
    question.cmd("SET").arg(&key).arg(1).arg("NX").arg("PX").arg(milliseconds);
    match redis.ask::<(Option<String>,)>(Patience::Long, &question).await {
        Ok((Some(_),)) => Ok(Taken { seen, name, redis: Some((redis, key)) }),
        Ok((None,)) => Err(replayed()),
        // Whether another server has taken it nobody can tell now.
        Err(_) => {
            seen.0.invalidate(&name);
            Err(AppOsError::dispatch("signatures cannot be compared right now").code_is("too_busy"))
        }
    }
}

/// The secret that the sender has, too: as an administrator has entered it, or as the environment has it.
async fn key(engine: &Engine, name: &str) -> Result<SecretString> {
    let (Some(store), Some(keys)) = (engine.resource::<Store>(), engine.resource::<SecretKeys>()) else {
        return Err(AppOsError::execution("this program runs without a database"));
    };
    // Whoever sends is a stranger: he is told of no name.
    secret_value(store, keys, name).await.map_err(|error| {
        let message = "a secret that is needed to judge the signature cannot be read; the log says which";
        AppOsError::integration(message).code_is("missing_secret").caused_by(error)
    })
}

/// The signature that fits.
fn judged(
    request: &HttpRequest,
    (signature, key): (&WebhookSignature, &SecretString),
    body: &[u8],
    now: i64,
) -> Result<[u8; LENGTH]> {
    let header = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok());
    let Some(text) = header(signature.header) else { return Err(bad(format!("no header {}", signature.header))) };
    let (moment, written) = match signature.style {
        SignatureStyle::Plain => (None, vec![text.trim()]),
        SignatureStyle::Github => (None, text.trim().strip_prefix("sha256=").into_iter().collect()),
        SignatureStyle::Stripe => {
            let parts = || text.split(',').filter_map(|part| part.trim().split_once('='));
            let moment = parts().find(|(name, _)| *name == "t").map(|(_, moment)| moment);
            let Some(moment) = moment else { return Err(bad("it has no moment")) };
            // While a secret is changed, there are several.
            (Some(moment), parts().filter(|(name, _)| *name == "v1").map(|(_, written)| written).take(8).collect())
        }
    };
    let moment = match signature.timestamp {
        Some(name) => Some(header(name).ok_or_else(|| bad(format!("no header {name}")))?.trim()),
        None => moment,
    };
    if let Some(moment) = moment {
        let seconds: i64 = moment.parse().map_err(|_| bad("its moment is no number"))?;
        let tolerance = signature.tolerance.as_secs();
        if now.abs_diff(seconds) > tolerance {
            return Err(bad(format!("its moment is more than {tolerance} seconds from now")));
        }
    }
    let mut mac = Hmac::<Sha256>::new_from_slice(key.expose_secret().as_bytes())
        .map_err(|error| AppOsError::execution("the secret cannot be used").caused_by(error.to_string()))?;
    if let Some(moment) = moment {
        mac.update(moment.as_bytes());
        mac.update(b".");
    }
    mac.update(body);
    let fits = written.into_iter().filter_map(unhex).find(|written| mac.clone().verify_slice(written).is_ok());
    fits.ok_or_else(|| bad("it does not fit"))
}

/// The bytes of 64 hexadecimal digits.
fn unhex(text: &str) -> Option<[u8; LENGTH]> {
    let digits = text.as_bytes();
    if digits.len() != 2 * LENGTH {
        return None;
    }
    let digit = |sign: u8| char::from(sign).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let mut bytes = [0; LENGTH];
    for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
        *byte = digit(pair[0])? << 4 | digit(pair[1])?;
    }
    Some(bytes)
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        write!(text, "{byte:02x}").ok();
        text
    })
}

#[cfg(test)]
mod tests {
    use super::{hex, unhex};

    #[test]
    fn digits_are_read_as_they_are_written() {
        let bytes: [u8; 32] = std::array::from_fn(|at| u8::try_from(at * 7).unwrap());
        assert_eq!(unhex(&hex(&bytes)), Some(bytes));
        assert_eq!(unhex(&hex(&bytes).to_uppercase()), Some(bytes));
        for text in ["", "00", &"g".repeat(64), &"0".repeat(63), &"é".repeat(32)] {
            assert_eq!(unhex(text), None, "{text}");
        }
    }
}
