//! Version 1: customers with the people who work there and their orders; accounts and invoices.

use appos::migration::{Column, Migration, Schema, Table};

pub(super) const MIGRATION: Migration = Migration { name: "m20260902_081500_first_release", after: None, up, down };

fn up(schema: &mut Schema) {
    schema.create_table(
        Table::record("billing_employee")
            .column(Column::text("first_name"))
            .column(Column::text("last_name"))
            .column(Column::text("title"))
            .column(Column::integer("reports_to").nullable().references("billing_employee").on_delete_set_null())
            .column(Column::date("birth_date").nullable())
            .column(Column::date("hire_date"))
            .column(Column::text("city").nullable())
            .column(Column::text("country").nullable())
            .column(Column::text("email"))
            .index(["reports_to"])
            .unique(["email"]),
    );
    schema.create_table(
        Table::record("billing_account")
            .column(Column::text("first_name"))
            .column(Column::text("last_name"))
            .column(Column::text("company").nullable())
            .column(Column::text("address"))
            .column(Column::text("city"))
            .column(Column::text("state").nullable())
            .column(Column::text("country"))
            .column(Column::text("postal_code").nullable())
            .column(Column::text("phone").nullable())
            .column(Column::text("email"))
            .column(Column::integer("support_rep").nullable().references("billing_employee").on_delete_set_null())
            .index(["city"])
            .unique(["email"])
            .index(["support_rep"]),
    );
    schema.create_table(
        Table::record("billing_invoice")
            .column(Column::text("number"))
            .column(Column::integer("account").references("billing_account"))
            .column(Column::date("issued_on"))
            .column(Column::date("due_on").nullable())
            .column(Column::choice("status", ["draft", "sent", "paid", "void"]).default("sent"))
            .column(Column::text("billing_address").nullable())
            .column(Column::text("billing_city").nullable())
            .column(Column::text("billing_country").nullable())
            .column(Column::decimal("total", 2))
            .unique(["number"])
            .index(["account"])
            .index(["issued_on"]),
    );
    schema.create_table(
        Table::record("platform_group")
            .column(Column::text("name"))
            .column(Column::text("description").nullable())
            .column(Column::bool("active").default(true))
            .unique(["name"]),
    );
    schema.create_table(
        Table::record("platform_object_permission")
            .column(Column::integer("group").references("platform_group").on_delete_cascade())
            .column(Column::text("pattern"))
            .column(Column::choice("permission", ["view", "use", "create", "update", "delete", "admin"]))
            .index(["group"])
            .unique(["group", "pattern", "permission"]),
    );
    schema.create_table(
        Table::record("platform_user")
            .column(Column::text("email"))
            .column(Column::text("name"))
            .column(Column::choice("user_type", ["basic", "system_admin", "service_account"]).default("basic"))
            .column(Column::bool("active").default(true))
            .column(Column::text("language").nullable())
            .unique(["email"]),
    );
    schema.create_table(
        Table::record("crm_customer")
            .column(Column::text("company"))
            .column(Column::text("email"))
            .column(Column::text("phone").nullable())
            .column(Column::text("address").nullable())
            .column(Column::text("city").nullable())
            .column(Column::text("country").nullable())
            .column(Column::choice("tier", ["bronze", "silver"]).default("bronze"))
            .column(Column::integer("credit_limit").default(0))
            .column(Column::integer("owner").nullable().references("platform_user").on_delete_set_null())
            .unique(["email"])
            .index(["tier"])
            .index(["owner"]),
    );
    schema.create_table(
        Table::record("crm_person")
            .column(Column::integer("customer").references("crm_customer").on_delete_cascade())
            .column(Column::text("first_name"))
            .column(Column::text("last_name"))
            .column(Column::text("position").nullable())
            .column(Column::text("email").nullable())
            .column(Column::text("phone").nullable())
            .index(["customer"]),
    );
    schema.create_table(
        Table::record("crm_order")
            .column(Column::text("number"))
            .column(Column::integer("customer").references("crm_customer"))
            .column(Column::date("ordered_on"))
            .column(Column::choice("status", ["draft", "confirmed", "completed", "cancelled"]).default("draft"))
            .column(Column::decimal("total", 0))
            .unique(["number"])
            .index(["customer"])
            .index(["ordered_on"]),
    );
    schema.create_table(
        Table::record("crm_order_line")
            .column(Column::integer("order").references("crm_order").on_delete_cascade())
            .column(Column::integer("article"))
            .column(Column::text("description"))
            .column(Column::decimal("unit_price", 2))
            .column(Column::integer("quantity").default(1))
            .index(["order"]),
    );
    schema.create_table(
        Table::record("platform_membership")
            .column(Column::integer("user").references("platform_user").on_delete_cascade())
            .column(Column::integer("group").references("platform_group").on_delete_cascade())
            .index(["user"])
            .index(["group"])
            .unique(["user", "group"]),
    );
}

fn down(schema: &mut Schema) {
    schema.drop_table("billing_invoice");
    schema.drop_table("billing_account");
    schema.drop_table("billing_employee");
    schema.drop_table("crm_person");
    schema.drop_table("crm_order_line");
    schema.drop_table("crm_order");
    schema.drop_table("crm_customer");
    schema.drop_table("platform_membership");
    schema.drop_table("platform_object_permission");
    schema.drop_table("platform_group");
    schema.drop_table("platform_user");
}
