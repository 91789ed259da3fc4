//! Text of a place → [`Place`]. In: a field such as `Raleigh, NC, USA` or the tail of `Acme, Lyon, France`. Out: city, region,
//! country. Never looks into prose: many cities are words too (Nice, Reading, Mobile).

use super::letters::Lower;
use super::place_text::{behind_signs, remote, split, trimmed, without_postcode};
use super::table::{FixedMap, WordHash, WordSet, cells, list, rows};
use super::words::{Words, key, with_key};
use crate::model::Place;
use std::borrow::Cow;
use std::hash::Hasher;
use std::sync::OnceLock;

/// Sorted by folded name, then by falling population: rows of one name stand together and are read as they lie.
const CITIES: &str = include_str!("data/cities.tsv");

/// A city of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct City {
    /// Today's name; empty when it is the folded name with capitals.
    name: &'static str,
    folded: &'static str,
    /// ISO 3166-1 alpha-2.
    pub country: &'static str,
    region: &'static str,
    /// Thousands of people.
    pub thousands: u32,
}

#[derive(Debug, Clone, Copy)]
struct Region {
    name: &'static str,
    country: &'static str,
    code: &'static str,
}

/// Cities, regions, countries.
#[derive(Debug)]
pub struct Places {
    cities: CityRows,
    regions: FixedMap<Box<str>, Vec<Region>>,
    /// Postal abbreviations, upper case.
    codes: FixedMap<&'static str, Vec<Region>>,
    by_code: FixedMap<(&'static str, &'static str), &'static str>,
    countries: FixedMap<Box<str>, &'static str>,
    calling: FixedMap<&'static str, &'static str>,
}

/// Where the rows of each city name begin: a hash table of row starts, made at first use. The names stay in [`CITIES`].
#[derive(Debug, Default)]
struct CityRows {
    /// First byte of a row, or 0; as many as a power of two. A taken slot sends its key on to the next.
    starts: OnceLock<Vec<u32>>,
}

impl CityRows {
    /// First byte of the first row of a folded name.
    fn first_row(&self, folded: &str) -> Option<usize> {
        let starts = self.starts.get_or_init(CityRows::fill);
        let row = starts[CityRows::slot(starts, folded)] as usize;
        (row > 0 && !folded.is_empty()).then_some(row)
    }

    fn fill() -> Vec<u32> {
        let mut starts = vec![0; (CITIES.len() / 12).next_power_of_two()];
        let table = CITIES.as_bytes();
        let mut at = memchr::memchr(b'\n', table).map_or(table.len(), |end| end + 1);
        let mut last = "";
        while at < table.len() {
            let end = memchr::memchr(b'\n', &table[at..]).map_or(table.len(), |end| at + end + 1);
            // Names are short: looking at each byte is faster here than a search that is made for long texts.
            let tab = table[at..end].iter().position(|byte| *byte == b'\t').unwrap_or(0);
            let name = &CITIES[at..at + tab];
            if name != last {
                let slot = CityRows::slot(&starts, name);
                starts[slot] = at as u32;
                last = name;
            }
            at = end;
        }
        starts
    }

    /// The slot that holds `name`, or the free one where it belongs.
    fn slot(starts: &[u32], name: &str) -> usize {
        let mut hash = WordHash::default();
        hash.write(name.as_bytes());
        let mut slot = hash.finish() as usize & (starts.len() - 1);
        let other = |row: usize| CITIES[row..].strip_prefix(name).is_none_or(|rest| !rest.starts_with('\t'));
        while starts[slot] > 0 && other(starts[slot] as usize) {
            slot = (slot + 1) & (starts.len() - 1);
        }
        slot
    }
}

/// Rows of regions, roughly.
const REGIONS: usize = 4_000;

/// An address has no more parts between its commas.
const MAX_PARTS: usize = 5;

/// Cities that are everyday words: never a place without a region or country beside them.
static WORD_CITIES: WordSet = WordSet::of(&[
    "nice",
    "reading",
    "mobile",
    "spring",
    "of",
    "best",
    "most",
    "same",
    "date",
    "deal",
    "man",
    "sale",
    "split",
    "university",
    "enterprise",
    "independence",
    "central",
    "orange",
    "batman",
    "male",
    "bar",
    "bath",
    "hull",
    "march",
    "victoria",
    "lead",
    "java",
    "aurora",
    "chandler",
    "madison",
    "jackson",
    "lincoln",
    "hamilton",
    "clinton",
    "university park",
    "data",
    "progress",
    "harmony",
    "salem",
]);

impl Places {
    pub(super) fn builtin() -> Places {
        let mut places = Places {
            cities: CityRows::default(),
            regions: FixedMap::with_capacity_and_hasher(REGIONS, Default::default()),
            codes: FixedMap::default(),
            by_code: FixedMap::with_capacity_and_hasher(REGIONS, Default::default()),
            countries: FixedMap::default(),
            calling: FixedMap::default(),
        };
        for row in rows(include_str!("data/regions.tsv")) {
            let [name, country, code, postal] = cells(row);
            let region = Region { name, country, code };
            places.by_code.insert((country, code), name);
            places.regions.entry(key(name).into()).or_default().push(region);
            if !postal.is_empty() {
                places.codes.entry(postal).or_default().push(region);
            }
        }
        for row in rows(include_str!("data/countries.tsv")) {
            let [name, code, calling, others] = cells(row);
            for name in std::iter::once(name).chain(list(others)) {
                places.countries.insert(key(name).into(), code);
            }
            if !calling.is_empty() {
                places.calling.entry(calling).or_insert(code);
            }
        }
        places
    }

    /// Reads the table of cities, too.
    pub(super) fn prepare(&self) {
        self.cities.first_row("");
    }

    /// Reads a field that should be nothing but a place: `City, ST`, `City, Country`, `City, State, Country`, `Remote`, a
    /// country. A bare city is none here; see [`Places::city_alone`].
    pub fn parse(&self, text: &str) -> Option<Place> {
        let raw = trimmed(text);
        if raw.is_empty() || raw.len() > 80 {
            return None;
        }
        if let Some(rest) = remote(raw) {
            let mut place = self.parse(rest).or_else(|| self.city_alone(rest)).unwrap_or_default();
            place.raw = raw.to_string();
            place.remote = true;
            return Some(place);
        }
        let mut parts = [""; MAX_PARTS];
        let mut count = 0;
        for part in split(raw).map(without_postcode).filter(|part| !part.is_empty()) {
            *parts.get_mut(count)? = part;
            count += 1;
        }
        match &parts[..count] {
            [] => None,
            [only] => self.one_part(only),
            several => self.parts(several),
        }
        .map(|place| Place { raw: raw.to_string(), ..place })
    }

    /// A field that holds a city and nothing else: known, of 50,000 people or more, and not an everyday word.
    pub fn city_alone(&self, text: &str) -> Option<Place> {
        let raw = trimmed(text);
        let capital = raw.chars().next().is_some_and(|letter| !letter.is_lowercase());
        if !capital {
            return None;
        }
        let known = |folded: &str| {
            let is_city = self.cities.first_row(folded).is_some() && !WORD_CITIES.contains(folded);
            if is_city { self.cities(folded).next() } else { None }
        };
        let city = with_key(raw, known).filter(|city| city.thousands >= 50)?;
        Some(Place { raw: raw.to_string(), ..self.place_of(city) })
    }

    /// The place at the end of `Acme Ltd, Lyon, France` or `Acme Bangalore, India`: its first byte and value.
    pub fn trailing(&self, text: &str) -> Option<(usize, Place)> {
        let (mut starts, mut count) = ([0; 3], 0);
        for start in behind_signs(text) {
            starts = [starts[1], starts[2], start];
            count += 1;
        }
        let tail = &starts[3 - count.min(3)..];
        for start in tail {
            let part = text[*start..].trim_matches([' ', ')']);
            let first = part.split([',', '|']).next().unwrap_or("");
            let named = |folded: &str| {
                self.cities.first_row(folded).is_some()
                    || self.countries.contains_key(folded)
                    || self.regions.contains_key(folded)
            };
            let known = with_key(first, named) || self.codes.contains_key(first.trim());
            let likely = known || remote(trimmed(part)).is_some();
            let place = if likely { self.parse(part) } else { None };
            // "Amazon, Plymouth Harbour, Utah": the place is the village, and what stands in front of it is none.
            let is_first = |city: &str| city == first.trim() || self.is_city(city);
            let place = place.filter(|place| place.city.as_deref().is_none_or(is_first));
            if let Some(place) = place.filter(|place| known || place.remote) {
                return Some((start + text[*start..].len() - text[*start..].trim_start().len(), place));
            }
        }
        for comma in tail {
            if let Some(found) = self.before_comma(text, *comma) {
                return Some(found);
            }
        }
        let last = *tail.last()?;
        self.city_alone(text[last..].trim_matches([' ', ')']))
            .map(|place| (last + text[last..].len() - text[last..].trim_start().len(), place))
    }

    /// `Acme Bangalore, India`: the city is the last one to three words in front of the comma.
    fn before_comma(&self, text: &str, comma: usize) -> Option<(usize, Place)> {
        let head = text[..comma].trim_end_matches([',', '\t', '|', '(', '–', '—', ' ', '-']);
        let words = Words::of(head);
        for count in (1..=3usize.min(words.len().saturating_sub(1))).rev() {
            let start = words.get(words.len() - count)?.start;
            let known = self.cities.first_row(words.run(words.len() - count, words.len())).is_some();
            let capital = head[start..].chars().next().is_some_and(char::is_uppercase);
            if known
                && capital
                && let Some(place) = self.parse(&text[start..])
            {
                return Some((start, place));
            }
        }
        None
    }

    /// ISO code of a country by any of its names.
    pub fn country(&self, name: &str) -> Option<&'static str> {
        with_key(name, |folded| self.countries.get(folded).copied())
    }

    /// The name is a state or region (by name or by its postal abbreviation in capitals).
    pub fn is_region(&self, name: &str) -> bool {
        let name = name.trim();
        self.codes.contains_key(name) || with_key(name, |folded| self.regions.contains_key(folded))
    }

    /// The name is a city of the table.
    pub fn is_city(&self, name: &str) -> bool {
        with_key(name, |folded| self.cities.first_row(folded).is_some())
    }

    /// `text` says that the work is done from anywhere, which makes a place of it.
    pub fn is_remote(&self, text: &str) -> bool {
        remote(trimmed(text)).is_some()
    }

    /// `text`, letters with one blank between words, is no place in any reading: no table has it, and its last word is no region or country.
    /// One look at each table instead of one for each reading.
    pub fn is_unknown(&self, text: &str) -> bool {
        let Some(lower) = Lower::of(text).filter(|_| !text.bytes().any(|byte| byte.is_ascii_digit())) else {
            return false;
        };
        let names_region = |name: &str, folded: &str| {
            self.codes.contains_key(name) || self.countries.contains_key(folded) || self.regions.contains_key(folded)
        };
        let folded = lower.as_str();
        let last = memchr::memrchr(b' ', folded.as_bytes()).map_or(0, |blank| blank + 1);
        !names_region(text, folded)
            && (last == 0 || !names_region(&text[last..], &folded[last..]))
            && self.cities.first_row(folded).is_none()
            && remote(text).is_none()
    }

    /// The longest calling code at the start of `digits`, with its country.
    pub fn calling_code<'d>(&self, digits: &'d str) -> Option<(&'d str, &'static str)> {
        (1..=4.min(digits.len()))
            .rev()
            .filter_map(|length| digits.get(..length))
            .find_map(|code| Some((code, *self.calling.get(code)?)))
    }

    /// Cities of a folded name, largest first.
    pub fn cities(&self, folded: &str) -> impl Iterator<Item = City> + use<> {
        let start = self.cities.first_row(folded).unwrap_or(CITIES.len());
        let length = CITIES[start..].bytes().position(|byte| byte == b'\t').unwrap_or(0);
        let same = &CITIES[start..start + length];
        CITIES[start..].lines().map_while(move |line| {
            let [name, country, region, thousands, display] = cells(line);
            (name == same).then(|| City {
                name: display,
                folded: name,
                country,
                region,
                thousands: thousands.parse().unwrap_or(0),
            })
        })
    }

    fn place_of(&self, city: City) -> Place {
        let name = if city.name.is_empty() { capitalised(city.folded) } else { city.name.to_string() };
        let region = self.by_code.get(&(city.country, city.region)).map(|region| region.to_string());
        Place { raw: String::new(), city: Some(name), region, country: Some(city.country.to_string()), remote: false }
    }

    /// `India`, `Raleigh NC`, `Lisbon Portugal`.
    fn one_part(&self, part: &str) -> Option<Place> {
        if let Some(country) =
            self.country(part).filter(|_| part.chars().next().is_some_and(|letter| !letter.is_lowercase()))
        {
            return Some(Place { country: Some(country.to_string()), ..Place::default() });
        }
        let (city, last) = part.rsplit_once([' ', '-'])?;
        let region = self.codes.contains_key(last) || self.country(last).is_some();
        if region && self.is_city(city) { self.parts(&[city.trim(), last]) } else { None }
    }

    /// `City, ST`, `City, Country`, `City, State, Country`, `Street, City, State`.
    fn parts(&self, parts: &[&str]) -> Option<Place> {
        let (last, mut rest) = parts.split_last()?;
        let (regions, mut country) = self.region_or_country(last);
        let mut regions = Cow::Borrowed(regions);
        if regions.is_empty() && country.is_none() {
            return None;
        }
        if let Some((middle, before)) = rest.split_last().filter(|(_, before)| !before.is_empty()) {
            let fits = |region: &&Region| country.is_none_or(|code| code == region.country);
            let named: Vec<Region> = self.regions_named(middle).iter().filter(fits).copied().collect();
            if country.is_some() && !named.is_empty() {
                regions = Cow::Owned(named);
                rest = before;
            }
        }
        let name = rest.last()?.trim();
        let matching = with_key(name, |folded| self.cities(folded)).find(|city| {
            let in_region = regions.is_empty()
                || regions.iter().any(|region| region.country == city.country && region.code == city.region);
            in_region && country.is_none_or(|code| code == city.country)
        });
        if let Some(city) = matching {
            return Some(self.place_of(city));
        }
        // "Stockholm, Stockholms län, SE": the code of the country, where a city says that it is one.
        if last.len() == 2
            && last.bytes().all(|byte| byte.is_ascii_uppercase())
            && let Some(city) = parts
                .iter()
                .find_map(|part| with_key(part, |folded| self.cities(folded)).find(|city| city.country == *last))
        {
            return Some(self.place_of(city));
        }
        // A village: believed as written, when the region is sure and the name has the shape of one.
        let shaped = rest.len() <= 2
            && name.split_whitespace().count() <= 4
            && name.chars().next().is_some_and(char::is_uppercase)
            && !name.contains(|letter: char| letter.is_ascii_digit());
        if !shaped {
            return None;
        }
        let region = regions.first();
        country = country.or(region.map(|region| region.country));
        Some(Place {
            raw: String::new(),
            city: Some(name.to_string()),
            region: region.map(|region| region.name.to_string()),
            country: country.map(str::to_string),
            remote: false,
        })
    }

    fn region_or_country(&self, name: &str) -> (&[Region], Option<&'static str>) {
        let name = name.trim();
        if let Some(regions) = self.codes.get(name) {
            return (regions, None);
        }
        match self.country(name) {
            Some(code) if name.len() > 2 || name.chars().all(char::is_uppercase) => (&[], Some(code)),
            _ => (self.regions_named(name), None),
        }
    }

    fn regions_named(&self, name: &str) -> &[Region] {
        let by_code = self.codes.get(name.trim());
        by_code.or_else(|| with_key(name, |folded| self.regions.get(folded))).map_or(&[], Vec::as_slice)
    }
}

fn capitalised(folded: &str) -> String {
    if folded.is_ascii() {
        let mut out = folded.to_string();
        let starts = folded.bytes().enumerate().filter(|(_, byte)| *byte == b' ').map(|(blank, _)| blank + 1);
        for start in std::iter::once(0).chain(starts).filter(|start| *start < folded.len()) {
            out[start..=start].make_ascii_uppercase();
        }
        return out;
    }
    let mut out = String::with_capacity(folded.len());
    let mut first = true;
    for letter in folded.chars() {
        if first {
            out.extend(letter.to_uppercase())
        } else {
            out.push(letter)
        }
        first = letter == ' ';
    }
    out
}
