//! What is asked of a system outside.

#[integration(system = parcels, use = ["shop_users"])] //~ shop.connected_systems.parcels call
fn send_parcel(item: Id<Item>) -> Call<Json> {
    //~^ shop.records.item reference
    post("/parcels").json(&item)
}
