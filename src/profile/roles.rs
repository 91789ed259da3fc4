//! What a heading field of a job could be: points for title, employer and place from a table of small signed features. In: a
//! field's [`Cues`]. Out: [`Points`] and the features that fired. Does NOT decide (that is `template`).

use super::cues::Cues;

/// What a field of a job heading is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Role {
    /// Job title.
    Title,
    /// Employer.
    Employer,
    /// Place.
    Place,
    /// None of them: a team, a contract form, a slogan.
    Other,
}

/// Points per role.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Points {
    /// For [`Role::Title`].
    pub title: f32,
    /// For [`Role::Employer`].
    pub employer: f32,
    /// For [`Role::Place`].
    pub place: f32,
}

impl Points {
    /// The points of one role; `Other` has none.
    pub fn of(&self, role: Role) -> f32 {
        match role {
            Role::Title => self.title,
            Role::Employer => self.employer,
            Role::Place => self.place,
            Role::Other => 0.0,
        }
    }

    /// Adds `other` scaled by `weight`.
    pub fn add(&mut self, other: Points, weight: f32) {
        self.title += other.title * weight;
        self.employer += other.employer * weight;
        self.place += other.place * weight;
    }
}

/// A feature: its name in the evidence, when it holds, and what it is worth.
struct Feature {
    name: &'static str,
    test: fn(&Cues) -> bool,
    points: Points,
}

const fn feature(name: &'static str, test: fn(&Cues) -> bool, points: [f32; 3]) -> Feature {
    Feature { name, test, points: Points { title: points[0], employer: points[1], place: points[2] } }
}

/// Points for title, employer, place. Negative points say which reading a feature protects the others from.
/// Start values: design extraction 5.4; changes measured with `examples/flat.rs` on half of the development set.
const FEATURES: &[Feature] = &[
    feature("title-word-at-end", |cues| cues.title_edge, [4.0, -1.0, -3.0]),
    feature("title-word-inside", |cues| cues.title_inside && !cues.title_edge, [2.5, -1.0, -1.0]),
    feature("seniority", |cues| cues.seniority, [2.0, -1.0, -2.0]),
    feature("legal-form", |cues| cues.legal_form, [-2.0, 4.0, -2.0]),
    feature("company-word", |cues| cues.company_word && !is_titled(cues), [-1.0, 2.0, -2.0]),
    feature("school-word", |cues| cues.school, [-2.0, 1.5, -1.0]),
    feature("known-organisation", |cues| cues.known_organisation, [-1.0, 3.0, -1.0]),
    feature("degree", |cues| cues.degree, [-2.0, -3.0, -3.0]),
    // "Bangalore, India" is surer than a lone word that happens to be a town ("Reading", "Mobile")
    feature("place", |cues| cues.place, [-3.0, -2.0, 5.0]),
    feature("town-name", |cues| cues.town && !cues.place, [-1.0, 0.0, 2.0]),
    feature("remote", |cues| cues.remote, [-3.0, -3.0, 4.0]),
    feature("proper-name", |cues| cues.proper_name, [0.0, 1.0, 0.0]),
    // "Vice President, Supply Chain" below the employer's own line
    feature("field-of-work", |cues| cues.discipline && !is_titled(cues), [0.0, -4.0, -2.0]),
    feature("task", |cues| cues.task, [-5.0, -7.0, -4.0]),
    feature("web-address", |cues| cues.domain, [-2.0, 1.0, -2.0]),
    feature("own-business", |cues| cues.own_business, [-4.0, 2.0, -4.0]),
    feature("form-of-stint", |cues| cues.stint && !is_titled(cues), [2.0, -5.0, -5.0]),
    feature("contract-form", |cues| cues.contract_form, [-4.0, -5.0, -5.0]),
    feature("long", |cues| cues.words > 8, [-2.0, -1.5, -3.0]),
    feature("sentence", |cues| cues.sentence, [-4.0, -4.0, -4.0]),
    // "Leads the billing team": no name, and nothing that marks an employer
    feature("plain-words", is_plain, [0.0, -1.5, 0.0]),
    feature("running-text", |cues| cues.plain && cues.words > 8 && !cues.legal_form, [-2.0, -4.0, -3.0]),
    feature("small-letter", |cues| cues.small_start, [-1.0, -2.0, -2.0]),
    // "kelpworks" on a line or in a cell of its own: a brand
    feature("brand-in-small-letters", |cues| cues.small_start && is_brand(cues), [0.0, 2.0, 0.0]),
    feature("no-letters", |cues| cues.letters < 2 && !cues.known_organisation, [-6.0, -6.0, -6.0]),
    feature("labelled", |cues| cues.labelled, [-1.5, -2.5, -2.5]),
    feature("label", |cues| cues.label, [-3.0, -3.0, -3.0]),
];

/// "Software Developer C#": the word of the trade belongs to the title.
fn is_titled(cues: &Cues) -> bool {
    cues.title_edge || cues.title_inside
}

/// One word, and none that says what it is.
pub(super) fn is_brand(cues: &Cues) -> bool {
    let said = is_titled(cues) || cues.contract_form || cues.stint || cues.own_business || cues.remote || cues.label;
    cues.words == 1 && cues.letters >= 4 && !said && !cues.discipline && !cues.town
}

/// Running words, and none that marks an employer.
fn is_plain(cues: &Cues) -> bool {
    let marked = cues.legal_form || cues.company_word || cues.school || cues.known_organisation || cues.domain;
    cues.plain && !marked
}

/// The points of a field.
pub(super) fn points(cues: &Cues) -> Points {
    let mut sum = Points::default();
    for feature in FEATURES.iter().filter(|feature| (feature.test)(cues)) {
        sum.add(feature.points, 1.0);
    }
    sum
}

/// The features that speak for or against `role`: `title-word-at-end +4, seniority +2`.
pub(super) fn reason(cues: &Cues, role: Role) -> String {
    let mut out = String::with_capacity(160);
    for feature in FEATURES.iter().filter(|feature| (feature.test)(cues)) {
        let points = feature.points.of(role);
        if points != 0.0 {
            if !out.is_empty() {
                out.push_str(", ");
            }
            out.push_str(feature.name);
            push_points(&mut out, points);
        }
    }
    out
}

/// Appends ` +4`, ` -0.5`. Whole and half points, which most are, need no general number formatting.
pub(super) fn push_points(out: &mut String, points: f32) {
    let Some((sign, whole, is_half)) = in_halves(points) else { return out.push_str(&format!(" {points:+}")) };
    out.push_str(sign);
    out.push(whole);
    out.push_str(if is_half { ".5" } else { "" });
}

/// `employer +2.5`, `title +4.0`: a name and its points with one digit behind the point.
pub(super) fn with_tenths(name: &str, points: f32) -> String {
    let Some((sign, whole, is_half)) = in_halves(points) else { return format!("{name} {points:+.1}") };
    let mut out = String::with_capacity(name.len() + 5);
    out.push_str(name);
    out.push_str(sign);
    out.push(whole);
    out.push_str(if is_half { ".5" } else { ".0" });
    out
}

/// The sign, the digit in front of the point, and whether a half follows; none for other numbers.
fn in_halves(points: f32) -> Option<(&'static str, char, bool)> {
    let halves = points.abs() * 2.0;
    let sign = if points.is_sign_negative() { " -" } else { " +" };
    (halves.fract() == 0.0 && halves < 20.0).then(|| (sign, (b'0' + (halves / 2.0) as u8) as char, halves % 2.0 != 0.0))
}
