//! Macros, texts and comments. `rules::quote`, Item and shop.records.item stand in comments only.

use crate::rules::quote; //~ none

macro_rules! pass {
    ($($tokens:tt)*) => { $($tokens)* };
}

macro_rules! quote_one {
    ($item:expr) => {
        crate::rules::quote($item, 1) // counted where it is called
    };
}

macro_rules! unused {
    () => {
        crate::rules::sell() // never called: it would not even compile
    };
}

macro_rules! call_it {
    ($rule:ident, $item:expr) => {
        $rule($item, 1)
    };
}

/*
    rules::quote(item, 1) in a block comment
*/

/// Macros that pass their tokens on, as `parallel`, `step` and the like will.
#[expression_rule]
async fn in_macros(item: Id<Item>) -> Result<Json> {
    //~^ shop.records.item reference
    let one = pass!(rules::quote(item, 1).await?); //~ shop.rules.quote call
    let two = quote_one!(item).await?; //~ shop.rules.quote call
    let three = call_it!(quote, item).await?; //~ shop.rules.quote call
    let four = pass!(pass!(crate::rules::quote(item, 4))).await?; //~ shop.rules.quote call
    pass! {
        let found = records::Item::get(item).await?; //~ shop.records.item read
        let patch = ItemPatch { stock: Some(found.stock), ..Default::default() };
        //~^ shop.records.item reference; shop.records.item.stock write; shop.records.item.stock read
    }
    assert!(patch.stock.is_some(), "Item"); //~ shop.records.item.stock read
    Ok(json!({
        "item": found.title, //~ shop.records.item.title read
        "quote": [one, two, three, four],
        "shop.rules.quote": rules::quote(found.id, 9).await?, //~ shop.rules.quote call; shop.records.item.id read
    }))
}

/// Texts: only those that are dispatched count.
#[expression_rule]
async fn in_texts(item: Id<Item>, reference: String) -> Result<Json> {
    //~^ shop.records.item reference
    let text = "shop.rules.quote"; //~ none
    let longer = format!("{text} calls rules::quote for Item"); //~ none
    let raw = r#"records::Item::create"#; //~ none
    let arguments = json!({ "item": item, "quantity": 1 });
    engine::dispatch("shop.rules.quote", arguments.clone()).await?; //~ shop.rules.quote call
    engine::enqueue("shop.rules.sell", arguments.clone()).await?; //~ shop.rules.sell call
    engine::dispatch(ObjectRef::from("ledger.rules.close"), arguments.clone()).await?; //~ ledger.rules.close reference
    engine::dispatch("shop.rules.nowhere", arguments.clone()).await?; //~ none
    engine::dispatch(constants::on_sale().await?, arguments.clone()).await?; //~ shop.constants.on_sale read
    let kept: ObjectRef = "shop.rules.sell".into(); //~ shop.rules.sell reference
    engine::dispatch(reference, arguments).await
}
