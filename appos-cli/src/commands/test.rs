//! `cargo appos test`: the tests of a project, or those that a change reaches.

use std::path::Path;
use std::time::Instant;

use clap::Args;

use crate::project::locate;
use crate::terminal::{Failure, Terminal, nearest};
use crate::testing::{
    Changed, Listed, Package, Passed, Report, Test as Listing, TestResult, Workspace, build, list, run, run_examples,
};

/// Arguments of `cargo appos test`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo appos test
  cargo appos test loyalty              tests with this in their name
  cargo appos test --cases              only what stands beside the rules
  cargo appos test --changed            only what is reached by what is not committed yet
  cargo appos test --changed main       only what is reached by what this branch has changed
  cargo appos test --json | jq -r '.tests[] | select(.result == \"failed\") | .name'
  cargo appos test -- --test-threads 1 --skip slow

Each test runs in a process of its own; on PostgreSQL if APPOS_TEST_DATABASE names a server.

Exit codes: 0 all passed, 101 some did not, or do not build, 2 it was not asked for correctly.")]
pub struct Test {
    /// Only tests with one of these in their name
    #[arg(value_name = "NAME")]
    names: Vec<String>,
    /// Only the cases of rules
    #[arg(long)]
    cases: bool,
    /// Only tests that are reached by what has changed since a commit or a branch, also if it is not committed yet
    #[arg(long, value_name = "COMMIT", num_args = 0..=1, default_missing_value = "HEAD")]
    changed: Option<String>,
    /// A platform of the workspace: its tests and those of its apps
    #[arg(long, short, value_name = "NAME")]
    package: Option<String>,
    /// Print JSON
    #[arg(long)]
    json: bool,
    /// What the test programs are told
    #[arg(last = true, value_name = "ARGUMENTS")]
    arguments: Vec<String>,
}

impl Test {
    pub(crate) fn run(self, terminal: Terminal) -> Result<(), Failure> {
        let here = Path::new(".");
        let begun = Instant::now();
        let workspace = Workspace::around(here)?;
        let passed = Passed::read(&self.names, &self.arguments);
        let is_of_name = self.changed.is_none() && !self.cases && !passed.names.is_empty();
        let platform = match (&self.package, &self.changed) {
            (None, None) => None,
            (package, _) => Some(locate::platform(here, package.as_deref())?),
        };
        let mut changed = match (&self.changed, &platform) {
            (Some(since), Some(platform)) => Some(Changed::since(&workspace, platform, since)?),
            _ => None,
        };
        let is_of_platform = |package: &Package| match (&self.package, &platform) {
            (Some(_), Some(platform)) => {
                platform.members.iter().any(|member| member.is_app && member.folder == package.folder)
            }
            _ => true,
        };
        let is_wanted = |package: &&Package| {
            is_of_platform(package) && changed.as_ref().is_none_or(|changed| changed.concerns(package))
        };
        let packages: Vec<&Package> = workspace.packages.iter().filter(is_wanted).collect();
        let mut listed = if packages.is_empty() { Vec::new() } else { list(build(&workspace, &packages)?, &passed)? };
        let left_out = self.choose(&workspace, &mut listed, changed.as_mut());

        let told = |result: &TestResult| {
            if !self.json {
                // The terminal may be gone; then nobody is told.
                let _ = terminal.line(&result.line());
            }
        };
        let mut results = Vec::new();
        for listed in &listed {
            results.extend(run(listed, &passed, &told));
        }
        if !self.cases {
            results.extend(run_examples(&workspace, &packages, &passed, &told)?);
        }
        if is_of_name && results.is_empty() {
            let all = list(listed.into_iter().map(|listed| listed.program).collect(), &Passed::default())?;
            return Err(none_of_name(&passed.names, &all));
        }
        let changed = changed.map(|changed| changed.told());
        let report = Report::of(results, (left_out, changed), begun.elapsed().as_secs_f64());
        if self.json {
            terminal.json(&report)?;
        } else {
            terminal.text(&report.text())?;
        }
        if report.is_good() { Ok(()) } else { Err(Failure::told(101)) }
    }

    /// Leaves out what is not asked for; answers how many tests the change does not reach.
    fn choose(&self, workspace: &Workspace, listed: &mut [Listed], changed: Option<&mut Changed>) -> usize {
        if self.cases {
            for listed in listed.iter_mut() {
                listed.tests.retain(|test| test.case_of().is_some());
            }
        }
        let Some(changed) = changed else { return 0 };
        let tests: Vec<_> = listed.iter().map(|listed| (&listed.program.package, &*listed.tests)).collect();
        changed.close(workspace, &tests);
        let before: usize = listed.iter().map(|listed| listed.tests.len()).sum();
        for Listed { program, tests, .. } in listed.iter_mut() {
            tests.retain(|test| changed.reaches(&program.package, &program.kind, test));
        }
        before - listed.iter().map(|listed| listed.tests.len()).sum::<usize>()
    }
}

/// Names that are in that of no test are mistyped.
fn none_of_name(names: &[String], all: &[Listed]) -> Failure {
    let tests = || all.iter().flat_map(|listed| &listed.tests);
    let known = tests().map(Listing::function).chain(tests().filter_map(Listing::case_of));
    // Of a reference, such as `crm.rules.rate`, the last part is that of a name.
    let near = names.iter().find_map(|name| nearest(name.rsplit(['.', ':']).next()?, known.clone()));
    let help = near.map_or_else(
        || "write a part of a name; `cargo appos test` runs all tests".to_owned(),
        |near| format!("write `{near}`"),
    );
    let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    Failure::usage(format!("no test has {} in its name", names.join(" or ")), help)
}
