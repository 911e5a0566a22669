//! The findings of `cargo appos check`, with the pages that `--explain` prints.

use std::fmt::Write as _;

use super::settle;

#[test]
fn the_page_of_the_findings_is_what_check_explains() {
    let mut page = "# Findings of `cargo appos check`\n\nEach finding has a code, which is never given to another. \
                    `cargo appos check --explain A0007` prints the same in a terminal.\n\n| code | weight | what |\n|---|---|---|\n"
        .to_owned();
    let findings = appos_cli::reference::findings();
    for finding in &findings {
        let anchor = finding.code.to_lowercase();
        let _ = writeln!(page, "| [{}](#{anchor}) | {} | {} |", finding.code, finding.weight, finding.title);
    }
    for finding in &findings {
        let body = finding.page.split_once('\n').map_or("", |(_, body)| body);
        let _ = write!(page, "\n## {}\n\n**{}.**\n", finding.code, finding.title);
        // The pages are written for a terminal: what is indented is code.
        let mut open = false;
        for line in body.trim_end().lines() {
            let is_code = line.starts_with("    ");
            if is_code != open && !line.is_empty() {
                page.push_str(if is_code { "```text\n" } else { "```\n\n" });
                open = is_code;
            }
            let _ = writeln!(page, "{}", line.strip_prefix("    ").unwrap_or(line));
        }
        if open {
            page.push_str("```\n");
        }
    }
    settle("reference/findings.md", &page.replace("\n\n```\n\n", "\n```\n\n"));
}
