//! What holds for every page: it is in the list, its links lead somewhere, its blocks are marked, and the
//! commands and settings that its text names exist.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Component, Path, PathBuf};

use appos_runtime::config::settings;
use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use crate::page::{Kind, Page, folder, options, pages};
use crate::root;

#[test]
fn every_page_is_in_the_list_once_and_the_list_names_no_other() {
    let list = fs::read_to_string(folder().join("SUMMARY.md")).expect("SUMMARY.md");
    let mut listed = BTreeSet::new();
    for target in links(&list) {
        let page = target.trim_end_matches(".md").to_owned();
        assert!(listed.insert(page), "SUMMARY.md lists {target} twice");
    }
    let there: BTreeSet<String> = pages().into_iter().map(|page| page.name).collect();
    assert_eq!(listed, there, "on the left what SUMMARY.md lists, on the right the files of docs/src");
}

#[test]
fn every_link_leads_somewhere() {
    let pages = pages();
    let anchors: BTreeMap<PathBuf, BTreeSet<String>> =
        pages.iter().map(|page| (page.path.clone(), anchors(&page.text))).collect();
    let mut broken = Vec::new();
    for page in &pages {
        for link in links(&page.text) {
            if link.starts_with("https://") {
                continue;
            }
            let (file, anchor) = link.split_once('#').map_or((link.as_str(), None), |(file, part)| (file, Some(part)));
            let target =
                if file.is_empty() { page.path.clone() } else { joined(page.path.parent().expect("a folder"), file) };
            let known = anchors.get(&target);
            let good = known.is_some_and(|known| anchor.is_none_or(|anchor| known.contains(anchor)));
            if !good {
                broken.push(format!("docs/src/{}.md: {link}", page.name));
            }
        }
    }
    assert!(broken.is_empty(), "these links lead nowhere: {broken:#?}");
}

#[test]
fn what_other_documents_of_the_repository_link_to_in_the_book_is_there() {
    for document in ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "templates/README.md"] {
        let text = fs::read_to_string(root().join(document)).expect("a document");
        for link in links(&text).into_iter().filter(|link| link.starts_with("docs/")) {
            assert!(root().join(&link).exists(), "{document} links to {link}, which is not there");
        }
    }
}

#[test]
fn every_block_says_what_it_is() {
    let mut wrong = Vec::new();
    for page in pages() {
        for block in &page.blocks {
            let place = page.place(block);
            match block.kind {
                Kind::Other => {
                    wrong.push(format!("{place}: `{}` is none of rust, yaml, toml, console, http, text", block.info));
                }
                Kind::Text if is_code(&block.text) => {
                    wrong.push(format!("{place}: this is code or a command, so it has to run: rust, console, ..."));
                }
                Kind::Toml if block.file().is_none_or(|file| !file.ends_with("Cargo.toml")) => {
                    wrong.push(format!("{place}: say which Cargo.toml it is, as a comment in the first line"));
                }
                _ => {}
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// True for a text that somebody might type: Rust or a command.
fn is_code(text: &str) -> bool {
    let rust = ["#[record", "#[expression_rule", "#[constant", "#[choices", "fn main()", "async fn ", ".await"];
    text.lines().any(|line| line.starts_with("$ ") || rust.iter().any(|part| line.contains(part)))
}

#[test]
fn every_page_begins_with_what_it_is_for() {
    let mut silent = Vec::new();
    for page in pages() {
        let mut lines = page.text.lines().filter(|line| !line.is_empty() && !line.starts_with("<!--"));
        let (title, first) = (lines.next().unwrap_or_default(), lines.next().unwrap_or_default());
        let is_prose = first.starts_with(|first: char| first.is_alphabetic() || "`[*#!".contains(first));
        if !title.starts_with("# ") || !is_prose || first.starts_with("##") {
            silent.push(page.name);
        }
    }
    assert!(silent.is_empty(), "these pages do not begin with a title and a sentence: {silent:?}");
}

#[test]
fn commands_and_settings_that_the_text_names_exist() {
    let mut root = appos_cli::reference::command_line();
    root.build();
    let paths: Vec<&str> = settings().iter().map(|setting| setting.path).collect();
    let sections: BTreeSet<&str> =
        paths.iter().filter_map(|path| path.split_once('.').map(|(first, _)| first)).collect();
    let mut wrong = Vec::new();
    for page in pages() {
        for code in inline(&page) {
            if let Some(line) = code.strip_prefix("cargo appos ") {
                wrong.extend(unknown(&root, line).map(|word| format!("{}: `{code}` has no `{word}`", page.name)));
            } else if let Some((first, _)) = code.split_once('.')
                && sections.contains(first)
                && code.chars().all(|letter| letter.is_ascii_lowercase() || "._".contains(letter))
                && !paths.iter().any(|path| *path == code || path.starts_with(&format!("{code}.")))
                && !KNOWN_ELSEWHERE.contains(&code.as_str())
            {
                wrong.push(format!("{}: there is no setting `{code}`", page.name));
            } else if code.starts_with("APPOS__")
                && !settings().iter().flat_map(|setting| &setting.variables).any(|name| {
                    let written = code.split('=').next().unwrap_or_default();
                    // With `_FILE` behind it, it is read from a file.
                    *name == written || *name == written.trim_end_matches("_FILE")
                })
                && code != "APPOS__SECTION__KEY"
                // Below their apps and names: which there are the program knows.
                && !code.starts_with("APPOS__CONNECTED_SYSTEMS__")
            {
                wrong.push(format!("{}: there is no variable `{code}`", page.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Names that look like settings and are none.
const KNOWN_ELSEWHERE: [&str; 4] =
    ["server.key", "security.defaults", "security.defaults.logic", "security.defaults.ui"];

/// The first word of a command line that its command does not take.
fn unknown(root: &clap::Command, line: &str) -> Option<String> {
    let mut command = root;
    for word in line.split_whitespace() {
        if word.starts_with("--") {
            let name = word.trim_start_matches("--").split('=').next().unwrap_or_default();
            let known = command.get_arguments().any(|argument| argument.get_long() == Some(name)) || name.is_empty();
            if !known {
                return Some(word.to_owned());
            }
            if name.is_empty() {
                return None;
            }
        } else if let Some(below) = command.find_subcommand(word) {
            command = below;
        } else if std::ptr::eq(command, root) {
            return Some(word.to_owned());
        }
    }
    None
}

/// The parts of a page between backticks.
fn inline(page: &Page) -> Vec<String> {
    let events = Parser::new_ext(&page.text, options());
    events.filter_map(|event| if let Event::Code(code) = event { Some(code.to_string()) } else { None }).collect()
}

fn links(text: &str) -> Vec<String> {
    let events = Parser::new_ext(text, options());
    events
        .filter_map(|event| match event {
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => Some(dest_url.to_string()),
            _ => None,
        })
        .collect()
}

/// The anchors of the headings, as mdBook makes them.
fn anchors(text: &str) -> BTreeSet<String> {
    let mut found: BTreeSet<String> = BTreeSet::new();
    let mut heading: Option<String> = None;
    for event in Parser::new_ext(text, options()) {
        match event {
            Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
            Event::Text(text) | Event::Code(text) => {
                if let Some(heading) = &mut heading {
                    heading.push_str(&text);
                }
            }
            Event::End(TagEnd::Heading(_)) => {
                let text = heading.take().unwrap_or_default();
                let anchor: String = text
                    .trim()
                    .chars()
                    .filter_map(|letter| match letter {
                        ' ' => Some('-'),
                        letter if letter.is_alphanumeric() || "-_".contains(letter) => {
                            Some(letter.to_ascii_lowercase())
                        }
                        _ => None,
                    })
                    .collect();
                let mut unique = anchor.clone();
                for number in 1.. {
                    if found.insert(unique.clone()) {
                        break;
                    }
                    unique = format!("{anchor}-{number}");
                }
            }
            _ => {}
        }
    }
    found
}

/// `a/b` and `../c.md` make `a/c.md`.
fn joined(folder: &Path, file: &str) -> PathBuf {
    let mut path = folder.to_owned();
    for part in Path::new(file).components() {
        match part {
            Component::ParentDir => drop(path.pop()),
            Component::Normal(name) => path.push(name),
            _ => {}
        }
    }
    path
}
