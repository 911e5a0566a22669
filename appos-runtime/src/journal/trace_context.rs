//! The trace of several systems in which an execution stands, as W3C Trace Context tells it: a number that all of them
//! write into their logs. It connects what belongs together, and gives nobody a right.

use std::fmt::Write;
use std::iter;

use uuid::Uuid;

/// Characters of a `traceparent` of the version that is known.
const LENGTH: usize = 55;
/// Most characters of a `tracestate` that are passed on.
const LONGEST_STATE: usize = 512;
/// Most members of a `tracestate`.
const MOST_MEMBERS: usize = 32;
/// The flag by which a caller says that it may have recorded the trace.
const SAMPLED: u8 = 1;

/// The trace of a caller outside, as it came with a request.
///
/// ```
/// use appos_runtime::journal::TraceContext;
/// let trace = TraceContext::read("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", Some("vendor=1"));
/// assert!(trace.is_some_and(|trace| trace.is_sampled() && trace.state() == Some("vendor=1")));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TraceContext {
    trace_id: u128,
    parent_span: u64,
    sampled: bool,
    state: Option<Box<str>>,
}

impl TraceContext {
    /// Reads the headers `traceparent` and `tracestate`. What is malformed is none, as the standard has it: a caller
    /// that is wrong about its trace is answered all the same.
    pub fn read(traceparent: &str, tracestate: Option<&str>) -> Option<Self> {
        let text = traceparent.trim_matches([' ', '\t']);
        let known = text.get(..LENGTH)?;
        let mut parts = known.split('-');
        let mut next = |digits: usize| parts.next().filter(|part| is_hex(part, digits));
        let (version, trace_id, parent_span, flags) = (next(2)?, next(32)?, next(16)?, next(2)?);
        // Later versions may have more behind what is known, and must not be understood otherwise.
        let has_end = match version {
            "ff" => false,
            "00" => text.len() == LENGTH,
            _ => text.len() == LENGTH || text.as_bytes().get(LENGTH) == Some(&b'-'),
        };
        let trace_id = u128::from_str_radix(trace_id, 16).ok().filter(|id| has_end && *id != 0)?;
        let parent_span = u64::from_str_radix(parent_span, 16).ok().filter(|id| *id != 0)?;
        let sampled = u8::from_str_radix(flags, 16).ok()? & SAMPLED != 0;
        Some(Self { trace_id, parent_span, sampled, state: tracestate.and_then(state) })
    }

    /// Number of the trace.
    pub fn trace_id(&self) -> u128 {
        self.trace_id
    }

    /// The caller's part of it.
    pub fn parent_span(&self) -> u64 {
        self.parent_span
    }

    /// True if the caller may have recorded it.
    pub fn is_sampled(&self) -> bool {
        self.sampled
    }

    /// What other systems have added to it: a `tracestate`.
    pub fn state(&self) -> Option<&str> {
        self.state.as_deref()
    }

    /// As a text to be kept.
    #[cfg(feature = "db")]
    pub(crate) fn kept(&self) -> String {
        let mut text = traceparent(self.trace_id, self.parent_span, self.sampled);
        if let Some(state) = &self.state {
            text.push(' ');
            text.push_str(state);
        }
        text
    }

    /// From such a text.
    #[cfg(feature = "db")]
    pub(crate) fn of_kept(text: &str) -> Option<Self> {
        let (parent, state) = text.split_once(' ').unzip();
        Self::read(parent.unwrap_or(text), state)
    }
}

/// The header that tells a system outside in which trace it is called, and by which part of it.
pub(crate) fn traceparent(trace_id: u128, span: u64, sampled: bool) -> String {
    format!("00-{trace_id:032x}-{span:016x}-{:02x}", u8::from(sampled))
}

/// The number of an execution as a part of a trace: the half of its id that is random, and never 0.
pub(crate) fn span_of(execution_id: Uuid) -> u64 {
    execution_id.as_u64_pair().1
}

fn is_hex(part: &str, digits: usize) -> bool {
    part.len() == digits && part.bytes().all(|sign| matches!(sign, b'0'..=b'9' | b'a'..=b'f'))
}

/// A `tracestate` as it may be passed on; one that is malformed is left out, and one that is too long ends earlier.
fn state(text: &str) -> Option<Box<str>> {
    let members = text.split(',').map(|member| member.trim_matches([' ', '\t'])).filter(|member| !member.is_empty());
    let mut kept = String::new();
    let mut keys: Vec<&str> = Vec::new();
    for member in members {
        let (key, value) = member.split_once('=')?;
        if !is_key(key) || !is_value(value) || keys.contains(&key) || keys.len() == MOST_MEMBERS {
            return None;
        }
        keys.push(key);
        if kept.len() + 1 + member.len() <= LONGEST_STATE {
            let comma = if kept.is_empty() { "" } else { "," };
            // A text takes whatever is written.
            let _ = write!(kept, "{comma}{member}");
        }
    }
    (!kept.is_empty()).then(|| kept.into())
}

fn is_key(key: &str) -> bool {
    let sign = |sign: u8| matches!(sign, b'a'..=b'z' | b'0'..=b'9' | b'_' | b'-' | b'*' | b'/');
    let begins =
        |part: &str| part.bytes().next().is_some_and(|first| first.is_ascii_lowercase() || first.is_ascii_digit());
    let (tenant, system) = key.split_once('@').unzip();
    iter::once(tenant.unwrap_or(key)).chain(system).all(|part| begins(part) && part.bytes().all(sign))
        && key.len() <= 256
}

fn is_value(value: &str) -> bool {
    (1..=256).contains(&value.len()) && value.bytes().all(|sign| matches!(sign, b' '..=b'~') && sign != b'=')
}

/// Which traces that begin here are exported: a part of them, and all systems of a trace the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sampler(u64);

/// Bits of a trace's number that are random, at its end.
const RANDOM: u64 = (1 << 56) - 1;

impl Sampler {
    /// A part between 0 and 1.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "0 to 2^56"
    )]
    pub fn of(ratio: f64) -> Self {
        Self((ratio.clamp(0.0, 1.0) * (RANDOM + 1) as f64) as u64)
    }

    /// True if a trace with this number is among them.
    pub fn takes(self, trace_id: u128) -> bool {
        trace_id & u128::from(RANDOM) < u128::from(self.0)
    }
}

impl Default for Sampler {
    /// All of them.
    fn default() -> Self {
        Self::of(1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    #[test]
    fn what_is_malformed_is_none() {
        let trace = TraceContext::read(GOOD, None).unwrap();
        assert_eq!(trace.trace_id(), 0x0af7_6519_16cd_43dd_8448_eb21_1c80_319c);
        assert_eq!((trace.parent_span(), trace.is_sampled()), (0xb7ad_6b71_6920_3331, true));
        assert!(!TraceContext::read(&GOOD.replace("-01", "-02"), None).unwrap().is_sampled());
        for later in ["01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", &format!("cc{}-what-else", &GOOD[2..])]
        {
            assert_eq!(TraceContext::read(later, None).as_ref(), Some(&trace), "{later}");
        }
        for wrong in [
            "",
            "00",
            &GOOD[..54],
            &format!("{GOOD}-"),
            &format!("{GOOD}0"),
            &format!("ff{}", &GOOD[2..]),
            &format!("01{}x", &GOOD[2..]),
            &GOOD.to_uppercase(),
            &GOOD.replace("-01", "-+1"),
            &GOOD.replace('-', "_"),
            "00-00000000000000000000000000000000-b7ad6b7169203331-01",
            "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
            "00-0af7651916cd43dd8448eb211c80319-cb7ad6b7169203331-01",
            "00-0af7651916cd43dd8448eb211c80319ü-b7ad6b716920333-01",
        ] {
            assert_eq!(TraceContext::read(wrong, None), None, "{wrong}");
        }
    }

    #[test]
    fn a_state_is_passed_on_as_far_as_it_is_one() {
        let state = |text: &str| TraceContext::read(GOOD, Some(text)).unwrap().state().map(str::to_owned);
        assert_eq!(state("a=1 , b@v=x y,,c-*/_=~").as_deref(), Some("a=1,b@v=x y,c-*/_=~"));
        for wrong in ["", "a", "A=1", "a=", "a=1,a=2", "a=b=c", "a=\u{1}", "a=ü", "@v=1", "a@@v=1", &"k=1,".repeat(40)]
        {
            assert_eq!(state(wrong), None, "{wrong}");
        }
        let long: Vec<String> = (0..32).map(|number| format!("k{number}={}", "v".repeat(40))).collect();
        let cut = state(&long.join(",")).unwrap();
        assert!(cut.len() <= 512 && cut.ends_with('v') && cut.split(',').count() == 11, "{cut}");
    }

    #[test]
    #[cfg(feature = "db")]
    fn what_is_kept_is_what_came() {
        for state in [None, Some("a=1,b=2 3")] {
            let trace = TraceContext::read(GOOD, state).unwrap();
            assert_eq!(TraceContext::of_kept(&trace.kept()), Some(trace));
        }
        assert_eq!(TraceContext::of_kept("no trace"), None);
    }

    #[test]
    fn a_part_of_all_traces_is_taken() {
        let ids = || (0..10_000_u64).map(|_| Uuid::from_u64_pair(1, fastrand::u64(..) >> 2 | 1 << 63).as_u128());
        let taken = |ratio: f64| ids().filter(|id| Sampler::of(ratio).takes(*id)).count();
        assert_eq!((taken(0.0), taken(1.0)), (0, 10_000));
        let tenth = taken(0.1);
        assert!((700..1300).contains(&tenth), "{tenth}");
    }
}
