#[test]
async fn adds_up(left: i64) {
    assert_eq!(rules::add(left, 1).await, 2);
}
