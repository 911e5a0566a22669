//! Nothing. A project that depends on it builds its dependencies with the features that they have in this
//! repository, where they are built already: without, each test that makes a project builds all of them again.
