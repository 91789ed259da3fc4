//! Invented résumés for timing, any number of them. In: a seed and a number. Out: one résumé as text, always the same for the
//! same pair. Words follow Zipf's law, as real vocabularies do; several layouts, date styles and professions. Not for quality:
//! everything here is regular, real résumés are not.

mod words;

use std::fmt::Write;
use words::*;

/// One invented résumé.
pub struct Resume {
    /// Text in Markdown (one in four) or plain.
    pub text: String,
    /// The text is Markdown.
    pub markdown: bool,
}

/// Everything that does not depend on the résumé: build once.
pub struct Synth {
    seed: u64,
    skills: Vec<&'static str>,
    rare: Vec<String>,
}

/// SplitMix64: small, fast, well distributed (Steele, Lea, Flood 2014).
struct Rng(u64);

impl Rng {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, n: usize) -> usize {
        (self.next() % n as u64) as usize
    }

    fn between(&mut self, low: usize, high: usize) -> usize {
        low + self.below(high - low + 1)
    }

    fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.below(items.len())]
    }

    /// Rank from about Zipf's law with exponent 1: the logarithm of the rank is uniform.
    fn zipf(&mut self, n: usize) -> usize {
        let unit = (self.next() >> 11) as f64 / (1u64 << 53) as f64;
        (((n as f64).powf(unit)) as usize).clamp(1, n) - 1
    }
}

impl Synth {
    /// `skills` is a table with the skill's name in the first column, one a line (the program's own lexicon).
    pub fn new(seed: u64, skills: &'static str) -> Synth {
        let skills: Vec<&str> = skills
            .lines()
            .filter(|line| !line.starts_with('#') && !line.is_empty())
            .filter_map(|line| line.split('\t').next())
            .collect();
        let mut rng = Rng(seed);
        let rare = (0..60_000).map(|_| invented_word(&mut rng)).collect();
        Synth { seed, skills, rare }
    }

    /// Résumé number `id`.
    pub fn resume(&self, id: u64) -> Resume {
        let mut rng = Rng(self.seed ^ id.wrapping_mul(0xD1B5_4A32_D192_ED03));
        rng.next();
        let markdown = rng.chance(25);
        let mut writer = Writer { synth: self, rng, out: String::with_capacity(4096), markdown, style: 0, trade: 0 };
        writer.style = writer.rng.below(5);
        writer.trade = writer.rng.below(TRADES.len());
        writer.write();
        Resume { text: writer.out, markdown }
    }
}

fn invented_word(rng: &mut Rng) -> String {
    (0..rng.between(2, 4)).map(|_| *rng.pick(SYLLABLES)).collect()
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

struct Writer<'a> {
    synth: &'a Synth,
    rng: Rng,
    out: String,
    markdown: bool,
    style: usize,
    trade: usize,
}

impl Writer<'_> {
    fn write(&mut self) {
        self.head();
        let skills: Vec<&str> = (0..self.rng.between(8, 24)).map(|_| self.skill()).collect();
        let mut order = [0, 1, 2, 3];
        let last = order.len() - 1;
        order.swap(self.rng.below(2), self.rng.between(1, last));
        for section in order {
            match section {
                0 => self.summary(&skills),
                1 => self.experience(&skills),
                2 => self.education(),
                _ => self.skills(&skills),
            }
        }
    }

    fn skill(&mut self) -> &'static str {
        // Each trade prefers its own stretch of the table.
        let skills = &self.synth.skills;
        let offset = self.trade * skills.len() / TRADES.len();
        let at =
            if self.rng.chance(70) { offset + self.rng.zipf(skills.len() / 8) } else { self.rng.zipf(skills.len()) };
        skills[at % skills.len()]
    }

    fn head(&mut self) {
        let first = *self.rng.pick(FIRST_NAMES);
        let last = *self.rng.pick(LAST_NAMES);
        let name = format!("{first} {last}");
        let heading = match (self.markdown, self.rng.chance(40)) {
            (true, _) => format!("# {name}\n"),
            (false, true) => name.to_uppercase(),
            (false, false) => name,
        };
        let place = *self.rng.pick(PLACES);
        let number = self.rng.below(10_000);
        let mail = format!("{}.{}{}@example.com", first.to_lowercase(), last.to_lowercase(), self.rng.below(999));
        let separator = *self.rng.pick(&[" | ", " • ", "\n"]);
        let _ = writeln!(self.out, "{heading}");
        let _ = writeln!(self.out, "{place}{separator}(555) 555-{number:04}{separator}{mail}");
    }

    fn heading(&mut self, names: &[&str]) {
        let name = *self.rng.pick(names);
        let _ = match (self.markdown, self.style % 3) {
            (true, _) => write!(self.out, "\n## {name}\n\n"),
            (false, 0) => write!(self.out, "\n{}\n", name.to_uppercase()),
            (false, 1) => write!(self.out, "\n{name}\n{}\n", "-".repeat(name.len())),
            (false, _) => write!(self.out, "\n{name}:\n"),
        };
    }

    fn summary(&mut self, skills: &[&str]) {
        self.heading(&["Summary", "Profile", "Professional Summary"]);
        for _ in 0..self.rng.between(2, 4) {
            let sentence = *self.rng.pick(SUMMARIES);
            let skill = *self.rng.pick(skills);
            let _ = write!(self.out, "{} ", sentence.replace("{}", skill));
        }
        self.out.push('\n');
    }

    fn month(&mut self, year: usize) -> String {
        let month = self.rng.below(12);
        match self.style {
            0 => format!("{} {year}", &MONTHS[month][..3]),
            1 => format!("{} {year}", MONTHS[month]),
            2 => format!("{:02}/{year}", month + 1),
            3 => format!("{year}"),
            _ => format!("{year}-{:02}", month + 1),
        }
    }

    fn experience(&mut self, skills: &[&str]) {
        self.heading(&["Experience", "Work Experience", "Employment History"]);
        let mut year = 2026;
        for job in 0..self.rng.between(1, 5) {
            let start = year - self.rng.between(1, 4);
            let from = self.month(start);
            let to = if job == 0 && self.rng.chance(70) { "Present".to_string() } else { self.month(year) };
            let title = format!("{}{}", self.rng.pick(SENIORITY), self.rng.pick(TRADES[self.trade]));
            let rank = self.synth.rare.len().min(3000);
            let employer = capital(&self.synth.rare[self.rng.zipf(rank)]) + *self.rng.pick(LEGAL_FORMS);
            let place = *self.rng.pick(PLACES);
            let head = match self.style % 4 {
                0 => format!("{title}, {employer}, {place}    {from} - {to}"),
                1 => format!("{employer} | {title} | {from} – {to}"),
                2 => format!("{employer}\n{title} ({from} to {to})"),
                _ => format!("{employer:<50}{from} – {to}\n{title}, {place}"),
            };
            let _ = if self.markdown { writeln!(self.out, "### {head}\n") } else { writeln!(self.out, "{head}") };
            for _ in 0..self.rng.between(4, 8) {
                self.bullet(skills);
            }
            self.out.push('\n');
            year = start;
        }
    }

    fn bullet(&mut self, skills: &[&str]) {
        let sign = if self.markdown { "- " } else { ["- ", "• ", "* ", "- ", "• "][self.style] };
        let verb = *self.rng.pick(VERBS);
        let object = *self.rng.pick(OBJECTS);
        let skill = *self.rng.pick(skills);
        let rare = &self.synth.rare[self.rng.zipf(self.synth.rare.len())];
        let number = self.rng.between(2, 90);
        let result = self.rng.pick(RESULTS).replace("{}", &number.to_string());
        let _ = writeln!(self.out, "{sign}{verb} {object} for {rare} with {skill}, {result}.");
    }

    fn education(&mut self) {
        self.heading(&["Education", "Academic Background"]);
        for _ in 0..self.rng.between(1, 2) {
            let degree = *self.rng.pick(DEGREES);
            let subject = *self.rng.pick(SUBJECTS);
            let school = format!("{} {}", self.rng.pick(&["University of", "Technical University of"]), {
                let rank = self.rng.zipf(800);
                capital(&self.synth.rare[rank])
            });
            let year = self.rng.between(1985, 2025);
            let _ = match self.style % 2 {
                0 => writeln!(self.out, "{degree} in {subject}, {school}, {year}"),
                _ => writeln!(self.out, "{school}\n{degree} in {subject}\n{} - {year}", year - 4),
            };
        }
    }

    fn skills(&mut self, skills: &[&str]) {
        self.heading(&["Skills", "Technical Skills", "Core Competencies"]);
        let _ = writeln!(self.out, "{}", skills.join(", "));
    }
}
