//! Reads what Rust's test programs print.

/// The results in an output: names, each with its word (`ok`, `FAILED`, `ignored`).
pub(super) fn results(output: &str) -> Vec<(String, String)> {
    let lines = output.lines().filter_map(|line| line.strip_prefix("test ")?.rsplit_once(" ... "));
    // Words may follow, as in `ignored, because it is slow`.
    let word = |rest: &str| rest.split([',', ' ']).next().unwrap_or_default().to_owned();
    lines.map(|(name, rest)| (name.split(" - should panic").next().unwrap_or(name).to_owned(), word(rest))).collect()
}

/// What one test has printed, if it failed.
pub(super) fn output_of<'a>(name: &str, output: &'a str) -> Option<&'a str> {
    let (_, rest) = output.split_once(&format!("---- {name} stdout ----\n"))?;
    let end = ["\n---- ", "\nfailures:\n"].iter().filter_map(|end| rest.find(end)).min().unwrap_or(rest.len());
    Some(rest[..end].trim_end())
}

#[cfg(test)]
mod tests {
    use super::{output_of, results};

    const OUTPUT: &str = "\nrunning 3 tests\ntest a::one ... ok\ntest two - should panic ... FAILED\ntest three ... ignored, slow\n\n\
        failures:\n\n---- two stdout ----\nsaid\nmore\n\n\nfailures:\n    two\n\ntest result: FAILED. 1 passed\n";

    #[test]
    fn results_and_outputs_are_told() {
        let results = results(OUTPUT);
        let results: Vec<_> = results.iter().map(|(name, word)| (&**name, &**word)).collect();
        assert_eq!(results, [("a::one", "ok"), ("two", "FAILED"), ("three", "ignored")]);
        assert_eq!(output_of("two", OUTPUT), Some("said\nmore"));
        assert_eq!(output_of("one", OUTPUT), None);
    }
}
