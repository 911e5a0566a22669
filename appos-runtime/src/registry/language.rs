//! Tags of languages: `en`, `fr-CA`, `zh-Hant`.

/// The one spelling of a tag; `None`: it cannot be one.
pub fn canonical_tag(tag: &str) -> Option<String> {
    let mut parts = tag.split(['-', '_']);
    let is_word = |part: &str| part.bytes().all(|byte| byte.is_ascii_alphabetic());
    let language = parts.next().filter(|part| (2..=3).contains(&part.len()) && is_word(part))?;
    let mut written = language.to_ascii_lowercase();
    let (mut script, mut region) = (false, false);
    for part in parts {
        written.push('-');
        match part.len() {
            4 if is_word(part) && !script && !region => {
                script = true;
                let (first, rest) = part.split_at(1);
                written.push_str(&first.to_ascii_uppercase());
                written.push_str(&rest.to_ascii_lowercase());
            }
            2 if is_word(part) && !region => {
                region = true;
                written.push_str(&part.to_ascii_uppercase());
            }
            3 if part.bytes().all(|byte| byte.is_ascii_digit()) && !region => {
                region = true;
                written.push_str(part);
            }
            _ => return None,
        }
    }
    Some(written)
}

#[cfg(test)]
mod tests {
    use super::canonical_tag;

    #[test]
    fn tags_have_one_spelling() {
        for (written, tag) in [("EN", "en"), ("fr-ca", "fr-CA"), ("zh_hant_tw", "zh-Hant-TW"), ("es-419", "es-419")] {
            assert_eq!(canonical_tag(written).as_deref(), Some(tag));
        }
        for text in ["", "e", "*", "english", "en-", "en-x-y", "en-US-GB", "é1", "en-éé", "dé", "fr-CA-Latn"] {
            assert_eq!(canonical_tag(text), None, "{text}");
        }
    }
}
