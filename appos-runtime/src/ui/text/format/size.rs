//! How large files are, for people.

use rust_decimal::Decimal;

use super::Format;
use crate::ui::text::own::documents;

/// Bytes of a kilobyte, kilobytes of a megabyte: as the settings count them.
const STEP: u64 = 1024;

impl Format {
    /// So many bytes: "2.5 MB".
    pub(crate) fn size(&self, bytes: u64) -> String {
        let units: [fn(&str) -> String; 4] =
            [documents::bytes, documents::kilobytes, documents::megabytes, documents::gigabytes];
        let (mut unit, mut scale) = (0, 1);
        while unit + 1 < units.len() && bytes / scale >= STEP {
            (unit, scale) = (unit + 1, scale * STEP);
        }
        let amount = Decimal::from(bytes) / Decimal::from(scale);
        let amount = self.decimal(amount.round_dp(1).normalize());
        units.get(unit).map_or_else(|| amount.clone(), |unit| unit(&amount))
    }
}

#[cfg(test)]
mod tests {
    use super::Format;

    #[test]
    fn sizes_have_the_unit_that_fits() {
        let size = |bytes| Format::of_language("en").size(bytes);
        for (bytes, told) in [(0, "0 B"), (1023, "1,023 B"), (1024, "1 KB"), (1536, "1.5 KB"), (2 << 20, "2 MB")] {
            assert_eq!(size(bytes), told);
        }
        assert_eq!(size(5000 << 30), "5,000 GB");
    }
}
