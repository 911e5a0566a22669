//! Names of files: what is left of what a client says, and how it is written in a header.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// Longest name, in bytes: what file systems take.
const LONGEST: usize = 200;
/// What stands for a name of which nothing is left.
const NAMELESS: &str = "file";

/// A name without folders, without signs that have a meaning anywhere, and not too long.
pub(crate) fn clean(given: &str) -> String {
    let last = given.rsplit(['/', '\\']).next().unwrap_or_default();
    let fits = |sign: char| !sign.is_control() && !"\"<>|:*?\u{7f}".contains(sign) && !is_direction(sign);
    let name: String = last.chars().map(|sign| if fits(sign) { sign } else { '_' }).collect();
    let name = name.trim_matches(|sign: char| sign == '.' || sign.is_whitespace());
    let name = if name.is_empty() { NAMELESS } else { name };
    if name.len() <= LONGEST {
        return name.to_owned();
    }
    let (stem, ending) = name.rsplit_once('.').filter(|(_, ending)| ending.len() <= 16).unwrap_or((name, ""));
    let room = LONGEST.saturating_sub(ending.len() + 1);
    let cut = (0..=room).rev().find(|at| stem.is_char_boundary(*at)).unwrap_or(0);
    let stem = stem.get(..cut).unwrap_or_default();
    if ending.is_empty() { stem.to_owned() } else { format!("{stem}.{ending}") }
}

/// Signs that turn the direction of a text round, and so can hide what a name ends with.
fn is_direction(sign: char) -> bool {
    matches!(sign, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// What RFC 8187 lets stand as it is.
const ATTRIBUTE: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'!')
    .remove(b'#')
    .remove(b'$')
    .remove(b'&')
    .remove(b'+')
    .remove(b'-')
    .remove(b'.')
    .remove(b'^')
    .remove(b'_')
    .remove(b'`')
    .remove(b'|')
    .remove(b'~');

/// The value of `Content-Disposition` (RFC 6266): a name for programs of long ago, and the name.
pub(crate) fn disposition(inline: bool, name: &str) -> String {
    let kind = if inline { "inline" } else { "attachment" };
    let simple: String = name
        .chars()
        .map(|sign| if sign.is_ascii_graphic() && !"\"\\%".contains(sign) || sign == ' ' { sign } else { '_' })
        .collect();
    if simple == name {
        return format!("{kind}; filename=\"{simple}\"");
    }
    format!("{kind}; filename=\"{simple}\"; filename*=UTF-8''{}", utf8_percent_encode(name, ATTRIBUTE))
}

#[cfg(test)]
mod tests {
    use super::{clean, disposition};

    #[test]
    fn nothing_is_left_of_folders_and_signs_with_a_meaning() {
        for (given, cleaned) in [
            ("contract.pdf", "contract.pdf"),
            ("../../etc/passwd", "passwd"),
            ("C:\\Temp\\a.pdf", "a.pdf"),
            ("..", "file"),
            ("", "file"),
            (".htaccess", "htaccess"),
            ("a\r\nSet-Cookie: x.pdf", "a__Set-Cookie_ x.pdf"),
            ("invoice\u{202e}fdp.exe", "invoice_fdp.exe"),
            ("Müller & Söhne.pdf", "Müller & Söhne.pdf"),
        ] {
            assert_eq!(clean(given), cleaned, "{given:?}");
        }
        let long = clean(&format!("{}.pdf", "ü".repeat(500)));
        assert!(long.len() <= 200 && long.rsplit('.').next() == Some("pdf"), "{long}");
    }

    #[test]
    fn a_name_stands_in_a_header_without_meaning_anything_there() {
        assert_eq!(disposition(false, "a.pdf"), "attachment; filename=\"a.pdf\"");
        assert_eq!(disposition(true, "ü.pdf"), "inline; filename=\"_.pdf\"; filename*=UTF-8''%C3%BC.pdf");
        assert_eq!(disposition(false, "a\"b.pdf"), "attachment; filename=\"a_b.pdf\"; filename*=UTF-8''a%22b.pdf");
    }
}
