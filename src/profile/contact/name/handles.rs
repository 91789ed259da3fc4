//! Names against addresses. In: e-mail addresses and links. Out: handles (letters of local parts, account names, hosts), how well a
//! name agrees with one, and, where nothing else is known, a name made of an address.

use super::reading_case;
use crate::model::{Found, WebLink};

/// Local parts of e-mail addresses and account names, letters only.
pub(super) fn of(emails: &[Found<String>], links: &[Found<WebLink>]) -> Vec<String> {
    let locals = emails.iter().filter_map(|email| email.value.split('@').next());
    let accounts = links.iter().filter_map(|link| link.value.username.as_deref());
    let hosts = links
        .iter()
        .filter(|link| link.value.network == "web")
        .filter_map(|link| link.value.url.split("://").nth(1)?.split('/').next());
    let all = locals.chain(accounts).chain(hosts);
    all.map(|handle| {
        handle.chars().filter(|letter| letter.is_alphabetic()).flat_map(char::to_lowercase).collect::<String>()
    })
    .filter(|handle: &String| handle.len() >= 3)
    .collect()
}

/// How well a handle agrees with the words of a name: `adalovelace`, `alovelace`, `lovelace`, `adal`.
pub(super) fn agreement(handle: &str, terms: &[&str]) -> f32 {
    let found: Vec<&&str> = terms.iter().filter(|term| term.len() >= 3 && handle.contains(**term)).collect();
    let letters: usize = found.iter().map(|term| term.len()).sum();
    if found.len() >= 2 {
        return 5.0;
    }
    if let [only] = found[..] {
        let rest = handle.replacen(*only, "", 1);
        let initials = terms
            .iter()
            .filter(|term| *term != only)
            .any(|term| rest.starts_with(&term[..term.chars().next().map_or(0, char::len_utf8)]));
        return if (initials && !rest.is_empty()) || letters * 2 >= handle.len() { 4.0 } else { 2.5 };
    }
    // "adalin" of Ada Lindt: the beginnings of the words in order.
    if terms.len() >= 2 && (2..=4).any(|letters| begins_with(handle, terms, letters)) {
        3.0
    } else if terms.len() >= 2 && begins_with(handle, terms, 1) {
        1.0
    } else {
        0.0
    }
}

/// The first letters of all terms, so many of each, stand in front of a handle.
fn begins_with(handle: &str, terms: &[&str], letters: usize) -> bool {
    let mut rest = Some(handle);
    for term in terms {
        let end = term.char_indices().nth(letters).map_or(term.len(), |(end, _)| end);
        rest = rest.and_then(|rest| rest.strip_prefix(&term[..end]));
    }
    rest.is_some()
}

/// `ada.lovelace@example.com` → Ada Lovelace, unsure.
pub(super) fn from_email(emails: &[Found<String>]) -> Option<Found<String>> {
    let email = emails.first()?;
    let local = email.value.split('@').next()?;
    let words: Vec<&str> = local
        .split(['.', '_', '-'])
        .map(|part| part.trim_matches(|letter: char| letter.is_ascii_digit()))
        .filter(|part| part.len() > 1)
        .collect();
    let shaped = words.len() >= 2 && words.len() <= 3 && words.iter().all(|word| word.chars().all(char::is_alphabetic));
    let mut place = email.evidence.clone();
    place.score = 2.0;
    place.reason = "from the e-mail address +2".into();
    shaped.then(|| Found { value: reading_case(&words.join(" ")), evidence: place })
}
