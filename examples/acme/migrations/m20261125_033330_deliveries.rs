//! Creates `crm_delivery`.

use appos::migration::{Column, Migration, Schema, Table};

pub(super) const MIGRATION: Migration =
    Migration { name: "m20261125_033330_deliveries", after: Some("m20261125_014453_activities"), up, down };

fn up(schema: &mut Schema) {
    schema.create_table(
        Table::record("crm_delivery")
            .column(Column::integer("order").references("crm_order").on_delete_cascade())
            .column(Column::text("address"))
            .column(Column::text("carrier").nullable())
            .column(Column::date("expected_on").nullable())
            .unique(["order"]),
    );
}

fn down(schema: &mut Schema) {
    schema.drop_table("crm_delivery");
}
