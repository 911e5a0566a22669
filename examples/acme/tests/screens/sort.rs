//! Lists that are sorted by several columns.

use crate::support::prepared;

#[tokio::test]
async fn columns_are_added_to_the_order_and_each_says_which_it_is() {
    let prepared = prepared(&[]).await;
    let sales = &prepared.sales;
    let page = sales.open("/crm/orders").await.is(200);
    let by_status = sales.open(&page.link_in("#sort", "Status").expect("a link without script")).await.is(200);
    assert!(by_status.has("th[aria-sort=ascending]") && !by_status.has(".ao-sort-place"));
    // Without script by the menu, with it by Shift and the head of the column: the address is the same.
    let also = by_status.link_in("#sort", "Total").expect("a link without script");
    assert_eq!(also, "/crm/orders?sort=status,total");
    assert!(by_status.attributes("thead a", "data-also").contains(&also));
    let both = sales.open(&also).await.is(200);
    assert_eq!(both.all(".ao-sort-place"), ["1", "2"]);
    assert_eq!(both.all("th[aria-sort]").len(), 1, "the rows have one order, and its first column says so");
    assert!(both.words("thead").contains("sorted ascending, number 2"));
    assert!(both.attributes("thead a", "data-also").contains(&"/crm/orders?sort=status,-total".to_owned()));
    let turned = sales.open(&both.link_in("#sort", "Turn the order of Total round").expect("a link")).await.is(200);
    let api = sales.get("/api/crm/v1/orders?sort=status,-total&limit=50").await.is(200);
    let numbers: Vec<String> =
        api.column("number").iter().map(|number| number.as_str().unwrap_or_default().to_owned()).collect();
    assert_eq!(turned.all("tbody th"), numbers);
    let alone = turned.link_in("#sort", "Sort no longer by Status").expect("a link");
    assert_eq!(alone, "/crm/orders?sort=-total");
    // A press without Shift begins anew.
    let sorts = turned.attributes("thead a", "href");
    assert!(
        sorts.contains(&"/crm/orders?sort=status".to_owned()) && sorts.contains(&"/crm/orders?sort=total".to_owned())
    );
}

#[tokio::test]
async fn a_list_is_sorted_by_no_more_columns_than_the_api_takes() {
    let prepared = prepared(&[]).await;
    let sort = "name,email,phone,website,address,city,country,tier";
    let page = prepared.sales.open(&format!("/crm/customers?sort={sort}")).await.is(200);
    assert_eq!(page.link_in("#sort", "Customer since"), None);
    prepared.sales.open(&format!("/crm/customers?sort={sort},customer_since")).await.is(400);
    prepared.sales.open("/crm/customers?sort=credit_limit,name").await.is(400);
}
