//! An interface with all defaults applied.

use proc_macro2::Ident;

use super::piece::{self, Piece};
use super::syntax::InterfaceKeys;
use crate::attributes::Text;
use crate::diagnostics::Sink;
use crate::naming;
use crate::project::{ObjectKind, Project};
use crate::registration::Common;
use crate::screen::{Screen, check_signature};
use crate::security::PermissionLists;
use crate::syntax::{Function, first_paragraph, resolve_parameters_with};

pub(super) struct Interface<'a> {
    pub(super) screen: Screen<'a>,
    /// The author's name of the function.
    pub(super) written: &'a Ident,
    /// The piece of a record's screens in whose place it stands.
    pub(super) piece: Option<Piece>,
}

impl Interface<'_> {
    /// Name of the component.
    pub(super) fn component(&self) -> &Ident {
        &self.screen.common.ident
    }
}

pub(super) fn resolve<'a>(
    keys: InterfaceKeys,
    function: &'a Function,
    project: &Project,
    sink: &Sink,
) -> Interface<'a> {
    let InterfaceKeys { description, view, use_, admin, public_access, crate_: _, piece } = keys;
    let piece = piece::resolve(piece, sink);
    let before = sink.len();
    let written = &function.signature.ident;
    check_signature(function, "interface", "Element", sink);
    let parameters = resolve_parameters_with(&function.signature, "interface", &["doc", "props"], sink);
    let description = description.as_ref().map_or_else(|| first_paragraph(&function.attributes), Text::value);
    let common = Common {
        kind: ObjectKind::Interface,
        ident: naming::component(written),
        name: naming::stem(written),
        app: project.app.clone(),
        description,
        permissions: PermissionLists { view, use_, admin, ..PermissionLists::default() },
        public_access: public_access.is_set(),
        timeout: None,
    };
    let broken = sink.len() != before;
    Interface { screen: Screen { common, function, parameters, answer: "Element", broken }, written, piece }
}
