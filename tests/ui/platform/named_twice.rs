//! An app runs once.

appos::platform!(appos, appos);
