//! The pages of the book, as of this build, and the pages of findings; and how sections of them are found.

use std::collections::HashMap;
use std::sync::LazyLock;

use include_dir::{Dir, include_dir};
use serde::Serialize;

use super::refusal::Refused;
use crate::check::ALL;
use crate::terminal::nearest;

static BOOK: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/book");

/// Most bytes of a section that are shown when it is found.
const SHOWN: usize = 1_500;

/// A page.
#[derive(Clone, Copy)]
pub(super) struct Page {
    /// Such as `concepts/security.md`.
    pub(super) path: &'static str,
    pub(super) title: &'static str,
    pub(super) text: &'static str,
}

/// A section that was found.
#[derive(Debug, Serialize)]
pub(super) struct Found {
    /// Page on which it stands.
    path: &'static str,
    page: &'static str,
    heading: &'static str,
    text: String,
}

struct Section {
    page: Page,
    heading: &'static str,
    text: &'static str,
    /// How often each word stands in it; those of its headings count more.
    words: HashMap<String, f64>,
    length: f64,
}

static PAGES: LazyLock<Vec<Page>> = LazyLock::new(|| {
    let mut pages = Vec::new();
    let mut open = vec![&BOOK];
    while let Some(folder) = open.pop() {
        open.extend(folder.dirs());
        pages.extend(folder.files().filter_map(|file| {
            let (path, text) = (file.path().to_str()?, file.contents_utf8()?);
            let is_page = file.path().extension().is_some_and(|extension| extension == "md");
            let title = text.lines().find_map(|line| line.strip_prefix("# ")).unwrap_or(path);
            (is_page && path != "SUMMARY.md").then_some(Page { path, title, text })
        }));
    }
    pages.extend(ALL.iter().map(|code| Page { path: code.name, title: code.title, text: code.page }));
    pages.sort_by_key(|page| page.path);
    pages
});

static SECTIONS: LazyLock<Vec<Section>> = LazyLock::new(|| PAGES.iter().flat_map(|page| sections(*page)).collect());

/// All pages.
pub(super) fn pages() -> &'static [Page] {
    &PAGES
}

/// The page at a path, or of a finding's code.
///
/// # Errors
/// There is none.
pub(super) fn page(path: &str) -> Result<Page, Refused> {
    let wanted = path.trim_start_matches('/');
    PAGES.iter().find(|page| page.path.eq_ignore_ascii_case(wanted)).copied().ok_or_else(|| {
        let help = nearest(wanted, PAGES.iter().map(|page| page.path));
        let help = help.map_or_else(|| "search for it with `query`".to_owned(), |near| format!("is it `{near}`?"));
        Refused::new("not_found", format!("there is no page `{}`", crate::escape::escaped(wanted)), help)
    })
}

/// A page in its parts, each below a heading.
fn sections(page: Page) -> Vec<Section> {
    let (mut begins, mut is_code) = (vec![0], false);
    let mut at = 0;
    for line in page.text.split_inclusive('\n') {
        is_code ^= line.starts_with("```");
        if !is_code && at > 0 && line.starts_with('#') {
            begins.push(at);
        }
        at += line.len();
    }
    begins.push(page.text.len());
    let parts = begins.windows(2).filter_map(|bounds| page.text.get(bounds[0]..bounds[1]));
    let parts = parts.filter(|text| !text.trim().is_empty());
    parts
        .map(|text| {
            let heading = text.lines().next().filter(|line| line.starts_with('#'));
            let heading = heading.map_or(page.title, |line| line.trim_start_matches('#').trim());
            let mut words = HashMap::new();
            let mut length = 0.0;
            for (text, weight) in [(text, 1.0), (heading, 3.0), (page.title, 2.0), (page.path, 2.0)] {
                for word in words_of(text) {
                    *words.entry(word).or_insert(0.0) += weight;
                    length += 1.0;
                }
            }
            Section { page, heading, text, words, length }
        })
        .collect()
}

/// Words in small letters. What stands in code is one word with its signs, and its parts are words, too.
fn words_of(text: &str) -> impl Iterator<Item = String> {
    let words = text.split(|sign: char| !sign.is_alphanumeric() && sign != '_');
    words.filter(|word| !word.is_empty()).flat_map(|word| {
        let word = word.to_lowercase();
        let parts: Vec<String> =
            if word.contains('_') { word.split('_').map(|part| stem(part).to_owned()).collect() } else { Vec::new() };
        let whole = stem(&word).to_owned();
        parts.into_iter().filter(|part| !part.is_empty()).chain([whole])
    })
}

/// A word without the ending of a plural.
fn stem(word: &str) -> &str {
    if word.len() > 3 && !word.ends_with("ss") { word.strip_suffix('s').unwrap_or(word) } else { word }
}

/// The sections that have the words of a question, the best first (BM25).
pub(super) fn search(query: &str, most: usize) -> Vec<Found> {
    let mut words: Vec<String> = words_of(query).collect();
    words.sort();
    words.dedup();
    let all = f64::from(u32::try_from(SECTIONS.len()).unwrap_or(u32::MAX));
    let average = SECTIONS.iter().map(|section| section.length).sum::<f64>() / all.max(1.0);
    let rarity = |word: &String| {
        let having = SECTIONS.iter().filter(|section| section.words.contains_key(word)).count();
        let having = f64::from(u32::try_from(having).unwrap_or(u32::MAX));
        ((all - having + 0.5) / (having + 0.5) + 1.0).ln()
    };
    let words: Vec<(String, f64)> = words.into_iter().map(|word| (rarity(&word), word)).map(|(n, w)| (w, n)).collect();
    let score = |section: &Section| -> f64 {
        let of = |(word, rarity): &(String, f64)| {
            let number = section.words.get(word).copied().unwrap_or_default();
            rarity * number * 2.2 / (number + 1.2 * (0.25 + 0.75 * section.length / average))
        };
        words.iter().map(of).sum()
    };
    let mut found: Vec<(f64, &Section)> = SECTIONS.iter().map(|section| (score(section), section)).collect();
    found.retain(|(score, _)| *score > 0.0);
    found.sort_by(|one, other| other.0.total_cmp(&one.0));
    found.into_iter().take(most).map(|(_, section)| section.found()).collect()
}

impl Section {
    fn found(&self) -> Found {
        let end = (0..=SHOWN.min(self.text.len())).rev().find(|at| self.text.is_char_boundary(*at)).unwrap_or(0);
        let more = if end < self.text.len() { "…" } else { "" };
        let text = format!("{}{more}", &self.text[..end]);
        Found { path: self.page.path, page: self.page.title, heading: self.heading, text }
    }
}

#[cfg(test)]
mod tests {
    use super::{page, pages, search};

    #[test]
    fn the_book_is_in_the_program_and_is_found_by_its_words() {
        assert!(pages().len() > 60, "{}", pages().len());
        assert!(page("concepts/security.md").unwrap().text.starts_with("# "));
        assert_eq!(page("a0007").unwrap().path, "A0007");
        let refused = page("concepts/securty.md").err().unwrap();
        assert_eq!(refused.help, "is it `concepts/security.md`?");
        for (query, path) in [
            ("hide a field from most people", "cookbook/field-permission.md"),
            ("record has no display field", "A0007"),
            ("retention of log files", "concepts/executions.md"),
        ] {
            let found = search(query, 3);
            assert!(found.iter().any(|section| section.path == path), "{query}: {found:#?}");
        }
        assert!(search("xyzzyplugh", 3).is_empty());
    }
}
