app!();
