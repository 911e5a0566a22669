//! Names in every shape in which Rust lets one write them.

use crate::rules::quote as quoted; //~ none
use ledger::records::{Account, Entry as Posting}; //~ none

/// Aliases: `quote` and `Entry` stand nowhere in it.
#[expression_rule]
async fn by_alias(item: Id<Item>) -> Result<Decimal> {
    //~^ shop.records.item reference
    let postings = Posting::query().note("quote".to_owned()).all().await?; //~ ledger.records.entry read; ledger.records.entry.note read
    let sum: Decimal = postings.iter().map(|posting| posting.amount).sum(); //~ ledger.records.entry.amount read
    Ok(sum + quoted(item, 1).await?) //~ shop.rules.quote call
}

/// A local of the name of a rule, and a parameter of the name of a constant, hide them.
#[expression_rule]
async fn shadowed(greeting: String) -> Result<String> {
    let quote = format!("{greeting}!"); //~ none
    let tell = |quote: &str| quote.len(); //~ none
    let sell = tell(&quote); //~ none
    let item = Item { quote, sell }; //~ none
    #[derive(Debug)]
    struct Item {
        quote: String, //~ none
        sell: usize,
    }
    Ok(format!("{} {}", item.quote, item.sell)) //~ none
}

/// After the local is gone, the name is the rule's again.
#[expression_rule]
async fn unshadowed(item: Id<records::Item>) -> Result<Decimal> {
    //~^ shop.records.item reference
    {
        let quote = 1; //~ none
        let _ = quote; //~ none
    }
    let first = rules::quote(item, 1).await?; //~ shop.rules.quote call
    let second = crate::rules::quote(item, 2).await?; //~ shop.rules.quote call
    let third = self::super::quote(item, 3).await?; //~ shop.rules.quote call
    Ok(first + second + third)
}

async fn load<R: Record>(id: Id<R>) -> Result<R> {
    R::get(id).await
}

fn same<T>(value: T) -> T {
    value
}

/// Generics and turbofish.
#[expression_rule]
async fn generic(item: Id<Item>) -> Result<usize> {
    //~^ shop.records.item reference
    let found = load::<records::Item>(item).await?; //~ shop.records.item reference
    let mut kept = Vec::<Item>::new(); //~ shop.records.item reference
    kept.push(found);
    let none: Option<&Account> = None; //~ ledger.records.account reference
    let pairs: Vec<(Id<Item>, Id<Account>)> = Vec::new(); //~ shop.records.item reference; ledger.records.account reference
    let query = <records::Item as Record>::query(); //~ shop.records.item read
    let again = <Item>::count().await?; //~ shop.records.item read
    let call = same(rules::quote); //~ shop.rules.quote reference
    let answer = call(item, 1).await?;
    Ok(kept.len() + pairs.len() + usize::from(none.is_some()))
}

/// Closures, async blocks, tasks.
#[expression_rule]
async fn closures(items: Vec<Id<Item>>) -> Result<Vec<Decimal>> {
    //~^ shop.records.item reference
    let ask = |item| rules::quote(item, 1); //~ shop.rules.quote call
    let mut prices = Vec::new();
    for item in &items {
        prices.push(ask(*item).await?);
    }
    let task = tokio::spawn(async move { ledger::constants::tax_rate().await }); //~ ledger.constants.tax_rate read
    let rate = task.await.map_err(|error| error.to_string())??;
    let (one, two) = tokio::try_join!(constants::greeting(), rules::stock_up())?;
    //~^ shop.constants.greeting read; shop.rules.stock_up call
    let names: Vec<String> = [one].into_iter().map(|name| name).collect();
    let found = records::Item::query()
        //~^ shop.records.item read
        .filter(|item| item.title.contains("x").and(item.shelf.eq(Shelf::Front)))
        //~^ shop.records.item.title read; shop.records.item.shelf read; shop.choices.shelf.Front reference
        .order_by(|item| [item.price.desc(), item.id.asc()])
        //~^ shop.records.item.price read; shop.records.item.id read
        .all()
        .await?;
    Ok(found.into_iter().map(|item| item.price * rate).collect()) //~ shop.records.item.price read
}

/// Patterns and literals.
#[expression_rule]
async fn patterns(item: Item, new: NewItem) -> Result<String> {
    //~^ shop.records.item reference x2
    let Item { title, price: cost, .. } = &item;
    //~^ shop.records.item reference; shop.records.item.title read; shop.records.item.price read
    let shown = match item.shelf {
        //~^ shop.records.item.shelf read
        Shelf::Front | Shelf::Back => title.clone(), //~ shop.choices.shelf.Front reference; shop.choices.shelf.Back reference
        Shelf::Cellar if new.stock > 0 => new.title.clone(), //~ shop.choices.shelf.Cellar reference; shop.records.item.stock read; shop.records.item.title read
        _ => cost.to_string(),
    };
    let mut new = new;
    new.title = shown.clone(); //~ shop.records.item.title write
    new.title.push('!'); //~ shop.records.item.title read
    let price = &mut new.price; //~ shop.records.item.price write
    *price += dec!(1);
    Ok(shown)
}
