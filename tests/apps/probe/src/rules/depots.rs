//! Rules of rows that go with others.

async fn note(name: String) -> Result<()> {
    records::Thing::create(NewThing { name, ..NewThing::default() }).await?;
    Ok(())
}

/// Notes that an item goes, or refuses it.
#[expression_rule]
async fn item_goes(item: Item) -> Result<()> {
    // It is there, and so is what it lies on.
    let shelf = records::Shelf::get(item.shelf.id()).await?;
    if item.label == "chained" {
        return Err("a chained item stays".into());
    }
    note(format!("{} goes from {}", item.label, shelf.name)).await
}

/// Called from the outbox.
#[expression_rule]
async fn item_gone(item: Id<Item>) -> Result<()> {
    let gone = records::Item::find(item).await?.is_none();
    note(format!("{item} gone: {gone}")).await
}

/// Notes where a ticket belongs now.
#[expression_rule]
async fn ticket_changed(ticket: Ticket) -> Result<()> {
    note(format!("{} is with {:?}", ticket.label, ticket.depot.map(|depot| depot.id().get()))).await
}

/// Notes that a sticker goes.
#[expression_rule]
async fn sticker_goes(sticker: Sticker) -> Result<()> {
    note(format!("{} goes", sticker.label)).await
}

/// Makes a depot with so many items.
#[expression_rule(timeout = "5m")]
async fn full_depot(items: u32) -> Result<Depot> {
    transaction(async {
        let depot = records::Depot::create(NewDepot { name: "full".to_owned() }).await?;
        let shelf = records::Shelf::create(NewShelf { depot: depot.id.into(), name: "long".to_owned() }).await?;
        for place in 0..items {
            records::Item::create(NewItem { shelf: shelf.id.into(), label: place.to_string() }).await?;
        }
        Ok(depot)
    })
    .await
}
