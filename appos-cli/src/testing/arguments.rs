//! What is passed on to the test programs, after `--`.

use std::num::NonZero;
use std::thread::available_parallelism;

/// Arguments of Rust's test programs that are followed by a value.
const WITH_VALUE: [&str; 7] = ["--skip", "--test-threads", "--logfile", "--color", "--format", "--shuffle-seed", "-Z"];

/// What the test programs are told.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
pub(crate) struct Passed {
    /// Parts of names: a test is run if it has one of them.
    pub(crate) names: Vec<String>,
    /// Parts of names of tests that are left out.
    skip: Vec<String>,
    exact: bool,
    ignored: bool,
    include_ignored: bool,
    /// Output goes straight to the terminal.
    pub(crate) is_loud: bool,
    threads: Option<usize>,
    /// The rest, as given.
    rest: Vec<String>,
}

impl Passed {
    /// Reads names and what stands after `--`.
    pub(crate) fn read(names: &[String], arguments: &[String]) -> Self {
        let mut passed = Self { names: names.to_vec(), ..Self::default() };
        let mut arguments = arguments.iter();
        while let Some(argument) = arguments.next() {
            let (key, value) = match argument.split_once('=') {
                Some((key, value)) if key.starts_with("--") => (key, Some(value.to_owned())),
                _ => (argument.as_str(), None),
            };
            let mut value = || value.clone().or_else(|| arguments.next().cloned()).unwrap_or_default();
            match key {
                "--skip" => passed.skip.push(value()),
                "--test-threads" => passed.threads = value().parse().ok(),
                "--exact" => passed.exact = true,
                "--ignored" => passed.ignored = true,
                "--include-ignored" => passed.include_ignored = true,
                "--nocapture" | "--no-capture" => passed.is_loud = true,
                key if WITH_VALUE.contains(&key) => passed.rest.extend([key.to_owned(), value()]),
                key if key.starts_with('-') => passed.rest.push(argument.clone()),
                _ => passed.names.push(argument.clone()),
            }
        }
        passed
    }

    /// The arguments with which a program lists its tests.
    pub(super) fn for_list(&self, only_ignored: bool) -> Vec<String> {
        let mut arguments = self.names.clone();
        arguments.extend(self.skip.iter().flat_map(|name| ["--skip".to_owned(), name.clone()]));
        arguments.extend(self.exact.then(|| "--exact".to_owned()));
        let ignored = self.ignored || only_ignored;
        arguments.extend(ignored.then(|| "--ignored".to_owned()));
        arguments.extend(["--list", "--format", "terse"].map(str::to_owned));
        arguments
    }

    /// The arguments with which a program runs one of its tests.
    pub(super) fn for_one(&self, name: &str) -> Vec<String> {
        let mut arguments = vec![name.to_owned(), "--exact".to_owned(), "--include-ignored".to_owned()];
        arguments.extend(self.is_loud.then(|| "--nocapture".to_owned()));
        arguments.extend(self.rest.iter().cloned());
        arguments
    }

    /// The arguments with which all is run at once.
    pub(super) fn for_all(&self) -> Vec<String> {
        let mut arguments = self.names.clone();
        arguments.extend(self.skip.iter().flat_map(|name| ["--skip".to_owned(), name.clone()]));
        for (is_given, flag) in [
            (self.exact, "--exact"),
            (self.ignored, "--ignored"),
            (self.include_ignored, "--include-ignored"),
            (self.is_loud, "--nocapture"),
        ] {
            arguments.extend(is_given.then(|| flag.to_owned()));
        }
        arguments.extend(self.threads.map(|threads| format!("--test-threads={threads}")));
        arguments.extend(self.rest.iter().cloned());
        arguments
    }

    /// True if tests that are marked as ignored are run.
    pub(super) fn runs_ignored(&self) -> bool {
        self.ignored || self.include_ignored
    }

    /// Tests at a time.
    pub(super) fn threads(&self) -> usize {
        let set = || std::env::var("RUST_TEST_THREADS").ok().and_then(|threads| threads.parse().ok());
        let all = || available_parallelism().map_or(1, NonZero::get);
        self.threads.or_else(set).unwrap_or_else(all).max(1)
    }
}

#[cfg(test)]
mod tests {
    use super::Passed;

    fn read(names: &[&str], arguments: &[&str]) -> Passed {
        let owned = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
        Passed::read(&owned(names), &owned(arguments))
    }

    #[test]
    fn names_are_told_from_values() {
        let passed =
            read(&["a"], &["b", "--skip", "c", "--skip=d", "--test-threads", "3", "--color", "never", "--nocapture"]);
        assert_eq!((passed.names.as_slice(), passed.threads()), (&["a".to_owned(), "b".to_owned()][..], 3));
        assert_eq!(passed.for_list(false), ["a", "b", "--skip", "c", "--skip", "d", "--list", "--format", "terse"]);
        let one = ["x", "--exact", "--include-ignored", "--nocapture", "--color", "never"];
        assert_eq!(passed.for_one("x"), one);
    }
}
