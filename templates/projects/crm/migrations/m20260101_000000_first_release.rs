//! Creates `platform_group`, creates `platform_object_permission`, creates `platform_user`,
//! creates `crm_customer`, creates `crm_contact`, creates `crm_order`, creates
//! `platform_membership`.

use appos::migration::{Column, Migration, Schema, Table};

pub(super) const MIGRATION: Migration = Migration {
    name: "m20260101_000000_first_release",
    after: None,
    up,
    down,
};

fn up(schema: &mut Schema) {
    schema.create_table(
        Table::record("platform_group")
            .column(Column::text("name"))
            .column(Column::text("description").nullable())
            .column(Column::bool("active").default(true))
            .unique(["name"]),
    );
    schema.create_table(
        Table::record("platform_object_permission")
            .column(
                Column::integer("group")
                    .references("platform_group")
                    .on_delete_cascade(),
            )
            .column(Column::text("pattern"))
            .column(Column::choice(
                "permission",
                ["view", "use", "create", "update", "delete", "admin"],
            ))
            .index(["group"])
            .unique(["group", "pattern", "permission"]),
    );
    schema.create_table(
        Table::record("platform_user")
            .column(Column::text("email"))
            .column(Column::text("name"))
            .column(
                Column::choice("user_type", ["basic", "system_admin", "service_account"])
                    .default("basic"),
            )
            .column(Column::bool("active").default(true))
            .column(Column::text("language").nullable())
            .unique(["email"]),
    );
    schema.create_table(
        Table::record("crm_customer")
            .column(Column::text("name"))
            .column(Column::text("email"))
            .column(Column::text("phone").nullable())
            .column(Column::choice("tier", ["bronze", "silver", "gold"]).default("bronze"))
            .column(Column::decimal("credit_limit", 2).default("0"))
            .column(
                Column::integer("owner")
                    .nullable()
                    .references("platform_user")
                    .on_delete_set_null(),
            )
            .unique(["email"])
            .index(["tier"])
            .index(["owner"]),
    );
    schema.create_table(
        Table::record("crm_contact")
            .column(
                Column::integer("customer")
                    .references("crm_customer")
                    .on_delete_cascade(),
            )
            .column(Column::text("first_name"))
            .column(Column::text("last_name"))
            .column(Column::text("email").nullable())
            .index(["customer"]),
    );
    schema.create_table(
        Table::record("crm_order")
            .column(Column::text("number"))
            .column(Column::integer("customer").references("crm_customer"))
            .column(Column::date("ordered_on"))
            .column(
                Column::choice("status", ["draft", "confirmed", "completed", "cancelled"])
                    .default("draft"),
            )
            .column(Column::decimal("total", 2))
            .unique(["number"])
            .index(["customer"])
            .index(["customer", "status"]),
    );
    schema.create_table(
        Table::record("platform_membership")
            .column(
                Column::integer("user")
                    .references("platform_user")
                    .on_delete_cascade(),
            )
            .column(
                Column::integer("group")
                    .references("platform_group")
                    .on_delete_cascade(),
            )
            .index(["user"])
            .index(["group"])
            .unique(["user", "group"]),
    );
}

fn down(schema: &mut Schema) {
    schema.drop_table("crm_contact");
    schema.drop_table("crm_order");
    schema.drop_table("crm_customer");
    schema.drop_table("platform_membership");
    schema.drop_table("platform_object_permission");
    schema.drop_table("platform_group");
    schema.drop_table("platform_user");
}
