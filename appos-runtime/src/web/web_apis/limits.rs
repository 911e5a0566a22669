//! How often one caller may call a web API. Servers that share a Redis count together; while it does not answer, each
//! counts by itself. Both go by the same rule (GCRA): so many calls at once, each of which comes back after its part
//! of the time.

use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::{HttpMessage, HttpRequest, HttpResponse};
use governor::clock::{Clock, DefaultClock};
use governor::middleware::StateInformationMiddleware;
use governor::state::keyed::DashMapStateStore;
use governor::{Quota, RateLimiter};

use crate::error::{AppOsError, Result};
use crate::nodes::{Patience, Redis};
use crate::registry::{ObjectDescriptor, RateLimit};
use crate::web::guard::network;
use crate::web::requests;
use crate::web::router::Call;

/// The rule, for Redis: the moment at which all calls will have come back is what is kept. Times in microseconds.
const SCRIPT: &str = "local t = redis.call('TIME') \
    local now = t[1] * 1000000 + t[2] \
    local back = tonumber(redis.call('GET', KEYS[1]) or now) \
    if back < now then back = now end \
    local each, most = tonumber(ARGV[1]), tonumber(ARGV[2]) \
    local new = back + each \
    if new - most > now then return {0, math.ceil(new - most - now), math.ceil(back - now)} end \
    redis.call('SET', KEYS[1], string.format('%.0f', new), 'PX', math.ceil((new - now) / 1000)) \
    return {1, math.floor((most - (new - now)) / each), math.ceil(new - now)}";

/// Requests between two looks for callers that are to be forgotten.
const SWEEP_EVERY: u64 = 4096;

const LIMIT: HeaderName = HeaderName::from_static("ratelimit");
const POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");

/// Who is counted.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Caller {
    User(i64),
    Address(Option<IpAddr>),
}

impl Caller {
    fn name(&self) -> String {
        match self {
            Self::User(id) => format!("user:{id}"),
            Self::Address(Some(address)) => format!("address:{address}"),
            Self::Address(None) => "nobody".to_owned(),
        }
    }
}

/// The limit of one web API.
pub(super) struct Limiter {
    object: &'static ObjectDescriptor,
    limit: RateLimit,
    own: RateLimiter<Caller, DashMapStateStore<Caller>, DefaultClock, StateInformationMiddleware>,
    clock: DefaultClock,
    asked: AtomicU64,
}

/// What was counted: told with the answer.
#[derive(Clone, Copy)]
struct Counted {
    limit: RateLimit,
    left: u64,
    /// Until a call comes back that is refused now, or all calls have come back.
    wait: Duration,
}

impl Limiter {
    pub(super) fn new(object: &'static ObjectDescriptor, limit: RateLimit) -> Option<Self> {
        let calls = NonZeroU32::new(limit.calls)?;
        let quota = Quota::with_period(limit.per / limit.calls)?.allow_burst(calls);
        let own = RateLimiter::dashmap(quota).with_middleware::<StateInformationMiddleware>();
        Some(Self { object, limit, own, clock: DefaultClock::default(), asked: AtomicU64::new(1) })
    }

    /// Counts a call.
    ///
    /// # Errors
    /// The caller has made too many.
    pub(super) async fn count(&self, call: &Call<'_>) -> Result<()> {
        let caller = match call.scope.user.id {
            0 => Caller::Address(requests::address(call.request).map(network)),
            id => Caller::User(id),
        };
        let (admitted, counted) = match self.counted_together(call, &caller).await {
            Some(counted) => counted,
            None => self.counted_alone(&caller),
        };
        call.request.extensions_mut().insert(counted);
        if admitted {
            return Ok(());
        }
        let seconds = u32::try_from(seconds(counted.wait)).unwrap_or(u32::MAX);
        let message = format!("too many calls of this path; wait {seconds} seconds");
        Err(AppOsError::validation(message).code_is("too_many_requests").retry_after(seconds))
    }

    async fn counted_together(&self, call: &Call<'_>, caller: &Caller) -> Option<(bool, Counted)> {
        let redis = call.server.engine.resource::<Redis>()?;
        let name = redis.name(format_args!("rate:{}:{}", self.object.reference, caller.name()));
        let all = self.limit.per.as_micros();
        let mut question = redis::pipe();
        let each = (all / u128::from(self.limit.calls)).to_string();
        question.cmd("EVAL").arg(SCRIPT).arg(1).arg(name).arg(each).arg(all.to_string());
        let ((admitted, amount, back),): ((u8, u64, u64),) = redis.ask(Patience::Short, &question).await.ok()?;
        let admitted = admitted == 1;
        let (left, wait) = if admitted { (amount, back) } else { (0, amount) };
        Some((admitted, Counted { limit: self.limit, left, wait: Duration::from_micros(wait) }))
    }

    fn counted_alone(&self, caller: &Caller) -> (bool, Counted) {
        if self.asked.fetch_add(1, Ordering::Relaxed).is_multiple_of(SWEEP_EVERY) {
            self.own.retain_recent();
            self.own.shrink_to_fit();
        }
        let limit = self.limit;
        match self.own.check_key(caller) {
            Ok(state) => {
                let left = state.remaining_burst_capacity();
                let used = limit.calls.saturating_sub(left);
                let wait = limit.per.saturating_mul(used) / limit.calls;
                (true, Counted { limit, left: left.into(), wait })
            }
            Err(refused) => (false, Counted { limit, left: 0, wait: refused.wait_time_from(self.clock.now()) }),
        }
    }
}

fn seconds(length: Duration) -> u64 {
    length.as_millis().div_ceil(1_000).try_into().unwrap_or(u64::MAX).max(1)
}

/// Tells how many calls are left (draft-ietf-httpapi-ratelimit-headers).
pub(super) fn tell(request: &HttpRequest, response: &mut HttpResponse) {
    let Some(Counted { limit, left, wait }) = request.extensions().get::<Counted>().copied() else { return };
    let policy = format!("\"calls\";q={};w={}", limit.calls, seconds(limit.per));
    let state = format!("\"calls\";r={left};t={}", seconds(wait));
    for (name, value) in [(POLICY, policy), (LIMIT, state)] {
        if let Ok(value) = HeaderValue::from_str(&value) {
            response.headers_mut().insert(name, value);
        }
    }
}
