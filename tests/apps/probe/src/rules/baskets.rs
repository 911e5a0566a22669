//! Rules that are called with each write of a basket.

#[expression_rule]
async fn basket_opens(basket: Basket) -> Result<()> {
    if basket.label == "forbidden" {
        return Err(AppOsError::validation("no basket may be called so").field("label", "forbidden", "is forbidden"));
    }
    records::Notice::count().await?;
    note(format!("opens {}", basket.label)).await
}

#[expression_rule]
async fn basket_changes(basket: Basket) -> Result<()> {
    // A rule that changes its own row is called for that change, too: this one ends.
    if basket.size > 10 {
        basket.clone().update(BasketPatch { size: Some(10), ..BasketPatch::default() }).await?;
    }
    note(format!("changes {} to {}", basket.label, basket.size)).await
}

#[expression_rule]
async fn basket_goes(basket: Basket) -> Result<()> {
    if basket.size > 5 {
        return Err(AppOsError::validation("a full basket stays"));
    }
    note(format!("goes {}", basket.label)).await
}

async fn note(name: String) -> Result<()> {
    records::Thing::create(NewThing { name, amount: dec!(0), ..NewThing::default() }).await.map(drop)
}
