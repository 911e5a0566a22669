//! Rules that go with the writes of items.

/// Items that are hidden are for nobody.
#[expression_rule]
fn visible_items() -> Result<Rows<Item>> {
    Ok(records::Item::rows(|c| c.hidden.eq(false)))
}

/// Keeps the books, in the transaction of the write.
#[expression_rule]
async fn item_comes(item: Item) -> Result<()> {
    if item.sku == "unwanted" {
        return Err(AppOsError::validation("it is not wanted here"));
    }
    records::Movement::create(NewMovement { sku: item.sku.clone() }).await?;
    if item.sku == "memo" {
        records::Memo::create(NewMemo { text: item.sku }).await?;
    }
    Ok(())
}

/// Writes of both databases in a transaction of the one.
#[expression_rule]
async fn spans(of_the_warehouse: bool) -> Result<()> {
    let write = async {
        records::Rack::create(NewRack { name: "spans".to_owned() }).await?;
        records::Memo::create(NewMemo { text: "spans".to_owned() }).await?;
        Ok(())
    };
    if of_the_warehouse { records::Rack::transaction(write).await } else { transaction(write).await }
}

/// Writes two racks together, or none.
#[expression_rule]
async fn two_racks(fail: bool) -> Result<u64> {
    records::Rack::transaction(async move {
        records::Rack::create(NewRack { name: "one".to_owned() }).await?;
        records::Rack::create(NewRack { name: "two".to_owned() }).await?;
        // What is not written in it can be read in it.
        records::Memo::count().await?;
        let seen = records::Rack::count().await?;
        if fail { Err(AppOsError::validation(format!("{seen} were seen"))) } else { Ok(seen) }
    })
    .await
}
