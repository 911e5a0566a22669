//! Reads `app.yaml`: from nodes with places to an [`AppConfig`], with every mistake.

use super::app::{AppConfig, GroupConfig, TierDefaults};
use super::mistake::{ConfigErrors, Mistakes, Place, Wrong, listed, nearest, shown, unknown_key};
use super::value::{Value, is_snake_case, list, names, text, to_snake_case};
use super::yaml::{self, Content, Entry, Node};

/// Groups that every platform has; usable everywhere, declared nowhere.
const BUILT_IN: [&str; 2] = ["system_admin", "public_access"];

/// Gathers the settings and mistakes of one file.
pub(super) struct AppReader {
    pub(super) mistakes: Mistakes,
    pub(super) app: AppConfig,
    /// Groups named in lists, to be looked up once all declarations are read.
    named: Vec<(String, Place)>,
}

impl AppReader {
    pub(super) fn new(file: &str) -> Self {
        Self { mistakes: Mistakes::of(file), app: AppConfig::default(), named: Vec::new() }
    }

    pub(super) fn finish(self) -> Result<AppConfig, ConfigErrors> {
        let mistakes = self.mistakes.into_list();
        if mistakes.is_empty() { Ok(self.app) } else { Err(ConfigErrors(mistakes)) }
    }

    pub(super) fn read(&mut self, yaml: &str) {
        const KEYS: [&str; 9] = [
            "name",
            "display_name",
            "description",
            "groups",
            "security",
            "theme",
            "allowed_crates",
            "languages",
            "check",
        ];
        let before = yaml::parse(yaml, &mut self.mistakes);
        let Some(root) = before else {
            self.mistakes_if_empty();
            return;
        };
        let Some(entries) = self.mapping(&root, "name: crm") else { return };
        for entry in entries {
            match entry.key.as_str() {
                "name" => self.name(entry),
                "display_name" => self.app.display_name = self.text(entry, "display_name: Sales"),
                "description" => self.app.description = self.text(entry, "description: Customers and orders"),
                "groups" => self.groups(&entry.value),
                "security" => self.security(&entry.value),
                "theme" => self.theme(&entry.value),
                "check" => self.check(&entry.value),
                "allowed_crates" => {
                    self.app.allowed_crates = self.names(entry, ("a crate", "allowed_crates: [regex]"), is_crate);
                }
                "languages" => {
                    self.app.languages = self.names(entry, ("a language", "languages: [en, fr]"), is_language);
                }
                key => self.mistakes.add(entry.place, unknown_key(key, &KEYS)),
            }
        }
        if !entries.iter().any(|entry| entry.key == "name") {
            self.mistakes.add(root.place, Wrong::new("the key `name` is missing", "write `name: crm`"));
        }
        if self.app.display_name.is_empty() {
            self.app.display_name.clone_from(&self.app.name);
        }
        self.check_groups();
    }

    /// A file without content lacks its name; a file that is no YAML has its mistake already.
    fn mistakes_if_empty(&mut self) {
        if self.mistakes.is_empty() {
            self.mistakes.add_whole(Wrong::new("the key `name` is missing", "write `name: crm`"));
        }
    }

    pub(super) fn mapping<'a>(&mut self, node: &'a Node, example: &str) -> Option<&'a [Entry]> {
        let entries = node.entries();
        if entries.is_none() {
            let message = format!("expected a mapping, found {}", node.kind());
            self.mistakes.add(node.place, Wrong::new(message, format!("write `{example}`")));
        }
        entries
    }

    pub(super) fn text(&mut self, entry: &Entry, example: &str) -> String {
        match text(Value::Yaml(&entry.value), example) {
            Ok(text) => text.to_owned(),
            Err(wrong) => {
                self.mistakes.add(entry.value.place, wrong);
                String::new()
            }
        }
    }

    fn name(&mut self, entry: &Entry) {
        let place = entry.value.place;
        match text(Value::Yaml(&entry.value), "name: crm") {
            Ok(name) if is_snake_case(name) => name.clone_into(&mut self.app.name),
            Ok(name) => self.mistakes.add(place, not_snake_case(name, "name: ", "crm")),
            Err(wrong) => self.mistakes.add(place, wrong),
        }
    }

    fn groups(&mut self, node: &Node) {
        const EXAMPLE: &str = "groups: [crm_users, crm_admins]";
        let Content::Sequence(items) = &node.content else {
            if !node.is_null() {
                let message = format!("expected a list, found {}", node.kind());
                self.mistakes.add(node.place, Wrong::new(message, format!("write `{EXAMPLE}`")));
            }
            return;
        };
        for item in items {
            if let Some((group, place)) = self.group(item) {
                self.declare(group, place);
            }
        }
    }

    /// A name, or a mapping of `name` and `description`.
    fn group(&mut self, item: &Node) -> Option<(GroupConfig, Place)> {
        const EXAMPLE: &str = "- { name: crm_users, description: Sales people }";
        let Content::Mapping(entries) = &item.content else {
            return match text(Value::Yaml(item), EXAMPLE) {
                Ok(name) => Some((GroupConfig { name: name.to_owned(), ..GroupConfig::default() }, item.place)),
                Err(wrong) => {
                    self.mistakes.add(item.place, wrong);
                    None
                }
            };
        };
        let mut group = GroupConfig::default();
        let mut place = None;
        for entry in entries {
            match entry.key.as_str() {
                "name" => {
                    group.name = self.text(entry, EXAMPLE);
                    place = Some(entry.value.place);
                }
                "description" => group.description = self.text(entry, EXAMPLE),
                key => self.mistakes.add(entry.place, unknown_key(key, &["name", "description"])),
            }
        }
        if place.is_none() {
            self.mistakes.add(item.place, Wrong::new("the group has no `name`", format!("write `{EXAMPLE}`")));
        }
        // An empty name was reported as a wrong type.
        place.filter(|_| !group.name.is_empty()).map(|place| (group, place))
    }

    fn declare(&mut self, group: GroupConfig, place: Place) {
        let name = group.name.as_str();
        if BUILT_IN.contains(&name) {
            let message = format!("the group `{name}` is built in and cannot be declared");
            self.mistakes.add(place, Wrong::new(message, format!("remove `{name}`; it can be used without")));
        } else if !is_snake_case(name) {
            self.mistakes.add(place, not_snake_case(name, "", "crm_users"));
        } else if self.app.groups.iter().any(|other| other.name == name) {
            self.mistakes.add(place, Wrong::new(format!("the group `{name}` is declared twice"), "keep one"));
        } else {
            self.app.groups.push(group);
        }
    }

    fn security(&mut self, node: &Node) {
        for entry in self.mapping(node, "security: { defaults: {} }").unwrap_or_default() {
            if entry.key != "defaults" {
                self.mistakes.add(entry.place, unknown_key(&entry.key, &["defaults"]));
                continue;
            }
            for tier in self.mapping(&entry.value, "logic: { view: [crm_users] }").unwrap_or_default() {
                match tier.key.as_str() {
                    "logic" => self.app.security.logic = self.tier(&tier.value),
                    "ui" => self.app.security.ui = self.tier(&tier.value),
                    key => self.mistakes.add(tier.place, unknown_key(key, &["logic", "ui"])),
                }
            }
        }
    }

    fn tier(&mut self, node: &Node) -> TierDefaults {
        let mut tier = TierDefaults::default();
        for entry in self.mapping(node, "view: [crm_users]").unwrap_or_default() {
            let groups = match entry.key.as_str() {
                "view" => &mut tier.view,
                "use" => &mut tier.use_,
                "admin" => &mut tier.admin,
                key @ ("create" | "update" | "delete") => {
                    let message = format!("`{key}` is a permission of records, which inherit nothing");
                    self.mistakes.add(entry.place, Wrong::new(message, format!("write `{key}` on the record")));
                    continue;
                }
                key => {
                    self.mistakes.add(entry.place, unknown_key(key, &["view", "use", "admin"]));
                    continue;
                }
            };
            let mut wrongs = Vec::new();
            let example = format!("{}: [crm_users]", entry.key);
            let found = list(Value::Yaml(&entry.value), &example, &mut wrongs);
            self.named.extend(found.iter().map(|(name, place)| (name.clone(), place.unwrap_or(entry.place))));
            groups.extend(found.into_iter().map(|(name, _)| name));
            self.mistakes.add_all(entry.value.place, wrongs);
        }
        tier
    }

    fn check_groups(&mut self) {
        let declared: Vec<&str> = self.app.groups.iter().map(|group| group.name.as_str()).collect();
        for (name, place) in &self.named {
            if declared.contains(&name.as_str()) || BUILT_IN.contains(&name.as_str()) {
                continue;
            }
            let help = match nearest(name, declared.iter().copied().chain(BUILT_IN)) {
                Some(near) => format!("write `{near}`"),
                None if declared.is_empty() => format!("add `groups: [{}]`", shown(name)),
                None => format!("add it to `groups`; declared are {}", listed(&declared)),
            };
            self.mistakes.add(*place, Wrong::new(format!("the group `{}` is not declared", shown(name)), help));
        }
    }

    fn names(&mut self, entry: &Entry, (what, example): (&str, &str), good: fn(&str) -> bool) -> Vec<String> {
        let mut wrongs = Vec::new();
        let names = names(Value::Yaml(&entry.value), (what, example), good, &mut wrongs);
        self.mistakes.add_all(entry.value.place, wrongs);
        names
    }
}

fn not_snake_case(name: &str, prefix: &str, example: &str) -> Wrong {
    let better = Some(to_snake_case(name)).filter(|better| is_snake_case(better)).unwrap_or_else(|| example.to_owned());
    let message = format!("`{}` is not a name of lower-case letters, digits and underscores", shown(name));
    Wrong::new(message, format!("write `{prefix}{better}`"))
}

fn is_crate(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-')
}

/// `en`, `pt-BR`, `zh-Hant`.
fn is_language(tag: &str) -> bool {
    let mut parts = tag.split('-');
    parts.next().is_some_and(|first| matches!(first.len(), 2 | 3) && first.chars().all(|c| c.is_ascii_lowercase()))
        && parts.all(|part| matches!(part.len(), 2..=8) && part.chars().all(|c| c.is_ascii_alphanumeric()))
}
