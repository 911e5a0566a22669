//! Rules with plain paths, bare calls and calls across apps.

#[expression_rule]
async fn quote(item: Id<Item>, quantity: i32) -> Result<Decimal> {
    //~^ shop.records.item reference
    let item = records::Item::get(item).await?; //~ shop.records.item read
    Ok(item.price * Decimal::from(quantity)) //~ shop.records.item.price read
}

#[expression_rule]
async fn sell(item: Id<Item>, quantity: i32) -> Result<Decimal> {
    //~^ shop.records.item reference
    let price = quote(item, quantity).await?; //~ shop.rules.quote call
    //~v shop.records.line create; shop.records.line reference
    records::Line::create(NewLine {
        item: item.into(), //~ shop.records.line.item write
        quantity,          //~ shop.records.line.quantity write
        price,             //~ shop.records.line.price write
    })
    .await?;
    let mut thing = Item::get(item).await?; //~ shop.records.item read
    let left = thing.stock - quantity; //~ shop.records.item.stock read
    thing.stock = left; //~ shop.records.item.stock write
    thing.stock -= 0; //~ shop.records.item.stock write
    let shelf = if left == 0 { Shelf::Cellar } else { thing.shelf }; //~ shop.choices.shelf.Cellar reference; shop.records.item.shelf read
    let account = thing.account; //~ shop.records.item.account read
    let patch = ItemPatch { stock: Some(left), shelf: Some(shelf), ..ItemPatch::default() };
    //~^ shop.records.item reference x2; shop.records.item.stock write; shop.records.item.shelf write
    thing.update(patch).await?; //~ shop.records.item write
    if let Some(account) = account {
        ledger::rules::post(account.id(), price).await?; //~ ledger.rules.post call
    }
    Ok(price)
}

#[expression_rule]
async fn stock_up() -> Result<u64> {
    if records::Item::query().exists().await? {
        //~^ shop.records.item read
        return Ok(0);
    }
    let account = ledger::rules::open("shop".to_owned()).await?; //~ ledger.rules.open call
    for title in ["Item", "quote", "shop.records.item"] {
        //~^ none
        //~v shop.records.item create; shop.records.item reference
        let item = records::Item::create(NewItem {
            title: title.to_owned(), //~ shop.records.item.title write
            account: Some(account.id.into()), //~ shop.records.item.account write; ledger.records.account.id read
            ..Default::default()
        })
        .await?;
        tell(&item).await; //~ none
    }
    records::Item::count().await //~ shop.records.item read
}

async fn tell(item: &Item) -> String {
    //~^ shop.records.item reference
    format!("{} at {}", item.title, item.price) //~ shop.records.item.title read; shop.records.item.price read
}

#[expression_rule]
async fn items_for_me() -> Result<Rows<Item>> {
    //~^ shop.records.item reference
    Ok(records::Item::rows(|item| item.stock.gt(0).or(item.created_by.is_null())))
    //~^ shop.records.item read; shop.records.item.stock read; shop.records.item.created_by read
}

#[expression_rule]
async fn line_changed(line: Line) -> Result<()> {
    //~^ shop.records.line reference
    rules::quote(line.item.id(), line.quantity).await.map(drop)
    //~^ shop.rules.quote call; shop.records.line.item read; shop.records.line.quantity read
}
