//! What lists can be asked for: groups of filters, and operators of several values.

use serde_json::json;

use super::CUSTOMERS;
use super::support::{Client, prepared};

async fn ids(client: &Client, parameters: &[(&str, &str)]) -> Vec<i64> {
    let mut all = vec![("limit", "200"), ("sort", "id"), ("fields", "id")];
    all.extend(parameters);
    let list = client.get_with(CUSTOMERS, &all).await.is(200);
    assert!(list.body["next"].is_null());
    list.column("id").iter().filter_map(serde_json::Value::as_i64).collect()
}

#[tokio::test]
async fn of_the_groups_of_or_one_must_hold_beside_all_other_filters() {
    let start = prepared(&[]).await;
    let sales = &start.sales;
    let gold = ids(sales, &[("filter[tier]", "gold")]).await;
    let silver_in_belgium = ids(sales, &[("filter[tier]", "silver"), ("filter[country]", "Belgium")]).await;
    assert!(!gold.is_empty() && !silver_in_belgium.is_empty(), "{gold:?} {silver_in_belgium:?}");
    let mut both = [gold, silver_in_belgium].concat();
    both.sort_unstable();
    let groups =
        [("filter[or][0][tier]", "gold"), ("filter[or][7][tier][eq]", "silver"), ("filter[or][7][country]", "Belgium")];
    assert_eq!(ids(sales, &groups).await, both);
    let after = both[0].to_string();
    let mut beside = groups.to_vec();
    beside.push(("filter[id][gt]", &after));
    assert_eq!(ids(sales, &beside).await, both[1..]);
    for (name, code) in [
        ("filter[or][0][nickname]", "unknown_field"),
        ("filter[or][0][credit_limit][gt]", "unknown_field"),
        ("filter[or][100][tier]", "unknown_field"),
        ("filter[or][x][tier]", "unknown_field"),
        ("filter[or][0]", "unknown_field"),
        ("filter[or][0][tier][near]", "unknown_operator"),
    ] {
        let refused = sales.get_with(CUSTOMERS, &[(name, "gold")]).await.problem(400, "bad_query");
        assert_eq!(refused.names(name), code);
    }
    // Each operator of each field can be asked once, as the document says; beside that, few.
    let fields = ["name", "email", "phone", "website", "address", "city", "country"];
    let operators = ["eq", "ne", "lt", "lte", "gt", "gte", "in", "not_in", "contains", "starts_with", "ends_with"];
    let all = fields.iter().flat_map(|field| operators.map(|operator| format!("filter[{field}][{operator}]")));
    let all: Vec<String> = all.collect();
    let all: Vec<(&str, &str)> = all.iter().map(|name| (name.as_str(), "x")).collect();
    assert_eq!(sales.get_with(CUSTOMERS, &all).await.is(200).body["rows"], json!([]));
    let many: Vec<(String, String)> = (0..51).map(|n| (format!("filter[or][{n}][id]"), n.to_string())).collect();
    let many: Vec<(&str, &str)> = many.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    assert_eq!(sales.get_with(CUSTOMERS, &many).await.problem(400, "bad_query").names("filter"), "too_many");
}

#[tokio::test]
async fn rows_are_found_between_two_values_and_outside_of_several() {
    let start = prepared(&[]).await;
    let sales = &start.sales;
    let all = ids(sales, &[]).await;
    assert_eq!(ids(sales, &[("filter[id][between]", "3,6")]).await, [3, 4, 5, 6]);
    assert_eq!(ids(sales, &[("filter[id][between]", "6,3")]).await, [0_i64; 0]);
    let some = ids(sales, &[("filter[country][in]", "Belgium,Germany")]).await;
    let others = ids(sales, &[("filter[country][not_in]", "Belgium,Germany")]).await;
    assert!(!some.is_empty() && !others.is_empty());
    assert_eq!(some.len() + others.len(), all.len(), "rows without a value are not one of these");
    for value in ["", "1", "a,b", "1,2,3"] {
        let refused = sales.get_with(CUSTOMERS, &[("filter[id][between]", value)]).await.problem(400, "bad_query");
        assert_eq!(refused.names("filter[id][between]"), "wrong_type", "{value}");
    }
}
