//! Version 3: the tier gold, orders that are shipped, credit limits and totals with cents, and
//! indexes for the lists that people use.

use appos::migration::{Column, Migration, Schema};

pub(super) const MIGRATION: Migration = Migration {
    name: "m20261118_093000_gold_tier_and_cents",
    after: Some("m20261006_141200_contacts_and_payment_days"),
    up,
    down,
};

fn up(schema: &mut Schema) {
    schema.alter_table("billing_employee", |table| {
        table.add_index(["last_name", "first_name"]);
    });
    schema.alter_table("billing_invoice", |table| {
        table.add_index(["status", "due_on"]);
    });
    schema.alter_table("crm_customer", |table| {
        table.change_column(Column::choice("tier", ["bronze", "silver", "gold"]).default("bronze"));
        table.change_column(Column::decimal("credit_limit", 2).default("0"));
        table.add_index(["country", "city"]);
    });
    schema.alter_table("crm_order", |table| {
        table.change_column(
            Column::choice("status", ["draft", "confirmed", "shipped", "completed", "cancelled"]).default("draft"),
        );
        table.change_column(Column::decimal("total", 2));
        table.add_index(["customer", "status"]);
    });
}

fn down(schema: &mut Schema) {
    schema.alter_table("billing_employee", |table| {
        table.drop_index(["last_name", "first_name"]);
    });
    schema.alter_table("billing_invoice", |table| {
        table.drop_index(["status", "due_on"]);
    });
    schema.alter_table("crm_customer", |table| {
        table.drop_index(["country", "city"]);
        table.change_column(Column::choice("tier", ["bronze", "silver"]).default("bronze"));
        table.change_column(Column::integer("credit_limit").default(0));
    });
    schema.alter_table("crm_order", |table| {
        table.drop_index(["customer", "status"]);
        table
            .change_column(Column::choice("status", ["draft", "confirmed", "completed", "cancelled"]).default("draft"));
        table.change_column(Column::decimal("total", 0));
    });
}
