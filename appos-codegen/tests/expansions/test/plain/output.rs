#[::core::prelude::v1::test]
fn adds_up() {
    assert_eq!(1 + 1, 2);
}
