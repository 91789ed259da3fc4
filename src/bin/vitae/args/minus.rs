//! Conditions that begin with a minus: `vitae search -has:newer`, which would be the options `-h`, `-a`, `-s` … In: the arguments as the
//! shell gives them. Out: the same, with a blank before each such condition, so that it is taken for a value. Parses no query: the name of
//! a field and a sign are enough.

use std::ffi::OsString;
use vitae::model::FieldId;

/// The arguments of this process.
pub fn arguments() -> impl Iterator<Item = OsString> {
    std::env::args_os().map(as_value)
}

fn as_value(argument: OsString) -> OsString {
    match argument.to_str() {
        Some(text) if is_condition(text) => format!(" {text}").into(),
        _ => argument,
    }
}

/// `-has:newer`, `-years<3`, `-title.past:intern`, `-job(title:intern)`; not `-fskill:5`, which is the option `-f`.
fn is_condition(text: &str) -> bool {
    let Some(rest) = text.strip_prefix('-') else { return false };
    let Some(end) = rest.find([':', '<', '>', '(']) else { return false };
    let name = rest[..end].split('.').next().unwrap_or_default();
    match rest.as_bytes()[end] {
        b'(' => ["job", "current", "past", "education", "skill"].contains(&name),
        _ => FieldId::named(name).is_some(),
    }
}

#[cfg(test)]
mod tests {
    use super::is_condition;

    #[test]
    fn conditions_and_options() {
        for condition in
            ["-has:newer", "-years<3", "-title.past:intern", "-job(title:intern)", "-location:berlin", "-degree:=x"]
        {
            assert!(is_condition(condition), "{condition}");
        }
        for other in ["-fskill:5", "-n5", "-junior", "--facet", "-syears:asc", "-", "-:", "java", "-i/tmp/(a)"] {
            assert!(!is_condition(other), "{other}");
        }
    }
}
