//! The whole way of a platform.

use proc_macro2::TokenStream;

use super::{check, emit, syntax};
use crate::diagnostics::Sink;

/// `migrations` is the path of the file that lists the project's migrations, if there is one.
pub(crate) fn expand(args: TokenStream, migrations: Option<&str>, sink: &Sink) -> TokenStream {
    let platform = syntax::parse_platform(args, sink);
    check::check(&platform.apps, sink);
    emit::emit(&platform, migrations)
}
