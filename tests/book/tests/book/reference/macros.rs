//! The reference of each macro, as it stands in the documentation of the crate, where its blocks are
//! compiled. Links of rustdoc become links of the book.

use std::fs;

use super::settle;
use crate::root;

/// Name of the page, its title, and the file that it is made from.
const PAGES: [(&str, &str, &str); 18] = [
    ("record", "#[record]", "src/docs/record.md"),
    ("choices", "#[choices]", "src/docs/choices.md"),
    ("expression_rule", "#[expression_rule]", "src/docs/expression_rule.md"),
    ("constant", "#[constant]", "src/docs/constant.md"),
    ("process", "#[process]", "src/docs/process.md"),
    ("step", "#[step]", "src/docs/step.md"),
    ("interface", "#[interface]", "src/docs/interface.md"),
    ("page", "#[page]", "src/docs/page.md"),
    ("site", "#[site]", "src/docs/site.md"),
    ("translation_set", "#[translation_set]", "src/docs/translation_set.md"),
    ("web_api", "#[web_api]", "src/docs/web_api.md"),
    ("connected_system", "#[connected_system]", "src/docs/connected_system.md"),
    ("integration", "#[integration]", "src/docs/integration.md"),
    ("t", "t!", "src/docs/text.md"),
    ("test", "#[appos::test]", "src/docs/test.md"),
    ("app", "app!", "src/docs/app.md"),
    ("platform", "platform!", "src/docs/platform.md"),
    ("migrations", "Migrations", "src/docs/migrations.md"),
];

#[test]
fn the_pages_of_the_macros_are_those_of_the_crate() {
    for (name, title, file) in PAGES {
        let text = fs::read_to_string(root().join(file)).expect("a page of a macro");
        let mut page = if title.ends_with("igrations") { format!("# {title}\n\n") } else { format!("# `{title}`\n\n") };
        let mut in_code = false;
        for line in text.lines() {
            if line.starts_with("```") {
                in_code = !in_code;
                page.push_str(&line.replace(",standalone_crate", "").replace(",ignore", ""));
            } else if in_code {
                page.push_str(line);
            } else if line.starts_with('#') {
                // The title of the page is above them.
                page.push('#');
                page.push_str(line);
            } else {
                page.push_str(&with_links(line));
            }
            page.push('\n');
        }
        settle(&format!("reference/macros/{name}.md"), &page);
    }
}

/// `[x](macro@crate::record#part)` leads to a page here, `[x](crate::prelude::Rows)` nowhere.
fn with_links(line: &str) -> String {
    let mut made = String::new();
    let mut rest = line;
    while let Some(at) = rest.find("](") {
        let (before, after) = rest.split_at(at);
        let (target, behind) = after[2..].split_once(')').unwrap_or((&after[2..], ""));
        let page = target
            .strip_prefix("macro@crate::")
            .or_else(|| target.strip_prefix("crate::migration").map(|_| "migrations"));
        match page {
            Some(page) if !target.contains("::migration::") => {
                let (page, part) =
                    page.split_once('#').map_or((page, String::new()), |(page, part)| (page, format!("#{part}")));
                made.extend([before, "](", page, ".md", &part, ")"]);
            }
            _ if target.starts_with("crate::") => {
                let (text, label) = before.rsplit_once('[').unwrap_or(("", before));
                made.push_str(text);
                made.push_str(label);
            }
            _ => made.extend([before, "](", target, ")"]),
        }
        rest = behind;
    }
    made + rest
}
