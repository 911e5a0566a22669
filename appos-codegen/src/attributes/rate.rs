//! How often something may happen.

use syn::Expr;

use super::error::{written_as_expression, wrong};
use super::text::Text;

/// `"100/min"`: a number of times in a second, a minute or an hour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Rate {
    pub(crate) times: u32,
    /// In how many seconds.
    pub(crate) seconds: u32,
}

impl Rate {
    const TAKES: &'static str = "takes a rate in quotes";

    /// As the runtime reads it: `100/60s`.
    pub(crate) fn text(self) -> String {
        format!("{}/{}s", self.times, self.seconds)
    }

    fn from_expression(expression: &Expr) -> darling::Result<Self> {
        let text = Text::from_expression(expression).map_err(|_| wrong(expression, Self::TAKES))?;
        parse_rate(&text.value()).ok_or_else(|| {
            wrong(expression, format!("is no rate: \"{}\" (a whole number, a slash, and s, min or h)", text.value()))
        })
    }
}

written_as_expression!(Rate);

fn parse_rate(text: &str) -> Option<Rate> {
    let (times, unit) = text.split_once('/')?;
    let seconds = match unit.trim() {
        "s" => 1,
        "min" => 60,
        "h" => 3600,
        _ => return None,
    };
    let times = times.trim().parse::<u32>().ok().filter(|times| *times > 0)?;
    Some(Rate { times, seconds })
}

#[cfg(test)]
mod tests {
    use super::{Rate, parse_rate};

    #[test]
    fn a_rate_has_a_number_and_a_unit() {
        assert_eq!(parse_rate("100/min"), Some(Rate { times: 100, seconds: 60 }));
        assert_eq!(parse_rate("5 / s"), Some(Rate { times: 5, seconds: 1 }));
        for text in ["", "100", "0/s", "-1/s", "1/day", "1.5/s", "/s"] {
            assert_eq!(parse_rate(text), None, "{text}");
        }
    }
}
