//! What a list of apps may not be.

use proc_macro2::Ident;

use crate::diagnostics::Sink;
use crate::diagnostics::catalogue::app as catalogue;

pub(super) fn check(apps: &[Ident], sink: &Sink) {
    if apps.is_empty() && sink.len() == 0 {
        sink.push(catalogue::no_apps());
    }
    for (index, app) in apps.iter().enumerate() {
        if apps.iter().take(index).any(|earlier| earlier == app) {
            sink.push(catalogue::app_twice(app));
        }
    }
}
