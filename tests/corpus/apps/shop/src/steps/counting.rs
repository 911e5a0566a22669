//! A step in a file of its own.

#[step]
async fn count_pieces() -> Result<u64> {
    records::Item::count().await //~ shop.records.item read
}
