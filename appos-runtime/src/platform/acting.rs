//! Work that goes on for somebody without him: what the outbox delivers, and processes.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::identity::account_of;
use crate::engine::Engine;
use crate::error::Result;
use crate::record::Store;
use crate::security::{Membership, UserType};
use crate::state::ScopeBuilder;

/// A scope of a user, with the rights and the settings of now. Who is gone or switched off has none: dispatch refuses
/// him like any other, so that the log has it.
///
/// # Errors
/// The database cannot be read.
pub(crate) async fn acting_for(engine: &Arc<Engine>, store: &Store, user_id: i64) -> Result<ScopeBuilder> {
    let account = account_of(store, user_id).await?;
    let mut preferences = engine.settings.preferences.clone();
    let rights = if account.active {
        preferences = account.chosen.over(&preferences);
        engine.load_rights(&account.user).await?
    } else {
        let (groups, grants) = (HashSet::new(), HashMap::new());
        engine.security().rights_of(Membership { user_type: UserType::Basic, active: false, groups, grants })
    };
    Ok(ScopeBuilder::new(Arc::clone(engine), account.user, rights).preferences(preferences))
}
