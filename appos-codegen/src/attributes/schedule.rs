//! The times at which a process starts by itself.

use syn::{Expr, ExprCall, ExprLit, Ident, Lit, LitStr};

use super::error::{ungrouped, wrong};
use super::trigger::TAKES as TRIGGER_TAKES;

/// `schedule("0 8 * * *", time_zone = "Europe/Berlin", catch_up = latest)`.
#[derive(Clone, Debug)]
pub(crate) struct Schedule {
    /// Five fields: minute, hour, day of the month, month, day of the week.
    pub(crate) cron: LitStr,
    pub(crate) time_zone: Option<LitStr>,
    /// `none`, `latest` or `all`.
    pub(crate) catch_up: Option<Ident>,
}

/// What stands in the parentheses of `schedule(..)`.
pub(super) fn schedule(call: &ExprCall) -> darling::Result<Schedule> {
    let mut arguments = call.args.iter().map(ungrouped);
    let Some(Expr::Lit(ExprLit { lit: Lit::Str(cron), .. })) = arguments.next() else {
        return Err(wrong(call, TRIGGER_TAKES));
    };
    let mut errors = darling::Error::accumulator();
    errors.handle(check_cron(cron));
    let mut all = Schedule { cron: cron.clone(), time_zone: None, catch_up: None };
    for argument in arguments {
        errors.handle(option(argument, &mut all));
    }
    errors.finish_with(all)
}

fn option(argument: &Expr, schedule: &mut Schedule) -> darling::Result<()> {
    const TAKES: &str = "takes `time_zone = \"Europe/Berlin\"` and `catch_up = latest` after its times, each once";
    let Expr::Assign(pair) = argument else { return Err(wrong(argument, TAKES)) };
    let Expr::Path(key) = &*pair.left else { return Err(wrong(&pair.left, TAKES)) };
    let value = ungrouped(&pair.right);
    if key.path.is_ident("time_zone") && schedule.time_zone.is_none() {
        let Expr::Lit(ExprLit { lit: Lit::Str(zone), .. }) = value else {
            return Err(wrong(
                value,
                "takes the name of a time zone in quotes, such as `time_zone = \"Europe/Berlin\"`",
            ));
        };
        if time_zone_name(&zone.value()).is_none() {
            return Err(wrong(zone, "takes the name of a time zone, such as `time_zone = \"Europe/Berlin\"`"));
        }
        schedule.time_zone = Some(zone.clone());
        return Ok(());
    }
    if key.path.is_ident("catch_up") && schedule.catch_up.is_none() {
        let word = match value {
            Expr::Path(path) => {
                path.path.get_ident().filter(|word| ["none", "latest", "all"].iter().any(|it| word == it))
            }
            _ => None,
        };
        let word = word.ok_or_else(|| wrong(value, "catches up with `none`, `latest` or `all` of what was missed"))?;
        schedule.catch_up = Some(word.clone());
        return Ok(());
    }
    Err(wrong(&pair.left, TAKES))
}

/// How the library of time zones writes a name; rustc says whether there is such a zone.
pub(crate) fn time_zone_name(name: &str) -> Option<String> {
    let is_plain = |character: char| character.is_ascii_alphanumeric() || "/_+-".contains(character);
    if !name.starts_with(|first: char| first.is_ascii_alphabetic()) || !name.chars().all(is_plain) {
        return None;
    }
    let name = name.replace('/', "__").replace('+', "Plus");
    let before_digit =
        name.split_once('-').is_some_and(|(_, rest)| rest.starts_with(|next: char| next.is_ascii_digit()));
    Some(name.replace('-', if before_digit { "Minus" } else { "" }))
}

/// What a field of the times is called, its least and its greatest number, and the words for its numbers.
const FIELDS: [(&str, u32, u32, &[&str]); 5] = [
    ("minute", 0, 59, &[]),
    ("hour", 0, 23, &[]),
    ("day of the month", 1, 31, &[]),
    ("month", 1, 12, &["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]),
    ("day of the week", 0, 7, &["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"]),
];

/// The five fields of cron; each `*`, a number, a range, with a step or without, or several of these.
fn check_cron(cron: &LitStr) -> darling::Result<()> {
    let text = cron.value();
    let fields: Vec<&str> = text.split_whitespace().collect();
    if fields.len() != FIELDS.len() {
        let count = fields.len();
        let message = format!(
            "takes five fields, minute, hour, day of the month, month and day of the week, and not {count}: \"0 8 * * *\" is each day at 8"
        );
        return Err(wrong(cron, message));
    }
    let mut errors = darling::Error::accumulator();
    for (field, (name, least, most, words)) in fields.iter().zip(FIELDS) {
        for part in field.split(',') {
            if !fits(part, (least, most), words) {
                let message = format!(
                    "has no {name} `{part}`: it goes from {least} to {most}, written `*`, `{least}`, `{least}-{most}` or `*/2`"
                );
                errors.push(wrong(cron, message));
            }
        }
    }
    errors.finish()
}

fn fits(part: &str, (least, most): (u32, u32), words: &[&str]) -> bool {
    let number = |text: &str| {
        let word = words.iter().position(|word| word.eq_ignore_ascii_case(text));
        let word = word.and_then(|place| u32::try_from(place).ok()).map(|place| place + least);
        let digits = !text.is_empty() && text.len() <= 2 && text.bytes().all(|byte| byte.is_ascii_digit());
        word.or_else(|| if digits { text.parse().ok() } else { None }).filter(|it| (least..=most).contains(it))
    };
    let (range, step) = match part.split_once('/') {
        Some((range, step)) => (range, Some(step)),
        None => (part, None),
    };
    let step_fits = step.is_none_or(|step| {
        step.bytes().all(|byte| byte.is_ascii_digit()) && step.parse().is_ok_and(|step| (1..=most).contains(&step))
    });
    let range_fits = match range.split_once('-') {
        Some((from, to)) => number(from).zip(number(to)).is_some_and(|(from, to)| from <= to),
        // A single number has no step.
        None => range == "*" || (step.is_none() && number(range).is_some()),
    };
    step_fits && range_fits
}

#[cfg(test)]
mod tests {
    use proc_macro2::Span;
    use syn::LitStr;

    use super::{check_cron, time_zone_name};

    fn is_right(text: &str) -> bool {
        check_cron(&LitStr::new(text, Span::call_site())).is_ok()
    }

    #[test]
    fn times_are_five_fields_of_numbers_that_there_are() {
        for right in ["0 8 * * *", "*/15 9-17 1,15 JAN-jun mon", "59 23 31 12 7", "0-30/10 0 * * 0,6"] {
            assert!(is_right(right), "{right}");
        }
        for wrong in [
            "",
            "8",
            "0 8 * *",
            "0 0 8 * * *",
            "60 8 * * *",
            "0 25 * * *",
            "0 8 0 * *",
            "0 8 * 13 *",
            "0 8 * * 8",
            "0 8 * * mo",
            "*/0 8 * * *",
            "5/2 8 * * *",
            "9-5 8 * * *",
            "a 8 * * *",
            "0, 8 * * *",
            "@daily",
            "- 8 * * *",
            "+1 8 * * *",
            "*/61 8 * * *",
            "0 8 L * *",
        ] {
            assert!(!is_right(wrong), "{wrong}");
        }
    }

    #[test]
    fn zones_are_named_as_the_library_names_them() {
        let names = ["Europe/Berlin", "UTC", "Etc/GMT+5", "Etc/GMT-5", "America/Port-au-Prince"];
        let written = names.map(|name| time_zone_name(name).expect("a name"));
        let known = ["Europe__Berlin", "UTC", "Etc__GMTPlus5", "Etc__GMTMinus5", "America__PortauPrince"];
        assert_eq!(written, known);
        assert_eq!(time_zone_name("5 o'clock"), None);
    }
}
