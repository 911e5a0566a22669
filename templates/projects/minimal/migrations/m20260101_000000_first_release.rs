//! Creates `platform_group`, creates `platform_object_permission`, creates `platform_user`,
//! creates `platform_membership`, creates `tasks_project`, creates `tasks_task`.

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
    schema.create_table(
        Table::record("tasks_project")
            .column(Column::text("name"))
            .column(Column::date("due_on").nullable())
            .unique(["name"]),
    );
    schema.create_table(
        Table::record("tasks_task")
            .column(
                Column::integer("project")
                    .references("tasks_project")
                    .on_delete_cascade(),
            )
            .column(Column::text("title"))
            .column(Column::choice("state", ["open", "in_progress", "done"]).default("open"))
            .column(Column::integer("hours").default(1))
            .index(["project"])
            .index(["state"]),
    );
}

fn down(schema: &mut Schema) {
    schema.drop_table("platform_membership");
    schema.drop_table("platform_object_permission");
    schema.drop_table("platform_group");
    schema.drop_table("platform_user");
    schema.drop_table("tasks_task");
    schema.drop_table("tasks_project");
}
