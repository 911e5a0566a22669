//! The app as a program, for tests over HTTP of what the example has no use for.

appos::platform!(probe);
