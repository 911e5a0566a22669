//! The history of this platform's database. Kept by `cargo appos migrate`; the files it lists
//! may be edited until they are released.

use appos::migration::Migration;

mod m20260902_081500_first_release;
mod m20261006_141200_contacts_and_payment_days;
mod m20261118_093000_gold_tier_and_cents;
mod m20261125_014453_activities;
mod m20261125_033330_deliveries;
mod m20261130_131236_documents;

pub(crate) const ALL: &[Migration] = &[
    m20260902_081500_first_release::MIGRATION,
    m20261006_141200_contacts_and_payment_days::MIGRATION,
    m20261118_093000_gold_tier_and_cents::MIGRATION,
    m20261125_014453_activities::MIGRATION,
    m20261125_033330_deliveries::MIGRATION,
    m20261130_131236_documents::MIGRATION,
];
