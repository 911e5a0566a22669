//! The decision itself: a pure function of plain data, so that it can be compared with a
//! second implementation and explained.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use serde::Serialize;

use super::{PUBLIC_ACCESS, Pattern, Permission, SYSTEM_ADMIN};
use crate::config::{AppConfig, SecurityDefaults};
use crate::registry::{ObjectDescriptor, ObjectKind};

/// What sort of account a user is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum UserType {
    /// A person.
    Basic,
    /// A person who may do everything.
    SystemAdmin,
    /// A program; signs in by API key only.
    ServiceAccount,
}

impl UserType {
    /// The stored name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Basic => "basic",
            Self::SystemAdmin => "system_admin",
            Self::ServiceAccount => "service_account",
        }
    }
}

/// A permission given to a group by an administrator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// Which objects.
    pub pattern: Pattern,
    /// Which permission.
    pub permission: Permission,
}

/// What `app.yaml` says about access.
#[derive(Clone, Debug, Default)]
pub struct AppPolicy {
    /// Groups through which a user reaches the app.
    pub groups: HashSet<String>,
    /// Lists of tiers 2 and 3.
    pub defaults: SecurityDefaults,
}

impl From<&AppConfig> for AppPolicy {
    fn from(config: &AppConfig) -> Self {
        let groups = config.groups.iter().map(|group| group.name.clone()).collect();
        Self { groups, defaults: config.security.clone() }
    }
}

/// Everything decisions depend on but the user.
#[derive(Clone, Debug, Default)]
pub struct Policy {
    /// By app name.
    pub apps: Arc<HashMap<String, AppPolicy>>,
    /// Grants of administrators, by group; only active groups are listed. For the decisions about one user those
    /// of the user's groups suffice.
    pub grants: HashMap<String, Vec<Grant>>,
}

/// Who asks.
#[derive(Clone, Debug)]
pub struct Subject {
    /// The sort of account.
    pub user_type: UserType,
    /// False: the account is switched off.
    pub active: bool,
    /// Active groups the user belongs to, with `public_access`, which everyone has.
    pub groups: HashSet<String>,
}

/// Why a question was answered as it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "because", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Reason {
    /// The user is a system administrator.
    SystemAdmin,
    /// The object is open to the public.
    PublicAccess,
    /// The object's own list names a group of the user's.
    Listed {
        /// The group.
        group: String,
        /// The list in which it stands: the permission asked for, or `admin`.
        list: Permission,
    },
    /// The app's default for the object's tier names a group of the user's.
    TierDefault {
        /// The group.
        group: String,
        /// The list in which it stands.
        list: Permission,
        /// 2 or 3.
        tier: u8,
    },
    /// An administrator gave it to a group of the user's.
    Granted {
        /// The group.
        group: String,
        /// The pattern of the grant.
        pattern: String,
        /// The permission of the grant.
        permission: Permission,
    },
    /// The account is switched off.
    Inactive,
    /// No group of the user's is associated with the object's app.
    OutsideApp {
        /// The app.
        app: String,
    },
    /// Nothing gives it.
    Missing,
}

/// A [`Reason`] without its names: what logs say of every call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum Because {
    /// The user is a system administrator.
    SystemAdmin = 1,
    /// The object is open to the public.
    PublicAccess,
    /// The object's own list names a group of the user's.
    Listed,
    /// The app's default for the object's tier names a group of the user's.
    TierDefault,
    /// An administrator gave it to a group of the user's.
    Granted,
    /// The account is switched off.
    Inactive,
    /// No group of the user's is associated with the object's app.
    OutsideApp,
    /// Nothing gives it.
    Missing,
}

impl Because {
    /// All of them, in the order of their numbers.
    const ALL: [Self; 8] = [
        Self::SystemAdmin,
        Self::PublicAccess,
        Self::Listed,
        Self::TierDefault,
        Self::Granted,
        Self::Inactive,
        Self::OutsideApp,
        Self::Missing,
    ];

    /// True if it is a reason for yes.
    pub const fn allows(self) -> bool {
        !matches!(self, Self::Inactive | Self::OutsideApp | Self::Missing)
    }

    /// Its number; never zero, and less than 16.
    pub(super) const fn number(self) -> u32 {
        self as u32
    }

    /// The one with this number; zero is none.
    #[inline]
    pub(super) fn with_number(number: u32) -> Option<Self> {
        Self::ALL.get((number as usize).checked_sub(1)?).copied()
    }
}

impl From<&Reason> for Because {
    fn from(reason: &Reason) -> Self {
        match reason {
            Reason::SystemAdmin => Self::SystemAdmin,
            Reason::PublicAccess => Self::PublicAccess,
            Reason::Listed { .. } => Self::Listed,
            Reason::TierDefault { .. } => Self::TierDefault,
            Reason::Granted { .. } => Self::Granted,
            Reason::Inactive => Self::Inactive,
            Reason::OutsideApp { .. } => Self::OutsideApp,
            Reason::Missing => Self::Missing,
        }
    }
}

/// An answer and its reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Decision {
    /// May the subject do it?
    pub allowed: bool,
    /// Why.
    pub reason: Reason,
}

impl Decision {
    fn allow(reason: Reason) -> Self {
        Self { allowed: true, reason }
    }

    fn deny(reason: Reason) -> Self {
        Self { allowed: false, reason }
    }
}

/// What `public_access` opens, for each kind of object.
fn is_public(object: &ObjectDescriptor, permission: Permission) -> bool {
    object.lineage().any(|object| object.public_access)
        && match object.kind {
            ObjectKind::Record | ObjectKind::Interface | ObjectKind::Page | ObjectKind::Site => {
                permission == Permission::View
            }
            ObjectKind::Rule | ObjectKind::Constant | ObjectKind::TranslationSet | ObjectKind::WebApi => {
                matches!(permission, Permission::View | Permission::Use)
            }
            // What is started goes on for as long as it likes, and what is sent outside is sent with the platform's
            // credentials: somebody has to answer for it.
            ObjectKind::Process | ObjectKind::Step | ObjectKind::ConnectedSystem | ObjectKind::Integration => false,
        }
}

impl Policy {
    /// May the subject do this with the object, and why?
    pub fn decide(&self, subject: &Subject, object: &ObjectDescriptor, permission: Permission) -> Decision {
        if !subject.active {
            return Decision::deny(Reason::Inactive);
        }
        if subject.user_type == UserType::SystemAdmin || subject.groups.contains(SYSTEM_ADMIN) {
            return Decision::allow(Reason::SystemAdmin);
        }
        if is_public(object, permission) {
            return Decision::allow(Reason::PublicAccess);
        }
        match self.find(subject, object, permission) {
            // Asked last, so that the answer names what is missing first.
            Some((group, _)) if !self.reaches_app(subject, group, object.app) => {
                Decision::deny(Reason::OutsideApp { app: object.app.to_owned() })
            }
            Some((_, reason)) => Decision::allow(reason),
            None if !self.reaches_app(subject, "", object.app) => {
                Decision::deny(Reason::OutsideApp { app: object.app.to_owned() })
            }
            None => Decision::deny(Reason::Missing),
        }
    }

    /// A user reaches an app through any group associated with it. What is given to
    /// `public_access` is given to people without a group, and needs none.
    fn reaches_app(&self, subject: &Subject, through: &str, app: &str) -> bool {
        through == PUBLIC_ACCESS
            || self.apps.get(app).is_none_or(|policy| subject.groups.iter().any(|group| policy.groups.contains(group)))
    }

    /// Groups whose members may do this with the object, if they reach its app.
    pub fn givers(&self, object: &ObjectDescriptor, permission: Permission) -> BTreeSet<String> {
        let lists = [permission, Permission::Admin];
        let mut givers = BTreeSet::from([SYSTEM_ADMIN.to_owned()]);
        if is_public(object, permission) {
            givers.insert(PUBLIC_ACCESS.to_owned());
        }
        if object.kind.tier() == 1 || !object.permissions.is_empty() {
            let listed = lists.into_iter().flat_map(|list| object.listed(list).unwrap_or_default());
            givers.extend(listed.map(|group| (*group).to_owned()));
        } else if let Some(app) = self.apps.get(object.app) {
            let defaults = if object.kind.tier() == 2 { &app.defaults.logic } else { &app.defaults.ui };
            givers.extend(lists.into_iter().flat_map(|list| defaults.get(list)).cloned());
        }
        let covers = |grant: &Grant| {
            lists.contains(&grant.permission) && object.lineage().any(|object| grant.pattern.covers(object))
        };
        givers
            .extend(self.grants.iter().filter(|(_, grants)| grants.iter().any(covers)).map(|(group, _)| group.clone()));
        givers
    }

    fn find<'a>(
        &'a self,
        subject: &'a Subject,
        object: &ObjectDescriptor,
        permission: Permission,
    ) -> Option<(&'a str, Reason)> {
        let lists = [permission, Permission::Admin];
        let member = |name: &str| subject.groups.get(name).map(String::as_str);
        let mut found: Vec<(&str, Reason)> = Vec::new();
        if object.kind.tier() == 1 || !object.permissions.is_empty() {
            for list in lists {
                for group in object.listed(list).unwrap_or_default() {
                    if let Some(group) = member(group) {
                        found.push((group, Reason::Listed { group: group.to_owned(), list }));
                    }
                }
            }
        } else if let Some(app) = self.apps.get(object.app) {
            let tier = object.kind.tier();
            let defaults = if tier == 2 { &app.defaults.logic } else { &app.defaults.ui };
            for list in lists {
                for group in defaults.get(list) {
                    if let Some(group) = member(group) {
                        found.push((group, Reason::TierDefault { group: group.to_owned(), list, tier }));
                    }
                }
            }
        }
        for group in &subject.groups {
            for grant in self.grants.get(group).into_iter().flatten() {
                if (grant.permission == permission || grant.permission == Permission::Admin)
                    && object.lineage().any(|object| grant.pattern.covers(object))
                {
                    found.push((
                        group,
                        Reason::Granted {
                            group: group.clone(),
                            pattern: grant.pattern.to_string(),
                            permission: grant.permission,
                        },
                    ));
                }
            }
        }
        // A way in that needs no app comes first: it must not be hidden by one that does.
        let public = found.iter().position(|(group, _)| *group == PUBLIC_ACCESS);
        match public {
            Some(index) => Some(found.swap_remove(index)),
            None => found.into_iter().next(),
        }
    }
}
