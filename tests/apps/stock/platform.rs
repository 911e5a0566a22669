//! The app as a program, for tests over HTTP.

appos::platform!(stock);
