//! What a file is: its first bytes say so, and its name must agree.

use std::borrow::Cow;

use crate::error::Result;

use super::limits::refused;

/// How much of the beginning of a file tells what it is.
pub(super) const HEAD: usize = 8 << 10;
/// How much of its end can hide another file: the last entry of a ZIP archive with the longest comment.
pub(super) const TAIL: usize = (64 << 10) + 22;

/// A file of which nothing better is known.
const UNKNOWN: &str = "application/octet-stream";

/// Families of types whose files are known by their first bytes: what is named so and is not, is something else.
const KNOWN_BY_CONTENT: [&str; 4] = ["image/", "video/", "audio/", "font/"];
const ALSO_KNOWN: [&str; 8] = [
    "application/pdf",
    "application/zip",
    "application/gzip",
    "application/x-7z-compressed",
    "application/vnd.rar",
    "application/x-msdownload",
    "application/vnd.openxmlformats-officedocument",
    "application/vnd.oasis.opendocument",
];

/// Tells the type of a file from its first bytes and its cleaned name.
///
/// # Errors
/// They do not agree, or the file is two things at once (code `file_refused`).
pub(super) fn kind_of(name: &str, head: &[u8]) -> Result<String> {
    let named: Vec<Cow<'static, str>> = mime_guess::from_path(name).iter_raw().map(Cow::Borrowed).collect();
    let found = match infer::get(head) {
        Some(found) => Some(found.mime_type()),
        None => markup(head),
    };
    let kind = match found {
        Some(found) => agreed(found, &named).ok_or_else(|| differs(name, found))?,
        None if is_text(head) => of_text(&named).ok_or_else(|| differs(name, "text/plain"))?,
        None => of_unknown(&named).ok_or_else(|| differs(name, UNKNOWN))?,
    };
    check_head(&kind, head)?;
    Ok(kind)
}

fn differs(name: &str, found: &str) -> crate::error::AppOsError {
    refused(format!("is called {name}, but its content is {found}"))
}

/// HTML and XML, which browsers run, wherever in the beginning they start.
fn markup(head: &[u8]) -> Option<&'static str> {
    let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    if !text.starts_with(b"<") {
        return None;
    }
    if contains(text, b"<svg") {
        return Some("image/svg+xml");
    }
    let is_html = [&b"<!doctype html"[..], b"<html", b"<script", b"<body", b"<head", b"<iframe"];
    if is_html.iter().any(|word| contains(text, word)) {
        return Some("text/html");
    }
    text.starts_with(b"<?xml").then_some("text/xml")
}

/// True if these bytes have that word somewhere, whatever the case of its letters.
fn contains(bytes: &[u8], word: &[u8]) -> bool {
    bytes.windows(word.len()).any(|window| window.eq_ignore_ascii_case(word))
}

/// The type of what was found, if the name says the same.
fn agreed(found: &str, named: &[Cow<'static, str>]) -> Option<String> {
    if named.iter().any(|named| named == found) {
        return Some(found.to_owned());
    }
    let other = |fits: &dyn Fn(&str) -> bool| named.iter().find(|named| fits(named)).map(ToString::to_string);
    match found {
        // What is an archive inside.
        "application/zip" => other(&|named| {
            named.contains("openxmlformats")
                || named.contains("opendocument")
                || named.ends_with("epub+zip")
                || named == "application/x-zip-compressed"
        }),
        // What is a compound file inside.
        "application/x-ole-storage" => {
            other(&|named| named == "application/msword" || named.starts_with("application/vnd.ms-"))
        }
        "text/xml" | "application/xml" => other(&|named| named.ends_with("xml") && named != "image/svg+xml"),
        // XML in front of the picture.
        "text/html" => other(&|named| named == "application/xhtml+xml"),
        "application/vnd.microsoft.portable-executable" => other(&|named| named == "application/x-msdownload"),
        "audio/x-wav" | "audio/wav" => other(&|named| matches!(named, "audio/wav" | "audio/x-wav" | "audio/wave")),
        "audio/m4a" => other(&|named| matches!(named, "audio/mp4" | "audio/m4a" | "audio/x-m4a")),
        "audio/x-flac" => other(&|named| named == "audio/flac"),
        "video/x-msvideo" | "video/avi" => other(&|named| named.contains("avi") || named == "video/x-msvideo"),
        "image/vnd.microsoft.icon" => other(&|named| named == "image/x-icon"),
        "application/x-tar" | "application/gzip" | "application/x-bzip2" | "application/x-7z-compressed" => {
            other(&|named| named.contains("tar") || named.contains("gzip") || named.contains("bzip"))
        }
        _ => None,
    }
}

/// True if bytes are UTF-8 text; the last character may be cut.
fn is_text(head: &[u8]) -> bool {
    let text = match std::str::from_utf8(head) {
        Ok(text) => text,
        Err(error) if error.error_len().is_none() => {
            let (good, _) = head.split_at(error.valid_up_to());
            std::str::from_utf8(good).unwrap_or_default()
        }
        Err(_) => return false,
    };
    !text.chars().any(|sign| sign.is_control() && !matches!(sign, '\n' | '\r' | '\t' | '\u{c}'))
}

/// The type of a text, by its name; what a browser would run is known by its content.
fn of_text(named: &[Cow<'static, str>]) -> Option<String> {
    let Some(first) = named.first() else { return Some("text/plain".to_owned()) };
    let is_text = first.starts_with("text/")
        || ["json", "xml", "yaml", "toml", "javascript", "sql", "csv", "x-sh", "rtf"]
            .iter()
            .any(|word| first.contains(word));
    if is_text && !first.starts_with("image/") {
        return Some(first.to_string());
    }
    (first == UNKNOWN).then(|| UNKNOWN.to_owned())
}

/// The type of bytes that nobody knows, unless their name says that they would be known.
fn of_unknown(named: &[Cow<'static, str>]) -> Option<String> {
    let is_known = |named: &str| {
        named.starts_with("text/")
            || KNOWN_BY_CONTENT.iter().any(|family| named.starts_with(family))
            || ALSO_KNOWN.iter().any(|known| named.starts_with(known))
    };
    (!named.iter().any(|named| is_known(named))).then(|| UNKNOWN.to_owned())
}

/// Refuses a file whose beginning is that of two.
fn check_head(kind: &str, head: &[u8]) -> Result<()> {
    let first = head.get(..1024.min(head.len())).unwrap_or_default();
    // Readers of PDF look for its beginning in the first KB.
    if kind != "application/pdf" && !kind.starts_with("text/") && contains(first, b"%PDF-") {
        return Err(refused(format!("is {kind}, and a PDF in one")));
    }
    let is_picture = kind.starts_with("image/") && kind != "image/svg+xml";
    if is_picture
        && [&b"<script"[..], b"<html", b"<svg", b"<!doctype", b"<?php"].iter().any(|word| contains(head, word))
    {
        return Err(refused(format!("is {kind}, and a page or program in one")));
    }
    Ok(())
}

/// Refuses a file at whose end an archive lies.
///
/// # Errors
/// So it is (code `file_refused`).
pub(super) fn check_tail(kind: &str, tail: &[u8]) -> Result<()> {
    let may_be_archive = kind.contains("zip")
        || kind.contains("officedocument")
        || kind.contains("opendocument")
        || kind.starts_with("text/")
        || kind == UNKNOWN
        || kind.contains("java-archive")
        || kind == "application/x-msdownload";
    if may_be_archive {
        return Ok(());
    }
    let is_end = |at: usize| {
        let comment = tail.get(at + 20..at + 22).and_then(|length| length.try_into().ok()).map(u16::from_le_bytes);
        comment.is_some_and(|comment| at + 22 + usize::from(comment) == tail.len())
    };
    let mut ends = tail.windows(4).enumerate().filter(|(_, window)| *window == b"PK\x05\x06");
    if ends.any(|(at, _)| is_end(at)) {
        return Err(refused(format!("is {kind}, and an archive in one")));
    }
    Ok(())
}

/// True for what browsers show without running any of it.
pub(crate) fn is_shown(kind: &str) -> bool {
    kind == "application/pdf" || is_picture(kind)
}

/// True for pictures of which small ones are made.
pub(crate) fn is_picture(kind: &str) -> bool {
    ["image/png", "image/jpeg", "image/gif", "image/webp"].contains(&kind)
}

#[cfg(test)]
mod tests {
    use super::{check_tail, kind_of};

    const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";

    #[test]
    fn content_and_name_agree() {
        for (name, head, kind) in [
            ("a.png", PNG, "image/png"),
            ("a.PDF", b"%PDF-1.7\n", "application/pdf"),
            ("a.txt", b"hello\n", "text/plain"),
            ("notes", b"hello\n", "text/plain"),
            ("a.csv", b"a;b\n1;2\n", "text/csv"),
            ("a.json", b"{}", "application/json"),
            (
                "a.docx",
                b"PK\x03\x04rest of an archive",
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            ),
            ("a.bin", b"\x00\x01\x02", "application/octet-stream"),
            ("a.html", b"<!DOCTYPE html><p>", "text/html"),
            ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image/svg+xml"),
        ] {
            assert_eq!(kind_of(name, head).unwrap(), kind, "{name}");
        }
    }

    #[test]
    fn what_is_called_something_else_is_refused() {
        for (name, head) in [
            ("a.png", &b"<!DOCTYPE html><script>alert(1)</script>"[..]),
            ("a.png", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
            ("a.txt", b"  <svg onload='alert(1)'/>"),
            ("a.png", b"MZ\x90\0\x03"),
            ("a.pdf", b"\x7fELF\x02\x01\x01"),
            ("a.pdf", PNG),
            ("a.pdf", b"just text"),
            ("a.txt", b"\x00\x01\x02"),
            ("a.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR<script>alert(1)</script>"),
            ("a.gif", b"GIF89a %PDF-1.4"),
        ] {
            assert_eq!(kind_of(name, head).unwrap_err().code(), "file_refused", "{name}");
        }
    }

    #[test]
    fn an_archive_behind_a_picture_is_found() {
        let mut file = PNG.to_vec();
        file.extend(b"PK\x05\x06");
        file.extend([0; 16]);
        file.extend([3, 0]);
        file.extend(b"abc");
        assert!(check_tail("image/png", &file).is_err());
        assert!(check_tail("application/zip", &file).is_ok());
        assert!(check_tail("image/png", PNG).is_ok());
    }
}
