//! The whole way of a platform.

use proc_macro2::TokenStream;

use super::{check, emit, syntax};
use crate::diagnostics::Sink;

pub(crate) fn expand(args: TokenStream, sink: &Sink) -> TokenStream {
    let apps = syntax::parse_apps(args, sink);
    check::check(&apps, sink);
    emit::emit(&apps)
}
