//! Apps are named, not written out.

appos::platform!("crm");
