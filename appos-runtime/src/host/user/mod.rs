//! `__user`: accounts, for whoever may run the program. `cargo appos user` calls it.

mod account;
mod arguments;
mod work;

use std::process::ExitCode;
use std::sync::Arc;

pub(super) use arguments::UserArguments;
use work::Work;

use super::operator::{self, Refusal};
use super::start::PlatformDescriptor;
use crate::config::{AppConfig, PlatformConfig};

/// Does what is asked for, and prints the answer as JSON.
pub(super) async fn run(
    config: &PlatformConfig,
    apps: &[AppConfig],
    descriptor: &PlatformDescriptor,
    arguments: UserArguments,
) -> ExitCode {
    operator::run(config, apps, descriptor, |started| {
        let (store, server) = (Arc::clone(&started.store), config.server.clone());
        let work = Work { store, server, sign_in: config.sign_in.clone() };
        async move { work.done(arguments.verb).await }
    })
    .await
}
