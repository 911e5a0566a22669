//! So many calls in a time.

use syn::Expr;

use super::error::{written_as_expression, wrong};
use super::text::Text;

/// `"100/min"`; at least one call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Rate {
    /// The calls.
    pub(crate) calls: u32,
    /// The time in which they come back.
    pub(crate) milliseconds: u64,
}

impl Rate {
    const TAKES: &'static str = "takes a number of calls in a time in quotes";

    /// As the settings of the platform write it: `100/60000ms`.
    pub(crate) fn text(self) -> String {
        format!("{}/{}ms", self.calls, self.milliseconds)
    }

    fn from_expression(expression: &Expr) -> darling::Result<Self> {
        let text = Text::from_expression(expression).map_err(|_| wrong(expression, Self::TAKES))?.value();
        parse_rate(&text).ok_or_else(|| {
            let message = format!("is no rate: \"{text}\" (a whole number from 1 on, `/`, and s, min, h or day)");
            wrong(expression, message)
        })
    }
}

written_as_expression!(Rate);

fn parse_rate(text: &str) -> Option<Rate> {
    let (calls, per) = text.split_once('/')?;
    let milliseconds = match per.trim() {
        "s" => 1_000,
        "min" => 60_000,
        "h" => 3_600_000,
        "day" => 86_400_000,
        _ => return None,
    };
    let calls = calls.trim().parse().ok().filter(|calls| *calls > 0)?;
    Some(Rate { calls, milliseconds })
}

#[cfg(test)]
mod tests {
    use super::{Rate, parse_rate};

    #[test]
    fn rates_are_calls_in_a_time() {
        assert_eq!(parse_rate("100/min"), Some(Rate { calls: 100, milliseconds: 60_000 }));
        assert_eq!(parse_rate("5 / s"), Some(Rate { calls: 5, milliseconds: 1_000 }));
        for text in ["", "100", "0/min", "-1/min", "5/week", "/min", "1.5/s", "99999999999/s"] {
            assert_eq!(parse_rate(text), None, "{text}");
        }
    }
}
