//! Places as heads of entries write them → forms the gazetteer reads: `Tucson AZ`, `Oslo, OS Norway`, `Blue Bay Labs (Remote)`. In: a
//! field. Out: whether all of it is a place, or the place at its end. Knows no places itself.

use super::schools;
use crate::lexicon::Lexicon;
use crate::model::Place;

/// Words for work from anywhere.
const REMOTE: &[&str] = &["remote", "hybrid", "on-site", "onsite", "on site", "remoto"];

/// All of `text` is a place, and its first part is known: `Bergen, Norway`, `Norway`, `Remote`, `Bergen (hybrid)`.
pub(super) fn is_place(text: &str, lexicon: &Lexicon) -> bool {
    let may_be_one = !is_unknown(text, lexicon) && !begins_unknown(text, lexicon);
    may_be_one && parse(text, lexicon).is_some_and(|place| is_known(text, &place, lexicon))
}

/// `Blue Fish Inn, Bergen, Norway`: a list whose first part is unknown is no place, whatever its end says. Only of what is sure to be read
/// as a list: from two words on with a comma between them, no label, no form with words around a town.
pub(super) fn begins_unknown(text: &str, lexicon: &Lexicon) -> bool {
    let Some((first, rest)) = text.split_once(',') else { return false };
    let worded = |part: &str| part.trim_start().starts_with(char::is_alphabetic);
    let is_list = worded(first) && worded(rest) && !text.contains(':') && core(first).is_none();
    is_list && !is_first_known(text, lexicon) && !lexicon.places().is_remote(text)
}

/// `Blue Fish Inn`: plain words that are no place, no town and no region.
pub(super) fn is_unknown(text: &str, lexicon: &Lexicon) -> bool {
    core(text).is_none() && lexicon.places().is_unknown(text)
}

/// The same, where the place that all of `text` is is known already.
pub(super) fn is_known(text: &str, place: &Place, lexicon: &Lexicon) -> bool {
    let places = lexicon.places();
    if place.remote {
        // "Blue Bay Labs (Remote)" is an employer and a place.
        let rest = text[..remote_start(text).unwrap_or(0)].trim_end_matches([' ', ',', '(', '-', '–', '—', '/', '|']);
        return rest.is_empty() || is_place(rest, lexicon) || places.city_alone(rest).is_some();
    }
    place.city.is_none() || !text.contains(',') || is_first_known(text, lexicon)
}

/// The first part of a list is a town, a region or both.
fn is_first_known(text: &str, lexicon: &Lexicon) -> bool {
    let places = lexicon.places();
    let first = text.split([',', '(']).next().unwrap_or("").trim();
    let first = core(first).unwrap_or(first);
    places.is_city(first) || places.is_region(first) || spaced(first, lexicon).is_some()
}

/// The place at the end of a name: its first byte and value. "Harbour State University, Oslo" ends in Oslo, though a town is
/// called University.
pub(super) fn trailing(text: &str, lexicon: &Lexicon) -> Option<(usize, Place)> {
    let places = lexicon.places();
    if let Some(start) = remote_start(text).filter(|start| *start > 2) {
        // "Blue Bay Labs, Bergen (Hybrid)"
        let before = text[..start].trim_end_matches([' ', '(', ',', '-', '–', '—']);
        let town = places.trailing(before).filter(|(start, place)| *start > 0 && place.city.is_some() && !place.remote);
        let (start, place) = town.unwrap_or((start, Place::default()));
        return Some((start, Place { raw: text[start..].to_string(), remote: true, ..place }));
    }
    let comma = text.rfind([',', '—', '–']).map(|at| at + text[at..].chars().next().map_or(1, char::len_utf8));
    let Some((start, place)) = places.trailing(text) else {
        // "Blue Bay Hospital, Tucson AZ"
        let comma = comma?;
        let place = parse(&spaced(text[comma..].trim(), lexicon)?, lexicon)?;
        return Some((comma, place));
    };
    if let Some(found) = town_before_bracket(text, start, &place, lexicon) {
        return Some(found);
    }
    if let Some(found) = town_said_twice(text, start, lexicon) {
        return Some(found);
    }
    // "Câmara Municipal de Aveiro, Aveiro": the town behind a small word belongs to the name.
    if start > 0 && ends_in_joiner(&text[..start]) {
        let comma = start + text[start..].find(", ")? + 2;
        let place = places.city_alone(&text[comma..]).or_else(|| places.parse(&text[comma..]))?;
        return Some((comma, Place { raw: text[comma..].to_string(), ..place }));
    }
    if start == 0 || lexicon.orgs().cues(text[start..].split(',').next().unwrap_or("")).is_empty() {
        return Some((start, place));
    }
    let comma = text.rfind(',')? + 1;
    let tail = text[comma..].trim();
    let lone = places.city_alone(tail).or_else(|| places.parse(tail))?;
    Some((comma, Place { raw: tail.to_string(), ..lone }))
}

/// `Universität Zürich, Zürich`: town and region have one name, and the first of them belongs to what is there.
fn town_said_twice(text: &str, start: usize, lexicon: &Lexicon) -> Option<(usize, Place)> {
    let (town, region) = text[start..].split_once(", ").filter(|(town, region)| *town == region.trim_end())?;
    let name = text[..start].strip_suffix(' ').filter(|name| !name.ends_with(','))?;
    let is_name = !lexicon.orgs().cues(name).is_empty() || schools::school_points(name, lexicon).0 > 0.0;
    let place = if is_name { lexicon.places().city_alone(region.trim_end())? } else { return None };
    Some((start + town.len() + 2, Place { raw: region.to_string(), ..place }))
}

/// `City of`, `Câmara Municipal de`: a name goes on behind the word.
fn ends_in_joiner(name: &str) -> bool {
    let last = name.trim_end().rsplit(' ').next().unwrap_or("");
    matches!(last, "of" | "de" | "di" | "do" | "da" | "du" | "von" | "van" | "del" | "d'" | "der" | "für" | "for")
}

/// `Blue Bay Labs, Bergen (Norway)`, where the gazetteer saw the country alone: the town in front of the bracket belongs to it.
fn town_before_bracket(text: &str, start: usize, country: &Place, lexicon: &Lexicon) -> Option<(usize, Place)> {
    let before = text[..start].strip_suffix('(').filter(|_| country.city.is_none())?.trim_end();
    let town = before.rfind(", ")? + 2;
    let listed = format!("{}, {}", &before[town..], text[start..].trim_end_matches([' ', ')']));
    let place = lexicon.places().parse(&listed).filter(|_| lexicon.places().is_city(&before[town..]))?;
    Some((town, Place { raw: text[town..].to_string(), ..place }))
}

/// The place that all of `text` is.
pub(super) fn parse(text: &str, lexicon: &Lexicon) -> Option<Place> {
    let places = lexicon.places();
    places.parse(text).or_else(|| {
        let place = match around(text) {
            Some(town) => places.parse(&town).or_else(|| places.city_alone(&town))?,
            None => places.parse(&spaced(text, lexicon)?)?,
        };
        Some(Place { raw: text.to_string(), ..place })
    })
}

/// `Greater Bergen Area, Norway` → `Bergen, Norway`; none without such words.
fn around(text: &str) -> Option<String> {
    let (first, rest) = text.split_at(text.find(',').unwrap_or(text.len()));
    Some(format!("{}{rest}", core(first)?))
}

/// `Greater Bergen Area` → `Bergen`: the town at the heart of a region.
fn core(name: &str) -> Option<&str> {
    let bare = name.strip_suffix(" Area").map(|bare| {
        let kinds = [" Metropolitan", " Metro", " Bay", " City"];
        kinds.iter().find_map(|kind| bare.strip_suffix(kind)).unwrap_or(bare)
    });
    match name.strip_prefix("Greater ") {
        Some(_) => bare.unwrap_or(name).strip_prefix("Greater "),
        None => bare,
    }
}

/// `Tucson AZ` → `Tucson, AZ`; `Oslo, OS USA` → `Oslo, OS, USA`: a comma before the region's code or the country.
fn spaced(text: &str, lexicon: &Lexicon) -> Option<String> {
    let places = lexicon.places();
    let (head, last) = text.trim().rsplit_once(' ')?;
    let code = last.len() == 2 && last.bytes().all(|byte| byte.is_ascii_uppercase()) && places.is_region(last);
    let listed = head.contains(',');
    if !code && !listed {
        return None;
    }
    let head = head.trim_end_matches([' ', ',']);
    let before = || head.rsplit([',', ' ']).next().unwrap_or("").trim();
    let country = || head.contains(',') && places.country(last).is_some() && places.is_region(before());
    let fits = code && places.is_city(head) || listed && country();
    fits.then(|| format!("{head}, {last}"))
}

/// Where a closing `(Remote)` or `, hybrid` begins; 0 if it is all of the text.
fn remote_start(text: &str) -> Option<usize> {
    let end = text.trim_end_matches([' ', ')', '.']).len();
    let tail = |word: &str| end.checked_sub(word.len()).map(|start| &text.as_bytes()[start..end]);
    let ends = |word: &&&str| tail(word).is_some_and(|tail| tail.eq_ignore_ascii_case(word.as_bytes()));
    let start = end - REMOTE.iter().find(ends)?.len();
    let before = text[..start].trim_end();
    (before.is_empty() || before.ends_with([',', '(', '-', '–', '—', '/', '|'])).then_some(start)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_without_commas() {
        let lexicon = Lexicon::builtin();
        for text in ["Tucson AZ", "Greenville, SC USA", "Bergen, Norway", "Remote", "Bergen (hybrid)"] {
            assert!(is_place(text, &lexicon), "{text}");
        }
        for text in ["Blue Bay Labs (Remote)", "Harbour Code, Blue Bay Foundation, Remote", "Blue Bay MS"] {
            assert!(!is_place(text, &lexicon), "{text}");
        }
    }

    #[test]
    fn what_is_told_by_its_words_is_told_as_by_reading() {
        let lexicon = Lexicon::builtin();
        let texts = "Blue Fish Inn|Mobile|Texas|TX|Norway|Harbour Norway|Harbour TX|Oslo Norway|Home Office|Distributed|bergen|\
            Blue Fish Inn, Bergen, Norway|Bergen, Norway|0150, Norway|10115 Berlin, Germany|Norway,|, Norway|Address: Bergen, Norway|\
            Inn: Bergen, Norway|Greater Oslo Area, Norway|Greater 0150, Norway|Remote, Oslo|Blue Fish Inn, Remote|Oslo, OS Norway|\
            Blue Bay, Tucson AZ|Greenville, SC USA|Blue Bay (Oslo), Norway|Köln, Blue Fish, Germany|Cook  Norway|Fish & Inn";
        for text in texts.split('|') {
            let read = parse(text, &lexicon);
            let known = read.as_ref().is_some_and(|place| is_known(text, place, &lexicon));
            assert_eq!(is_place(text, &lexicon), known, "{text}");
            let places = lexicon.places();
            let says_nothing = read.is_none() && places.city_alone(text).is_none() && !places.is_region(text);
            assert!(!is_unknown(text, &lexicon) || says_nothing, "{text}");
        }
        assert!(is_unknown("Blue Fish Inn", &lexicon) && begins_unknown("Blue Fish Inn, Bergen, Norway", &lexicon));
    }

    #[test]
    fn regions_around_a_town() {
        let lexicon = Lexicon::builtin();
        for text in ["Greater Oslo Area", "Rotterdam Area, Netherlands", "San Francisco Bay Area", "Greater Chicago"] {
            assert!(is_place(text, &lexicon), "{text}");
        }
        for text in ["Service Area", "Greater Good Bakery", "Greater Good Area"] {
            assert!(!is_place(text, &lexicon), "{text}");
        }
    }

    #[test]
    fn places_at_the_end_of_a_name() {
        let check = |text: &str, expected: Option<&str>| {
            let found = trailing(text, &Lexicon::builtin()).map(|(start, _)| text[start..].trim());
            assert_eq!(found, expected, "{text}");
        };
        check("Blue Bay Hospital, Tucson AZ", Some("Tucson AZ"));
        check("Blue Bay Labs (Remote)", Some("Remote)"));
        check("Harbour Code, Blue Bay Foundation, Remote", Some("Remote"));
        check("Blue Bay Labs, Bergen (Hybrid)", Some("Bergen (Hybrid)"));
        check("Blue Bay Labs, Bergen (Norway)", Some("Bergen (Norway)"));
        check("Blue Bay Hospital", None);
    }
}
