//! Permission lists as written on an object, checked against the app's groups.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use crate::attributes::GroupList;
use crate::diagnostics::Sink;
use crate::diagnostics::catalogue::object as catalogue;
use crate::project::Project;

/// Groups that exist in every app.
pub(crate) const BUILTIN_GROUPS: [&str; 2] = ["system_admin", "public_access"];

/// The lists an object may have; `None`: not written.
#[derive(Debug, Default)]
pub(crate) struct PermissionLists {
    pub(crate) view: Option<GroupList>,
    pub(crate) use_: Option<GroupList>,
    pub(crate) create: Option<GroupList>,
    pub(crate) update: Option<GroupList>,
    pub(crate) delete: Option<GroupList>,
    pub(crate) admin: Option<GroupList>,
}

impl PermissionLists {
    /// Reports groups that the app does not have.
    pub(crate) fn check(&self, project: &Project, sink: &Sink) {
        let Self { view, use_, create, update, delete, admin } = self;
        for list in [view, use_, create, update, delete, admin].into_iter().flatten() {
            check_groups(list, project, sink);
        }
    }

    /// The `PermissionLists` value of the descriptor.
    pub(crate) fn emit(&self, support: &Ident) -> TokenStream {
        let Self { view, use_, create, update, delete, admin } = self;
        let lists = [
            ("view", view),
            ("use_", use_),
            ("create", create),
            ("update", update),
            ("delete", delete),
            ("admin", admin),
        ];
        if lists.iter().all(|(_, list)| list.is_none()) {
            return quote!(#support::PermissionLists::NONE);
        }
        let written = lists.into_iter().filter(|(_, list)| list.is_some()).map(|(name, list)| {
            let (name, groups) = (Ident::new(name, Span::call_site()), emit_groups(list.as_ref()));
            quote!(#name: #groups,)
        });
        quote!(#support::PermissionLists { #(#written)* ..#support::PermissionLists::NONE })
    }
}

/// Reports unknown and repeated groups of one list.
pub(crate) fn check_groups(list: &GroupList, project: &Project, sink: &Sink) {
    let mut seen: Vec<String> = Vec::new();
    for group in list.groups() {
        let name = group.name();
        let Some(known) = &project.groups else { return };
        if !known.contains(&name) && !BUILTIN_GROUPS.contains(&name.as_str()) {
            sink.push(catalogue::unknown_group(group.literal(), &name, known, &BUILTIN_GROUPS));
        } else if seen.contains(&name) {
            sink.push(catalogue::group_twice(group.literal(), &name));
        }
        seen.push(name);
    }
}

/// `Some(&["crm_users"])` or `None`.
pub(crate) fn emit_groups(list: Option<&GroupList>) -> TokenStream {
    list.map_or_else(
        || quote!(::core::option::Option::None),
        |list| {
            let names = list.groups().iter().map(super::attributes::Group::name);
            quote!(::core::option::Option::Some(&[#(#names),*]))
        },
    )
}
