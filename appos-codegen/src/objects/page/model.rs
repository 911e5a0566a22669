//! A page with all defaults applied.

use proc_macro2::Ident;

use super::route::{Route, resolve_route};
use super::syntax::PageKeys;
use crate::attributes::Text;
use crate::diagnostics::Sink;
use crate::diagnostics::catalogue::screen as catalogue;
use crate::naming;
use crate::project::{ObjectKind, Project};
use crate::registration::Common;
use crate::screen::{Screen, check_signature};
use crate::security::PermissionLists;
use crate::syntax::{Function, Parameter, first_paragraph, is_option, plain_name, resolve_parameters_with};

pub(super) struct Page<'a> {
    pub(super) screen: Screen<'a>,
    pub(super) route: Route,
    pub(super) title: String,
    pub(super) overrides: bool,
}

impl Page<'_> {
    pub(super) fn ident(&self) -> &Ident {
        &self.screen.common.ident
    }

    /// True if the parameter stands in the route; else it stands in the query.
    pub(super) fn is_in_path(&self, parameter: &Parameter) -> bool {
        self.route.parameters.contains(&parameter.name)
    }

    /// True if an address without it is none of this page.
    pub(super) fn is_required(&self, parameter: &Parameter) -> bool {
        self.is_in_path(parameter) || !is_option(&parameter.ty)
    }
}

pub(super) fn resolve<'a>(keys: PageKeys, function: &'a Function, project: &Project, sink: &Sink) -> Page<'a> {
    let PageKeys { route, title, description, overrides, view, use_, admin, public_access, crate_: _, route_attempted } =
        keys;
    let before = sink.len();
    let ident = &function.signature.ident;
    check_signature(function, "page", "Element", sink);
    let parameters = resolve_parameters_with(&function.signature, "page", &["doc"], sink);
    let broken = sink.len() != before;
    if route.is_none() && !route_attempted {
        sink.push(catalogue::page_without_route(ident));
    }
    let route = route.as_ref().map(|route| resolve_route(route, sink)).unwrap_or_default();
    let description = description.as_ref().map_or_else(|| first_paragraph(&function.attributes), Text::value);
    let title = title.as_ref().map_or_else(|| naming::label(&plain_name(ident)), Text::value);
    let common = Common {
        kind: ObjectKind::Page,
        ident: ident.clone(),
        name: naming::stem(ident),
        app: project.app.clone(),
        description,
        permissions: PermissionLists { view, use_, admin, ..PermissionLists::default() },
        public_access: public_access.is_set(),
        timeout: None,
    };
    Page {
        screen: Screen { common, function, parameters, answer: "Element", broken },
        route,
        title,
        overrides: overrides.is_set(),
    }
}
