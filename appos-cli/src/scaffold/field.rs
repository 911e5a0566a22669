//! A field as it is written in an argument: `email:String:unique:email`.

use super::literal;
use super::problem::Problem;
use super::types::{Kind, Known, Scope};
use super::words;
use crate::terminal::nearest;

/// What may stand behind the type.
const OPTIONS: [&str; 9] =
    ["unique", "search", "index", "sensitive", "email", "url", "default=..", "scale=..", "on_delete=.."];

/// A field as it is written in a file.
#[derive(Debug)]
pub(crate) struct Field {
    pub(crate) name: String,
    pub(crate) ty: Known,
    /// Parts of `#[field(..)]`.
    keys: Vec<String>,
    /// Parts of `#[validate(..)]`.
    checks: Vec<String>,
}

impl Field {
    /// Reads an argument.
    ///
    /// # Errors
    /// It has another form, or names what is not there.
    pub(crate) fn read(scope: &Scope<'_>, argument: &str) -> Result<Self, Problem> {
        let parts = parts(argument);
        let (name, ty, options) = match parts.as_slice() {
            [name, ty, options @ ..] if !name.is_empty() && !ty.is_empty() => (*name, *ty, options),
            _ => {
                let help = "write a name, a type, and options: `email:String:unique`, `due_on:Date?`, `customer:Ref<Customer>`";
                return Err(Problem::new("a field has a name and a type", help).of(argument));
            }
        };
        words::field_name(name).map_err(|problem| problem.of(argument))?;
        let ty = scope.field(ty).map_err(|problem| problem.of(argument))?;
        let mut field = Self { name: name.to_owned(), ty, keys: Vec::new(), checks: Vec::new() };
        for option in options {
            field.option(scope, option).map_err(|problem| problem.of(argument))?;
        }
        Ok(field)
    }

    fn option(&mut self, scope: &Scope<'_>, option: &str) -> Result<(), Problem> {
        let (key, value) = option.split_once('=').map_or((option, None), |(key, value)| (key, Some(value)));
        let kind = self.ty.kind;
        let is_for = |fits: bool, of: &str| {
            if fits {
                Ok(())
            } else {
                Err(Problem::new(format!("`{key}` is for {of}"), format!("leave `{option}` out")))
            }
        };
        is_for(kind != Kind::Back, "fields with a column")?;
        match (key, value) {
            ("unique" | "index" | "sensitive", None) => self.keys.push(key.to_owned()),
            ("search", None) => {
                is_for(kind == Kind::Text, "a `String`")?;
                self.keys.push(key.to_owned());
            }
            ("email" | "url", None) => {
                is_for(kind == Kind::Text, "a `String`")?;
                self.checks.push(key.to_owned());
            }
            ("default", Some(value)) => {
                let value = literal::expression(scope, &self.ty, value)?;
                self.keys.push(format!("default = {value}"));
            }
            ("scale", Some(value)) => {
                is_for(kind == Kind::Decimal, "a `Decimal`")?;
                if value.parse::<u32>().is_ok_and(|scale| scale <= 28) {
                    self.keys.push(format!("scale = {value}"));
                } else {
                    return Err(Problem::new("a scale is a number from 0 to 28", "write `scale=2`"));
                }
            }
            ("on_delete", Some(value)) => {
                is_for(kind == Kind::Reference, "a `Ref<..>`")?;
                let known = ["restrict", "cascade", "set_null"];
                if !known.contains(&value) {
                    let near = nearest(value, known.into_iter()).unwrap_or("restrict");
                    let message = format!("`{value}` is not what can happen when the other row is deleted");
                    return Err(Problem::new(
                        message,
                        format!("write `on_delete={near}`; known are {}", known.join(", ")),
                    ));
                }
                if value == "set_null" && !self.ty.optional {
                    let help = format!("write `{}?`", self.ty.inner);
                    return Err(Problem::new("what can become empty is optional", help));
                }
                self.keys.push(format!("on_delete = {value}"));
            }
            _ => {
                let stems = OPTIONS.iter().map(|known| known.trim_end_matches("=.."));
                let help = match nearest(key, stems) {
                    Some(near) if OPTIONS.contains(&near) => format!("write `{near}`; "),
                    Some(near) => format!("write `{near}=..`; "),
                    None => String::new(),
                };
                let message = format!("there is no option `{option}`");
                return Err(Problem::new(message, format!("{help}options are {}", OPTIONS.join(", "))));
            }
        }
        let (key, repeated) = (format!("{key} "), format!("{key} = "));
        let same = self
            .keys
            .iter()
            .chain(&self.checks)
            .filter(|known| format!("{known} ").starts_with(&key) || known.starts_with(&repeated));
        if same.count() > 1 {
            return Err(Problem::new(format!("`{}` stands twice", key.trim_end()), "keep one"));
        }
        Ok(())
    }

    /// The lines of the struct.
    pub(crate) fn lines(&self) -> String {
        let attribute = |name: &str, parts: &[String]| {
            if parts.is_empty() { String::new() } else { format!("    #[{name}({})]\n", parts.join(", ")) }
        };
        format!(
            "{}{}    {}: {},\n",
            attribute("field", &self.keys),
            attribute("validate", &self.checks),
            self.name,
            self.ty.text
        )
    }

    /// True if people can tell rows apart by it.
    pub(crate) fn names_rows(&self) -> bool {
        self.ty.kind == Kind::Text && !self.ty.optional && !self.keys.iter().any(|key| key == "sensitive")
    }
}

/// Parts between single colons, which `::` is not.
pub(crate) fn parts(argument: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut start = 0;
    let bytes = argument.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if bytes.get(at) == Some(&b':') {
            if bytes.get(at + 1) == Some(&b':') {
                at += 2;
                continue;
            }
            parts.extend(argument.get(start..at));
            start = at + 1;
        }
        at += 1;
    }
    parts.extend(argument.get(start..));
    parts
}

#[cfg(test)]
mod tests {
    use super::parts;

    #[test]
    fn parts_are_told_from_paths() {
        assert_eq!(parts("a:Ref<crm::records::Customer>?:unique"), ["a", "Ref<crm::records::Customer>?", "unique"]);
        assert_eq!(parts("a:String:default=x:index"), ["a", "String", "default=x", "index"]);
        assert_eq!(parts("a"), ["a"]);
        assert_eq!(parts("a:"), ["a", ""]);
    }
}
