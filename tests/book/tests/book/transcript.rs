//! Comparing what a page shows with what came: `…` stands for anything in a line, and on a line of its
//! own for any lines. What is another at each run is made the same on both sides.

use std::path::Path;

/// True if the lines are those that the page shows.
pub(crate) fn fits(shown: &str, came: &str) -> bool {
    let shown: Vec<String> = shown.lines().map(without_times).collect();
    let came: Vec<String> = came.lines().map(without_times).collect();
    let shown: Vec<&str> = shown.iter().map(String::as_str).collect();
    let came: Vec<&str> = came.iter().map(String::as_str).collect();
    lines_fit(&shown, &came)
}

/// A line in which moments and durations are all the same, and so are the gaps between columns, which
/// follow them.
fn without_times(line: &str) -> String {
    let line = replaced(line, "####-##-## ##:##:##.###", "moment");
    let line = replaced(&line, "####-##-## ##:##:##", "moment");
    let line = replaced(&line, "hhhhhhhh-hhhh-hhhh", "execution");
    let (indent, rest) = line.split_at(line.len() - line.trim_start().len());
    let mut words: Vec<&str> = Vec::new();
    for word in rest.trim_end().split(' ').filter(|word| !word.is_empty()) {
        let unit = word.trim_end_matches([')', ',']);
        let number = words.last().copied().unwrap_or_default().trim_start_matches(['(', '+']);
        if ["ns", "µs", "ms", "s"].contains(&unit) && number.parse::<f64>().is_ok() {
            words.pop();
            words.push("duration");
        } else {
            words.push(word);
        }
    }
    format!("{indent}{}", words.join(" "))
}

fn lines_fit(shown: &[&str], came: &[&str]) -> bool {
    match (shown.split_first(), came.split_first()) {
        (None, None) => true,
        (Some((first, rest)), _) if first.trim() == "…" => {
            lines_fit(rest, came) || came.split_first().is_some_and(|(_, came)| lines_fit(shown, came))
        }
        (Some((one, shown)), Some((other, came))) => line_fits(one, other) && lines_fit(shown, came),
        _ => false,
    }
}

/// True if a text is the pattern, with anything in the place of each `…`.
pub(crate) fn line_fits(pattern: &str, text: &str) -> bool {
    let Some((start, rest)) = pattern.split_once('…') else { return pattern == text };
    let Some(text) = text.strip_prefix(start) else { return false };
    (0..=text.len()).filter(|at| text.is_char_boundary(*at)).any(|at| line_fits(rest, &text[at..]))
}

/// What cargo and the compiler tell of their progress, and when a graph is made anew.
fn is_progress(line: &str) -> bool {
    let words = [
        "Compiling ",
        "Checking ",
        "Finished ",
        "Running ",
        "Blocking ",
        "Locking ",
        "Updating ",
        "Fresh ",
        "Dirty ",
        "Building ",
        "Adding ",
    ];
    let trimmed = line.trim_start();
    trimmed.len() < line.len() && words.iter().any(|word| trimmed.starts_with(word))
        || line.starts_with("The graph of ")
}

/// Makes what is another at each run the same: names of migrations, ids of executions, moments, ports,
/// tokens, the folder of the project.
pub(crate) fn tidy(text: &str, folder: &Path) -> String {
    let text = text.replace(&format!("{}/", folder.display()), "").replace(&folder.display().to_string(), ".");
    let text = without_places_of_appos(&text);
    let lines = text.lines().filter(|line| !is_progress(line)).map(tidy_line);
    let text = lines.fold(String::new(), |text, line| text + &line + "\n");
    text.trim_matches('\n').to_owned() + if text.trim().is_empty() { "" } else { "\n" }
}

/// Places in the source of AppOS are others on another machine.
fn without_places_of_appos(text: &str) -> String {
    let root = crate::root().display().to_string();
    let mut parts = text.split(&root);
    let mut made = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let end = part.find(|letter: char| letter.is_whitespace() || "\",)".contains(letter)).unwrap_or(part.len());
        made.push('…');
        made.push_str(&part[end..]);
    }
    made
}

/// The name that every migration has on a page.
pub(crate) const STAMP: &str = "m20261125_101500";

fn tidy_line(line: &str) -> String {
    let mut line = replaced(line, "m########_######", STAMP);
    line = replaced(&line, "hhhhhhhh-hhhh-hhhh-hhhh-hhhhhhhhhhhh", "…");
    line = replaced(&line, "####-##-##T##:##:##.######Z", "…");
    line = replaced(&line, "####-##-##T##:##:##Z", "…");
    for (before, after) in [("http://127.0.0.1:", "8080"), ("token=", "…")] {
        if let Some((start, rest)) = line.split_once(before) {
            let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || "-_".contains(c))).unwrap_or(rest.len());
            line = format!("{start}{before}{after}{}", &rest[end..]);
        }
    }
    line.trim_end().to_owned()
}

/// Replaces each part of the form `#` for a digit, `h` for a hexadecimal one.
fn replaced(text: &str, form: &str, by: &str) -> String {
    let is = |letter: char, form: char| match form {
        '#' => letter.is_ascii_digit(),
        'h' => letter.is_ascii_hexdigit(),
        _ => letter == form,
    };
    let mut made = String::new();
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        let length = form.chars().count();
        if rest.chars().count() >= length && rest.chars().zip(form.chars()).all(|(letter, form)| is(letter, form)) {
            made.push_str(by);
            rest = &rest[form.len()..];
        } else {
            made.push(letter);
            rest = &rest[letter.len_utf8()..];
        }
    }
    made
}

#[test]
fn a_page_may_leave_out_what_does_not_matter() {
    for (shown, came) in
        [("a\n", "a\n"), ("a …\n", "a b\n"), ("…\nz\n", "a\nb\nz\n"), ("a\n…\n", "a\n"), ("in 3 ms", "in   1.2 s")]
    {
        assert!(fits(shown, came), "{shown:?} {came:?}");
    }
    for (shown, came) in [("a\n", "b\n"), ("a\n", "a\nb\n"), ("a …", "b c"), ("…\nz", "z\na")] {
        assert!(!fits(shown, came), "{shown:?} {came:?}");
    }
    let tidied = tidy("   Compiling x v1\nwrote m20240101_010203_a\n", Path::new("/none"));
    assert_eq!(tidied, "wrote m20261125_101500_a\n");
}
