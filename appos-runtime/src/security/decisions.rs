//! A user's decisions, remembered: four bits a permission, read without lock or allocation.

use std::collections::HashSet;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

use super::{Because, Decision, Permission, Policy, Subject, UserType};
use crate::registry::ObjectDescriptor;

/// What one user may do, as of one state of the security data.
///
/// A decision is worked out at first use and then read from a table; when the data changes
/// the whole table is replaced, so no entry can outlive what it was worked out from.
pub struct Rights {
    epoch: u64,
    subject: Subject,
    policy: Arc<Policy>,
    /// One entry an object: four bits a permission, the number of the reason or zero. Most users ask about few
    /// of many objects: a page of entries is made when one of them is first needed.
    table: Box<[OnceLock<Box<Page>>]>,
    objects: usize,
}

/// Bits that tell of one permission.
const BITS: u32 = 4;
/// Objects of a page.
const PAGE: usize = 64;

type Page = [AtomicU32; PAGE];

/// Decisions of this program that no table had yet.
static WORKED_OUT: AtomicU64 = AtomicU64::new(0);

/// How many decisions this program had to work out, because it remembered none.
#[cfg(feature = "web")]
pub(crate) fn worked_out() -> u64 {
    WORKED_OUT.load(Ordering::Relaxed)
}

fn empty_page() -> Box<Page> {
    Box::new([const { AtomicU32::new(0) }; PAGE])
}

impl Rights {
    /// Rights of a subject under a policy, for `objects` objects.
    ///
    /// `epoch` must have been read before the subject and the policy were.
    pub fn new(epoch: u64, subject: Subject, policy: Arc<Policy>, objects: usize) -> Self {
        let table = std::iter::repeat_with(OnceLock::new).take(objects.div_ceil(PAGE)).collect();
        Self { epoch, subject, policy, table, objects }
    }

    /// May the user do this?
    #[inline]
    pub fn allows(&self, object: &ObjectDescriptor, permission: Permission) -> bool {
        self.answer(object, permission).allows()
    }

    /// May the user do this, and why?
    #[inline]
    pub fn answer(&self, object: &ObjectDescriptor, permission: Permission) -> Because {
        let Some(entry) = object.slot.get().and_then(|slot| self.entry(slot)) else {
            return Because::from(&self.decide(object, permission).reason);
        };
        let place = permission as u32 * BITS;
        let known = entry.load(Ordering::Relaxed) >> place & ((1 << BITS) - 1);
        if let Some(because) = Because::with_number(known) {
            return because;
        }
        WORKED_OUT.fetch_add(1, Ordering::Relaxed);
        let because = Because::from(&self.decide(object, permission).reason);
        // A decision does not change while this table lives: whoever is second writes the same bits.
        entry.fetch_or(because.number() << place, Ordering::Relaxed);
        because
    }

    #[inline]
    fn entry(&self, slot: usize) -> Option<&AtomicU32> {
        if slot >= self.objects {
            return None;
        }
        self.table.get(slot / PAGE)?.get_or_init(empty_page).get(slot % PAGE)
    }

    /// The decision with its reason, worked out anew.
    pub fn decide(&self, object: &ObjectDescriptor, permission: Permission) -> Decision {
        self.policy.decide(&self.subject, object, permission)
    }

    /// True if the user is in one of the groups, or may do everything.
    pub fn in_any(&self, groups: &[&str]) -> bool {
        self.is_system_admin()
            || (self.subject.active && groups.iter().any(|group| self.subject.groups.contains(*group)))
    }

    /// True if the user may do everything.
    pub fn is_system_admin(&self) -> bool {
        self.subject.active
            && (self.subject.user_type == UserType::SystemAdmin || self.subject.groups.contains(super::SYSTEM_ADMIN))
    }

    /// False if the account is switched off.
    pub fn is_active(&self) -> bool {
        self.subject.active
    }

    /// The state of the security data these rights belong to.
    pub(crate) fn epoch(&self) -> u64 {
        self.epoch
    }

    /// Active groups of the user.
    pub fn groups(&self) -> &HashSet<String> {
        &self.subject.groups
    }
}
