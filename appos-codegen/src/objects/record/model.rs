//! A record with all names derived and all defaults applied. Whatever was wrong has been
//! reported and is left out, so that the rest can be emitted.

use proc_macro2::Ident;
use syn::ext::IdentExt;
use syn::{Attribute, Expr, Type};

use super::filing::{self, Filing};
use super::syntax::{FieldKeys, RecordKeys, Written, parse_field_keys};
use super::validation::{Validation, parse_validations};
use crate::attributes::{AutoNumber, Count, FieldNames, Flag, GroupList, HookList, ObjectPath, Text, Word};
use crate::diagnostics::Sink;
use crate::diagnostics::catalogue::record as catalogue;
use crate::naming::{self, RecordNames};
use crate::project::{ObjectKind, Project};
use crate::registration::Common;
use crate::security::PermissionLists;
use crate::syntax::{argument_of, first_paragraph, is_named, is_option, plain_name};

pub(super) struct Record<'a> {
    pub(super) common: Common,
    /// A wrong `view` list has been reported; its absence is not a second mistake.
    pub(super) view_attempted: bool,
    /// The author's attributes, docs included.
    pub(super) written: &'a [Attribute],
    pub(super) names: RecordNames,
    pub(super) table: String,
    pub(super) written_table: Option<Text>,
    /// The connected system in whose database the table is.
    pub(super) connected_system: Option<ObjectPath>,
    /// The table is somebody else's.
    pub(super) external: Flag,
    pub(super) renamed_from: Option<Text>,
    /// `None`: English makes it of the name.
    pub(super) plural: Option<Text>,
    pub(super) audit_log: Flag,
    pub(super) soft_delete: Flag,
    /// What it is for files.
    pub(super) filing: Option<Filing>,
    /// `public_access` as written.
    pub(super) written_public_access: Flag,
    /// The rule that says which rows a principal may see.
    pub(super) rows: Option<ObjectPath>,
    /// Rules called on create, update and delete.
    pub(super) hooks: [HookList; 3],
    pub(super) display: Option<Text>,
    pub(super) unique: Vec<FieldNames>,
    pub(super) indexes: Vec<FieldNames>,
    pub(super) fields: Vec<Field<'a>>,
}

pub(super) struct Field<'a> {
    pub(super) ident: &'a Ident,
    /// Name in JSON, filters and, unless `column` says otherwise, the table.
    pub(super) name: String,
    /// The type as written.
    pub(super) ty: &'a Type,
    /// `Order` of `Many<Order>` or `One<Order>`: such a field has no column.
    pub(super) many: Option<&'a Type>,
    /// `One<..>`: at most one row of the other record.
    pub(super) is_one: bool,
    /// Attributes that stay on the field, docs included.
    pub(super) attributes: Vec<&'a Attribute>,
    pub(super) column: String,
    pub(super) written_column: Option<Text>,
    pub(super) renamed_from: Option<Text>,
    pub(super) label: String,
    pub(super) description: String,
    pub(super) search: Flag,
    pub(super) unique: Flag,
    pub(super) index: Flag,
    pub(super) sensitive: Flag,
    pub(super) default: Option<Expr>,
    pub(super) view: Option<GroupList>,
    pub(super) update: Option<GroupList>,
    pub(super) on_delete: Option<OnDelete>,
    pub(super) scale: Option<Count>,
    /// What makes the value from the row's other fields: such a field has no column either.
    pub(super) computed: Option<Expr>,
    pub(super) auto_number: Option<AutoNumber>,
    /// A document has it from its file: no writer names it.
    pub(super) of_file: bool,
    pub(super) validations: Vec<Validation>,
}

#[derive(Clone)]
pub(super) struct OnDelete {
    pub(super) rule: OnDeleteRule,
    pub(super) word: Ident,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum OnDeleteRule {
    Restrict,
    Cascade,
    SetNull,
}

impl OnDeleteRule {
    const ALL: [(&'static str, Self); 3] =
        [("restrict", Self::Restrict), ("cascade", Self::Cascade), ("set_null", Self::SetNull)];

    /// The runtime's name.
    pub(super) fn variant(self) -> &'static str {
        match self {
            Self::Restrict => "Restrict",
            Self::Cascade => "Cascade",
            Self::SetNull => "SetNull",
        }
    }
}

impl Record<'_> {
    pub(super) fn ident(&self) -> &Ident {
        &self.common.ident
    }

    /// Index of a field by name.
    pub(super) fn position(&self, name: &str) -> Option<usize> {
        self.fields.iter().position(|field| field.name == name)
    }

    /// The fields with a column.
    pub(super) fn stored(&self) -> impl Iterator<Item = &Field<'_>> {
        self.fields.iter().filter(|field| field.is_stored())
    }

    /// The fields that a writer may name.
    pub(super) fn named(&self) -> impl Iterator<Item = &Field<'_>> {
        self.fields.iter().filter(|field| field.is_named())
    }

    /// The fields that are columns and that no writer may name, with their places.
    pub(super) fn unwritten_columns(&self) -> impl Iterator<Item = (usize, &Field<'_>)> {
        self.fields.iter().enumerate().filter(|(_, field)| !field.is_named() && field.computed.is_none())
    }

    pub(super) fn cfg(&self) -> Vec<&Attribute> {
        self.written.iter().filter(|attribute| attribute.path().is_ident("cfg")).collect()
    }
}

impl Field<'_> {
    /// True if there is a column.
    pub(super) fn is_stored(&self) -> bool {
        self.many.is_none() && self.computed.is_none()
    }

    /// True if a writer may name a value.
    pub(super) fn is_named(&self) -> bool {
        self.is_stored() && self.auto_number.is_none() && !self.of_file
    }

    /// True for `Ref<..>` and `Option<Ref<..>>`.
    pub(super) fn is_reference(&self) -> bool {
        let inner = argument_of(self.ty, "Option").unwrap_or(self.ty);
        argument_of(inner, "Ref").is_some()
    }

    pub(super) fn is_option(&self) -> bool {
        is_option(self.ty)
    }
}

pub(super) fn resolve<'a>(
    keys: RecordKeys,
    filing: Option<Filing>,
    written: &'a Written,
    project: &Project,
    sink: &Sink,
) -> Record<'a> {
    let item = &written.item;
    let RecordKeys {
        view,
        create,
        update,
        delete,
        use_,
        admin,
        public_access,
        audit_log,
        soft_delete,
        rows,
        on_create,
        on_update,
        on_delete,
        description,
        display,
        table,
        connected_system,
        external,
        renamed_from,
        plural,
        unique,
        index,
        document,
        folder,
        timeout,
        crate_: _,
        view_attempted,
    } = keys;
    // What is wrong with those has been reported.
    let view_attempted = view_attempted || document.is_some() || folder.is_some();
    let stem = naming::stem(&item.ident);
    let description = description.as_ref().map_or_else(|| first_paragraph(&item.attrs), Text::value);
    let common = Common {
        kind: ObjectKind::Record,
        ident: item.ident.clone(),
        name: stem.clone(),
        app: project.app.clone(),
        description,
        permissions: PermissionLists { view, use_, create, update, delete, admin },
        public_access: public_access.is_set(),
        timeout,
    };
    Record {
        common,
        view_attempted,
        written: &item.attrs,
        names: RecordNames::of(&item.ident),
        table: table.as_ref().map_or_else(|| naming::table(&project.app, &stem), Text::value),
        written_table: table,
        renamed_from,
        plural,
        audit_log,
        connected_system,
        external,
        soft_delete,
        written_public_access: public_access,
        rows,
        hooks: [on_create, on_update, on_delete].map(Option::unwrap_or_default),
        display: display.or_else(|| filing.as_ref().map(|filing| Text::given(filing.display()))),
        unique,
        indexes: index,
        fields: resolve_fields(written, filing.as_ref(), sink),
        filing,
    }
}

/// Fields that clash with a system field or with each other are left out: two fields of one
/// name would be a second error.
fn resolve_fields<'a>(written: &'a Written, filing: Option<&Filing>, sink: &Sink) -> Vec<Field<'a>> {
    let mut fields: Vec<Field<'a>> = Vec::new();
    for field in &written.fields.named {
        let Some(ident) = &field.ident else { continue };
        let name = plain_name(ident);
        let keys = parse_field_keys(&field.attrs, sink);
        let validations = parse_validations(&field.attrs, sink);
        if naming::SYSTEM_FIELDS.contains(&name.as_str()) || naming::RESERVED_FIELDS.contains(&name.as_str()) {
            sink.push(catalogue::system_field(ident, &name));
        } else if fields.iter().any(|earlier| earlier.name == name) {
            sink.push(catalogue::duplicate_field(ident, &name));
        } else {
            let of_file = filing.is_some_and(|filing| !filing.is_folder) && filing::OF_FILE.contains(&name.as_str());
            let field = resolve_field(ident, name, field, keys, validations, sink);
            fields.push(Field { of_file, ..field });
        }
    }
    fields
}

fn resolve_field<'a>(
    ident: &'a Ident,
    name: String,
    field: &'a syn::Field,
    keys: FieldKeys,
    validations: Vec<Validation>,
    sink: &Sink,
) -> Field<'a> {
    let FieldKeys {
        label,
        description,
        search,
        unique,
        index,
        sensitive,
        default,
        view,
        update,
        on_delete,
        scale,
        column,
        renamed_from,
        computed,
        auto_number,
    } = keys;
    let is_ours = |attribute: &&Attribute| is_named(attribute, "field") || is_named(attribute, "validate");
    Field {
        ident,
        ty: &field.ty,
        many: argument_of(&field.ty, "Many").or_else(|| argument_of(&field.ty, "One")),
        is_one: argument_of(&field.ty, "One").is_some(),
        attributes: field.attrs.iter().filter(|attribute| !is_ours(attribute)).collect(),
        column: column.as_ref().map_or_else(|| name.clone(), Text::value),
        written_column: column,
        renamed_from,
        label: label.as_ref().map_or_else(|| naming::label(&name), Text::value),
        description: description.as_ref().map_or_else(|| first_paragraph(&field.attrs), Text::value),
        search,
        unique,
        index,
        sensitive,
        default: default.map(|expression| expression.written().clone()),
        view,
        update,
        on_delete: on_delete.and_then(|word| resolve_on_delete(&word, sink)),
        scale,
        computed: computed.map(|expression| expression.written().clone()),
        auto_number,
        of_file: false,
        validations,
        name,
    }
}

fn resolve_on_delete(word: &Word, sink: &Sink) -> Option<OnDelete> {
    let written = word.ident().unraw().to_string();
    let known = OnDeleteRule::ALL.into_iter().find(|(name, _)| *name == written);
    if known.is_none() {
        sink.push(catalogue::unknown_on_delete(word.ident(), &written, OnDeleteRule::ALL.map(|(name, _)| name)));
    }
    known.map(|(_, rule)| OnDelete { rule, word: word.ident().clone() })
}
