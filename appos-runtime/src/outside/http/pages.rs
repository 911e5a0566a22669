//! All pages of a list that a system gives out page by page.

use std::future::Future;

use crate::error::{AppOsError, Result};

/// Most pages that are asked for: a system whose pages never end is a mistake.
const MOST_PAGES: usize = 10_000;

/// Asks for page after page, and answers what is on all of them. `call` asks for the page that `from` begins;
/// `split` takes a page apart into its items and where the next one begins, `None` after the last.
///
/// ```
/// # async fn list(after: Option<u32>) -> appos_runtime::Result<(Vec<u32>, Option<u32>)> {
/// #     let from = after.unwrap_or(0);
/// #     Ok((vec![from, from + 1], (from < 4).then_some(from + 2)))
/// # }
/// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
/// use appos_runtime::outside::http::all_pages;
/// let all = all_pages(None, |after| list(after), |page| page).await?;
/// assert_eq!(all, [0, 1, 2, 3, 4, 5]);
/// # Ok::<(), appos_runtime::AppOsError>(()) }).unwrap();
/// ```
///
/// # Errors
/// Those of a call; or there are more than 10,000 pages (code `too_many_pages`).
pub async fn all_pages<A, P, I, F>(
    first: Option<A>,
    mut call: impl FnMut(Option<A>) -> F,
    mut split: impl FnMut(P) -> (Vec<I>, Option<A>),
) -> Result<Vec<I>>
where
    F: Future<Output = Result<P>>,
{
    let mut all = Vec::new();
    let mut from = first;
    for _ in 0..MOST_PAGES {
        let (mut items, next) = split(call(from).await?);
        all.append(&mut items);
        match next {
            Some(next) => from = Some(next),
            None => return Ok(all),
        }
    }
    Err(AppOsError::integration(format!("the system has more than {MOST_PAGES} pages")).code_is("too_many_pages"))
}
