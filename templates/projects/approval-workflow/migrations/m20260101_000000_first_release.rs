//! Creates `platform_group`, creates `platform_object_permission`, creates `platform_user`,
//! creates `approvals_request`, creates `approvals_decision`, creates `platform_membership`.

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
        Table::record("approvals_request")
            .column(Column::text("number"))
            .column(Column::text("subject"))
            .column(Column::decimal("amount", 2))
            .column(Column::integer("requester").references("platform_user"))
            .column(
                Column::choice(
                    "state",
                    ["draft", "submitted", "approved", "rejected", "withdrawn"],
                )
                .default("draft"),
            )
            .column(Column::text("assessment").nullable())
            .unique(["number"])
            .index(["requester"])
            .index(["state"]),
    );
    schema.create_table(
        Table::record("approvals_decision")
            .column(
                Column::integer("request")
                    .references("approvals_request")
                    .on_delete_cascade(),
            )
            .column(Column::choice(
                "state",
                ["draft", "submitted", "approved", "rejected", "withdrawn"],
            ))
            .column(Column::text("subject"))
            .column(Column::decimal("amount", 2))
            .column(Column::text("comment").nullable())
            .index(["request"]),
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
    schema.drop_table("approvals_decision");
    schema.drop_table("approvals_request");
    schema.drop_table("platform_membership");
    schema.drop_table("platform_object_permission");
    schema.drop_table("platform_group");
    schema.drop_table("platform_user");
}
