//! Settings of screens.

use std::time::Duration;

/// `ui`: screens.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct UiConfig {
    /// `live`: pages whose state the server holds while they are open.
    pub live: LiveConfig,
}

/// `ui.live`: pages whose state the server holds while they are open. A page for which there is no room works
/// like one without script.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct LiveConfig {
    /// `claim`: how long a page waits for its script to connect for the first time.
    pub claim: Duration,
    /// `grace`: how long a page waits for its script to connect again.
    pub grace: Duration,
    /// `sleep`: for how long the server keeps the nodes of a page on which nothing happens. One that its address says
    /// all about, and a form in which nobody has written, is drawn again when something does; of others the nodes are
    /// kept.
    pub sleep: Duration,
    /// `max_pages`: most pages that are held at the same time; 0: none.
    pub max_pages: usize,
    /// `max_pages_per_session`: most pages of one sign-in.
    pub max_pages_per_session: usize,
    /// `events_per_second`: what one page may tell the server in a second, in the long run. Four seconds' worth
    /// may come at once.
    pub events_per_second: u32,
}

impl Default for LiveConfig {
    fn default() -> Self {
        Self {
            claim: Duration::from_secs(15),
            grace: Duration::from_mins(1),
            sleep: Duration::from_secs(2),
            max_pages: 5_000,
            max_pages_per_session: 20,
            events_per_second: 50,
        }
    }
}
