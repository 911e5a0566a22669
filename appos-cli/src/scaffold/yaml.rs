//! Adds a name to a list of a YAML file, as text, so that comments, order and form stay.

use saphyr::{LoadableYamlNode, Yaml};

/// The text with `item` at the end of the list `key` of its first level; the list is made if it is
/// not there. None if the file has a form in which the place is not found.
pub(crate) fn add_to_list(text: &str, key: &str, item: &str) -> Option<String> {
    let before = list(text, key)?;
    let after = written(text, key, item)?;
    // Whatever form the file has: what is wanted is there, and nothing else has changed.
    let wanted: Vec<String> = before.into_iter().chain([item.to_owned()]).collect();
    (list(&after, key)? == wanted && others(text, key) == others(&after, key)).then_some(after)
}

fn written(text: &str, key: &str, item: &str) -> Option<String> {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let Some(at) = lines.iter().position(|line| line.strip_prefix(key).is_some_and(|rest| rest.starts_with(':')))
    else {
        let end = if text.is_empty() || text.ends_with('\n') { "" } else { "\n" };
        return Some(format!("{text}{end}{key}: [{item}]\n"));
    };
    let start: usize = lines.iter().take(at).map(|line| line.len()).sum();
    let value = start + key.len() + 1;
    let rest = text.get(value..)?;
    match rest.trim_start_matches(' ').chars().next() {
        Some('[') => {
            let open = value + rest.find('[')?;
            let close = open + end_of_flow(text.get(open..)?)?;
            let inside = text.get(open + 1..close)?;
            // Behind the last item, before the line break of a list over several lines.
            let end = open + 1 + inside.trim_end().len();
            let comma = if inside.trim().is_empty() {
                ""
            } else if inside.trim_end().ends_with(',') {
                " "
            } else {
                ", "
            };
            Some(format!("{}{comma}{item}{}", text.get(..end)?, text.get(end..)?))
        }
        _ => {
            let mut indent = None;
            let mut last = at;
            for (index, line) in lines.iter().enumerate().skip(at + 1) {
                let content = line.trim_start_matches(' ');
                let depth = line.len() - content.len();
                if content.trim().is_empty() || content.starts_with('#') {
                    continue;
                }
                match indent {
                    None if content.starts_with("- ") => indent = Some(depth),
                    Some(items) if depth > items || (depth == items && content.starts_with("- ")) => {}
                    _ => break,
                }
                last = index;
            }
            let end: usize = lines.iter().take(last + 1).map(|line| line.len()).sum();
            let (head, tail) = text.split_at(end);
            let line_break = if head.ends_with('\n') { "" } else { "\n" };
            Some(format!("{head}{line_break}{}- {item}\n{tail}", " ".repeat(indent.unwrap_or(2))))
        }
    }
}

/// Where the `]` is that closes the list which begins here.
fn end_of_flow(text: &str) -> Option<usize> {
    let (mut depth, mut quote, mut comment) = (0_usize, None, false);
    let mut before = ' ';
    for (at, sign) in text.char_indices() {
        match (sign, quote) {
            ('\n', _) => comment = false,
            (sign, Some(open)) if sign == open && !comment => quote = None,
            _ if comment || quote.is_some() => {}
            ('"' | '\'', None) => quote = Some(sign),
            ('#', None) if before.is_whitespace() => comment = true,
            ('[' | '{', None) => depth += 1,
            (']' | '}', None) => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return Some(at);
                }
            }
            _ => {}
        }
        before = sign;
    }
    None
}

/// The names in a list, of items that are names or have one; none if it is no YAML or no list.
pub(crate) fn list(text: &str, key: &str) -> Option<Vec<String>> {
    let documents = Yaml::load_from_str(text).ok()?;
    let Some(value) = documents.first().and_then(|root| root.as_mapping_get(key)) else { return Some(Vec::new()) };
    if value.is_null() {
        return Some(Vec::new());
    }
    let name = |item: &Yaml<'_>| {
        item.as_str().or_else(|| item.as_mapping_get("name").and_then(Yaml::as_str)).map(str::to_owned)
    };
    value.as_sequence()?.iter().map(name).collect()
}

/// Everything else.
fn others(text: &str, key: &str) -> Option<String> {
    let documents = Yaml::load_from_str(text).ok()?;
    let entries = documents.first().and_then(Yaml::as_mapping).into_iter().flatten();
    let others = entries.filter(|(name, _)| name.as_str() != Some(key)).map(|entry| format!("{entry:?}"));
    Some(others.collect::<Vec<_>>().join("\n"))
}

/// True if the file has the key on its first level.
pub(crate) fn has(text: &str, key: &str) -> bool {
    let documents = Yaml::load_from_str(text);
    documents.is_ok_and(|documents| documents.first().is_some_and(|root| root.as_mapping_get(key).is_some()))
}

#[cfg(test)]
mod tests {
    use super::add_to_list;

    fn added(text: &str) -> String {
        add_to_list(text, "groups", "new").expect("the place is found")
    }

    #[test]
    fn a_name_is_added_in_the_form_that_the_list_has() {
        assert_eq!(added("name: a\ngroups: [one] # two\nx: 1\n"), "name: a\ngroups: [one, new] # two\nx: 1\n");
        assert_eq!(added("groups: []\n"), "groups: [new]\n");
        assert_eq!(
            added("groups:\n  # first\n  - { name: one, description: \"a, [b]\" }\n\n# then\nx: 1\n"),
            "groups:\n  # first\n  - { name: one, description: \"a, [b]\" }\n  - new\n\n# then\nx: 1\n"
        );
        assert_eq!(
            added("groups:\n- name: one\n  description: a\nx: 1"),
            "groups:\n- name: one\n  description: a\n- new\nx: 1"
        );
        assert_eq!(added("groups: [\n    one,\n    two\n  ]\n"), "groups: [\n    one,\n    two, new\n  ]\n");
        assert_eq!(added("name: a"), "name: a\ngroups: [new]\n");
        assert_eq!(added("groups:\nname: a\n"), "groups:\n  - new\nname: a\n");
    }

    #[test]
    fn a_file_of_another_form_is_left_alone() {
        for text in [
            "groups: one\n",
            "groups: [one\n",
            "groups: { one: x }\n",
            "groups: *anchor\n",
            "- a\n",
            "groups: [\n  one # ]\n  ]\n",
            "groups:\n  [\n    one\n  ]\n",
        ] {
            assert_eq!(add_to_list(text, "groups", "new"), None, "{text}");
        }
    }
}
