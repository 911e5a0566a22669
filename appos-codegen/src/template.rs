//! What stands in a text: words, and parameters in braces.

/// A part of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Parameter(String),
    /// A brace that neither opens nor closes a parameter.
    Lone(char),
}

/// The parameters of a text, and what is wrong with its braces, in order.
pub(crate) fn parts(text: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '{' | '}' if letters.peek() == Some(&letter) => {
                letters.next();
            }
            '}' => parts.push(Part::Lone('}')),
            '{' => {
                let mut name = String::new();
                let mut closed = false;
                for letter in letters.by_ref() {
                    if letter == '}' {
                        closed = true;
                        break;
                    }
                    name.push(letter);
                }
                parts.push(if closed { Part::Parameter(name.trim().to_owned()) } else { Part::Lone('{') });
            }
            _ => {}
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::{Part, parts};

    #[test]
    fn parameters_stand_in_braces() {
        let parameter = |name: &str| Part::Parameter(name.to_owned());
        assert_eq!(parts("Hello {name}, {{not}} { count }"), [parameter("name"), parameter("count")]);
        assert_eq!(parts("a } b {c"), [Part::Lone('}'), Part::Lone('{')]);
        assert_eq!(parts("{}"), [parameter("")]);
    }
}
