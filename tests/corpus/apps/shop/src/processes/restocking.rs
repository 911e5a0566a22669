//! A process, its steps, and who starts it.

#[process(display_name = "Restocking of {item}", use = ["shop_users"])]
async fn restock(item: Id<Item>, pieces: i32) -> Result<i32> {
    //~^ shop.records.item reference
    let title = step(steps::order_pieces(item, pieces)).await?; //~ shop.steps.order_pieces call
    let (told, _) = parallel((
        step(steps::tell_buyers(title.clone())), //~ shop.steps.tell_buyers call
        step(crate::steps::count_pieces()).on_error(Skip), //~ shop.steps.count_pieces call
    ))
    .await?;
    processes::look_back(item).run().await?; //~ shop.processes.look_back call
    Ok(told)
}

#[process(version = 2, use = ["shop_users"])]
async fn look_back(item: Id<Item>) -> Result<()> {
    //~^ shop.records.item reference
    step(steps::tell_buyers(item.to_string())).await.map(drop) //~ shop.steps.tell_buyers call
}

#[process(version = 1, earlier_of = processes::look_back, use = ["shop_users"])]
//~^ shop.processes.look_back reference
async fn look_back_1() -> Result<()> {
    let quote = "quote"; //~ none
    step(steps::tell_buyers(quote.to_owned())).await.map(drop) //~ shop.steps.tell_buyers call
}

#[step(retries = 3, compensate = steps::send_back)]
//~^ shop.steps.send_back trigger
async fn order_pieces(item: Id<Item>, pieces: i32) -> Result<String> {
    //~^ shop.records.item reference
    let item = records::Item::get(item).await?; //~ shop.records.item read
    let stock = item.stock + pieces; //~ shop.records.item.stock read
    let patch = ItemPatch { stock: Some(stock), ..ItemPatch::default() };
    //~^ shop.records.item reference x2; shop.records.item.stock write
    Ok(item.update(patch).await?.title) //~ shop.records.item write; shop.records.item.title read
}

#[step]
async fn send_back(item: Id<Item>, pieces: i32) -> Result<()> {
    //~^ shop.records.item reference
    let _ = (rules::quote(item, pieces).await?, ObjectRef::of::<processes::restock>());
    //~^ shop.rules.quote call; shop.processes.restock reference
    Ok(())
}

#[step]
fn tell_buyers(title: String) -> i32 {
    let send_back = title.len(); //~ none
    i32::try_from(send_back).unwrap_or_default()
}

#[process(use = ["shop_users"], trigger = created(records::Item))]
//~^ shop.records.item trigger
async fn welcome_item(item: Id<Item>) -> Result<()> {
    //~^ shop.records.item reference
    step(steps::tell_buyers(item.to_string())).await.map(drop) //~ shop.steps.tell_buyers call
}

/// Starts it.
#[expression_rule]
async fn run_low(item: Id<Item>) -> Result<()> {
    //~^ shop.records.item reference
    processes::restock(item, 10).start().await.map(drop) //~ shop.processes.restock call
}
