#[step]
fn double(number: i64) -> i64 {
    number * 2
}
