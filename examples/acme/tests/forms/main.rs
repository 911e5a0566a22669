//! The generated forms of records as a browser without script uses them.

#[path = "../support/mod.rs"]
mod support;

mod page;

use page::Page;
use support::prepared;

#[tokio::test]
async fn smoke() {
    let prepared = prepared(&[]).await;
    let page = Page::get(&prepared.sales, "/crm/customers/new").await;
    println!("{}", page.html);
    let page = Page::get(&prepared.sales, "/crm/orders/1/edit").await;
    println!("{}", page.html);
}
