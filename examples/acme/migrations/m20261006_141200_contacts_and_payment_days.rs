//! Version 2: people become contacts, and their position a title; a customer has a name instead of
//! a company, a website and a billing account; invoices have lines.

use appos::migration::{Column, Migration, Schema, Table};

pub(super) const MIGRATION: Migration = Migration {
    name: "m20261006_141200_contacts_and_payment_days",
    after: Some("m20260902_081500_first_release"),
    up,
    down,
};

fn up(schema: &mut Schema) {
    schema.rename_table("crm_person", "crm_contact");
    schema.create_table(
        Table::record("billing_invoice_line")
            .column(Column::integer("invoice").references("billing_invoice").on_delete_cascade())
            .column(Column::integer("article"))
            .column(Column::text("description").nullable())
            .column(Column::decimal("unit_price", 2))
            .column(Column::integer("quantity").default(1))
            .index(["invoice"]),
    );
    schema.alter_table("billing_account", |table| {
        table.add_column(Column::text("fax").nullable());
        table.add_column(Column::integer("payment_days").default(30));
    });
    schema.alter_table("crm_contact", |table| {
        table.rename_column("position", "title");
        table.add_column(Column::bool("main_contact").default(false));
    });
    schema.alter_table("crm_customer", |table| {
        table.rename_column("company", "name");
        table.add_column(Column::text("website").nullable());
        table.add_column(Column::date("customer_since").nullable());
        table.add_column(Column::integer("account").nullable().references("billing_account"));
        table.add_unique(["account"]);
    });
    schema.alter_table("crm_order", |table| {
        table.add_column(Column::integer("invoice").nullable().references("billing_invoice").on_delete_set_null());
        table.add_column(Column::text("note").nullable());
        table.add_index(["invoice"]);
    });
}

fn down(schema: &mut Schema) {
    schema.rename_table("crm_contact", "crm_person");
    schema.alter_table("billing_account", |table| {
        table.drop_column("fax");
        table.drop_column("payment_days");
    });
    schema.alter_table("crm_customer", |table| {
        table.drop_unique(["account"]);
        table.drop_column("website");
        table.drop_column("customer_since");
        table.drop_column("account");
        table.rename_column("name", "company");
    });
    schema.alter_table("crm_order", |table| {
        table.drop_index(["invoice"]);
        table.drop_column("invoice");
        table.drop_column("note");
    });
    schema.alter_table("crm_person", |table| {
        table.drop_column("main_contact");
        table.rename_column("title", "position");
    });
    schema.drop_table("billing_invoice_line");
}
