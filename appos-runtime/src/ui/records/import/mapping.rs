//! Which field each column of a file may fill, and the one that is most likely meant.

use crate::model::record_of;
use crate::record::Readable;
use crate::registry::{ObjectDescriptor, SystemField};
use crate::security::{Permission, Rights};
use crate::ui::text::own::imports;
use crate::value::FieldType;

/// What a column may fill.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Target {
    /// As the import names it: a field, or a unique field of the row that it refers to.
    pub(super) name: String,
    pub(super) label: String,
}

/// Everything that a column may fill, for whoever may write it.
pub(super) fn targets(object: &'static ObjectDescriptor, readable: &Readable, rights: &Rights) -> Vec<Target> {
    let mut targets = vec![Target { name: "id".to_owned(), label: imports::row_number().to_owned() }];
    for (place, field) in record_of(object).fields.iter().enumerate() {
        if !field.is_named() || !readable.can_write(place) {
            continue;
        }
        targets.push(Target { name: field.name.to_owned(), label: field.label.to_owned() });
        let FieldType::Reference(target) = field.field_type else { continue };
        let target = target();
        if !rights.allows(target, Permission::View) {
            continue;
        }
        let readable = Readable::of(target, rights);
        let unique = record_of(target).fields.iter().enumerate();
        let unique = unique.filter(|(place, other)| other.unique && other.is_stored() && readable.can_read(*place));
        targets.extend(unique.map(|(_, other)| Target {
            name: format!("{}.{}", field.name, other.name),
            label: format!("{}: {}", field.label, other.label.to_lowercase()),
        }));
    }
    targets
}

/// Fields by which a row that exists can be found.
pub(super) fn keys(object: &'static ObjectDescriptor, readable: &Readable) -> Vec<(&'static str, String)> {
    let unique = record_of(object).fields.iter().enumerate();
    let unique = unique.filter(|(place, field)| field.unique && field.is_stored() && readable.can_read(*place));
    let id = (SystemField::Id.name(), imports::row_number().to_owned());
    std::iter::once(id).chain(unique.map(|(_, field)| (field.name, field.label.to_owned()))).collect()
}

/// What a column most likely fills: what is named or labelled as it is, whatever the case and the
/// characters between words.
pub(super) fn guess<'a>(column: &str, targets: &'a [Target]) -> Option<&'a str> {
    // The reasons for which lines were refused are no part of them.
    if imports::is_reasons(column) {
        return None;
    }
    let plain =
        |text: &str| text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    let wanted = plain(column);
    let exact = targets.iter().find(|target| target.name == column);
    let alike = || targets.iter().find(|target| plain(&target.name) == wanted || plain(&target.label) == wanted);
    exact.or_else(alike).map(|target| target.name.as_str())
}

#[cfg(test)]
mod tests {
    use super::{Target, guess};

    #[test]
    fn a_column_is_recognized_by_name_and_by_label() {
        let target = |name: &str, label: &str| Target { name: name.to_owned(), label: label.to_owned() };
        let targets =
            [target("name", "Company"), target("customer_since", "Customer since"), target("email", "E-mail")];
        for (column, field) in [
            ("name", Some("name")),
            ("COMPANY", Some("name")),
            ("Customer Since", Some("customer_since")),
            ("customer-since", Some("customer_since")),
            ("e-mail", Some("email")),
            ("Mail", None),
        ] {
            assert_eq!(guess(column, &targets), field, "{column}");
        }
    }
}
