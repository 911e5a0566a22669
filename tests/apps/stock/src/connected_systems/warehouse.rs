//! Where the records are.

/// The database of the warehouse.
#[connected_system(kind = "database", url = "sqlite://warehouse.db", use = ["stock_users"])]
fn warehouse() -> Auth {
    password(secret("WAREHOUSE_PASSWORD"))
}
