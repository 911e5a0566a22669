//! The program: its apps, and nothing else.

appos::platform!({{app}});
