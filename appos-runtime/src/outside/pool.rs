//! Connections that are kept and lent, each to one caller at a time.
//!
//! A connection whose exchange did not come to its end, because it failed or its caller has gone away, is closed and
//! never lent again. One that comes back is asked by the next caller whether it still lives, and is put back into its
//! first state by that.

use std::sync::Once;
use std::time::Duration;

use deadpool::Runtime;
use deadpool::managed::{self, Metrics, PoolError, RecycleError, RecycleResult, TimeoutType, Timeouts};

use super::endpoint::Endpoint;
use super::fault::{REFUSED, late};
use crate::error::{AppOsError, Result};

/// How one protocol opens a connection and makes it as new.
pub(super) trait Protocol: Send + Sync + 'static {
    /// What is kept.
    type Connection: Send + 'static;

    /// Where its server is.
    fn endpoint(&self) -> &Endpoint;

    /// A connection that was greeted and has shown its credentials.
    fn open(&self) -> impl Future<Output = Result<Self::Connection>> + Send;

    /// Makes a connection that was used as new; fails when it is of no use any more.
    fn reset(&self, connection: &mut Self::Connection) -> impl Future<Output = Result<()>> + Send;

    /// True if a connection can be used again after the server refused something.
    fn outlives_refusal(connection: &Self::Connection) -> bool;
}

/// A connection, and whether its last exchange came to its end.
struct Kept<C> {
    connection: C,
    whole: bool,
}

struct Keeper<P>(P);

impl<P: Protocol> managed::Manager for Keeper<P> {
    type Type = Kept<P::Connection>;
    type Error = AppOsError;

    async fn create(&self) -> Result<Self::Type> {
        Ok(Kept { connection: self.0.open().await?, whole: true })
    }

    async fn recycle(&self, kept: &mut Self::Type, metrics: &Metrics) -> RecycleResult<AppOsError> {
        if !kept.whole || metrics.last_used() >= self.0.endpoint().idle_timeout {
            return Err(RecycleError::message("broken, or unused for too long"));
        }
        self.0.reset(&mut kept.connection).await.map_err(RecycleError::Backend)
    }
}

/// The connections to one server.
pub(super) struct Pool<P: Protocol> {
    inner: managed::Pool<Keeper<P>>,
    sweeping: Once,
}

/// Closes what did not come to its end, also when the work is given up in the middle of it.
struct Sweep<'a, P: Protocol>(&'a managed::Pool<Keeper<P>>);

impl<P: Protocol> Drop for Sweep<'_, P> {
    fn drop(&mut self) {
        self.0.retain(|kept, _| kept.whole);
    }
}

impl<P: Protocol> Pool<P> {
    /// An empty pool; connections are opened when they are wanted.
    ///
    /// # Errors
    /// Never with the settings that this sets.
    pub(super) fn new(protocol: P) -> Result<Self> {
        let endpoint = protocol.endpoint();
        let (size, timeouts) = (
            usize::try_from(endpoint.pool_size.max(1)).unwrap_or(1),
            Timeouts {
                wait: Some(endpoint.timeout),
                create: Some(endpoint.connect_timeout),
                recycle: Some(endpoint.connect_timeout),
            },
        );
        let inner = managed::Pool::builder(Keeper(protocol)).max_size(size).timeouts(timeouts).runtime(Runtime::Tokio1);
        let inner = inner.build().map_err(|error| AppOsError::execution("a pool cannot be made").caused_by(error))?;
        Ok(Self { inner, sweeping: Once::new() })
    }

    /// The protocol whose connections these are.
    pub(super) fn protocol(&self) -> &P {
        &self.inner.manager().0
    }

    /// Lends a connection to some work.
    ///
    /// # Errors
    /// None can be had, or what the work says.
    pub(super) async fn with<T>(&self, work: impl AsyncFnOnce(&mut P::Connection) -> Result<T>) -> Result<T> {
        self.sweep_idle();
        // Dropped last, once the connection is back.
        let _sweep = Sweep(&self.inner);
        let mut kept = self.inner.get().await.map_err(|error| self.fault(error))?;
        kept.whole = false;
        let done = work(&mut kept.connection).await;
        kept.whole = match &done {
            Ok(_) => true,
            Err(error) => error.code() == REFUSED && P::outlives_refusal(&kept.connection),
        };
        done
    }

    fn fault(&self, error: PoolError<AppOsError>) -> AppOsError {
        let endpoint = self.protocol().endpoint();
        match error {
            PoolError::Backend(error) => error,
            PoolError::Timeout(TimeoutType::Wait) => late(endpoint, "the wait for one of the connections"),
            PoolError::Timeout(_) => late(endpoint, "making a connection"),
            error => AppOsError::execution("no connection can be lent").caused_by(error.to_string()),
        }
    }

    /// Closes connections that nobody has used for long, as long as the pool lives.
    fn sweep_idle(&self) {
        self.sweeping.call_once(|| {
            let idle = self.protocol().endpoint().idle_timeout;
            let weak = self.inner.weak();
            tokio::spawn(async move {
                loop {
                    tokio::time::sleep((idle / 2).max(Duration::from_millis(100))).await;
                    let Some(pool) = weak.upgrade() else { break };
                    pool.retain(|_, metrics| metrics.last_used() < idle);
                }
            });
        });
    }

    /// How many connections there are, lent ones included.
    #[cfg(test)]
    pub(super) fn size(&self) -> usize {
        self.inner.status().size
    }
}

impl<P: Protocol> std::fmt::Debug for Pool<P> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Pool").field("endpoint", self.protocol().endpoint()).finish_non_exhaustive()
    }
}
