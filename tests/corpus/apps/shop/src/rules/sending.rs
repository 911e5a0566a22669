//! Rules that reach outside.

#[expression_rule]
async fn send_out(item: Id<Item>) -> Result<()> {
    //~^ shop.records.item reference
    integrations::send_parcel(item).await?; //~ shop.integrations.send_parcel call
    Ok(())
}
