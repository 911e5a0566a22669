//! The list of findings: code, weight, what it says in a few words, and its page.

use serde_json::{Value as Json, json};

use crate::terminal::{Failure, nearest};

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Weight {
    /// The project is wrong: exit status 1.
    Error,
    /// It is probably not what was meant.
    Warning,
}

impl Weight {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// One sort of finding.
#[derive(Debug)]
pub(crate) struct Code {
    /// Such as `A0007`; a code is never given to something else.
    pub(crate) name: &'static str,
    pub(crate) weight: Weight,
    pub(crate) title: &'static str,
    /// True if `allow` may hide it. What keeps a platform from starting cannot be hidden.
    pub(crate) is_allowable: bool,
    /// What `--explain` prints.
    pub(crate) page: &'static str,
}

impl Code {
    /// As JSON.
    pub(crate) fn json(&self) -> Json {
        json!({
            "code": self.name,
            "severity": self.weight.as_str(),
            "title": self.title,
            "allowable": self.is_allowable,
            "page": self.page,
        })
    }
}

macro_rules! codes {
    ($($constant:ident $name:literal $weight:ident $allowable:literal $title:literal)*) => {
        $(pub(super) const $constant: &Code = &Code {
            name: $name,
            weight: Weight::$weight,
            title: $title,
            is_allowable: $allowable,
            page: include_str!(concat!("../../docs/check/", $name, ".md")),
        };)*

        /// All of them, in order.
        pub(crate) const ALL: &[&Code] = &[$($constant),*];
    };
}

codes! {
    NOT_BUILT        "A0001" Error   false "the project does not compile"
    SETTINGS         "A0002" Error   false "a setting is wrong"
    FOREIGN_CRATE    "A0003" Error   true  "code names a crate that its app does not allow"
    UNKNOWN_TEXT     "A0004" Error   true  "a text names no object"
    ROUTES           "A0005" Error   false "routes collide"
    CONTRADICTION    "A0006" Error   false "objects contradict each other"
    NO_DISPLAY       "A0007" Warning true  "a record has no display field"
    OPEN_SECRET      "A0008" Warning true  "whoever may view the record sees a sensitive field"
    UNUSED           "A0009" Warning true  "nothing uses an object"
    MIGRATIONS       "A0010" Error   false "records and migrations differ"
    LOCK             "A0011" Error   false "permissions.lock is out of date"
    NO_LOCK          "A0012" Warning false "there is no permissions.lock"
    WRONG_ALLOW      "A0013" Error   false "an `allow` cannot be understood"
    IDLE_ALLOW       "A0014" Warning false "an `allow` allows nothing"
    IDLE_CRATE       "A0015" Warning true  "an allowed crate is not used"
    NO_TRANSLATION   "A0016" Warning true  "a text lacks a language"
    WRONG_PLURALS    "A0017" Warning true  "a text has other plurals than its language"
    BODY             "A0018" Warning false "the body of a process has changed"
    BODY_GONE        "A0019" Warning false "a version of a process is gone"
    UNKNOWN_BODY     "A0020" Warning false "processes.lock is not complete"
}

/// The code of this name.
///
/// # Errors
/// There is none.
pub(crate) fn by_name(name: &str) -> Result<&'static Code, Failure> {
    ALL.iter().find(|code| code.name.eq_ignore_ascii_case(name)).copied().ok_or_else(|| {
        let near = nearest(name, ALL.iter().map(|code| code.name));
        let help = near.map_or_else(|| "codes are A0001 and following".to_owned(), |near| format!("write `{near}`"));
        Failure::usage(format!("there is no code `{name}`"), help)
    })
}

#[cfg(test)]
mod tests {
    use super::ALL;

    #[test]
    fn every_page_tells_its_code_the_reason_and_the_correct_form() {
        for code in ALL {
            assert!(code.page.starts_with(&format!("{}: {}\n", code.name, code.title)), "{}", code.name);
            assert!(code.page.contains("\nCorrect:\n"), "{}", code.name);
            assert_eq!(code.page.contains("\nAllow it:\n"), code.is_allowable, "{}", code.name);
        }
        assert!(ALL.is_sorted_by(|one, other| one.name < other.name));
    }

    #[test]
    fn the_page_of_the_command_lists_every_code() {
        let page = include_str!("../../docs/check.md");
        for code in ALL {
            let line = format!("| `{}` | {} | {} |", code.name, code.weight.as_str(), code.title);
            assert!(page.contains(&line), "{line}");
        }
    }
}
