//! Questions about files.

/// Stands for a virus scanner: refuses the file by which scanners are tested.
#[expression_rule(description = "Refuses files that a virus scanner would")]
async fn refuse_infected(file: UploadedFile) -> Result<()> {
    const TEST: &[u8] = b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE";
    if file.bytes().await?.windows(TEST.len()).any(|window| window == TEST) {
        return Err(AppOsError::validation("the file is infected"));
    }
    Ok(())
}

/// Writes what is known of a customer into a contract that has yet to be signed.
#[expression_rule(description = "Drafts a contract for a customer")]
async fn draft_contract(customer_id: Id<Customer>) -> Result<Id<Contract>> {
    let customer = records::Customer::get(customer_id).await?;
    let text = format!("%PDF-1.4\n% a contract with {}\n%%EOF\n", customer.name);
    let new = NewContract { customer: customer.id.into(), ..NewContract::default() };
    let contract = records::Contract::upload(new, FileUpload::new("contract.pdf", text)).await?;
    Ok(contract.id)
}

/// The size of a contract's file, read to its end.
#[expression_rule(description = "Number of bytes of a contract")]
async fn contract_size(contract_id: Id<Contract>) -> Result<i64> {
    let contract = records::Contract::get(contract_id).await?;
    let mut content = contract.content().await?;
    let mut size = 0;
    while let Some(part) = content.next().await? {
        size += i64::try_from(part.len()).unwrap_or(i64::MAX);
    }
    Ok(size)
}
