//! What several servers of one platform share beside their database: a connection to Redis that
//! never holds anybody up for long, entries that nobody else can have written, and the news that
//! something has changed. It knows nothing of what it carries.

mod breaker;
mod news;
mod redis;
mod seal;

pub(crate) use breaker::Breaker;
pub(crate) use news::{Channel, Heard, News};
pub(crate) use redis::{Found, Patience, Redis, Unreachable};
pub(crate) use seal::SealKey;
