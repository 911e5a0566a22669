//! Somebody may use it.

#[macro_use]
extern crate appos;
app!();

#[integration(system = payments)]
fn find_charge(id: String) -> Call<Json> {
    get("/charges/{id}").path("id", id)
}

fn main() {}
