//! How many requests of one sender are answered: so many a second in the long run, and more for a moment.
//! Senders that are silent are forgotten.

use std::hash::Hash;
use std::net::{IpAddr, Ipv6Addr};
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use governor::clock::DefaultClock;
use governor::state::keyed::DashMapStateStore;
use governor::{Quota, RateLimiter};
use moka::sync::Cache;

use crate::config::RateLimitConfig;
use crate::error::{AppOsError, Result};

/// Seconds' worth of requests that may come at once.
const BURST: u32 = 5;
/// Requests between two looks for senders that are to be forgotten.
const SWEEP_EVERY: u64 = 4096;
/// A sender that is refused over and over is noted once in this time.
const NOTE_EVERY: Duration = Duration::from_mins(1);
/// Senders that are remembered as noted.
const NOTED: u64 = 10_000;

/// Limits by address and by account.
pub(in crate::web) struct Limits {
    addresses: Option<Limit<IpAddr>>,
    users: Option<Limit<i64>>,
    noted: Cache<Sender, ()>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Sender {
    Address(IpAddr),
    User(i64),
}

/// A sender has sent too many requests.
pub(in crate::web) struct TooMany {
    /// True if the log has not been told lately.
    pub(in crate::web) is_news: bool,
}

impl TooMany {
    /// What the sender is told.
    pub(in crate::web) fn error() -> AppOsError {
        AppOsError::validation("too many requests; wait a second").code_is("too_many_requests")
    }
}

impl Limits {
    pub(super) fn of(config: &RateLimitConfig) -> Self {
        Self {
            addresses: Limit::of(config.per_address),
            users: Limit::of(config.per_user),
            noted: Cache::builder().max_capacity(NOTED).time_to_live(NOTE_EVERY).build(),
        }
    }

    /// Counts a request of an address.
    pub(in crate::web) fn of_address(&self, address: Option<IpAddr>) -> Result<(), TooMany> {
        let (Some(limit), Some(address)) = (&self.addresses, address) else { return Ok(()) };
        let network = network(address);
        if limit.admits(&network) { Ok(()) } else { Err(self.too_many(Sender::Address(network))) }
    }

    /// Counts a request of an account. All who are not signed in are no account.
    pub(in crate::web) fn of_user(&self, user_id: i64) -> Result<(), TooMany> {
        let Some(limit) = self.users.as_ref().filter(|_| user_id != 0) else { return Ok(()) };
        if limit.admits(&user_id) { Ok(()) } else { Err(self.too_many(Sender::User(user_id))) }
    }

    fn too_many(&self, sender: Sender) -> TooMany {
        TooMany { is_news: self.noted.entry(sender).or_insert(()).is_fresh() }
    }
}

/// Whoever has one address of IPv6 has its whole network.
pub(in crate::web) fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() & !u128::from(u64::MAX)).into(),
    }
}

struct Limit<K: Clone + Hash + Eq> {
    limiter: RateLimiter<K, DashMapStateStore<K>, DefaultClock>,
    asked: AtomicU64,
}

impl<K: Clone + Hash + Eq> Limit<K> {
    /// `None`: any number of requests.
    fn of(per_second: u32) -> Option<Self> {
        let per_second = NonZeroU32::new(per_second)?;
        let quota = Quota::per_second(per_second).allow_burst(per_second.saturating_mul(NonZeroU32::new(BURST)?));
        Some(Self { limiter: RateLimiter::dashmap(quota), asked: AtomicU64::new(1) })
    }

    fn admits(&self, key: &K) -> bool {
        if self.asked.fetch_add(1, Ordering::Relaxed).is_multiple_of(SWEEP_EVERY) {
            // Those whose whole burst is free again are as good as new.
            self.limiter.retain_recent();
            self.limiter.shrink_to_fit();
        }
        self.limiter.check_key(key).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::{Limit, Limits, SWEEP_EVERY, network};
    use crate::config::RateLimitConfig;

    fn limits(per_user: u32, per_address: u32) -> Limits {
        let mut config = RateLimitConfig::default();
        (config.per_user, config.per_address) = (per_user, per_address);
        Limits::of(&config)
    }

    #[test]
    fn a_burst_is_admitted_and_what_is_beyond_it_is_refused_to_that_sender_alone() {
        let limits = limits(2, 0);
        let admitted = (0..50).filter(|_| limits.of_user(7).is_ok()).count();
        assert!((10..50).contains(&admitted), "{admitted}");
        assert!(limits.of_user(8).is_ok());
        // Nobody in particular is limited by address alone, here by none.
        assert!((0..50).all(|_| limits.of_user(0).is_ok()));
        assert!((0..50).all(|_| limits.of_address("192.0.2.1".parse().ok()).is_ok()));
    }

    #[test]
    fn a_refusal_is_news_once() {
        let limits = limits(0, 1);
        let address = "192.0.2.1".parse().ok();
        let refused: Vec<bool> =
            (0..50).filter_map(|_| limits.of_address(address).err()).map(|it| it.is_news).collect();
        assert!(refused.len() > 30 && refused[0] && !refused[1..].contains(&true), "{refused:?}");
    }

    #[test]
    fn a_network_of_ipv6_is_one_sender() {
        let of = |address: &str| network(address.parse().unwrap()).to_string();
        assert_eq!(of("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::");
        assert_eq!(of("192.0.2.1"), "192.0.2.1");
    }

    #[test]
    fn senders_that_are_silent_are_forgotten() {
        // So fast that nobody is remembered for longer than a few nanoseconds.
        let limit = Limit::<u64>::of(1_000_000).unwrap();
        (0..SWEEP_EVERY * 8).for_each(|key| assert!(limit.admits(&key)));
        assert!(limit.limiter.len() <= usize::try_from(SWEEP_EVERY).unwrap() * 2, "{}", limit.limiter.len());
    }
}
