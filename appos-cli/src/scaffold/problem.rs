//! What is wrong with what somebody asks for: all of it at once.

use crate::terminal::Failure;

/// One mistake in the arguments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Problem {
    /// What is wrong, beginning with the argument.
    pub(crate) message: String,
    /// The correct form.
    pub(crate) help: String,
}

impl Problem {
    pub(crate) fn new(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { message: message.into(), help: help.into() }
    }

    /// The same, said of an argument.
    pub(crate) fn of(self, argument: &str) -> Self {
        Self { message: format!("`{argument}`: {}", self.message), help: self.help }
    }
}

/// Keeps the answer, or the mistake for later.
pub(crate) fn kept<T>(answer: Result<T, Problem>, problems: &mut Vec<Problem>) -> Option<T> {
    answer.map_err(|problem| problems.push(problem)).ok()
}

/// Nothing, or a failure that says all of them.
pub(crate) fn refuse(problems: Vec<Problem>) -> Result<(), Failure> {
    let mut problems = problems.into_iter().rev();
    let Some(last) = problems.next() else { return Ok(()) };
    let mut message = last.message;
    for problem in problems {
        message = format!("{}\n  help: {}\nerror: {message}", problem.message, problem.help);
    }
    Err(Failure::usage(message, last.help))
}

#[cfg(test)]
mod tests {
    use super::{Problem, refuse};

    #[test]
    fn all_mistakes_are_said_with_their_ways_out() {
        let problems = vec![Problem::new("one", "first"), Problem::new("no type", "second").of("a:b")];
        let said = refuse(problems).unwrap_err().to_string();
        assert_eq!(said, "one\n  help: first\nerror: `a:b`: no type\n  help: second");
        assert!(refuse(Vec::new()).is_ok());
    }
}
