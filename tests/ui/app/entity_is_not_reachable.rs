//! No path leads to the rows but the record's own functions.

#[macro_use]
extern crate appos;
app!();

#[record(view = ["ui_users"])]
pub struct Invoice {
    number: String,
}

#[expression_rule]
async fn steal() -> Result<u64> {
    let _ = appos::codegen_support::Store;
    let _ = appos::record::store::select;
    let _ = appos::codegen_support::RowReader::new;
    Ok(0)
}

fn main() {}
