//! Creates `crm_activity`.

use appos::migration::{Column, Migration, Schema, Table};

pub(super) const MIGRATION: Migration =
    Migration { name: "m20261125_014453_activities", after: Some("m20261118_093000_gold_tier_and_cents"), up, down };

fn up(schema: &mut Schema) {
    schema.create_table(
        Table::record("crm_activity")
            .column(Column::date_time("deleted_at").nullable())
            .column(Column::text("number"))
            .column(Column::integer("customer").references("crm_customer").on_delete_cascade())
            .column(Column::choice("kind", ["call", "meeting", "email", "task"]).default("call"))
            .column(Column::text("subject"))
            .column(Column::integer("owner").references("platform_user"))
            .column(Column::date("due_on").nullable())
            .column(Column::integer("minutes").default(0))
            .column(Column::decimal("hourly_rate", 2).default("60"))
            .unique_live(["number"])
            .index(["customer"])
            .index(["owner"])
            .index(["due_on"]),
    );
}

fn down(schema: &mut Schema) {
    schema.drop_table("crm_activity");
}
