//! What languages are called in themselves: who cannot read a page finds his language all the same.

/// By tag.
const NAMES: [(&str, &str); 46] = [
    ("ar", "العربية"),
    ("bg", "Български"),
    ("bn", "বাংলা"),
    ("bs", "Bosanski"),
    ("ca", "Català"),
    ("cs", "Čeština"),
    ("cy", "Cymraeg"),
    ("da", "Dansk"),
    ("de", "Deutsch"),
    ("el", "Ελληνικά"),
    ("en", "English"),
    ("es", "Español"),
    ("et", "Eesti"),
    ("eu", "Euskara"),
    ("fa", "فارسی"),
    ("fi", "Suomi"),
    ("fr", "Français"),
    ("ga", "Gaeilge"),
    ("he", "עברית"),
    ("hi", "हिन्दी"),
    ("hr", "Hrvatski"),
    ("hu", "Magyar"),
    ("id", "Bahasa Indonesia"),
    ("is", "Íslenska"),
    ("it", "Italiano"),
    ("ja", "日本語"),
    ("ko", "한국어"),
    ("lt", "Lietuvių"),
    ("lv", "Latviešu"),
    ("mk", "Македонски"),
    ("nb", "Norsk bokmål"),
    ("nl", "Nederlands"),
    ("nn", "Norsk nynorsk"),
    ("pl", "Polski"),
    ("pt", "Português"),
    ("ro", "Română"),
    ("ru", "Русский"),
    ("sk", "Slovenčina"),
    ("sl", "Slovenščina"),
    ("sq", "Shqip"),
    ("sr", "Српски"),
    ("sv", "Svenska"),
    ("tr", "Türkçe"),
    ("uk", "Українська"),
    ("vi", "Tiếng Việt"),
    ("zh", "中文"),
];

/// The name of a language in itself, with what the tag says beyond the language: "Français (CA)". A language that
/// is not known here is called by its tag.
pub(crate) fn language_name(tag: &str) -> String {
    let (language, rest) = tag.split_once('-').unwrap_or((tag, ""));
    let Some((_, name)) = NAMES.iter().find(|(known, _)| *known == language) else { return tag.to_owned() };
    if rest.is_empty() { (*name).to_owned() } else { format!("{name} ({rest})") }
}

/// True if the language is written from right to left.
pub(crate) fn is_right_to_left(tag: &str) -> bool {
    let language = tag.split('-').next().unwrap_or_default();
    matches!(language, "ar" | "dv" | "fa" | "he" | "ps" | "sd" | "ug" | "ur" | "yi")
}

#[cfg(test)]
mod tests {
    use super::{is_right_to_left, language_name};

    #[test]
    fn languages_are_called_in_themselves() {
        assert_eq!(
            [language_name("de"), language_name("fr-CA"), language_name("xx")],
            ["Deutsch", "Français (CA)", "xx"]
        );
        assert!(is_right_to_left("ar-EG") && !is_right_to_left("en"));
    }
}
