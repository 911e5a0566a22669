//! What is stored and configured, as plain rows: the one thing that the engine and the model share.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::{Arc, Mutex};

use appos_runtime::config::{SecurityDefaults, TierDefaults};
use appos_runtime::security::{AppPolicy, Grant, IdentitySource, Loading, Membership, Permission, Security, UserType};
use fastrand::Rng;

use crate::objects::{APPS, GROUPS};

/// Patterns of every form, some of which cover the same.
pub(crate) const PATTERNS: [&str; 14] = [
    "crm.*",
    "crm2.*",
    "crm.records.*",
    "crm.rules.*",
    "crm.customer*",
    "crm.records.customer",
    "crm.records.custom*",
    "crm2.constants.c*",
    "billing.*",
    "billing.constants.c",
    "billing.rules.order*",
    "platform.records.*",
    "platform.order*",
    "crm.c*",
];

/// Lists of one tier in an `app.yaml`.
pub(crate) type Lists = BTreeMap<Permission, BTreeSet<String>>;

/// An `app.yaml`, as far as it is about access.
#[derive(Clone, Debug, Default)]
pub(crate) struct App {
    pub(crate) groups: BTreeSet<String>,
    pub(crate) logic: Lists,
    pub(crate) ui: Lists,
}

/// Rows and files.
#[derive(Clone, Debug)]
pub(crate) struct World {
    pub(crate) apps: BTreeMap<String, App>,
    /// Of each account: its sort, and whether it is switched on.
    pub(crate) users: Vec<(UserType, bool)>,
    /// Groups that are switched off.
    pub(crate) switched_off: BTreeSet<String>,
    /// User and group.
    pub(crate) memberships: BTreeSet<(usize, String)>,
    /// Group, pattern and permission.
    pub(crate) grants: BTreeSet<(String, String, Permission)>,
}

/// Accounts of a world.
pub(crate) const USERS: usize = 6;

fn group(random: &mut Rng) -> String {
    GROUPS[random.usize(..GROUPS.len())].to_owned()
}

fn some_groups(random: &mut Rng, most: usize) -> BTreeSet<String> {
    (0..random.usize(..most)).map(|_| group(random)).collect()
}

impl World {
    pub(crate) fn random(random: &mut Rng) -> Self {
        let lists = |random: &mut Rng| {
            [Permission::View, Permission::Use, Permission::Admin].map(|list| (list, some_groups(random, 3))).into()
        };
        let app = |random: &mut Rng| {
            let groups = some_groups(random, 4);
            App { groups, logic: lists(random), ui: lists(random) }
        };
        let apps = APPS[..3].iter().map(|name| ((*name).to_owned(), app(random))).collect();
        let mut world = Self {
            apps,
            users: (0..USERS).map(|_| (UserType::Basic, true)).collect(),
            switched_off: BTreeSet::new(),
            memberships: BTreeSet::new(),
            grants: BTreeSet::new(),
        };
        for _ in 0..24 {
            world.change(random);
        }
        world
    }

    /// What an administrator may do to it.
    pub(crate) fn change(&mut self, random: &mut Rng) {
        let user = random.usize(..USERS);
        match random.usize(..12) {
            0 => self.users[user].1 = random.usize(..4) != 0,
            1 => {
                let sorts = [UserType::Basic, UserType::Basic, UserType::ServiceAccount, UserType::SystemAdmin];
                self.users[user].0 = sorts[random.usize(..sorts.len())];
            }
            2 => {
                let group = group(random);
                // Nobody switches off what everyone is in.
                if group != "public_access" && !self.switched_off.remove(&group) {
                    self.switched_off.insert(group);
                }
            }
            3..=7 => {
                // Seldom the last two, which mean something of their own.
                let most = if random.usize(..8) == 0 { GROUPS.len() } else { 4 };
                let row = (user, GROUPS[random.usize(..most)].to_owned());
                if !self.memberships.remove(&row) {
                    self.memberships.insert(row);
                }
            }
            _ => {
                let pattern = PATTERNS[random.usize(..PATTERNS.len())].to_owned();
                let row = (group(random), pattern, Permission::ALL[random.usize(..6)]);
                if !self.grants.remove(&row) {
                    self.grants.insert(row);
                }
            }
        }
    }

    pub(crate) fn policies(&self) -> HashMap<String, AppPolicy> {
        let tier = |lists: &Lists| {
            let of = |list| lists.get(&list).into_iter().flatten().cloned().collect();
            let mut tier = TierDefaults::default();
            (tier.view, tier.use_, tier.admin) = (of(Permission::View), of(Permission::Use), of(Permission::Admin));
            tier
        };
        let policy = |app: &App| {
            let mut defaults = SecurityDefaults::default();
            (defaults.logic, defaults.ui) = (tier(&app.logic), tier(&app.ui));
            AppPolicy { groups: app.groups.iter().cloned().collect(), defaults }
        };
        self.apps.iter().map(|(name, app)| (name.clone(), policy(app))).collect()
    }

    /// Grants of active groups.
    fn granted(&self) -> HashMap<String, Vec<Grant>> {
        let mut grants: HashMap<String, Vec<Grant>> = HashMap::new();
        for (group, pattern, permission) in self.grants.iter().filter(|(group, ..)| self.active(group)) {
            let grant = Grant { pattern: pattern.parse().expect("a pattern"), permission: *permission };
            grants.entry(group.clone()).or_default().push(grant);
        }
        grants
    }

    fn active(&self, group: &str) -> bool {
        !self.switched_off.contains(group)
    }
}

/// The same rows as storage gives them to the engine.
pub(crate) struct Stored(pub(crate) Arc<Mutex<World>>);

impl Stored {
    /// The engine's security over these rows.
    pub(crate) fn security(world: &Arc<Mutex<World>>, objects: usize) -> Security {
        let policies = world.lock().expect("a world").policies();
        Security::new(objects, policies, Some(Box::new(Self(Arc::clone(world)))))
    }
}

impl IdentitySource for Stored {
    fn membership(&self, user_id: i64, _: Option<appos_runtime::value::Uuid>) -> Loading<'_, Option<Membership>> {
        let world = self.0.lock().expect("a world");
        let all = world.granted();
        let found = usize::try_from(user_id).ok().and_then(|user| Some((user, *world.users.get(user)?)));
        let membership = found.map(|(user, (user_type, active))| {
            let own = world.memberships.iter().filter(|(member, group)| *member == user && world.active(group));
            let groups: HashSet<String> = own.map(|(_, group)| group.clone()).collect();
            // As storage does it: what is given to others is not told.
            let theirs = |group: &String| groups.contains(group) || group == "public_access";
            let grants = all.into_iter().filter(|(group, _)| theirs(group)).collect();
            Membership { user_type, active, groups, grants }
        });
        Box::pin(std::future::ready(Ok(membership)))
    }

    fn grants(&self, _: Option<appos_runtime::value::Uuid>) -> Loading<'_, HashMap<String, Vec<Grant>>> {
        let grants = self.0.lock().expect("a world").granted();
        Box::pin(std::future::ready(Ok(grants)))
    }
}
