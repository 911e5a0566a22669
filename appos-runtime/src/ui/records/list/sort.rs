//! By which columns a list is sorted: the heads of its columns, and the menu that says the same without script.

use dioxus::prelude::*;

use super::address::Asked;
use super::columns::Column;
use super::rows::Found;
use crate::question::MAX_SORTS;
use crate::ui::components::{IconButton, Menu, SortDirection, TableColumn};
use crate::ui::text::own::lists;

/// The columns that a list is sorted by, in their order, and whether each runs backwards.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Sorted(Vec<(String, bool)>);

impl Sorted {
    fn of(asked: &Asked) -> Self {
        Self::read(&asked.parameter("sort").unwrap_or_default())
    }

    fn read(text: &str) -> Self {
        let keys = text.split(',').filter(|key| !key.is_empty());
        let keys = keys.map(|key| key.strip_prefix('-').map_or((key, false), |name| (name, true)));
        Self(keys.map(|(name, backwards)| (name.to_owned(), backwards)).collect())
    }

    fn place(&self, name: &str) -> Option<usize> {
        self.0.iter().position(|(own, _)| own == name)
    }

    fn text(&self) -> Option<String> {
        let keys = self.0.iter().map(|(name, backwards)| format!("{}{name}", if *backwards { "-" } else { "" }));
        let text = keys.collect::<Vec<_>>().join(",");
        (!text.is_empty()).then_some(text)
    }

    /// What a press on the head of a column asks for: that column alone, then backwards, then no order.
    fn alone(&self, name: &str) -> Self {
        match self.0.first() {
            Some((first, false)) if first == name && self.0.len() == 1 => Self(vec![(name.to_owned(), true)]),
            Some((first, true)) if first == name && self.0.len() == 1 => Self::default(),
            _ => Self(vec![(name.to_owned(), false)]),
        }
    }

    /// The same in addition to others, whose order stays. `None`: there are as many as can be.
    fn with(&self, name: &str) -> Option<Self> {
        let mut next = self.clone();
        match next.place(name) {
            Some(place) if next.0.get(place).is_some_and(|(_, backwards)| *backwards) => drop(next.0.remove(place)),
            Some(place) => {
                if let Some((_, backwards)) = next.0.get_mut(place) {
                    *backwards = true;
                }
            }
            None if next.0.len() < MAX_SORTS => next.0.push((name.to_owned(), false)),
            None => return None,
        }
        Some(next)
    }

    fn without(&self, name: &str) -> Self {
        Self(self.0.iter().filter(|(own, _)| own != name).cloned().collect())
    }

    fn turned(&self, name: &str) -> Self {
        let turn = |(own, backwards): &(String, bool)| (own.clone(), *backwards != (own == name));
        Self(self.0.iter().map(turn).collect())
    }

    fn address(&self, asked: &Asked) -> String {
        asked.with(&[("sort", self.text().as_deref())])
    }
}

/// The head of a column, by which the rows are sorted.
pub(super) fn head(found: &Found, column: &Column) -> TableColumn {
    let head = if column.number { TableColumn::number(column.label) } else { TableColumn::new(column.label) };
    if !column.stored {
        return head;
    }
    let (asked, sorted) = (&found.asked, Sorted::of(&found.asked));
    let mut head = head.sort(sorted.alone(column.name).address(asked));
    if let Some(also) = sorted.with(column.name) {
        head = head.also(also.address(asked));
    }
    let Some(place) = sorted.place(column.name) else { return head };
    if sorted.0.len() > 1 {
        head = head.place(place + 1);
    }
    let backwards = sorted.0.get(place).is_some_and(|(_, backwards)| *backwards);
    head.sorted(if backwards { SortDirection::Descending } else { SortDirection::Ascending })
}

/// The columns that the list is sorted by, and those that it can be sorted by, too.
pub(super) fn menu(found: &Found) -> Element {
    let (asked, sorted) = (&found.asked, Sorted::of(&found.asked));
    let stored: Vec<&Column> = found.all.iter().filter(|column| column.stored).collect();
    let now = sorted.0.iter().filter_map(|(name, backwards)| {
        let column = stored.iter().find(|column| column.name == name)?;
        let icon = if *backwards { "arrow-down" } else { "arrow-up" };
        Some((column.name, column.label, icon))
    });
    let now: Vec<_> = now.collect();
    let others = stored.iter().filter(|column| sorted.place(column.name).is_none()).filter_map(|column| {
        let more = sorted.with(column.name)?;
        Some((column.name, column.label, more.address(asked)))
    });
    let others: Vec<(&str, &str, String)> = others.collect();
    let label = if now.is_empty() { lists::sort_first_by() } else { lists::sort_also_by() };
    rsx! {
        Menu { id: "sort", label: lists::sort(), icon: "chevrons-up-down",
            if !now.is_empty() {
                div { class: "ao-menu-section",
                    p { class: "ao-menu-label", id: "sort-now", {lists::sorted_now()} }
                    ol { class: "ao-sorted-by", "aria-labelledby": "sort-now",
                        for (name , label , icon) in now {
                            li { key: "{name}",
                                span { class: "ao-menu-text", "{label}" }
                                IconButton { icon, label: lists::turn_order(label), to: sorted.turned(name).address(asked) }
                                IconButton { icon: "x", label: lists::sort_no_more(label), to: sorted.without(name).address(asked) }
                            }
                        }
                    }
                }
            }
            if !others.is_empty() {
                div { class: "ao-menu-section",
                    p { class: "ao-menu-label", id: "sort-by", "{label}" }
                    ul { "aria-labelledby": "sort-by",
                        for (name , label , to) in others {
                            li { key: "{name}",
                                a { class: "ao-menu-link", href: "{to}",
                                    span { class: "ao-menu-text", "{label}" }
                                }
                            }
                        }
                    }
                }
            }
            p { class: "ao-help ao-script-only", {lists::sort_help()} }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{MAX_SORTS, Sorted};

    #[test]
    fn a_head_sorts_alone_or_in_addition_to_others() {
        let sorted = Sorted::read("a,-b");
        let text = |sorted: Sorted| sorted.text().unwrap_or_default();
        assert_eq!((text(sorted.alone("a")), text(sorted.alone("c"))), ("a".to_owned(), "c".to_owned()));
        assert_eq!(text(Sorted::read("a").alone("a")), "-a");
        assert_eq!(text(Sorted::read("-a").alone("a")), "");
        let with = |name| sorted.with(name).map(text);
        assert_eq!(with("a").as_deref(), Some("-a,-b"));
        assert_eq!(with("b").as_deref(), Some("a"));
        assert_eq!(with("c").as_deref(), Some("a,-b,c"));
        assert_eq!((text(sorted.turned("b")), text(sorted.without("a"))), ("a,b".to_owned(), "-b".to_owned()));
        let full: Vec<String> = (0..MAX_SORTS).map(|place| format!("f{place}")).collect();
        assert_eq!(Sorted::read(&full.join(",")).with("a"), None, "there are as many as the API takes");
    }
}
