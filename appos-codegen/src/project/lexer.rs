//! Cuts Rust source into words and signs with their lines.
//!
//! Not syn: inside a macro its tokens carry the place of the call instead of lines, and a file
//! that is being typed in does not parse.

/// A word, a sign, or the content of something that holds no items.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    Word(&'a str),
    Sign(char),
    /// A string, character or number.
    Literal,
}

/// All tokens of a file with their lines, from 1. Comments are left out.
pub(super) fn tokens(source: &str) -> Vec<(Token<'_>, usize)> {
    let mut lexer = Lexer { source, position: 0, line: 1 };
    let mut found = Vec::new();
    while let Some(token) = lexer.next_token() {
        found.push(token);
    }
    found
}

struct Lexer<'a> {
    source: &'a str,
    position: usize,
    line: usize,
}

impl<'a> Lexer<'a> {
    fn rest(&self) -> &'a str {
        self.source.get(self.position..).unwrap_or_default()
    }

    fn advance(&mut self, bytes: usize) -> &'a str {
        let end = (self.position + bytes).min(self.source.len());
        let text = self.source.get(self.position..end).unwrap_or_default();
        self.line += text.matches('\n').count();
        self.position = end;
        text
    }

    fn next_token(&mut self) -> Option<(Token<'a>, usize)> {
        loop {
            let rest = self.rest();
            let first = rest.chars().next()?;
            if first.is_whitespace() {
                self.advance(first.len_utf8());
            } else if rest.starts_with("//") {
                self.advance(rest.find('\n').unwrap_or(rest.len()));
            } else if rest.starts_with("/*") {
                self.advance(block_comment(rest));
            } else {
                break;
            }
        }
        let line = self.line;
        let rest = self.rest();
        let first = rest.chars().next()?;
        if let Some(length) = string(rest) {
            self.advance(length);
            return Some((Token::Literal, line));
        }
        if first == '\'' {
            let length = character(rest);
            self.advance(length);
            return Some((Token::Literal, line));
        }
        if first == '_' || first.is_alphanumeric() {
            let word = self.advance(word_length(rest));
            let token =
                if first.is_ascii_digit() { Token::Literal } else { Token::Word(word.trim_start_matches("r#")) };
            return Some((token, line));
        }
        self.advance(first.len_utf8());
        Some((Token::Sign(first), line))
    }
}

fn word_length(rest: &str) -> usize {
    let prefix = if rest.starts_with("r#") { 2 } else { 0 };
    let word = rest.get(prefix..).unwrap_or_default();
    prefix + word.find(|character: char| character != '_' && !character.is_alphanumeric()).unwrap_or(word.len())
}

/// Block comments nest.
fn block_comment(rest: &str) -> usize {
    let mut depth = 0_usize;
    let mut position = 0;
    while let Some(text) = rest.get(position..).filter(|text| !text.is_empty()) {
        if text.starts_with("/*") {
            depth += 1;
            position += 2;
        } else if text.starts_with("*/") {
            depth = depth.saturating_sub(1);
            position += 2;
            if depth == 0 {
                return position;
            }
        } else {
            position += text.chars().next().map_or(1, char::len_utf8);
        }
    }
    rest.len()
}

/// Length of a string literal of any sort at the start of `rest`.
fn string(rest: &str) -> Option<usize> {
    let prefix = ["br", "cr", "b", "c", "r", ""].into_iter().find(|prefix| {
        rest.strip_prefix(prefix).is_some_and(|after| {
            let hashes = after.trim_start_matches('#');
            hashes.starts_with('"') && (prefix.ends_with('r') || hashes.len() == after.len())
        })
    })?;
    let after = rest.get(prefix.len()..)?;
    let hashes = after.len() - after.trim_start_matches('#').len();
    let start = prefix.len() + hashes + 1;
    let body = rest.get(start..)?;
    if prefix.ends_with('r') {
        let end = format!("\"{}", "#".repeat(hashes));
        return Some(body.find(&end).map_or(rest.len(), |at| start + at + end.len()));
    }
    let mut escaped = false;
    for (at, character) in body.char_indices() {
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return Some(start + at + 1),
            _ => {}
        }
    }
    Some(rest.len())
}

/// Length of a character or a lifetime.
fn character(rest: &str) -> usize {
    let mut letters = rest.char_indices().skip(1);
    match (letters.next(), letters.next()) {
        (Some((_, '\\')), Some((after, escaped))) => {
            let from = after + escaped.len_utf8();
            rest.get(from..).and_then(|text| text.find('\'')).map_or(rest.len(), |at| from + at + 1)
        }
        (Some(_), Some((at, '\''))) => at + 1,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::{Token, tokens};

    fn words(source: &str) -> Vec<&str> {
        tokens(source)
            .into_iter()
            .filter_map(|(token, _)| match token {
                Token::Word(word) => Some(word),
                _ => None,
            })
            .collect()
    }

    #[test]
    fn comments_and_literals_hold_no_words() {
        assert_eq!(words("a // b\n/* c /* d */ e */ f \"g\" r#\"h\"i\"# 'j' b\"k\" '\\'' l"), ["a", "f", "l"]);
    }

    #[test]
    fn lifetimes_are_not_characters() {
        assert_eq!(words("fn f<'a>(x: &'a str) {}"), ["fn", "f", "a", "x", "a", "str"]);
    }

    #[test]
    fn lines_are_counted_inside_literals() {
        assert_eq!(tokens("\"a\nb\"\nc").last(), Some(&(Token::Word("c"), 3)));
    }

    #[test]
    fn unfinished_text_ends_with_the_file() {
        assert_eq!(words("a \"b"), ["a"]);
        assert_eq!(words("a /* b"), ["a"]);
        assert_eq!(words("r#type"), ["type"]);
    }
}
