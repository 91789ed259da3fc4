//! Text typed by a person → [`ast::Query`]. Knows no engine and no index. (Grammar follows here.)

pub mod ast;
