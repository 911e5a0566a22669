//! Where somebody wanted to go before signing in: a path of this server, and nothing that a browser could
//! take for an address elsewhere.

use percent_encoding::percent_decode_str;

/// Most bytes of a path that is remembered.
const LONGEST: usize = 1024;

/// A path of this server, if the text is one.
pub(in crate::web) fn local_path(text: &str) -> Option<&str> {
    let plain = text.len() <= LONGEST && text.bytes().all(|byte| byte.is_ascii_graphic());
    (plain && is_local(text) && is_local_decoded(text)).then_some(text)
}

/// Encoded twice or more is still what it is: whoever comes next may decode it once more.
fn is_local_decoded(text: &str) -> bool {
    let mut text = text.to_owned();
    for _ in 0..4 {
        let Ok(decoded) = percent_decode_str(&text).decode_utf8() else { return false };
        if decoded == text {
            return true;
        }
        if !is_local(&decoded) {
            return false;
        }
        text = decoded.into_owned();
    }
    false
}

fn is_local(text: &str) -> bool {
    let path = text.split(['?', '#']).next().unwrap_or_default();
    // Browsers read `\` as `/`, leave out line breaks, and take what follows `//` for a host. A dot before
    // it is taken out of the path.
    let climbs = path.split('/').any(|segment| matches!(segment, "." | ".."));
    path.starts_with('/')
        && !path.contains("//")
        && !text.contains('\\')
        && !text.chars().any(char::is_control)
        && !climbs
}

#[cfg(test)]
mod tests {
    use super::local_path;

    #[test]
    fn paths_of_this_server_are_kept() {
        for path in [
            "/",
            "/api/docs/",
            "/a?b=c&d=%20e#f",
            "/api/crm/v1/customers?filter[name]=M%C3%BCller",
            "/login?next=/x//y",
        ] {
            assert_eq!(local_path(path), Some(path));
        }
    }

    #[test]
    fn what_leads_elsewhere_is_not() {
        let long = format!("/{}", "x".repeat(1024));
        for text in [
            "",
            "x",
            "//evil.example",
            "///evil.example",
            "/\\evil.example",
            "\\evil.example",
            "\\\\evil.example",
            "/a\\b",
            "https:evil.example",
            "https://evil.example",
            "javascript:alert(1)",
            "data:text/html,x",
            " //evil.example",
            " /x",
            "/\t/evil.example",
            "/\n/evil.example",
            "\t//evil.example",
            "/\u{0}",
            "/x\r\nSet-Cookie: a=b",
            "/.//evil.example",
            "/a/..//evil.example",
            "/a/../b",
            "/%2fevil.example",
            "/%2Fevil.example",
            "%2f%2fevil.example",
            "/%5cevil.example",
            "/%252fevil.example",
            "/%25252525252fevil.example",
            "/%09/evil.example",
            "/%0d%0aSet-Cookie:a=b",
            "/%2e/%2fevil.example",
            "/%ff",
            "/é",
            "@evil.example",
            "?next=//evil.example",
            "#x",
            long.as_str(),
        ] {
            assert_eq!(local_path(text), None, "{text:?}");
        }
    }
}
