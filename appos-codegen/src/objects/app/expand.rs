//! The whole way of an app.

use proc_macro2::TokenStream;

use super::{check, emit};
use crate::diagnostics::Sink;
use crate::diagnostics::catalogue::app as catalogue;
use crate::project::AppFolder;

pub(crate) fn expand(args: &TokenStream, folder: Result<&AppFolder, &str>, sink: &Sink) -> TokenStream {
    if !args.is_empty() {
        sink.push(catalogue::app_arguments(args));
    }
    match folder {
        Ok(folder) => {
            check::check(folder, sink);
            emit::emit(folder)
        }
        Err(problem) => {
            sink.push(catalogue::unreadable_app(problem));
            emit::emit_without_manifest()
        }
    }
}
