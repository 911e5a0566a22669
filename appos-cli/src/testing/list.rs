//! Asks a test program which tests it has.

use std::collections::BTreeSet;

use super::arguments::Passed;
use super::build::Program;
use crate::terminal::Failure;

/// The tests of a program.
#[derive(Debug)]
pub(crate) struct Listed {
    /// The program.
    pub(crate) program: Program,
    /// Its tests that were asked for.
    pub(crate) tests: Vec<Test>,
    /// False for a program that does not list its tests: it has a `main` of its own, and is run as a whole.
    pub(super) is_divisible: bool,
}

/// A test.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Test {
    /// Its name, as its program knows it.
    pub(crate) name: String,
    /// True if it is not run, as its author has said.
    pub(crate) is_ignored: bool,
}

impl Test {
    /// Name of the function.
    pub(crate) fn function(&self) -> &str {
        self.name.rsplit("::").next().unwrap_or_default()
    }

    /// The rule whose case it is: `line_total` of `prices::cases_of_line_total::case_1`.
    pub(crate) fn case_of(&self) -> Option<&str> {
        let mut parts = self.name.rsplit("::");
        parts.next().filter(|last| last.starts_with("case_"))?;
        parts.next()?.strip_prefix("cases_of_")
    }
}

/// The tests of each program, as far as they are asked for.
///
/// # Errors
/// A program cannot be started.
pub(crate) fn list(programs: Vec<Program>, passed: &Passed) -> Result<Vec<Listed>, Failure> {
    programs.into_iter().map(|program| list_one(program, passed)).collect()
}

fn list_one(program: Program, passed: &Passed) -> Result<Listed, Failure> {
    let Some(all) = names(&program, &passed.for_list(false))? else {
        let tests = vec![Test { name: program.target.clone(), is_ignored: false }];
        return Ok(Listed { program, tests, is_divisible: false });
    };
    let ignored: BTreeSet<String> = if passed.runs_ignored() || all.is_empty() {
        BTreeSet::new()
    } else {
        names(&program, &passed.for_list(true))?.unwrap_or_default().into_iter().collect()
    };
    let tests = all.into_iter().map(|name| Test { is_ignored: ignored.contains(&name), name });
    Ok(Listed { tests: tests.collect(), program, is_divisible: true })
}

fn names(program: &Program, arguments: &[String]) -> Result<Option<Vec<String>>, Failure> {
    let output = program.command().args(arguments).output();
    let output = output
        .map_err(|error| Failure::work(format!("the tests of `{}` cannot be started: {error}", program.label()), ""))?;
    let Ok(text) = String::from_utf8(output.stdout) else { return Ok(None) };
    let name = |line: &str| line.strip_suffix(": test").or_else(|| line.strip_suffix(": benchmark")).map(str::to_owned);
    let names: Option<Vec<String>> = text.lines().map(name).collect();
    Ok(names.filter(|_| output.status.success()))
}

#[cfg(test)]
mod tests {
    use super::Test;

    #[test]
    fn a_case_knows_its_rule() {
        let rule = |name: &str| {
            let test = Test { name: name.to_owned(), is_ignored: false };
            test.case_of().map(str::to_owned)
        };
        assert_eq!(rule("rules::prices::cases_of_line_total::case_12").as_deref(), Some("line_total"));
        assert_eq!(rule("cases_of_total::case_1").as_deref(), Some("total"));
        assert_eq!(rule("rules::cases::case_1"), None);
        assert_eq!(rule("rules::cases_of_total::tells"), None);
    }
}
