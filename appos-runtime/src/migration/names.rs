//! Names of indexes and constraints: made from table and columns alone, so that they are the
//! same in a new database and in one that has been migrated for years.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

use super::table::Index;

/// Longest name of PostgreSQL in bytes; it would cut longer ones silently.
pub(crate) const LONGEST: usize = 63;

/// A name that every database keeps whole, and that differs where the long ones differ.
fn fitting(name: String) -> String {
    if name.len() <= LONGEST {
        return name;
    }
    let mark = URL_SAFE_NO_PAD.encode(&Sha256::digest(name.as_bytes())[..6]).replace('-', "_");
    let mut end = LONGEST - mark.len() - 1;
    while !name.is_char_boundary(end) {
        end -= 1;
    }
    format!("{}_{mark}", &name[..end])
}

pub(crate) fn index(table: &str, index: &Index) -> String {
    let kind = match (index.unique, index.live) {
        (true, false) => "unique",
        (true, true) => "unique_live",
        (false, _) => "index",
    };
    fitting(format!("{table}_{}_{kind}", index.columns.join("_")))
}

pub(crate) fn check(table: &str, column: &str) -> String {
    fitting(format!("{table}_{column}_check"))
}

pub(crate) fn foreign_key(table: &str, column: &str) -> String {
    fitting(format!("{table}_{column}_fkey"))
}

/// Exists only while a column is made `NOT NULL`.
pub(super) fn not_null(table: &str, column: &str) -> String {
    fitting(format!("{table}_{column}_not_null"))
}

pub(crate) fn primary_key(table: &str) -> String {
    fitting(format!("{table}_pkey"))
}

#[cfg(test)]
mod tests {
    use super::{LONGEST, check, index};
    use crate::migration::Index;

    #[test]
    fn long_names_are_cut_and_stay_apart() {
        let table = "a".repeat(40);
        let name = |column: &str| check(&table, column);
        let (one, other) = (name(&"b".repeat(40)), name(&format!("{}c", "b".repeat(39))));
        assert!(one.len() == LONGEST && other.len() == LONGEST && one != other, "{one} {other}");
        assert_eq!(one, name(&"b".repeat(40)));
    }

    #[test]
    fn short_names_say_what_they_are() {
        let email = Index { columns: vec!["email".to_owned()], unique: true, live: false };
        assert_eq!(index("crm_customer", &email), "crm_customer_email_unique");
        assert_eq!(check("crm_customer", "tier"), "crm_customer_tier_check");
    }
}
