//! What an app's folder may not be.

use crate::diagnostics::Sink;
use crate::diagnostics::catalogue::app as catalogue;
use crate::project::{AppContent, AppFolder, AppModule};

pub(super) fn check(folder: &AppFolder, sink: &Sink) {
    check_name(folder, sink);
    if let Some(logo) = &folder.manifest.missing_logo {
        sink.push(catalogue::no_logo(&folder.manifest.path, logo));
    }
    check_modules(&folder.modules, sink);
}

fn check_name(folder: &AppFolder, sink: &Sink) {
    let path = &folder.manifest.path;
    match (&folder.manifest.name, &folder.crate_name) {
        (None, crate_name) => sink.push(catalogue::nameless_app(path, crate_name.as_deref().unwrap_or("crm"))),
        (Some(name), Some(crate_name)) if name != crate_name => {
            sink.push(catalogue::app_is_not_crate(path, name, crate_name));
        }
        _ => {}
    }
}

fn check_modules(modules: &[AppModule], sink: &Sink) {
    for module in modules {
        if syn::parse_str::<syn::Ident>(&module.name).is_err()
            && syn::parse_str::<syn::Ident>(&format!("r#{}", module.name)).is_err()
        {
            sink.push(catalogue::file_is_no_name(&module.name));
        }
        if let AppContent::Folder(inner) = &module.content {
            check_modules(inner, sink);
        }
    }
}
