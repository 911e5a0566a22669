//! A slip of the name of a system.

#[macro_use]
extern crate appos;
app!();

pub mod connected_systems {
    #[connected_system(kind = "http", base_url = "https://a.example", use = ["ui_users"])]
    fn payments() -> Auth {
        no_auth()
    }
}

#[integration(system = paymnts, use = ["ui_users"])]
fn find_charge(id: String) -> Call<Json> {
    get("/charges/{id}").path("id", id)
}

fn main() {}
