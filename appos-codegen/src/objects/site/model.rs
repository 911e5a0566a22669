//! A site with all defaults applied.

use proc_macro2::Ident;
use syn::ExprPath;

use super::syntax::SiteKeys;
use crate::attributes::Text;
use crate::diagnostics::Sink;
use crate::diagnostics::catalogue::screen as catalogue;
use crate::naming;
use crate::project::{ObjectKind, Project};
use crate::registration::Common;
use crate::screen::{Screen, check_signature};
use crate::security::PermissionLists;
use crate::syntax::{Function, first_paragraph, plain_name};

pub(super) struct Site<'a> {
    pub(super) screen: Screen<'a>,
    /// Name for people.
    pub(super) label: String,
    /// The page that is shown first.
    pub(super) default: Option<ExprPath>,
}

impl Site<'_> {
    pub(super) fn ident(&self) -> &Ident {
        &self.screen.common.ident
    }
}

pub(super) fn resolve<'a>(keys: SiteKeys, function: &'a Function, project: &Project, sink: &Sink) -> Site<'a> {
    let SiteKeys { name, default_, description, view, public_access, crate_: _ } = keys;
    let before = sink.len();
    let ident = &function.signature.ident;
    check_signature(function, "site", "Navigation", sink);
    if !function.signature.inputs.is_empty() {
        sink.push(catalogue::site_parameters(&function.signature.inputs, ident));
    }
    let broken = sink.len() != before;
    let description = description.as_ref().map_or_else(|| first_paragraph(&function.attributes), Text::value);
    let common = Common {
        kind: ObjectKind::Site,
        ident: ident.clone(),
        name: naming::stem(ident),
        app: project.app.clone(),
        description,
        permissions: PermissionLists { view, ..PermissionLists::default() },
        public_access: public_access.is_set(),
        timeout: None,
    };
    Site {
        screen: Screen { common, function, parameters: Vec::new(), answer: "Navigation", broken },
        label: name.as_ref().map_or_else(|| naming::label(&plain_name(ident)), Text::value),
        default: default_.map(|path| path.written().clone()),
    }
}
