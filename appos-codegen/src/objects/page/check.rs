//! What a page may not be. Signature rules are checked where the signature is read.

use super::model::Page;
use crate::diagnostics::Sink;
use crate::diagnostics::catalogue::screen as catalogue;
use crate::project::Project;
use crate::syntax::is_option;

/// Names that every link has already.
const TAKEN: [&str; 3] = ["clone", "into", "to_string"];

pub(super) fn check(page: &Page<'_>, project: &Project, sink: &Sink) {
    page.screen.common.check(project, sink);
    check_route(page, sink);
    for parameter in &page.screen.parameters {
        if parameter.sensitive {
            sink.push(catalogue::sensitive_in_address(&parameter.ident));
        } else if TAKEN.contains(&parameter.name.as_str()) {
            sink.push(catalogue::method_of_link(&parameter.ident));
        }
        if page.is_in_path(parameter) && is_option(&parameter.ty) {
            sink.push(catalogue::optional_in_route(&parameter.ty, &parameter.name));
        }
    }
}

/// Whatever stands in the route is a parameter of the function.
fn check_route(page: &Page<'_>, sink: &Sink) {
    // With mistakes in the signature, parameters may be missing that the author has written.
    let Some(literal) = page.route.literal.as_ref().filter(|_| !page.screen.broken) else { return };
    let known: Vec<&str> = page.screen.parameters.iter().map(|parameter| &*parameter.name).collect();
    for segment in &page.route.parameters {
        if syn::parse_str::<syn::Ident>(segment).is_ok() && !known.contains(&segment.as_str()) {
            sink.push(catalogue::route_parameter_unknown(literal, segment, &known));
        }
    }
}
