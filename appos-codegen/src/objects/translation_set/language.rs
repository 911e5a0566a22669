//! Tags of languages: `en`, `fr-CA`, `zh-Hant`.

/// The languages that have two letters (ISO 639-1).
const TWO_LETTERS: &str = "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv \
     cy da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie \
     ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk \
     ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se \
     sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo \
     xh yi yo za zh zu";

/// Countries that are taken for their languages.
const COUNTRIES: [(&str, &str); 13] = [
    ("at", "de-AT"),
    ("cn", "zh"),
    ("cz", "cs"),
    ("dk", "da"),
    ("gb", "en-GB"),
    ("gr", "el"),
    ("il", "he"),
    ("in", "hi"),
    ("jp", "ja"),
    ("mx", "es-MX"),
    ("ua", "uk"),
    ("us", "en-US"),
    ("vn", "vi"),
];

/// How a tag is written; `Err`: what may be meant, if anything.
pub(super) fn canonical(tag: &str) -> Result<String, Option<&'static str>> {
    let mut parts = tag.split('-');
    let language = parts.next().unwrap_or_default().to_lowercase();
    let is_word = |part: &str| part.bytes().all(|byte| byte.is_ascii_alphabetic());
    let known = match language.len() {
        2 => TWO_LETTERS.split_whitespace().any(|known| known == language),
        3 => is_word(&language),
        _ => false,
    };
    if !known {
        return Err(COUNTRIES.iter().find(|(country, _)| *country == language).map(|(_, language)| *language));
    }
    let mut written = language;
    let (mut script, mut region) = (false, false);
    for part in parts {
        written.push('-');
        match part.len() {
            4 if is_word(part) && !script && !region => {
                script = true;
                let (first, rest) = part.split_at(1);
                written.extend([first.to_uppercase(), rest.to_lowercase()]);
            }
            2 if is_word(part) && !region => {
                region = true;
                written.push_str(&part.to_uppercase());
            }
            3 if part.bytes().all(|byte| byte.is_ascii_digit()) && !region => {
                region = true;
                written.push_str(part);
            }
            _ => return Err(None),
        }
    }
    Ok(written)
}

#[cfg(test)]
mod tests {
    use super::canonical;

    #[test]
    fn tags_have_one_spelling() {
        for tag in ["en", "fr-CA", "zh-Hant-TW", "es-419", "gsw"] {
            assert_eq!(canonical(tag), Ok(tag.to_owned()));
        }
        assert_eq!(canonical("FR-ca"), Ok("fr-CA".to_owned()));
        assert_eq!(canonical("zh-hant"), Ok("zh-Hant".to_owned()));
    }

    #[test]
    fn what_is_no_language_is_told_from_what_is_meant() {
        assert_eq!(canonical("cz"), Err(Some("cs")));
        for tag in ["xx", "english", "e", "en-", "en-USA", "en-US-GB", "fr-CA-Latn"] {
            assert_eq!(canonical(tag), Err(None), "{tag}");
        }
    }
}
