//! The name an author probably meant.

/// The known name that is nearest to `written`, if one is near enough to be a slip.
pub(crate) fn nearest<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    known
        .into_iter()
        .map(|name| (strsim::damerau_levenshtein(written, name), name))
        .filter(|(distance, name)| *distance <= allowed(written.len().max(name.len())))
        // `min_by_key` keeps the first of equals: the order of the list decides, not chance.
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

/// A third of the letters may be wrong; of short words one or two.
fn allowed(length: usize) -> usize {
    (length / 3).max(1)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_slip_finds_its_word() {
        assert_eq!(nearest("vew", ["create", "view", "use"]), Some("view"));
        assert_eq!(nearest("crm_user", ["crm_users", "crm_admins"]), Some("crm_users"));
    }

    #[test]
    fn a_different_word_finds_nothing() {
        assert_eq!(nearest("colour", ["view", "use"]), None);
    }
}
