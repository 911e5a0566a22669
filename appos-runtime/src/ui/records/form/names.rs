//! Names of what a form sends beside the fields of a record. Each holds a character that no field's
//! name can hold.

/// Asks for one more row in a field; its value is the field's name.
pub(super) const ADD: &str = "ao-add";
/// Takes a row out of the form; its value is the row's path.
pub(super) const REMOVE: &str = "ao-remove";
/// Keeps a row that was to be removed; its value is the row's path.
pub(super) const KEEP: &str = "ao-keep";
/// Asks for the rows that a search finds; its value is the reference's name.
pub(super) const FIND: &str = "ao-find";
/// Asks for the form as it was sent: the page on which it stood is another one by now.
pub(super) const AGAIN: &str = "ao-again";
/// Asks for what others have changed since the form was made.
pub(super) const MERGE: &str = "ao-merge";
/// The address to go to when the form is done.
pub(super) const BACK: &str = "ao-back";
/// The address to go to instead, where somebody goes on from one cell to the next; nothing if it is empty.
pub(super) const THEN: &str = "ao-then";
/// Which of several forms of one record on a page it is.
pub(crate) const WHICH: &str = "ao-form";
/// The row of which a new one is a copy, in an address.
pub(crate) const COPY_OF: &str = "copy-of";

/// The file of a document.
pub(super) const FILE: &str = "ao-file";

/// What a field held when the form was made.
pub(super) fn base(name: &str) -> String {
    format!("ao-base:{name}")
}

/// What a field held when the form was first made, before somebody else changed it.
pub(super) fn before(name: &str) -> String {
    format!("ao-before:{name}")
}

/// Which of two values is taken.
pub(super) fn pick(name: &str) -> String {
    format!("ao-pick:{name}")
}

/// Empties a field whose value is not shown.
pub(super) fn clear(name: &str) -> String {
    format!("ao-clear:{name}")
}

/// What is searched among the rows that a reference may lead to.
pub(super) fn search(name: &str) -> String {
    format!("ao-search:{name}")
}

/// True for a row that is to be removed.
pub(super) fn removed(path: &str) -> String {
    format!("ao-removed:{path}")
}

/// The name of a field of a row at a path.
pub(super) fn of(path: &str, field: &str) -> String {
    if path.is_empty() { field.to_owned() } else { format!("{path}.{field}") }
}

/// The id of the element that holds a field. `prefix` tells the forms of a page apart.
pub(super) fn id(prefix: &str, name: &str) -> String {
    let name: String = name.chars().filter(|c| *c != ']').map(|c| if c == '[' || c == '.' { '-' } else { c }).collect();
    format!("{prefix}-{name}")
}

/// True if a form's entry is a field of the row itself, and none of a form's own.
pub(super) fn is_field(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || !byte.is_ascii())
}
