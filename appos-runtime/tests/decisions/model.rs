//! The rules of access, read one sentence after the other and answered by searching rows. Slow, and
//! without a thought for how the engine does it.

use appos_runtime::registry::{ObjectDescriptor, ObjectKind};
use appos_runtime::security::{Permission, Reason, UserType};
use regex::Regex;

use crate::objects::GROUPS;
use crate::world::World;

/// What each form of a pattern means, as a regular expression over whole references.
pub(crate) fn expression(pattern: &str) -> Regex {
    let parts: Vec<String> = pattern.split('.').map(regex::escape).collect();
    let any = |part: &str| part.replace(r"\*", r"[a-z0-9_]*");
    let text = match &parts[..] {
        [app, name] => format!(r"^{app}\.[a-z0-9_]+\.{}$", any(name)),
        [app, namespace, name] => format!(r"^{app}\.{namespace}\.{}$", any(name)),
        _ => unreachable!("no pattern: {pattern}"),
    };
    Regex::new(&text).expect("an expression")
}

impl World {
    /// Everyone is in `public_access`; other groups count while they are switched on.
    fn is_in(&self, user: usize, group: &str) -> bool {
        group == "public_access"
            || (self.memberships.contains(&(user, group.to_owned())) && !self.switched_off.contains(group))
    }

    fn is_administrator(&self, user: usize) -> bool {
        self.users[user].0 == UserType::SystemAdmin || self.is_in(user, "system_admin")
    }

    /// A user reaches an app through a group associated with it; the platform's own has no such list.
    fn reaches(&self, user: usize, app: &str) -> bool {
        self.apps.get(app).is_none_or(|app| app.groups.iter().any(|group| self.is_in(user, group)))
    }

    /// Every reason for which members of a group may do it. `admin` implies the rest; lists written on
    /// an object take the place of its tier's; grants only add.
    fn gives(
        &self,
        covers: &dyn Fn(&str) -> bool,
        object: &ObjectDescriptor,
        wanted: Permission,
        group: &str,
    ) -> Vec<Reason> {
        let mut reasons = Vec::new();
        let writes_none = Permission::ALL.iter().all(|list| object.permissions.get(*list).is_none());
        for list in [wanted, Permission::Admin] {
            let named = |groups: &[&str]| groups.contains(&group);
            if object.permissions.get(list).is_some_and(named) {
                reasons.push(Reason::Listed { group: group.to_owned(), list });
            }
            let tier = tier(object.kind);
            if let Some(app) = self.apps.get(object.app).filter(|_| writes_none) {
                let lists = match tier {
                    2 => Some(&app.logic),
                    3 => Some(&app.ui),
                    _ => None,
                };
                if lists.and_then(|lists| lists.get(&list)).is_some_and(|groups| groups.contains(group)) {
                    reasons.push(Reason::TierDefault { group: group.to_owned(), list, tier });
                }
            }
            for (holder, pattern, permission) in &self.grants {
                if holder == group && *permission == list && !self.switched_off.contains(group) && covers(pattern) {
                    let (group, pattern) = (group.to_owned(), pattern.clone());
                    reasons.push(Reason::Granted { group, pattern, permission: *permission });
                }
            }
        }
        reasons
    }

    /// The answer, and every reason that may be told for it.
    pub(crate) fn answer(
        &self,
        covers: &dyn Fn(&str) -> bool,
        user: usize,
        object: &ObjectDescriptor,
        wanted: Permission,
    ) -> (bool, Vec<Reason>) {
        if !self.users[user].1 {
            return (false, vec![Reason::Inactive]);
        }
        if self.is_administrator(user) {
            return (true, vec![Reason::SystemAdmin]);
        }
        let mut reasons = Vec::new();
        if is_open(object, wanted) {
            reasons.push(Reason::PublicAccess);
        }
        let reaches = self.reaches(user, object.app);
        for group in GROUPS.into_iter().filter(|group| self.is_in(user, group)) {
            // What everyone is given needs no way into the app.
            if reaches || group == "public_access" {
                reasons.extend(self.gives(covers, object, wanted, group));
            }
        }
        match (reasons.is_empty(), reaches) {
            (false, _) => (true, reasons),
            (true, true) => (false, vec![Reason::Missing]),
            (true, false) => (false, vec![Reason::OutsideApp { app: object.app.to_owned() }]),
        }
    }

    /// Groups whose members may do it, if they reach the app.
    pub(crate) fn givers(
        &self,
        covers: &dyn Fn(&str) -> bool,
        object: &ObjectDescriptor,
        wanted: Permission,
    ) -> Vec<String> {
        let does = |group: &&str| {
            *group == "system_admin"
                || (*group == "public_access" && is_open(object, wanted))
                || !self.gives(covers, object, wanted, group).is_empty()
        };
        let mut givers: Vec<String> = GROUPS.iter().copied().filter(does).map(str::to_owned).collect();
        givers.sort();
        givers
    }
}

/// 1: what is written on it; 2: defaults for logic; 3: for the user interface.
fn tier(kind: ObjectKind) -> u8 {
    match kind {
        ObjectKind::Record
        | ObjectKind::Process
        | ObjectKind::Step
        | ObjectKind::ConnectedSystem
        | ObjectKind::Integration
        | ObjectKind::WebApi => 1,
        ObjectKind::Rule | ObjectKind::Constant => 2,
        ObjectKind::Interface | ObjectKind::Page | ObjectKind::Site | ObjectKind::TranslationSet => 3,
        _ => panic!("of which tier is {kind}?"),
    }
}

/// What `public_access = true` opens to everyone: rows and screens may be seen, logic and texts may be used, and
/// nothing is started.
fn is_open(object: &ObjectDescriptor, wanted: Permission) -> bool {
    let begins_nothing = matches!(object.kind, ObjectKind::Record | ObjectKind::WebApi);
    if !begins_nothing && tier(object.kind) == 1 {
        return false;
    }
    let is_used = tier(object.kind) == 2 || matches!(object.kind, ObjectKind::TranslationSet | ObjectKind::WebApi);
    let opened: &[Permission] = if is_used { &[Permission::View, Permission::Use] } else { &[Permission::View] };
    object.public_access && opened.contains(&wanted)
}
