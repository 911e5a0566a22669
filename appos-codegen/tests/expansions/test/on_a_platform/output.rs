#[cfg(test)]
#[allow(unused_imports)]
use ::appos::prelude::*;
#[cfg(test)]
#[allow(unused_imports)]
use ::appos::testing::prelude::*;
#[cfg(test)]
#[allow(unused_imports)]
use crate::__appos_scope::*;
/// It adds up.
#[should_panic(expected = "no")]
#[cfg(test)]
#[::core::prelude::v1::test]
fn adds_up() {
    #[allow(clippy::unused_async)]
    async fn __appos_body(
        #[allow(unused_variables)]
        ctx: __appos_support::Ctx,
    ) -> Result<()> {
        assert_eq!(rules::add(1, 1). await ?, ctx.user.id);
        Ok(())
    }
    __appos_support::run_test(__appos_body)
}
