//! The whole way of a platform.

use proc_macro2::TokenStream;

use super::{check, emit, syntax};
use crate::diagnostics::Sink;

pub(crate) fn expand(args: TokenStream, sink: &Sink) -> TokenStream {
    let platform = syntax::parse_platform(args, sink);
    check::check(&platform.apps, sink);
    emit::emit(&platform)
}
