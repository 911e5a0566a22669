//! Which language a text is told in: tags, and where to look when one lacks a text.

use std::sync::Arc;

use crate::state::Ctx;

/// The language of last resort: what a text is told in when there is no better one.
pub(crate) const LAST: &str = "en";

/// The language of the running call; outside of any, the one of last resort.
pub(crate) fn current() -> Arc<str> {
    Ctx::current().map_or_else(|| Arc::from(LAST), |ctx| Arc::clone(&ctx.language))
}

/// The languages in which a text is looked for, best first: `fr-CA`, `fr`, `en`.
pub(crate) fn fallbacks(language: &str) -> impl Iterator<Item = &str> {
    let last = (language != LAST && !language.starts_with("en-")).then_some(LAST);
    std::iter::successors(Some(language), |tag| shorter(tag)).chain(last)
}

/// The tag without its last part.
fn shorter(tag: &str) -> Option<&str> {
    tag.rsplit_once('-').map(|(shorter, _)| shorter)
}

#[cfg(test)]
mod tests {
    use super::fallbacks;

    #[test]
    fn a_region_falls_back_to_its_language_and_that_to_english() {
        assert_eq!(fallbacks("fr-CA").collect::<Vec<_>>(), ["fr-CA", "fr", "en"]);
        assert_eq!(fallbacks("zh-Hant-TW").collect::<Vec<_>>(), ["zh-Hant-TW", "zh-Hant", "zh", "en"]);
        assert_eq!(fallbacks("en-GB").collect::<Vec<_>>(), ["en-GB", "en"]);
        assert_eq!(fallbacks("en").collect::<Vec<_>>(), ["en"]);
        assert_eq!(fallbacks("").collect::<Vec<_>>(), ["", "en"]);
    }
}
