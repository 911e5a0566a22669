//! Settings of processes.

use std::time::Duration;

/// `process`: processes and their workers.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ProcessConfig {
    /// `concurrency`: instances that this program runs at the same time, not counting those that wait; 0: none,
    /// others do.
    pub concurrency: usize,
    /// `poll`: how often it looks for what other programs have started, or have not finished.
    pub poll: Duration,
    /// `lease`: how long after its last sign of life a worker counts as dead, and others take up what it ran.
    pub lease: Duration,
    /// `retries`: how often a step that says nothing of it is tried again after a failure.
    pub retries: u32,
    /// `backoff`: wait before the first of these tries; each further wait is twice as long.
    pub backoff: Duration,
    /// `max_backoff`: longest wait between two tries.
    pub max_backoff: Duration,
    /// `archive_after_months`: after how many months a month whose instances have all ended is put into the archive,
    /// where it can be looked at; 0: never.
    pub archive_after_months: u32,
    /// `keep_archive_months`: for how many months more it is kept there before it is gone; 0: for ever.
    pub keep_archive_months: u32,
    /// `health_port`: port on which a program with the role `worker` answers `/health` and `/ready`; without it, it opens none.
    pub health_port: Option<u16>,
}

impl Default for ProcessConfig {
    fn default() -> Self {
        Self {
            concurrency: 16,
            poll: Duration::from_secs(1),
            lease: Duration::from_secs(30),
            retries: 3,
            backoff: Duration::from_secs(1),
            max_backoff: Duration::from_mins(5),
            archive_after_months: 12,
            keep_archive_months: 0,
            health_port: None,
        }
    }
}

/// What a program does that serves a platform.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Role {
    /// Answers requests, and works.
    #[default]
    All,
    /// Answers requests. What they start others run, and what they leave in the outbox others deliver.
    Web,
    /// Runs processes and delivers the outbox.
    Worker,
}

impl Role {
    /// Every role.
    pub(crate) const ALL: [Self; 3] = [Self::All, Self::Web, Self::Worker];

    /// The name in settings and on the command line.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Web => "web",
            Self::Worker => "worker",
        }
    }
}

#[cfg(feature = "web")]
impl clap::ValueEnum for Role {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<clap::builder::PossibleValue> {
        Some(clap::builder::PossibleValue::new(self.as_str()))
    }
}
