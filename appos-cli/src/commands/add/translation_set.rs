//! `cargo appos add translation_set`.

use appos_codegen::ObjectKind;
use appos_codegen::naming::label;
use clap::Args;

use super::object::{Place, list};
use super::report::Manner;
use super::screen::quoted;
use crate::scaffold::problem::{Problem, kept, refuse};
use crate::scaffold::words;
use crate::terminal::{Failure, Terminal};

/// Arguments of `cargo appos add translation_set`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo appos add translation_set crm labels 'customers=Customers' 'welcome=Welcome, {name}!'
  cargo appos add translation_set crm wording 'kunden=Kunden' --language de

Texts are written KEY=TEXT; what stands in braces is a parameter. Other languages are added in the file, beside the first.")]
pub(super) struct TranslationSet {
    /// The app that gets it
    app: String,
    /// Its name: `labels`
    name: String,
    /// Its texts
    #[arg(value_name = "TEXT")]
    texts: Vec<String>,
    /// The language of the texts
    #[arg(long, value_name = "LANGUAGE", default_value = "en")]
    language: String,
    /// What it is for, in a line
    #[arg(long, value_name = "TEXT")]
    description: Option<String>,
    /// Groups that may read it as a whole; those that the app lacks are added to it
    #[arg(long, value_name = "GROUP", value_delimiter = ',')]
    group: Vec<String>,
    #[command(flatten)]
    manner: Manner,
}

impl TranslationSet {
    pub(super) fn run(self, terminal: Terminal) -> Result<(), Failure> {
        let mut place = Place::find(&self.manner, &self.app)?;
        let mut problems = Vec::new();
        if let Some(()) = kept(words::function_name("set", &self.name), &mut problems) {
            place.check_object(ObjectKind::TranslationSet, &self.name, &mut problems);
        }
        place.add_groups(&self.group, &mut problems);
        let description = self.description.clone().unwrap_or_else(|| label(&self.name));
        let description = kept(words::description(&description), &mut problems).unwrap_or_default();
        let texts = self.read_texts(&mut problems);
        refuse(problems)?;
        let keys = list("use", &self.group).map(|list| format!("({list})")).unwrap_or_default();
        let values = [("name", self.name.as_str()), ("description", &description), ("keys", &keys), ("texts", &texts)];
        let edits = place.edits("objects/translation_set", "translations", &self.name, &values)?;
        let reference = format!("{}.translations.{}", self.app, self.name);
        place.finish(terminal, &self.manner, "translation_set", Some(&reference), edits)
    }

    /// The texts as they are written; a set that is empty would not compile.
    fn read_texts(&self, problems: &mut Vec<Problem>) -> String {
        let mut found: Vec<(&str, &str)> = Vec::new();
        for argument in &self.texts {
            match argument.split_once('=').map(|(key, text)| (key.trim(), text)) {
                Some((key, _)) if found.iter().any(|(other, _)| *other == key) => {
                    problems
                        .push(Problem::new(format!("there is a text `{key}` already"), "write it once").of(argument));
                }
                Some((key, text)) if is_key(key) && !text.trim().is_empty() => found.push((key, text)),
                Some((key, text)) if is_key(key) => {
                    let help = format!("write `{key}=Customers`");
                    problems.push(Problem::new(format!("the text `{key}` is empty: `{text}`"), help).of(argument));
                }
                _ => {
                    let help = "write `customers=Customers`";
                    problems.push(Problem::new("a text has a key in small letters, and words", help).of(argument));
                }
            }
        }
        if found.is_empty() {
            found.push(("hello", "Hello, {name}!"));
        }
        let is_tag =
            !self.language.is_empty() && self.language.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        if !is_tag {
            let problem = Problem::new(format!("`{}` is no tag of a language", self.language), "write `de` or `fr-CA`");
            problems.push(problem.of("--language"));
        }
        // Whether a tag is one that is known is told by what the compiler would say of the file.
        let written =
            |(key, text): &(&str, &str)| format!("        {key}: {{ {}: {} }},\n", self.language, quoted(text));
        found.iter().map(written).collect()
    }
}

/// `customers`, `records.customer.plural`.
fn is_key(key: &str) -> bool {
    let is_word = |word: &str| {
        word.starts_with(|first: char| first.is_ascii_lowercase())
            && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
    };
    key.split('.').all(is_word)
}
