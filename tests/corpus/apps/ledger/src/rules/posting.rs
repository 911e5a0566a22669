//! Opening, posting, closing.

/// Opens an account.
#[expression_rule]
async fn open(number: String) -> Result<Account> {
    //~^ ledger.records.account reference
    let side = Side::default(); //~ ledger.choices.side reference
    //~v ledger.records.account create; ledger.records.account reference
    records::Account::create(NewAccount {
        number,  //~ ledger.records.account.number write
        side,    //~ ledger.records.account.side write
        ..NewAccount::default() //~ ledger.records.account reference
    })
    .await
}

/// Posts an amount.
#[expression_rule]
async fn post(account: Id<Account>, amount: Decimal) -> Result<Id<Entry>> {
    //~^ ledger.records.account reference; ledger.records.entry reference
    let rate = constants::tax_rate().await?; //~ ledger.constants.tax_rate read
    //~v ledger.records.entry create; ledger.records.entry reference
    let entry = Entry::create(NewEntry {
        account: account.into(), //~ ledger.records.entry.account write
        amount,                  //~ ledger.records.entry.amount write
        tax: amount * rate,      //~ ledger.records.entry.tax write
        note: None,              //~ ledger.records.entry.note write
    })
    .await?;
    Ok(entry.id) //~ ledger.records.entry.id read
}

/// Closes an account and every entry of it.
#[expression_rule]
async fn close(account: Id<records::Account>) -> Result<()> {
    //~^ ledger.records.account reference
    let account = records::Account::get(account).await?; //~ ledger.records.account read
    //~v ledger.records.account.entries read; ledger.records.entry read
    for entry in account.entries.query().all().await? {
        entry.delete().await?; //~ ledger.records.entry delete
    }
    account.delete().await //~ ledger.records.account delete
}

/// The sum of the entries.
#[expression_rule]
async fn balance_of(account: Id<Account>) -> Result<Decimal> {
    //~^ ledger.records.account reference
    //~v ledger.records.entry read; ledger.records.entry.account read
    let entries = records::Entry::query().account(account).all().await?;
    Ok(entries.iter().map(|entry| entry.gross).sum()) //~ ledger.records.entry.gross read
}

#[expression_rule]
async fn entry_made(entry: Entry) -> Result<()> {
    //~^ ledger.records.entry reference
    refresh(entry.account.id()).await //~ ledger.records.entry.account read
}

#[expression_rule]
async fn entry_gone(entry: Entry) -> Result<()> {
    //~^ ledger.records.entry reference
    refresh(entry.account.id()).await //~ ledger.records.entry.account read
}

/// Shared by two rules, and no rule itself.
async fn refresh(account: Id<Account>) -> Result<()> {
    //~^ ledger.records.account reference
    let balance = balance_of(account).await?; //~ ledger.rules.balance_of call
    let account = Account::get(account).await?; //~ ledger.records.account read
    //~v ledger.records.account write; ledger.records.account reference; ledger.records.account.balance write
    account.update(AccountPatch { balance: Some(balance), ..Default::default() }).await?;
    Ok(())
}

/// Calls itself.
#[expression_rule]
async fn depth(level: u32) -> Result<u32> {
    if level == 0 { Ok(0) } else { Ok(1 + rules::depth(level - 1).await?) } //~ ledger.rules.depth call
}
