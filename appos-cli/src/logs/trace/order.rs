//! Puts executions in the order of their tree, however odd the lines are: each once, a parent
//! before what it called.

use std::collections::{BTreeMap, HashMap};

use super::node::Node;

/// The executions in the order of their tree, the one with `root` first.
pub(super) fn in_order(mut nodes: BTreeMap<String, Node>, root: &str) -> Vec<Node> {
    let mut below: HashMap<String, Vec<String>> = HashMap::new();
    let mut tops = Vec::new();
    for node in nodes.values() {
        match node.parent_id.as_ref().filter(|parent| nodes.contains_key(*parent)) {
            Some(parent) => below.entry(parent.clone()).or_default().push(node.execution_id.clone()),
            None => tops.push(node.execution_id.clone()),
        }
    }
    for children in below.values_mut() {
        children.sort_by_cached_key(|id| (nodes.get(id).map(|node| node.at_us), id.clone()));
    }
    let begin = nodes.values().map(|node| node.at_us).min().unwrap_or_default();
    let mut own: HashMap<String, f64> = HashMap::new();
    for (parent, children) in &below {
        if let Some(parent) = nodes.get(parent) {
            let below: Vec<&Node> = children.iter().filter_map(|id| nodes.get(id)).collect();
            own.extend(own_us(parent, &below).map(|own| (parent.execution_id.clone(), own)));
        }
    }
    let mut ordered = Vec::with_capacity(nodes.len());
    tops.sort_by_cached_key(|id| (id != root, nodes.get(id).map(|node| node.at_us), id.clone()));
    let mut next_tops = tops.into_iter();
    // Executions that call each other in a circle have no top: the first of them is taken for one.
    while let Some(top) =
        next_tops.next().or_else(|| nodes.values().min_by_key(|node| node.at_us).map(|node| node.execution_id.clone()))
    {
        let mut open = vec![(top, 0, true)];
        while let Some((id, depth, is_last)) = open.pop() {
            let Some(mut node) = nodes.remove(&id) else { continue };
            node.depth = depth;
            node.is_last = is_last;
            node.parent_missing = depth == 0 && node.parent_id.is_some();
            node.after_us = node.at_us - begin;
            node.own_us = own.get(&id).copied().or(node.duration_us);
            ordered.push(node);
            // The first is taken from the stack first.
            let children = below.remove(&id).unwrap_or_default();
            for (index, child) in children.into_iter().rev().enumerate() {
                open.push((child, depth + 1, index == 0));
            }
        }
    }
    ordered
}

/// What of an execution's time is covered by no call below it; calls may run side by side, and on
/// after it.
#[expect(clippy::cast_precision_loss, reason = "durations are far below 2^52 microseconds")]
fn own_us(parent: &Node, below: &[&Node]) -> Option<f64> {
    let duration = parent.duration_us?;
    let (mut covered, mut until) = (0, parent.at_us);
    for child in below {
        let (from, to) = (child.at_us.max(until), child.end_us().min(parent.end_us()));
        covered += (to - from).max(0);
        until = until.max(to);
    }
    Some((duration - covered as f64).max(0.0))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::in_order;
    use crate::logs::line::Line;
    use crate::logs::trace::node::Node;

    /// id, parent, begin in microseconds, duration
    fn ordered(nodes: &[(&str, Option<&str>, u32, f64)]) -> Vec<(String, usize, bool, f64)> {
        let nodes: BTreeMap<String, Node> = nodes
            .iter()
            .map(|(id, parent, at, duration)| {
                let text = serde_json::json!({ "ts": format!("2026-11-24T10:00:00.{at:06}Z"), "parent_id": parent });
                let text = text.to_string();
                let mut node = Node::of(&Line::read(text.as_bytes()).unwrap(), id);
                node.duration_us = Some(*duration);
                ((*id).to_owned(), node)
            })
            .collect();
        let node = |node: Node| (node.execution_id, node.depth, node.parent_missing, node.own_us.unwrap());
        in_order(nodes, "r").into_iter().map(node).collect()
    }

    #[test]
    fn own_time_is_what_no_call_below_covers() {
        let order = ordered(&[
            ("r", None, 0, 100.0),
            // Side by side: 10 to 40 is covered once.
            ("b", Some("r"), 20, 20.0),
            ("a", Some("r"), 10, 20.0),
            // On after its caller: 90 to 100.
            ("c", Some("r"), 90, 500.0),
            ("d", Some("a"), 12, 5.0),
        ]);
        let order: Vec<(&str, usize, f64)> =
            order.iter().map(|(id, depth, _, own)| (id.as_str(), *depth, *own)).collect();
        assert_eq!(order, [("r", 0, 60.0), ("a", 1, 15.0), ("d", 2, 5.0), ("b", 1, 20.0), ("c", 1, 500.0)]);
    }

    #[test]
    fn a_circle_and_a_missing_parent_are_told_once_each() {
        let order = ordered(&[
            ("x", Some("y"), 1, 1.0),
            ("y", Some("x"), 2, 1.0),
            ("z", Some("z"), 3, 1.0),
            ("lost", Some("gone"), 4, 1.0),
            ("r", None, 5, 1.0),
        ]);
        let order: Vec<(&str, usize, bool)> =
            order.iter().map(|(id, depth, is_missing, _)| (id.as_str(), *depth, *is_missing)).collect();
        assert_eq!(order, [("r", 0, false), ("lost", 0, true), ("x", 0, true), ("y", 1, false), ("z", 0, true)]);
    }

    #[test]
    fn a_long_chain_fills_no_stack() {
        let names: Vec<String> = (0..100_000).map(|number| format!("n{number:06}")).collect();
        let nodes: Vec<(&str, Option<&str>, u32, f64)> = names
            .iter()
            .enumerate()
            .map(|(index, id)| (id.as_str(), index.checked_sub(1).map(|before| names[before].as_str()), 0, 1.0))
            .collect();
        assert_eq!(ordered(&nodes).last().unwrap().1, 99_999);
    }
}
