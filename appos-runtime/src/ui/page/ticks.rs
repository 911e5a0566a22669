//! What changes by itself, of which nobody tells: a page looks again and again.

use std::time::Duration;

use dioxus::prelude::*;

use super::awake::use_awake;

/// Another number every so often, for as long as the page is open: data that is asked for with it is asked for again.
pub(crate) fn use_ticks(every: Duration) -> u64 {
    use_awake();
    let mut ticks = use_signal(|| 0_u64);
    use_future(move || async move {
        loop {
            tokio::time::sleep(every).await;
            ticks += 1;
        }
    });
    ticks()
}
