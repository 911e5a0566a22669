/// It adds up.
#[test]
#[should_panic(expected = "no")]
async fn adds_up() -> Result<()> {
    assert_eq!(rules::add(1, 1).await?, ctx.user.id);
    Ok(())
}
