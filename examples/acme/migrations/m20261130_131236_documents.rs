//! Creates `billing_invoice_paper`, creates `crm_contract`, creates `crm_exchange`, creates `crm_exchange_file`.

use appos::migration::{Column, Migration, Schema, Table};

pub(super) const MIGRATION: Migration =
    Migration { name: "m20261130_131236_documents", after: Some("m20261125_033330_deliveries"), up, down };

fn up(schema: &mut Schema) {
    schema.create_table(
        Table::record("billing_invoice_paper")
            .column(Column::integer("invoice").references("billing_invoice").on_delete_cascade())
            .column(Column::text("file_name"))
            .column(Column::text("content_type"))
            .column(Column::integer("size"))
            .column(Column::integer("file_version"))
            .column(Column::text("tags").nullable())
            .index(["invoice"]),
    );
    schema.create_table(
        Table::record("crm_contract")
            .column(Column::integer("customer").references("crm_customer").on_delete_cascade())
            .column(Column::text("file_name"))
            .column(Column::text("content_type"))
            .column(Column::integer("size"))
            .column(Column::integer("file_version"))
            .column(Column::text("tags").nullable())
            .column(Column::date("signed_on").nullable())
            .index(["customer"]),
    );
    schema.create_table(
        Table::record("crm_exchange")
            .column(Column::integer("customer").references("crm_customer").on_delete_cascade())
            .column(Column::text("name"))
            .column(Column::text("tags").nullable())
            .index(["customer"]),
    );
    schema.create_table(
        Table::record("crm_exchange_file")
            .column(Column::integer("exchange").references("crm_exchange").on_delete_cascade())
            .column(Column::text("file_name"))
            .column(Column::text("content_type"))
            .column(Column::integer("size"))
            .column(Column::integer("file_version"))
            .column(Column::text("tags").nullable())
            .column(Column::text("note").nullable())
            .index(["exchange"]),
    );
}

fn down(schema: &mut Schema) {
    schema.drop_table("billing_invoice_paper");
    schema.drop_table("crm_contract");
    schema.drop_table("crm_exchange_file");
    schema.drop_table("crm_exchange");
}
