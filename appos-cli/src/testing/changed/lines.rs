//! From changed lines to what stands there.

use std::collections::BTreeSet;

use super::files::Hunk;
use crate::impact::Outline;

/// Words that begin an item.
const ITEMS: [&str; 12] =
    ["fn", "struct", "enum", "const", "static", "type", "trait", "impl", "mod", "use", "union", "macro_rules"];

/// The items of a file that have changed; `None` if something has that is in no item.
pub(super) fn changed_items(outline: &Outline, hunks: &[Hunk]) -> Option<BTreeSet<usize>> {
    let mut found = BTreeSet::new();
    for hunk in hunks {
        // What is gone may have been used by name; what took its place has the same name, or is something else.
        if !begun(&hunk.removed).is_subset(&begun(&hunk.added)) {
            return None;
        }
        let at = |line: usize| {
            let items = outline.items().iter().enumerate();
            let around = items.filter(|(_, item)| item.lines().0 <= line && line <= item.lines().1);
            around.map(|(place, _)| place).collect::<BTreeSet<_>>()
        };
        if hunk.added.is_empty() {
            // Between two lines of one item, or not in one.
            let both: BTreeSet<usize> = at(hunk.first).intersection(&at(hunk.first + 1)).copied().collect();
            if both.is_empty() && !hunk.removed.iter().all(|line| is_silent(line)) {
                return None;
            }
            found.extend(both);
        }
        for (place, text) in hunk.added.iter().enumerate() {
            let here = at(hunk.first + place);
            if here.is_empty() && !is_silent(text) {
                return None;
            }
            found.extend(here);
        }
    }
    Some(found)
}

/// Says nothing to the compiler.
fn is_silent(line: &str) -> bool {
    let line = line.trim();
    line.is_empty() || (line.starts_with("//") && !line.starts_with("///") && !line.starts_with("//!"))
        // Documentation matters to its examples alone, which are run anyway.
        || ((line.starts_with("///") || line.starts_with("//!")) && !line.contains("```"))
}

/// Kinds and names of the items that begin in these lines.
fn begun(lines: &[String]) -> BTreeSet<(String, String)> {
    let mut found = BTreeSet::new();
    for line in lines {
        let words: Vec<&str> =
            line.split(|sign: char| !(sign.is_alphanumeric() || sign == '_')).filter(|word| !word.is_empty()).collect();
        let is_before = |word: &&str| ["pub", "crate", "super", "async", "unsafe", "extern", "in"].contains(word);
        let begin = words.iter().position(|word| !is_before(word));
        let Some((kind, rest)) = begin.and_then(|begin| words[begin..].split_first()) else { continue };
        if ITEMS.contains(kind) {
            // Of an import all of it is its name.
            let name = if *kind == "use" || *kind == "impl" {
                rest.join(" ")
            } else {
                rest.first().map(|name| (*name).to_owned()).unwrap_or_default()
            };
            found.insert(((*kind).to_owned(), name));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::files::Hunk;
    use super::changed_items;
    use crate::impact::Outline;

    const FILE: &str = "use a::b;\n\nfn one() {\n    1;\n}\n\n// between\nfn two() {\n    2;\n    22;\n}\n";

    fn changed(first: usize, removed: &[&str], added: &[&str]) -> Option<Vec<usize>> {
        let outline = Outline::read(FILE).expect("it is Rust");
        let own = |lines: &[&str]| lines.iter().map(|line| (*line).to_owned()).collect();
        let items = changed_items(&outline, &[Hunk { first, removed: own(removed), added: own(added) }]);
        items.map(|items| items.into_iter().collect())
    }

    #[test]
    fn lines_of_an_item_are_the_items() {
        assert_eq!(changed(4, &["    0;"], &["    1;"]), Some(vec![0]));
        assert_eq!(changed(9, &["    x;"], &[]), Some(vec![1]), "gone from within");
        assert_eq!(changed(4, &["    0;", "}"], &["    1;", "}", "", "// between", "fn two() {"]), Some(vec![0, 1]));
        assert_eq!(changed(7, &["// was"], &["// between"]), Some(vec![]), "a comment");
    }

    #[test]
    fn lines_of_no_item_may_concern_all() {
        assert_eq!(changed(1, &["use a::c;"], &["use a::b;"]), None);
        assert_eq!(changed(6, &["fn gone() {}"], &[]), None);
        assert_eq!(changed(4, &["    0;", "}", "fn gone() {"], &["    1;"]), None, "it was called by its name");
        assert_eq!(changed(3, &["fn one(x: u8) {"], &["fn one() {"]), Some(vec![0]), "another signature");
    }
}
