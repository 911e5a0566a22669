//! Types of fields, parameters and constants, as they are written in arguments.

use appos_codegen::naming::{object_name, types_beside};
use quote::ToTokens;
use syn::{GenericArgument, PathArguments, Type};

use super::app::App;
use super::problem::Problem;
use crate::terminal::nearest;

/// Types of values that are written as they are.
const SCALARS: [(&str, Kind); 16] = [
    ("String", Kind::Text),
    ("bool", Kind::Bool),
    ("i64", Kind::Integer),
    ("i32", Kind::Integer),
    ("i16", Kind::Integer),
    ("i8", Kind::Integer),
    ("u32", Kind::Integer),
    ("u16", Kind::Integer),
    ("u8", Kind::Integer),
    ("f64", Kind::Float),
    ("f32", Kind::Float),
    ("Decimal", Kind::Decimal),
    ("Date", Kind::Date),
    ("DateTime", Kind::Other),
    ("Uuid", Kind::Other),
    ("Json", Kind::Other),
];

/// Types that rules can take and answer beside those of fields.
const OF_RULES: [&str; 8] = ["Id", "ObjectRef", "Option", "Ref", "Restricted", "Rows", "Vec", "u64"];

/// Records of the platform's own app.
const OF_PLATFORM: [&str; 4] = ["User", "Group", "Membership", "ObjectPermission"];

/// What a type is of, as far as it matters here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Text,
    Bool,
    Integer,
    Float,
    Decimal,
    Date,
    /// An enum of choices.
    Choices,
    /// `Ref<..>`.
    Reference,
    /// `Many<..>` or `One<..>`: no column.
    Back,
    Other,
}

/// A type that is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Known {
    /// As it is written in a file.
    pub(crate) text: String,
    /// Without `Option`.
    pub(crate) inner: String,
    pub(crate) kind: Kind,
    pub(crate) optional: bool,
}

/// What can be named.
pub(crate) struct Scope<'a> {
    pub(crate) app: &'a App,
    pub(crate) apps: &'a [App],
    /// The record that is being made.
    pub(crate) new: Option<&'a str>,
}

impl Scope<'_> {
    /// The type of a field: `String`, `Tier?`, `Ref<Customer>`.
    ///
    /// # Errors
    /// It is none.
    pub(crate) fn field(&self, written: &str) -> Result<Known, Problem> {
        let (text, optional) = without_option(written);
        let ty = parse(text.trim_end_matches('?'))?;
        let (within, is_option) = without_option(&text);
        if is_option {
            let help = format!("write `{}?`", within.trim_end_matches('?'));
            return Err(Problem::new("what may be empty is optional once", help));
        }
        if let Some(problem) = borrowed(&text, &ty) {
            return Err(problem);
        }
        let kind = self.field_kind(&text, &ty)?;
        if optional && kind == Kind::Back {
            return Err(Problem::new(
                format!("`{text}` is a list, which may be empty anyway"),
                format!("write `{text}`"),
            ));
        }
        Ok(Known::of(text, kind, optional))
    }

    fn field_kind(&self, text: &str, ty: &Type) -> Result<Kind, Problem> {
        if let Some((_, kind)) = SCALARS.iter().find(|(name, _)| *name == text) {
            return Ok(*kind);
        }
        match generic(ty) {
            Some((outer, inner)) if outer == "Ref" => self.record(&inner).map(|()| Kind::Reference),
            Some((outer, inner)) if outer == "Many" || outer == "One" => {
                self.record(&inner)?;
                if self.new == Some(inner.as_str()) {
                    return Ok(Kind::Back);
                }
                let new = self.new.unwrap_or_default();
                let field = object_name(new);
                let message = format!("`{inner}` has no reference to `{new}`, which is not there yet");
                Err(Problem::new(
                    message,
                    format!("leave it out, add `{field}: Ref<{new}>` to `{inner}`, then this field"),
                ))
            }
            Some((outer, inner)) if outer == "Vec" && SCALARS.iter().any(|(name, _)| *name == inner) => Ok(Kind::Other),
            Some((outer, inner)) if outer == "Vec" => {
                let help = match inner.as_str() {
                    "Option" => "write the type of what is in it, as in `Vec<String>`; nothing in a list is empty",
                    _ => "write `Vec<String>`, or a record of its own with a `Ref`",
                };
                Err(Problem::new(format!("a field holds no list of `{inner}`"), help))
            }
            Some((outer, inner)) if outer == "Id" => {
                Err(Problem::new("a field refers to a row by `Ref`", format!("write `Ref<{inner}>`")))
            }
            Some((outer, _)) => Err(self.unknown(&outer, self.names_of_fields())),
            None => self.choices(text).map(|_| Kind::Choices).ok_or_else(|| self.unknown(text, self.names_of_fields())),
        }
    }

    /// The type of a parameter or an answer of a rule.
    ///
    /// # Errors
    /// It names what is not there, or borrows.
    pub(crate) fn value(&self, written: &str) -> Result<Known, Problem> {
        let (text, optional) = without_option(written);
        let ty = parse(&text)?;
        self.check_value(&ty)?;
        let kind = SCALARS.iter().find(|(name, _)| *name == text).map(|(_, kind)| *kind);
        let kind = kind.or_else(|| self.choices(&text).map(|_| Kind::Choices)).unwrap_or(Kind::Other);
        Ok(Known::of(text, kind, optional))
    }

    fn check_value(&self, ty: &Type) -> Result<(), Problem> {
        match ty {
            Type::Tuple(tuple) => tuple.elems.iter().try_for_each(|part| self.check_value(part)),
            Type::Path(path) if path.qself.is_none() => {
                for segment in &path.path.segments {
                    if let PathArguments::AngleBracketed(arguments) = &segment.arguments {
                        for argument in &arguments.args {
                            if let GenericArgument::Type(ty) = argument {
                                self.check_value(ty)?;
                            }
                        }
                    }
                }
                let names: Vec<String> = path.path.segments.iter().map(|segment| segment.ident.to_string()).collect();
                self.check_path(&names)
            }
            Type::Reference(_) => Err(Problem::new(
                "what a rule takes and answers is moved, not borrowed",
                "write an owned type: `String` for `&str`, `Vec<..>` for a slice",
            )),
            _ => Err(Problem::new("this type cannot be read from JSON and written to it", "write the name of a type")),
        }
    }

    fn check_path(&self, names: &[String]) -> Result<(), Problem> {
        match names {
            [name] if self.names_of_values().any(|known| known == *name) || self.is_beside_a_record(name) => Ok(()),
            [name] => Err(self.unknown(name, self.names_of_values())),
            [first, ..] if ["std", "core", "alloc", "crate", "rules", "constants"].contains(&first.as_str()) => Ok(()),
            _ => self.record(&names.join("::")),
        }
    }

    /// The choices of this app, or of one that it depends on: `Tier`, `crm::records::Tier`.
    pub(crate) fn choices(&self, text: &str) -> Option<&[String]> {
        let parts: Vec<&str> = text.split("::").collect();
        match parts.as_slice() {
            [name] | ["records", name] => self.app.choices(name),
            [app, "records", name] => self
                .apps
                .iter()
                .find(|other| other.name == *app && self.app.crates.contains(&other.name))?
                .choices(name),
            _ => None,
        }
    }

    /// Refuses what is no type of another object's.
    fn record(&self, text: &str) -> Result<(), Problem> {
        let parts: Vec<&str> = text.split("::").collect();
        match parts.as_slice() {
            [name] | ["records", name] => {
                if self.new == Some(name) || self.app.records().any(|record| record == *name) {
                    return Ok(());
                }
                Err(self.no_record(&self.app.name, name, self.app.records().chain(self.new)))
            }
            ["platform", "records", name] if OF_PLATFORM.contains(name) => Ok(()),
            ["platform", "records", name] => Err(self.no_record("platform", name, OF_PLATFORM.into_iter())),
            [app, "records", name] => {
                let Some(other) = self.apps.iter().find(|other| other.name == *app) else {
                    let known = self.apps.iter().map(|other| other.name.as_str()).chain(["platform"]);
                    let help = nearest(app, known.clone()).map_or_else(
                        || format!("apps are {}", known.collect::<Vec<_>>().join(", ")),
                        |near| format!("write `{near}::records::{name}`"),
                    );
                    return Err(Problem::new(format!("there is no app `{app}`"), help));
                };
                if !other.records().any(|record| record == *name) && other.choices(name).is_none() {
                    return Err(self.no_record(app, name, other.records()));
                }
                if other.name != self.app.name && !self.app.crates.contains(&other.name) {
                    let message = format!("the app `{}` does not depend on `{app}`", self.app.name);
                    let path = other.folder.file_name().unwrap_or_default().to_string_lossy();
                    let help = format!("add `{app} = {{ path = \"../{path}\" }}` to {}/Cargo.toml", self.app.shown);
                    return Err(Problem::new(message, help));
                }
                Ok(())
            }
            _ => Err(Problem::new(format!("`{text}` is no record"), "write `Customer`, or `crm::records::Customer`")),
        }
    }

    fn no_record<'b>(&self, app: &str, name: &str, known: impl Iterator<Item = &'b str>) -> Problem {
        let known: Vec<&str> = known.collect();
        let help = match nearest(name, known.iter().copied()) {
            Some(near) => format!("write `{near}`"),
            None if app == self.app.name => format!("add it first: `cargo appos add record {app} {name} ..`"),
            None => format!("records are {}", known.join(", ")),
        };
        Problem::new(format!("there is no record `{name}` in `{app}`"), help)
    }

    fn names_of_fields(&self) -> impl Iterator<Item = String> {
        let choices = self.app.types.iter().filter(|named| named.choices.is_some()).map(|named| named.name.clone());
        let others = ["Ref", "Vec"].map(str::to_owned);
        SCALARS.iter().map(|(name, _)| (*name).to_owned()).chain(others).chain(choices)
    }

    /// `NewCustomer`, `CustomerPatch`.
    fn is_beside_a_record(&self, name: &str) -> bool {
        self.app.records().any(|record| types_beside(record).iter().any(|beside| beside == name))
    }

    fn names_of_values(&self) -> impl Iterator<Item = String> {
        let own = self.app.types.iter().map(|named| named.name.clone());
        SCALARS.iter().map(|(name, _)| *name).chain(OF_RULES).map(str::to_owned).chain(own)
    }

    #[expect(clippy::unused_self, reason = "a question to the scope, like those beside it")]
    fn unknown(&self, text: &str, known: impl Iterator<Item = String>) -> Problem {
        let names: Vec<String> = known.collect();
        let short = [
            ("string", "String"),
            ("text", "String"),
            ("int", "i64"),
            ("integer", "i64"),
            ("float", "f64"),
            ("money", "Decimal"),
            ("boolean", "bool"),
            ("u64", "i64"),
            ("usize", "i64"),
        ];
        let meant = short.iter().find(|(word, _)| word.eq_ignore_ascii_case(text)).map(|(_, name)| *name);
        let help = match meant.or_else(|| nearest(text, names.iter().map(String::as_str))) {
            Some(near) => format!("write `{near}`; "),
            None => String::new(),
        };
        Problem::new(format!("there is no type `{text}`"), format!("{help}types are {}", names.join(", ")))
    }
}

impl Known {
    fn of(inner: String, kind: Kind, optional: bool) -> Self {
        let text = if optional { format!("Option<{inner}>") } else { inner.clone() };
        Self { text, inner, kind, optional }
    }
}

/// `Decimal?` and `Option<Decimal>` are `Decimal`, optional.
fn without_option(written: &str) -> (String, bool) {
    let written = written.trim();
    let inner =
        written.strip_suffix('?').or_else(|| written.strip_prefix("Option<").and_then(|rest| rest.strip_suffix('>')));
    (inner.unwrap_or(written).trim().to_owned(), inner.is_some())
}

fn parse(text: &str) -> Result<Type, Problem> {
    syn::parse_str(text).map_err(|_| {
        Problem::new(format!("`{text}` is no type"), "write a type such as `String`, `Decimal?` or `Ref<Customer>`")
    })
}

/// What is wrong with a field that borrows: `&str`, `&'static str`, `Vec<&str>`, `&[i64]`.
fn borrowed(text: &str, ty: &Type) -> Option<Problem> {
    let owned = owned(ty)?;
    Some(Problem::new(format!("a field owns what it holds, and `{text}` borrows it"), format!("write `{owned}`")))
}

/// The type that owns what this one borrows.
fn owned(ty: &Type) -> Option<String> {
    let inner = |ty: &Type| owned(ty).unwrap_or_else(|| compact(ty));
    match ty {
        Type::Reference(reference) => Some(inner(&reference.elem)),
        Type::Slice(slice) => Some(format!("Vec<{}>", inner(&slice.elem))),
        Type::Path(path) if path.path.is_ident("str") => Some("String".to_owned()),
        Type::Path(path) => {
            let last = path.path.segments.last().filter(|_| path.path.segments.len() == 1)?;
            let PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
            match arguments.args.first() {
                Some(GenericArgument::Type(ty)) if arguments.args.len() == 1 => {
                    owned(ty).map(|owned| format!("{}<{owned}>", last.ident))
                }
                _ => None,
            }
        }
        _ => None,
    }
}

fn compact(ty: &Type) -> String {
    ty.to_token_stream().to_string().replace(' ', "")
}

/// `Ref` and `Customer` of `Ref<Customer>`.
fn generic(ty: &Type) -> Option<(String, String)> {
    let Type::Path(path) = ty else { return None };
    let only = path.path.segments.first().filter(|_| path.path.segments.len() == 1)?;
    let PathArguments::AngleBracketed(arguments) = &only.arguments else { return None };
    match arguments.args.first() {
        Some(GenericArgument::Type(Type::Path(inner))) if arguments.args.len() == 1 => {
            let names: Vec<String> = inner.path.segments.iter().map(|segment| segment.ident.to_string()).collect();
            Some((only.ident.to_string(), names.join("::")))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{borrowed, parse};

    #[test]
    fn what_borrows_has_a_type_that_owns() {
        let help = |text: &str| Some(borrowed(text, &parse(text).ok()?)?.help);
        for (text, owned) in [
            ("&str", "String"),
            ("&'static str", "String"),
            ("str", "String"),
            ("&Decimal", "Decimal"),
            ("&[i64]", "Vec<i64>"),
            ("Vec<&str>", "Vec<String>"),
        ] {
            assert_eq!(help(text), Some(format!("write `{owned}`")), "{text}");
        }
        assert_eq!(help("Vec<String>"), None);
        assert_eq!(help("Ref<crm::records::Customer>"), None);
    }
}
