//! The platform's own texts: the words of the screens it makes itself, in English, German and French.
//!
//! A text is a function: `own::actions::save()`, `own::lists::selected(3)`. Its language is that of the
//! running call. To add one, write it in the file whose subject it has, in all three languages: a text that
//! lacks one does not compile, nor does a call that names another parameter.

mod define;

pub(crate) mod actions;
pub(crate) mod admin;
pub(crate) mod caught_mail;
pub(crate) mod components;
pub(crate) mod details;
pub(crate) mod documents;
pub(crate) mod forms;
pub(crate) mod history;
pub(crate) mod imports;
pub(crate) mod link_mail;
pub(crate) mod lists;
pub(crate) mod monitoring;
pub(crate) mod operations;
pub(crate) mod problems;
pub(crate) mod processes;
pub(crate) mod settings;
pub(crate) mod shell;
pub(crate) mod sign_in;
pub(crate) mod states;
pub(crate) mod systems;
pub(crate) mod tasks;
pub(crate) mod times;

use crate::codegen_support::{ArgumentReader, dispatch_translations, to_json};
use crate::platform::APP;
use crate::registry::{
    ObjectDescriptor, ObjectDetail, ObjectKind, PermissionLists, Registration, TextDescriptor, TranslationSetDescriptor,
};
use crate::security::SYSTEM_ADMIN;

/// Every text, by file.
const ALL: &[&[TextDescriptor]] = &[
    actions::TEXTS,
    admin::TEXTS,
    caught_mail::TEXTS,
    components::TEXTS,
    details::TEXTS,
    documents::TEXTS,
    forms::TEXTS,
    history::TEXTS,
    imports::TEXTS,
    link_mail::TEXTS,
    lists::TEXTS,
    monitoring::TEXTS,
    operations::TEXTS,
    problems::TEXTS,
    processes::TEXTS,
    settings::TEXTS,
    shell::TEXTS,
    sign_in::TEXTS,
    states::TEXTS,
    systems::TEXTS,
    tasks::TEXTS,
    times::TEXTS,
];

const COUNT: usize = {
    let (mut count, mut file) = (0, 0);
    while file < ALL.len() {
        count += ALL[file].len();
        file += 1;
    }
    count
};

/// Every text.
static TEXTS: [TextDescriptor; COUNT] = {
    let mut texts = [ALL[0][0]; COUNT];
    let (mut count, mut file) = (0, 0);
    while file < ALL.len() {
        let mut place = 0;
        while place < ALL[file].len() {
            texts[count] = ALL[file][place];
            (count, place) = (count + 1, place + 1);
        }
        file += 1;
    }
    texts
};

static SET: TranslationSetDescriptor = TranslationSetDescriptor {
    texts: &TEXTS,
    invoke: |arguments| {
        Box::pin(async move {
            ArgumentReader::new(arguments, &[])?.finish()?;
            to_json(dispatch_translations(&OBJECT).await?)
        })
    },
};

/// The set to which the texts belong.
static OBJECT: ObjectDescriptor = ObjectDescriptor {
    reference: "platform.translations.screens",
    kind: ObjectKind::TranslationSet,
    app: APP,
    name: "screens",
    module: module_path!(),
    file: file!(),
    line: line!(),
    description: "Words of the screens that the platform makes.",
    permissions: PermissionLists { view: Some(&[SYSTEM_ADMIN]), use_: Some(&[SYSTEM_ADMIN]), ..PermissionLists::NONE },
    detail: ObjectDetail::TranslationSet(&SET),
    ..ObjectDescriptor::NONE
};
inventory::submit! { Registration(&OBJECT) }

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::wording::{Part, parts};
    use super::ALL;
    use crate::registry::Wording;

    #[test]
    fn every_translation_names_the_parameters_of_its_text() {
        for text in ALL.iter().copied().flatten() {
            let declared: BTreeSet<&str> = text.parameters.iter().copied().collect();
            for (language, wording) in text.translations {
                let forms: Vec<&str> = match wording {
                    Wording::Plain(text) => vec![*text],
                    Wording::Plural(forms) => forms.iter().map(|(_, text)| *text).collect(),
                };
                for form in forms {
                    let used = parts(form).into_iter().filter_map(|part| match part {
                        Part::Parameter(name) => Some(name),
                        Part::Text(_) => None,
                    });
                    let mut used: BTreeSet<&str> = used.collect();
                    // "One row" needs no number.
                    if matches!(wording, Wording::Plural(_)) {
                        used.insert("count");
                    }
                    assert_eq!(used, declared, "{} in {language}: {form}", text.key);
                }
            }
        }
    }

    #[test]
    fn keys_are_unique() {
        let mut seen = BTreeSet::new();
        for text in ALL.iter().copied().flatten() {
            assert!(seen.insert(text.key), "{} twice", text.key);
        }
        assert!(seen.len() > 50);
    }
}
