//! Web addresses of the person: profile pages anywhere in the text, other addresses in the contact lines. In: lines. Out:
//! [`WebLink`]s with network and account name. Links of projects and papers are not the person's.

use super::Lines;
use crate::model::{Evidence, Found, WebLink};
use crate::profile::marks::Marks;
use crate::profile::scan::{self, any_pair};

/// Host, name of the network, what stands before the account name in the path.
const NETWORKS: &[(&str, &str, &[&str])] = &[
    ("linkedin.com", "linkedin", &["in", "pub"]),
    ("github.com", "github", &[""]),
    ("github.io", "github", &[]),
    ("gitlab.com", "gitlab", &[""]),
    ("bitbucket.org", "bitbucket", &[""]),
    ("orcid.org", "orcid", &[""]),
    ("scholar.google.com", "scholar", &[]),
    ("stackoverflow.com", "stackoverflow", &["users"]),
    ("kaggle.com", "kaggle", &[""]),
    ("behance.net", "behance", &[""]),
    ("dribbble.com", "dribbble", &[""]),
    ("medium.com", "medium", &[""]),
    ("leetcode.com", "leetcode", &["u", ""]),
    ("hackerrank.com", "hackerrank", &["profile", ""]),
    ("codeforces.com", "codeforces", &["profile"]),
    ("codechef.com", "codechef", &["users"]),
    ("researchgate.net", "researchgate", &["profile"]),
    ("twitter.com", "twitter", &[""]),
    ("x.com", "twitter", &[""]),
    ("facebook.com", "facebook", &[""]),
    ("instagram.com", "instagram", &[""]),
    ("youtube.com", "youtube", &["c", "user", ""]),
    ("xing.com", "xing", &["profile"]),
    ("indeed.com", "indeed", &["r"]),
    ("dev.to", "dev.to", &[""]),
    ("about.me", "about.me", &[""]),
    ("t.me", "telegram", &[""]),
];

/// Links of the candidate, each address once, in document order.
pub(super) fn find(lines: &Lines<'_>) -> Vec<Found<WebLink>> {
    let mut found: Vec<Found<WebLink>> = Vec::new();
    for (index, line) in lines.with(Marks::DOT.or(Marks::LINK)) {
        let contact = lines.contact[index];
        let written = line.links.iter().map(|link| (link.start as usize, link.end as usize, link.url.as_str()));
        // An address has a dot between letters, and away from the contact lines a path.
        let marks = lines.marks[index];
        let likely = marks.has(Marks::DOT)
            && any_pair(&line.text, |dot, next| (dot == b'.') & (next > b' '))
            && (contact || marks.has(Marks::SLASH) || scan::find(&line.text, "www.").is_some());
        if !likely && line.links.is_empty() {
            continue;
        }
        let text = if likely { line.text.as_str() } else { "" };
        let tokens = tokens(text).filter(|(_, _, token)| looks_like_address(token, contact));
        for (start, end, address) in written.chain(tokens) {
            let Some(link) = read(address) else { continue };
            let own = link.username.is_some() || contact;
            let again = |known: &Found<WebLink>| {
                known.value.url.eq_ignore_ascii_case(&link.url)
                    || (known.value.network == link.network
                        && known.value.username.is_some()
                        && known.value.username == link.username)
            };
            if own && !found.iter().any(again) {
                let score = if link.username.is_some() { 5.0 } else { 0.0 } + if contact { 4.0 } else { 0.0 };
                found.push(Found {
                    evidence: Evidence::at(index, start..end, score, "address shape, place in the résumé"),
                    value: link,
                });
            }
        }
    }
    found
}

/// Words of a line with a dot, between blanks and brackets, with their range.
fn tokens(text: &str) -> impl Iterator<Item = (usize, usize, &str)> {
    let parts = |letter: char| {
        letter.is_whitespace()
            || matches!(letter, '|' | '(' | ')' | '<' | '>' | '"' | ',' | ';' | '•' | '·' | '[' | ']')
    };
    let mut from = 0;
    let dotted = std::iter::from_fn(move || {
        let dot = from + memchr::memchr(b'.', &text.as_bytes()[from..])?;
        let before = text[from..dot].char_indices().rfind(|(_, letter)| parts(*letter));
        let start = before.map_or(from, |(at, letter)| from + at + letter.len_utf8());
        let end = text[dot..].find(parts).map_or(text.len(), |at| dot + at);
        from = end;
        Some((start, &text[start..end]))
    });
    dotted.filter(|(_, token)| token.len() > 3).map(|(start, token)| {
        let token = token.trim_end_matches(['.', ':']);
        (start, start + token.len(), token)
    })
}

fn looks_like_address(token: &str, contact: bool) -> bool {
    if token.contains('@') || !token.contains('.') {
        return false;
    }
    let known = || {
        let lower = token.to_ascii_lowercase();
        NETWORKS.iter().any(|(host, _, _)| lower.contains(host))
    };
    token.contains("://")
        || token.starts_with("www.")
        || (token.contains('/') || contact) && (known() || contact && is_domain(token))
}

/// `janedoe.dev`, `portfolio.example.com/cv`: letters, a dot, a top-level domain of letters in lower case.
fn is_domain(token: &str) -> bool {
    const TOPS: &[&str] = &[
        "com", "net", "org", "io", "dev", "me", "co", "in", "uk", "de", "fr", "app", "ai", "tech", "info", "eu", "ca",
        "xyz", "site", "es", "it", "nl", "ch", "edu", "us", "br", "blog", "page", "au",
    ];
    let host = token.split('/').next().unwrap_or("");
    let Some((name, top)) = host.rsplit_once('.') else { return false };
    TOPS.contains(&top)
        && name.len() > 2
        && name
            .chars()
            .all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || matches!(letter, '-' | '.'))
}

/// Reads an address: adds the scheme, names the network and the account.
pub(super) fn read(address: &str) -> Option<WebLink> {
    let bare = address.trim().trim_end_matches('/');
    let lower = bare.to_ascii_lowercase();
    if lower.starts_with("mailto:") || lower.starts_with("tel:") || bare.starts_with('#') || bare.is_empty() {
        return None;
    }
    // "LinkedIn:linkedin.com/in/jane"
    let from = lower.find("://").map_or_else(
        || lower.rfind(':').filter(|at| lower[at + 1..].contains('.')).map_or(0, |at| at + 1),
        |at| at + 3,
    );
    let rest = &bare[from..];
    let host_end = rest.find('/').unwrap_or(rest.len());
    let host = rest[..host_end].to_ascii_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    if !host.contains('.') || host.len() < 4 || !host.is_ascii() {
        return None;
    }
    let scheme = if lower.starts_with("http://") { "http://" } else { "https://" };
    let url = format!("{scheme}{rest}");
    let known = NETWORKS
        .iter()
        .find(|(name, _, _)| host == *name || host.strip_suffix(name).is_some_and(|sub| sub.ends_with('.')));
    let Some((name, network, before)) = known else {
        return Some(WebLink { url, network: "web".to_string(), username: None });
    };
    let path: Vec<&str> = rest[host_end..].split(['/', '?', '#']).filter(|part| !part.is_empty()).collect();
    let username = if before.is_empty() {
        host.strip_suffix(name).map(|sub| sub.trim_end_matches('.').to_string()).filter(|sub| !sub.is_empty())
    } else {
        account(&path, before)
    };
    Some(WebLink { url, network: (*network).to_string(), username })
}

/// The account name in a path: alone (`/jane`), or behind a fixed part (`/in/jane`). A longer path is a repository or a post.
fn account(path: &[&str], before: &[&str]) -> Option<String> {
    let name = match path {
        [first, name, ..] if before.iter().any(|part| !part.is_empty() && part.eq_ignore_ascii_case(first)) => name,
        [name] if before.contains(&"") => name,
        _ => return None,
    };
    let name = name.trim_start_matches('@');
    (!name.is_empty() && name.len() < 80).then(|| name.to_string())
}
