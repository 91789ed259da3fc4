//! The program. (Command line follows.)
fn main() {}
