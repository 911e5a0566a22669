//! Rules in folders and in modules inside a file.

#[expression_rule]
async fn nested(item: Id<Item>) -> Result<Decimal> {
    //~^ shop.records.item reference
    inner::shelf_price(item).await //~ shop.rules.shelf_price call
}

mod inner {
    use super::super::super::super::sell; //~ none

    #[expression_rule]
    pub async fn shelf_price(item: Id<records::Item>) -> Result<Decimal> {
        //~^ shop.records.item reference
        fn local(item: &Item) -> Decimal {
            //~^ shop.records.item reference
            item.price //~ shop.records.item.price read
        }
        let found = records::Item::find(item).await?; //~ shop.records.item read
        let sold = sell(item, 0).await?; //~ shop.rules.sell call
        Ok(found.as_ref().map_or(sold, local))
    }
}

/// Relations of every sort, and what belongs to the platform.
#[expression_rule]
async fn relations(item: Item) -> Result<u64> {
    //~^ shop.records.item reference
    let label = item.label.get().await?; //~ shop.records.item.label read; shop.records.label read
    let long = label.as_ref().map(Label::count); //~ shop.records.label reference
    let longer = label.as_ref().map(|label| label.count()); //~ none
    let text = label.map(|label| label.text); //~ shop.records.label.text read
    let lines = item.lines; //~ shop.records.item.lines read; shop.records.line read
    let dear = lines.query().filter(|line| line.price.gt(dec!(9))).all().await?; //~ shop.records.line.price read
    let items = dear.load_refs(|line| line.item).await?; //~ shop.records.line.item read; shop.records.item read
    let items: Vec<Item> = items.into_values().collect(); //~ shop.records.item reference
    let again = items.load_many::<Line, _>(|line| line.item).await?;
    //~^ shop.records.line reference; shop.records.line.item read; shop.records.line read
    let sold = records::Item::query()
        //~^ shop.records.item read
        .filter(|item| item.lines.any(|line| line.quantity.gt(1)))
        //~^ shop.records.item.lines read; shop.records.line read; shop.records.line.quantity read
        .count()
        .await?;
    let user = platform::records::User::query().email("a@b.example".to_owned()).first().await?;
    //~^ platform.records.user read; platform.records.user.email read
    if let Some(user) = user {
        let name = user.name.clone(); //~ platform.records.user.name read
        platform::rules::why(user.id, "view".to_owned(), "shop.records.item".to_owned()).await?;
        //~^ platform.rules.why call; platform.records.user.id read
        let patch = platform::records::UserPatch { active: Some(false), ..Default::default() };
        //~^ platform.records.user reference; platform.records.user.active write
        user.update(patch).await?; //~ platform.records.user write
    }
    let account = match item.account {
        //~^ shop.records.item.account read
        Some(account) => Some(ledger::records::Account::get(account.id()).await?), //~ ledger.records.account read
        None => None,
    };
    let empty = account.as_ref().is_some_and(ledger::records::Account::is_empty); //~ ledger.records.account reference
    let history = item.timeline().await?; //~ shop.records.item read
    let sql = "SELECT title FROM shop_item"; //~ none
    let rows: Vec<Json> = Item::unchecked_sql(sql, []).await?; //~ shop.records.item read
    let back = records::Item::restore(item.id).await?; //~ shop.records.item write; shop.records.item.id read
    back.delete().await?; //~ shop.records.item delete
    Ok(sold)
}
