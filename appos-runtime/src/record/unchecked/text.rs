//! What may stand in a statement written by hand. It is placed inside a SELECT of our own, so
//! that nothing but one question fits there; this keeps it from leaving that place.

use crate::record::dialect::Dialect;

/// The statement with its parameters as the database counts them.
///
/// # Errors
/// What is wrong with it, in words.
pub(super) fn enclosed(sql: &str, dialect: Dialect, parameters: usize, most: usize) -> Result<String, String> {
    let sql = sql.trim();
    let word = sql.split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or_default();
    if !["select", "with"].contains(&word.to_ascii_lowercase().as_str()) {
        return Err("it is not a SELECT".to_owned());
    }
    let (text, places) = bound(sql, dialect)?;
    if places != parameters {
        return Err(format!("it has {places} `?` and was given {parameters} parameters"));
    }
    // One row more tells that there are too many.
    Ok(format!("SELECT * FROM ({text}) AS unchecked LIMIT {}", most + 1))
}

/// Reads the text once; answers it with the parameters counted.
fn bound(sql: &str, dialect: Dialect) -> Result<(String, usize), String> {
    let mut text = String::with_capacity(sql.len() + 8);
    let (mut places, mut depth) = (0, 0_usize);
    let (mut before, mut last) = (' ', ' ');
    let mut rest = sql.chars().peekable();
    while let Some(read) = rest.next() {
        let next = rest.peek().copied().unwrap_or(' ');
        text.push(read);
        match (read, next) {
            ('\'' | '"' | '`', _) => {
                if matches!(last, 'e' | 'E') && !is_of_name(before) {
                    return Err("it has a text with escapes, `E'..'`".to_owned());
                }
                // A doubled mark ends the text and begins it anew, which is the same to us.
                let closed = rest.by_ref().any(|inside| {
                    text.push(inside);
                    inside == read
                });
                if !closed {
                    return Err(format!("a {read} is not closed"));
                }
            }
            ('-', '-') | ('/', '*') => return Err("it has a comment".to_owned()),
            (';', _) => return Err("it has a `;`: one statement at a time, and nothing after it".to_owned()),
            ('$', _) | ('?', '0'..='9') => return Err("parameters are written `?`".to_owned()),
            (':' | '@', _) if last != ':' && (next.is_alphabetic() || next == '_') => {
                return Err("parameters are written `?`".to_owned());
            }
            ('\0', _) => return Err("it has a character that cannot be sent".to_owned()),
            ('?', _) => {
                places += 1;
                if dialect == Dialect::Postgres {
                    text.pop();
                    text.push('$');
                    text.push_str(&places.to_string());
                }
            }
            ('(', _) => depth += 1,
            (')', _) => depth = depth.checked_sub(1).ok_or("a `)` closes nothing")?,
            _ => {}
        }
        (before, last) = (last, read);
    }
    if depth > 0 { Err("a `(` is not closed".to_owned()) } else { Ok((text, places)) }
}

fn is_of_name(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

#[cfg(test)]
mod tests {
    use super::enclosed;
    use crate::record::dialect::Dialect;

    #[test]
    fn parameters_are_counted_and_texts_are_left_alone() {
        let sql = " SELECT a, '?;--' AS \"b?\" FROM t WHERE (c = ? OR d::text = ?) AND e = 'it''s ?' ";
        let text = enclosed(sql, Dialect::Postgres, 2, 10).expect("it may be sent");
        let inside = "SELECT a, '?;--' AS \"b?\" FROM t WHERE (c = $1 OR d::text = $2) AND e = 'it''s ?'";
        assert_eq!(text, format!("SELECT * FROM ({inside}) AS unchecked LIMIT 11"));
        let text = enclosed("select ?", Dialect::Sqlite, 1, 10).expect("it may be sent");
        assert_eq!(text, "SELECT * FROM (select ?) AS unchecked LIMIT 11");
    }

    #[test]
    fn what_could_leave_its_place_is_refused() {
        for (sql, said) in [
            ("DELETE FROM t", "not a SELECT"),
            ("PRAGMA query_only = OFF", "not a SELECT"),
            ("selection", "not a SELECT"),
            ("", "not a SELECT"),
            ("SELECT 1; DELETE FROM t", "`;`"),
            ("SELECT 1) AS q", "closes nothing"),
            ("SELECT (1", "not closed"),
            ("SELECT 'a", "not closed"),
            ("SELECT 1 -- a", "comment"),
            ("SELECT 1 /* a */", "comment"),
            ("SELECT E'\\') --'", "escapes"),
            ("SELECT $$a$$", "`?`"),
            ("SELECT $1", "`?`"),
            ("SELECT ?1", "`?`"),
            ("SELECT :name", "`?`"),
            ("SELECT @name", "`?`"),
            ("SELECT ?", "1 `?` and was given 0"),
            ("SELECT '\0', \0", "cannot be sent"),
        ] {
            let refused = enclosed(sql, Dialect::Postgres, 0, 10).expect_err(sql);
            assert!(refused.contains(said), "{sql}: {refused}");
        }
    }
}
