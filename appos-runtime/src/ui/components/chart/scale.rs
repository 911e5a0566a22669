//! Numbers to places: ticks that people count in.

/// Where a chart begins and ends, and the lines in between.
pub(super) struct Scale {
    low: f64,
    high: f64,
    /// From the top down.
    pub(super) ticks: Vec<f64>,
    decimals: usize,
}

impl Scale {
    /// A scale over all of these numbers, and zero.
    pub(super) fn of(values: impl Iterator<Item = f64>) -> Self {
        let (mut low, mut high) = (0.0_f64, 0.0_f64);
        for value in values.filter(|value| value.is_finite()) {
            low = low.min(value);
            high = high.max(value);
        }
        if high - low <= 0.0 {
            high = 1.0;
        }
        let step = nice((high - low) / 4.0);
        let first = (low / step).floor();
        let last = (high / step).ceil();
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 1 and about 6 steps")]
        let count = (last - first).clamp(1.0, 12.0) as u32;
        let ticks = (0..=count).rev().map(|tick| (first + f64::from(tick)) * step).collect();
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "decimals of a step: 0 to 12")]
        let decimals = (-step.log10().floor()).clamp(0.0, 12.0) as usize;
        Self { low: first * step, high: (first + f64::from(count)) * step, ticks, decimals }
    }

    /// The place of a number, from 0 at the top to 100 at the bottom.
    pub(super) fn place(&self, value: f64) -> f64 {
        ((self.high - value) / (self.high - self.low) * 100.0).clamp(0.0, 100.0)
    }

    /// A tick as it is to be read.
    pub(super) fn tick(&self, value: f64) -> String {
        let size = self.high.abs().max(self.low.abs());
        let (divisor, letter) = match size {
            1e9.. => (1e9, "B"),
            1e6.. => (1e6, "M"),
            1e4.. => (1e3, "k"),
            _ => return number(value, self.decimals),
        };
        let text = format!("{:.1}", value / divisor);
        let text = text.strip_suffix(".0").unwrap_or(&text);
        if text == "0" || text == "-0" { "0".to_owned() } else { format!("{text}{letter}") }
    }
}

/// The next of 1, 2, 2.5, 5, 10, .. above.
fn nice(step: f64) -> f64 {
    let size = 10_f64.powf(step.log10().floor());
    if !size.is_finite() || size <= 0.0 {
        return 1.0;
    }
    let factor = [1.0, 2.0, 2.5, 5.0].into_iter().find(|factor| factor * size >= step * (1.0 - 1e-9)).unwrap_or(10.0);
    factor * size
}

/// A number with its thousands set apart.
pub(super) fn number(value: f64, decimals: usize) -> String {
    let text = format!("{value:.decimals$}");
    let (sign, text) = text.strip_prefix('-').map_or(("", text.as_str()), |text| ("-", text));
    let (whole, part) = text.split_once('.').map_or((text, None), |(whole, part)| (whole, Some(part)));
    let mut grouped = String::new();
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    let sign = if grouped == "0" && part.is_none_or(|part| part.chars().all(|digit| digit == '0')) { "" } else { sign };
    part.map_or_else(|| format!("{sign}{grouped}"), |part| format!("{sign}{grouped}.{part}"))
}

/// A number with as many decimals as it needs, two at most.
pub(super) fn plain(value: f64) -> String {
    if !value.is_finite() {
        return "–".to_owned();
    }
    let text = number(value, 2);
    text.strip_suffix(".00").map_or(text.clone(), ToOwned::to_owned)
}

#[cfg(test)]
mod tests {
    use super::{Scale, number, plain};

    fn ticks(values: &[f64]) -> Vec<String> {
        let scale = Scale::of(values.iter().copied());
        scale.ticks.iter().map(|tick| scale.tick(*tick)).collect()
    }

    #[test]
    fn ticks_are_numbers_that_people_count_in() {
        assert_eq!(ticks(&[3.0, 97.0]), ["100", "75", "50", "25", "0"]);
        assert_eq!(ticks(&[0.0, 7.0]), ["8", "6", "4", "2", "0"]);
        assert_eq!(ticks(&[-40.0, 60.0]), ["75", "50", "25", "0", "-25", "-50"]);
        assert_eq!(ticks(&[0.12, 0.31]), ["0.4", "0.3", "0.2", "0.1", "0.0"]);
        assert_eq!(ticks(&[12_000.0, 48_500.0]), ["60k", "40k", "20k", "0"]);
        assert_eq!(ticks(&[2_500_000.0]), ["3M", "2M", "1M", "0"]);
    }

    #[test]
    fn what_cannot_be_drawn_makes_no_nonsense() {
        for values in [vec![], vec![0.0], vec![f64::NAN, f64::INFINITY], vec![f64::MAX, f64::MIN], vec![1e-300]] {
            let scale = Scale::of(values.iter().copied());
            assert!(scale.ticks.len() <= 13, "{values:?}");
            for value in values {
                let place = scale.place(if value.is_nan() { 0.0 } else { value });
                assert!((0.0..=100.0).contains(&place) || place.is_nan(), "{place}");
            }
        }
    }

    #[test]
    fn numbers_have_their_thousands_set_apart() {
        assert_eq!(number(1_234_567.0, 0), "1,234,567");
        assert_eq!(number(-999.5, 1), "-999.5");
        assert_eq!(number(-0.001, 1), "0.0");
        assert_eq!(plain(12.0), "12");
        assert_eq!(plain(1_000.25), "1,000.25");
        assert_eq!(plain(f64::NAN), "–");
    }
}
