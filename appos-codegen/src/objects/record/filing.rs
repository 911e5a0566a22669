//! Records that hold files (`document(..)`) or documents (`folder(..)`): their keys, and the fields that they
//! have beside the author's.

use darling::FromMeta;
use heck::ToSnakeCase;
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use syn::{ExprPath, Field, FieldsNamed, parse_quote};

use super::syntax::RecordKeys;
use crate::attributes::{Count, Duration, GroupList, Key, ObjectPath, Place, Size, TextList, read};
use crate::diagnostics::Sink;
use crate::diagnostics::catalogue::filing as catalogue;
use crate::registration::{emit_duration, emit_option};
use crate::security::PermissionLists;

const OF: Key = Key::new("of", "of = Customer");
const ACCEPT: Key = Key::new("accept", "accept = [\"application/pdf\", \"image/*\"]");
const MAX_SIZE: Key = Key::new("max_size", "max_size = \"20 MB\"");
const MAX_FILES: Key = Key::new("max_files", "max_files = 100");

const DOCUMENT: Place = Place {
    name: "document(..)",
    keys: &[
        OF,
        ACCEPT,
        MAX_SIZE,
        MAX_FILES,
        Key::new("versions", "versions = 10"),
        Key::new("scan", "scan = rules::scan_upload"),
    ],
};

const FOLDER: Place = Place {
    name: "folder(..)",
    keys: &[OF, ACCEPT, MAX_SIZE, MAX_FILES, Key::new("auto_cleanup", "auto_cleanup = \"30d\"")],
};

/// Values that a document has from its file; no writer names them.
pub(super) const OF_FILE: [&str; 4] = ["file_name", "content_type", "size", "file_version"];

#[derive(Default, FromMeta)]
#[darling(default)]
struct FilingKeys {
    of: Option<ObjectPath>,
    accept: Option<TextList>,
    max_size: Option<Size>,
    max_files: Option<Count>,
    versions: Option<Count>,
    scan: Option<ObjectPath>,
    auto_cleanup: Option<Duration>,
}

/// What a record is for files.
pub(super) struct Filing {
    pub(super) is_folder: bool,
    /// The record whose rows it belongs to.
    pub(super) parent: ExprPath,
    accept: Option<TextList>,
    max_size: Option<Size>,
    max_files: Option<Count>,
    versions: Option<Count>,
    scan: Option<ObjectPath>,
    auto_cleanup: Option<Duration>,
}

/// Takes `document(..)` or `folder(..)`; what is wrong is reported and left out.
pub(super) fn resolve(keys: &RecordKeys, name: &Ident, sink: &Sink) -> Option<Filing> {
    let (nested, place, is_folder) = match (&keys.document, &keys.folder) {
        (None, None) => return None,
        (Some(_), Some(folder)) => {
            sink.push(catalogue::document_and_folder(folder.path()));
            return None;
        }
        (Some(document), None) => (document, &DOCUMENT, false),
        (None, Some(folder)) => (folder, &FOLDER, true),
    };
    let read: FilingKeys = read(nested.tokens().clone(), place, sink);
    let FilingKeys { of, accept, max_size, max_files, versions, scan, auto_cleanup } = read;
    let Some(parent) = of.map(|of| of.written().clone()) else {
        let is_attempted = nested.tokens().clone().into_iter().any(|token| token.to_string() == "of");
        if !is_attempted {
            sink.push(catalogue::no_parent(nested.path(), place.name));
        }
        return None;
    };
    if parent.path.is_ident(name) {
        sink.push(catalogue::of_itself(&parent, name));
        return None;
    }
    check(accept.as_ref(), [("versions", versions.as_ref()), ("max_files", max_files.as_ref())], sink);
    Some(Filing { is_folder, parent, accept, max_size, max_files, versions, scan, auto_cleanup })
}

fn check(accept: Option<&TextList>, counts: [(&str, Option<&Count>); 2], sink: &Sink) {
    for text in accept.into_iter().flat_map(TextList::literals) {
        if !is_media_type(&text.value()) {
            sink.push(catalogue::not_a_media_type(text, &text.value()));
        }
    }
    for (key, count) in counts {
        if let Some(count) = count.filter(|count| !(1..=1_000_000).contains(&count.value())) {
            sink.push(catalogue::count_out_of_range(count.written(), key));
        }
    }
}

/// `application/pdf` or `image/*`, in lower case.
fn is_media_type(text: &str) -> bool {
    let is_part = |part: &str| {
        !part.is_empty()
            && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"+-.".contains(&byte))
    };
    text.split_once('/').is_some_and(|(kind, rest)| is_part(kind) && (rest == "*" || is_part(rest)))
}

/// Reports lists of groups: files are as open as the row they belong to.
pub(super) fn check_permissions(lists: &PermissionLists, public_access: Option<&syn::Path>, sink: &Sink) {
    let PermissionLists { view, use_, create, update, delete, admin } = lists;
    let written =
        [("view", view), ("use", use_), ("create", create), ("update", update), ("delete", delete), ("admin", admin)];
    for (key, list) in written {
        if let Some(group) = list.iter().flat_map(GroupList::groups).next() {
            sink.push(catalogue::permissions_are_inherited(group.literal(), key));
        }
    }
    if let Some(place) = public_access {
        sink.push(catalogue::permissions_are_inherited(place, "public_access"));
    }
}

impl Filing {
    /// Name of the field that refers to the row it belongs to.
    fn parent_field(&self) -> Ident {
        let name = self.parent.path.segments.last().map_or_else(String::new, |last| last.ident.to_string());
        let span = self.parent.path.segments.last().map_or_else(proc_macro2::Span::call_site, |last| last.ident.span());
        let mut field = format_ident!("{}", name.to_snake_case());
        field.set_span(span);
        field
    }

    /// The fields that stand before the author's.
    pub(super) fn fields(&self) -> impl IntoIterator<Item = Field> {
        let (parent, field) = (&self.parent.path, self.parent_field());
        let all: FieldsNamed = if self.is_folder {
            parse_quote!({
                /// The row that the folder belongs to.
                #[field(on_delete = cascade, index)]
                #field: Ref<#parent>,
                /// What the folder is called.
                #[field(search)]
                #[validate(length(min = 1, max = 200))]
                name: String,
                /// Words by which it is found, separated by commas.
                #[field(search)]
                #[validate(length(max = 500))]
                tags: Option<String>,
            })
        } else {
            parse_quote!({
                /// The row that the document belongs to.
                #[field(on_delete = cascade, index)]
                #field: Ref<#parent>,
                /// Name of the file, as it is downloaded.
                #[field(label = "File", search)]
                file_name: String,
                /// What is in the file, such as `application/pdf`.
                content_type: String,
                /// Size of the file in bytes.
                size: i64,
                /// Number of the version of the file that is current.
                #[field(label = "File version")]
                file_version: i64,
                /// Words by which it is found, separated by commas.
                #[field(search)]
                #[validate(length(max = 500))]
                tags: Option<String>,
            })
        };
        all.named
    }

    /// The field by which rows are named to people, unless the author names another.
    pub(super) fn display(&self) -> &'static str {
        if self.is_folder { "name" } else { "file_name" }
    }

    /// The value of the descriptor.
    pub(super) fn emit(&self, support: &Ident) -> TokenStream {
        let Self { is_folder, parent, .. } = self;
        let accept = self.accept.iter().flat_map(TextList::literals);
        let max_size = emit_option(self.max_size.map(Size::bytes));
        let max_files = emit_option(self.max_files.as_ref().map(Count::value));
        let versions = emit_option(self.versions.as_ref().map(Count::value));
        let auto_cleanup = emit_option(self.auto_cleanup.map(emit_duration));
        let scan = emit_option(self.scan.as_ref().map(|rule| {
            let rule = rule.written();
            quote! {
                |__appos_file| ::std::boxed::Box::pin(async move {
                    let _: () = #rule(__appos_file).await?;
                    ::core::result::Result::Ok(())
                })
            }
        }));
        quote! {
            ::core::option::Option::Some(&#support::FilingDescriptor {
                of: <#parent as #support::Object>::object,
                is_folder: #is_folder,
                accept: &[#(#accept),*],
                max_size: #max_size,
                max_files: #max_files,
                versions: #versions,
                auto_cleanup: #auto_cleanup,
                scan: #scan,
            })
        }
    }
}
