//! Names of objects, fields and choices.

use appos_codegen::naming::{is_system_field, is_type_of_prelude, object_name};
use heck::{ToSnakeCase, ToUpperCamelCase};

use super::names::{is_in_scope, is_keyword};
use super::problem::Problem;

/// Traits that Rust puts into every file, or that objects have: a type of such a name would hide them,
/// and `..Default::default()` would mean the type.
const TRAITS: [&str; 33] = [
    "AsMut",
    "AsRef",
    "Clone",
    "Copy",
    "Debug",
    "Default",
    "Deserialize",
    "Display",
    "DoubleEndedIterator",
    "Drop",
    "Eq",
    "ExactSizeIterator",
    "Extend",
    "Fn",
    "FnMut",
    "FnOnce",
    "From",
    "FromIterator",
    "Future",
    "Hash",
    "Into",
    "IntoFuture",
    "IntoIterator",
    "Iterator",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "Send",
    "Serialize",
    "Sized",
    "Sync",
    "ToOwned",
    "ToString",
];

/// The longest name that every database bears.
const LONGEST: usize = 63;

/// Checks the name of a type: `CreditLimit`.
///
/// # Errors
/// It is none, or has another meaning.
pub(crate) fn type_name(what: &str, name: &str) -> Result<(), Problem> {
    camel(what, "Customer", name)?;
    if is_type_of_prelude(name) {
        let message = format!("every file of an app has a type `{name}` already");
        return Err(Problem::new(message, format!("write `{name}Entry`, or another name")));
    }
    if TRAITS.contains(&name) {
        let message = format!("Rust has a trait `{name}`, which this would hide");
        return Err(Problem::new(message, format!("write `{name}Entry`, or another name")));
    }
    Ok(())
}

/// Checks the name of a choice: `InProgress`.
///
/// # Errors
/// It is none.
pub(crate) fn choice_name(name: &str) -> Result<(), Problem> {
    camel("choice", "InProgress", name)
}

fn camel(what: &str, example: &str, name: &str) -> Result<(), Problem> {
    let better = ascii(name).to_upper_camel_case();
    if better == name && is_plain(name) && !is_keyword(name) {
        return Ok(());
    }
    let help =
        if is_plain(&better) && better != name { format!("write `{better}`") } else { format!("write `{example}`") };
    Err(Problem::new(format!("`{name}` is no name of a {what}: it is written like `{example}`"), help))
}

/// Checks the name of a function: `credit_limit`.
///
/// # Errors
/// It is none, or has another meaning.
pub(crate) fn function_name(what: &str, name: &str) -> Result<(), Problem> {
    snake(what, name)?;
    if is_in_scope(name) {
        let message = format!("code of an app has something named `{name}` in scope");
        return Err(Problem::new(message, format!("write `{name}_{what}`")));
    }
    Ok(())
}

/// Checks the name of a field of a record.
///
/// # Errors
/// It is none, or every record has it.
pub(crate) fn field_name(name: &str) -> Result<(), Problem> {
    snake("field", name)?;
    if is_system_field(name) {
        let message = format!("every record has `{name}` by itself");
        return Err(Problem::new(message, format!("leave it out, or name another: `own_{name}`")));
    }
    Ok(())
}

/// Checks the name of a parameter.
///
/// # Errors
/// It is none.
pub(crate) fn parameter_name(name: &str) -> Result<(), Problem> {
    snake("parameter", name)
}

/// Checks the name of a group.
///
/// # Errors
/// It is none.
pub(crate) fn group_name(name: &str) -> Result<(), Problem> {
    if name.is_empty() {
        return Err(Problem::new("the name of a group is empty", "write `sales_users`, or leave it out"));
    }
    snake("group", name)
}

fn snake(what: &str, name: &str) -> Result<(), Problem> {
    let better = ascii(name).to_snake_case();
    if better != name || !is_plain(name) {
        let help = if is_plain(&better) { format!("write `{better}`") } else { "write `credit_limit`".to_owned() };
        return Err(Problem::new(format!("`{name}` is no name of a {what}: it is written like `credit_limit`"), help));
    }
    if is_keyword(name) {
        let message = format!("Rust keeps the word `{name}` for itself");
        return Err(Problem::new(message, format!("write `{name}_{what}`, or another name")));
    }
    Ok(())
}

/// Letters, digits and underscores, a letter first.
fn is_plain(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_alphabetic())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        && object_name(name).len() <= LONGEST
}

fn ascii(name: &str) -> String {
    name.chars().filter(char::is_ascii).collect::<String>().trim_start_matches(|c: char| c.is_ascii_digit()).to_owned()
}

/// A description as a comment: one line that ends with a point.
///
/// # Errors
/// It has several lines.
pub(crate) fn description(text: &str) -> Result<String, Problem> {
    let text = text.trim();
    if text.is_empty() || text.chars().any(char::is_control) {
        return Err(Problem::new(
            "a description is one line of text",
            "write `--description \"Companies we sell to\"`",
        ));
    }
    Ok(if text.ends_with(['.', '!', '?']) { text.to_owned() } else { format!("{text}.") })
}

#[cfg(test)]
mod tests {
    use super::{description, field_name, function_name, type_name};

    #[test]
    fn names_have_the_form_of_what_they_name() {
        assert!(type_name("record", "CustomerOrder").is_ok() && function_name("rule", "customer_ltv").is_ok());
        assert!(field_name("credit_limit2").is_ok());
        let help = |result: Result<(), super::Problem>| result.expect_err("a refusal").help;
        assert_eq!(help(type_name("record", "customer_order")), "write `CustomerOrder`");
        assert_eq!(help(type_name("record", "9")), "write `Customer`");
        assert_eq!(help(type_name("record", "Decimal")), "write `DecimalEntry`, or another name");
        for name in ["Default", "Result", "Option", "Some", "Ok", "Clone", "Debug", "Ref", "Id", "Many", "Into"] {
            assert_eq!(help(type_name("record", name)), format!("write `{name}Entry`, or another name"));
        }
        assert_eq!(help(function_name("rule", "customerLtv")), "write `customer_ltv`");
        assert_eq!(help(function_name("rule", "match")), "write `match_rule`, or another name");
        assert_eq!(help(function_name("rule", "records")), "write `records_rule`");
        assert_eq!(help(field_name("type")), "write `type_field`, or another name");
        assert!(help(field_name("version")).starts_with("leave it out"));
        assert!(field_name(&"a".repeat(64)).is_err() && field_name("").is_err() && field_name("a-b").is_err());
    }

    #[test]
    fn a_description_is_a_line() {
        assert_eq!(description("Companies").as_deref(), Ok("Companies."));
        assert!(description("a\nb").is_err() && description(" ").is_err());
    }
}
