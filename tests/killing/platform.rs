//! The programs that are killed.

appos::platform!(killing);
