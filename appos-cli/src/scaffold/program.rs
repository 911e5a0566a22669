//! Adds an app to `platform!(..)` in the source of a program, and leaves all else as it is.

use proc_macro2::TokenTree;
use syn::visit::Visit;
use syn::{Macro, parse_file};

/// The text with the app behind the others. None if there is not just one `platform!(..)`.
pub(crate) fn add_app(source: &str, app: &str) -> Option<String> {
    let calls = calls(source)?;
    let [call] = calls.as_slice() else { return None };
    let (at, new) = match call.last {
        Some(end) => (end, format!(", {app}")),
        None => (call.open, app.to_owned()),
    };
    let after = format!("{}{new}{}", source.get(..at)?, source.get(at..)?);
    // Seen again as it will be compiled.
    let [again] = self::calls(&after)?.try_into().ok()?;
    let wanted: Vec<String> = call.apps.iter().cloned().chain([app.to_owned()]).collect();
    (again.apps == wanted).then_some(after)
}

struct Call {
    apps: Vec<String>,
    /// Where the last app's name ends.
    last: Option<usize>,
    /// Behind the opening bracket.
    open: usize,
}

fn calls(source: &str) -> Option<Vec<Call>> {
    let file = parse_file(source).ok()?;
    let mut found = Found(Vec::new());
    found.visit_file(&file);
    Some(found.0)
}

struct Found(Vec<Call>);

impl<'ast> Visit<'ast> for Found {
    fn visit_macro(&mut self, call: &'ast Macro) {
        if call.path.segments.last().is_none_or(|last| last.ident != "platform") {
            return;
        }
        let open = call.delimiter.span().open().byte_range().end;
        let mut read = Call { apps: Vec::new(), last: None, open };
        let mut starts = true;
        let mut tokens = call.tokens.clone().into_iter().peekable();
        while let Some(token) = tokens.next() {
            let is_key = matches!(tokens.peek(), Some(TokenTree::Punct(sign)) if sign.as_char() == '=');
            match token {
                TokenTree::Ident(name) if starts && !is_key => {
                    read.last = Some(name.span().byte_range().end);
                    read.apps.push(name.to_string());
                    starts = false;
                }
                TokenTree::Punct(sign) if sign.as_char() == ',' => starts = true,
                _ => starts = false,
            }
        }
        self.0.push(read);
    }
}

#[cfg(test)]
mod tests {
    use super::add_app;

    #[test]
    fn an_app_is_added_behind_the_others() {
        let add = |source: &str| add_app(source, "billing");
        let expected = "//! A.\nappos::platform!(crm, billing, first_start = crm::rules::seed);\n";
        assert_eq!(add("//! A.\nappos::platform!(crm, first_start = crm::rules::seed);\n").as_deref(), Some(expected));
        let expected = "platform! {\n    // ours\n    crm, billing\n}\n";
        assert_eq!(add("platform! {\n    // ours\n    crm\n}\n").as_deref(), Some(expected));
        assert_eq!(add("appos::platform!();\n").as_deref(), Some("appos::platform!(billing);\n"));
        assert_eq!(add("// é\nappos::platform!(crm,);\n").as_deref(), Some("// é\nappos::platform!(crm, billing,);\n"));
        assert_eq!(add("fn main() {}\n"), None);
    }
}
