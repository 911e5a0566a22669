//! What the proxy answers itself: why there is no program, as a page or as a problem document; and
//! the script that reloads pages.

use std::fmt::Write;

use ansi_to_html::convert;
use serde_json::{Value as Json, json};

use super::state::{Report, Trouble};

/// The script that reloads pages.
pub(super) const SCRIPT: &str = include_str!("dev.js");
const STYLE: &str = include_str!("dev.css");

/// Policy of our own pages. What they show is escaped; this holds if that should ever fail.
pub(super) const POLICY: &str = "default-src 'none'; script-src 'self'; connect-src 'self'; \
     style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Why a request is not answered by the program.
pub(super) enum Reason<'a> {
    /// It cannot run.
    Trouble(&'a Trouble),
    /// It takes longer than a request waits.
    Slow,
    /// It broke off.
    Broken,
}

/// The element that loads the script into a page.
pub(super) fn script(generation: &str, nonce: Option<&str>) -> String {
    let nonce = nonce.map(|nonce| format!(" nonce=\"{}\"", escaped(nonce))).unwrap_or_default();
    format!("<script src=\"/__appos/dev.js\" data-generation=\"{}\"{nonce}></script>", escaped(generation))
}

/// The page for a person.
pub(super) fn page(reason: &Reason<'_>, generation: &str) -> String {
    let (class, title, text, body) = match reason {
        Reason::Trouble(trouble) => {
            ("", trouble.title.clone(), "This page reloads by itself when it is mended.", sections(trouble))
        }
        Reason::Slow => (
            "waits",
            "The program is being built".to_owned(),
            "It takes longer than usual. This page reloads by itself when it runs.",
            String::new(),
        ),
        Reason::Broken => {
            ("waits", "The program broke off".to_owned(), "It ended while it answered. Reload the page.", String::new())
        }
    };
    let title = escaped(&title);
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\"><title>{title}</title>\
         <meta name=\"viewport\" content=\"width=device-width\"><style>{STYLE}</style></head>\n\
         <body><main class=\"{class}\">\n<h1>{title}</h1>\n<p>{text}</p>\n{body}</main>\n{}</body>\n</html>\n",
        script(generation, None)
    )
}

fn sections(trouble: &Trouble) -> String {
    let mut sections = String::new();
    for report in &trouble.errors {
        let heading = escaped(&place(report).unwrap_or_else(|| report.level.clone()));
        let text = coloured(&report.rendered);
        // Writing to a text cannot fail.
        let _ = writeln!(sections, "<section><h2>{heading}</h2><pre>{text}</pre></section>");
    }
    // Beside the compiler's own reports what cargo says is of no interest.
    if trouble.errors.is_empty() && !trouble.output.trim().is_empty() {
        let _ = writeln!(sections, "<section><pre>{}</pre></section>", coloured(trouble.output.trim_end()));
    }
    sections
}

/// `file:line:column`.
pub(super) fn place(report: &Report) -> Option<String> {
    Some(format!("{}:{}:{}", report.file.as_ref()?, report.line?, report.column?))
}

/// The document for a program.
pub(super) fn problem(reason: &Reason<'_>) -> Json {
    let (code, title, detail) = match reason {
        Reason::Trouble(trouble) => {
            let detail = trouble.errors.iter().find(|report| report.level.starts_with("error"));
            let detail = detail.map_or_else(
                || trouble.output.trim().to_owned(),
                |report| match place(report) {
                    Some(place) => format!("{place}: {}", report.message),
                    None => report.message.clone(),
                },
            );
            (trouble.code, trouble.title.as_str(), detail)
        }
        Reason::Slow => ("is_being_built", "The program is being built", "ask again in a moment".to_owned()),
        Reason::Broken => ("broke_off", "The program broke off", "it ended while it answered".to_owned()),
    };
    let mut problem = json!({
        "type": "about:blank", "title": title, "status": status(reason), "detail": plain(&detail), "code": code,
    });
    if let Reason::Trouble(trouble) = reason {
        problem["errors"] = json!(trouble.errors);
    }
    problem
}

/// The status of an answer of our own.
pub(super) fn status(reason: &Reason<'_>) -> u16 {
    match reason {
        Reason::Trouble(_) | Reason::Slow => 503,
        Reason::Broken => 502,
    }
}

/// A text without its colours.
pub(super) fn plain(text: &str) -> String {
    anstream::adapter::strip_str(text).to_string()
}

/// A text with its colours, as HTML.
fn coloured(text: &str) -> String {
    // A sequence that is none of colour is not worth losing the text.
    convert(text).unwrap_or_else(|_| escaped(&plain(text)))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::{Reason, page, problem};
    use crate::dev::state::{Report, Trouble};

    fn trouble() -> Trouble {
        let report = Report {
            level: "error".to_owned(),
            message: "mismatched types".to_owned(),
            file: Some("crm/src/rules/tax.rs".to_owned()),
            line: Some(7),
            column: Some(5),
            rendered: "\u{1b}[1m\u{1b}[91merror[E0308]\u{1b}[0m: expected `Vec<u8>`, found `<script>`".to_owned(),
        };
        let title = "`desk` does not build".to_owned();
        Trouble { code: "does_not_build", title, errors: vec![report], output: "cargo's words".to_owned() }
    }

    #[test]
    fn a_report_is_shown_in_colour_and_nothing_in_it_is_a_tag() {
        let trouble = trouble();
        let page = page(&Reason::Trouble(&trouble), "1-2");
        assert!(page.contains("<h2>crm/src/rules/tax.rs:7:5</h2>"), "{page}");
        assert!(page.contains("<span style") && page.contains("Vec&lt;u8&gt;"), "{page}");
        assert_eq!(page.matches("<script").count(), 1, "{page}");
        assert!(page.contains("data-generation=\"1-2\""), "{page}");
        assert!(!page.contains('\u{1b}') && !page.contains("cargo's words"), "{page}");
    }

    #[test]
    fn a_program_learns_the_same_without_colours() {
        let trouble = trouble();
        let problem = problem(&Reason::Trouble(&trouble));
        assert_eq!(problem["detail"], "crm/src/rules/tax.rs:7:5: mismatched types");
        assert_eq!((&problem["code"], &problem["status"]), (&"does_not_build".into(), &503.into()));
        assert_eq!(problem["errors"][0]["line"], 7);
        assert!(!problem.to_string().contains("u001b"), "{problem}");
    }
}
