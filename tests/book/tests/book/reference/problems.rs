//! The problem documents of the REST API.

use std::fmt::Write as _;

use appos_runtime::problem_types;

use super::{cell_with_code, settle};

#[test]
fn the_page_of_the_problems_is_what_the_api_answers() {
    let mut page = "# Problems of the REST API\n\nWhat the member `code` of a problem document (RFC 9457) can be, and what it means. \
                    `type` is `urn:appos:problem:` and the code; `errors` names the fields, each with a code of its own; \
                    `execution_id` leads to the lines of the [logs](../concepts/executions.md). Rules of yours may answer with \
                    codes of their own.\n\n| status | code | |\n|---|---|---|\n"
        .to_owned();
    for kind in problem_types() {
        let _ = writeln!(page, "| {} | `{}` | {} |", kind.status, kind.code, cell_with_code(kind.about));
    }
    settle("reference/problems.md", &page);
}
