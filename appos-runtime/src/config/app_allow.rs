//! Reads `check` of `app.yaml`: which findings of `cargo appos check` an app allows, and why.
//!
//! Which codes there are is that command's matter; here they only need to look like one.

use super::app::AllowedFinding;
use super::app_reader::AppReader;
use super::mistake::{Wrong, shown, unknown_key};
use super::yaml::{Content, Node};

const EXAMPLE: &str = "- { code: A0007, reason: rows of this app have no name of their own }";

impl AppReader {
    /// `check: { allow: [..] }`.
    pub(super) fn check(&mut self, node: &Node) {
        for entry in self.mapping(node, "check: { allow: [] }").unwrap_or_default() {
            if entry.key != "allow" {
                self.mistakes.add(entry.place, unknown_key(&entry.key, &["allow"]));
                continue;
            }
            match &entry.value.content {
                Content::Sequence(items) => items.iter().for_each(|item| self.allow(item)),
                _ if entry.value.is_null() => {}
                _ => {
                    let message = format!("expected a list, found {}", entry.value.kind());
                    self.mistakes.add(entry.value.place, Wrong::new(message, format!("write `{EXAMPLE}`")));
                }
            }
        }
    }

    fn allow(&mut self, item: &Node) {
        let before = self.mistakes.count();
        let mut allowed = AllowedFinding { line: item.place.line, ..AllowedFinding::default() };
        for entry in self.mapping(item, EXAMPLE).unwrap_or_default() {
            match entry.key.as_str() {
                "code" => {
                    allowed.code = self.text(entry, EXAMPLE);
                    if !allowed.code.is_empty() && !is_code(&allowed.code) {
                        let message = format!("`{}` is not a code of `cargo appos check`", shown(&allowed.code));
                        self.mistakes.add(entry.value.place, Wrong::new(message, "write one such as `code: A0007`"));
                    }
                }
                "reason" => {
                    allowed.reason = self.text(entry, EXAMPLE);
                    if allowed.reason.trim().is_empty() {
                        self.mistakes.add(entry.value.place, Wrong::new("the reason is empty", "say why it is meant"));
                    }
                }
                key => self.mistakes.add(entry.place, unknown_key(key, &["code", "reason"])),
            }
        }
        // What is wrong with a part was said; what is missing is said once.
        if self.mistakes.count() > before {
            return;
        }
        for (key, value) in [("code", &allowed.code), ("reason", &allowed.reason)] {
            if value.is_empty() {
                let wrong = Wrong::new(format!("what is allowed has no `{key}`"), format!("write `{EXAMPLE}`"));
                self.mistakes.add(item.place, wrong);
            }
        }
        self.app.allow.push(allowed);
    }
}

/// `A` and four digits.
fn is_code(text: &str) -> bool {
    text.len() == 5 && text.starts_with('A') && text[1..].bytes().all(|byte| byte.is_ascii_digit())
}
