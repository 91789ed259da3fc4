//! Labels in front of the lines of an education: `Institute: …`, `Abschluss: …`. In: a line. Out: what the label says of the value behind
//! it, and where that stands. Reads no values.

use super::fields;
use crate::lexicon::Lexicon;
use std::ops::Range;

/// What stands behind a label.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Labelled {
    /// The name of the school.
    School,
    /// Something of no use: a board, a session.
    Nothing,
}

/// Labels of table-like entries, lower case.
const LABELS: &[(&[&str], Labelled)] = &[
    (
        &[
            "institute",
            "institution",
            "school",
            "college",
            "university",
            "name of institute",
            "name of institution",
            "name of school",
            "name of college",
            "name of university",
            "institute name",
            "institution name",
            "school name",
            "college name",
            "university name",
            "school/college",
            "college/university",
            "school/university",
            "school attended",
            "institution attended",
            "place of study",
            "name and type of organisation providing education and training",
            "name and type of organisation",
            "name and type of institution",
            "educational institution",
            "universität",
            "hochschule",
            "schule",
            "hochschule/universität",
            "universität/hochschule",
            "bildungseinrichtung",
            "ausbildungsstätte",
            "berufsschule",
            "institut",
            "établissement",
            "etablissement",
            "école",
            "université",
            "école/université",
            "institución",
            "institucion",
            "institución educativa",
            "universidad",
            "centro",
            "centro de estudios",
            "centro educativo",
            "instituto",
            "istituto",
            "università",
            "scuola",
            "nome e tipo di istituto",
            "nom et type de l'établissement",
            "nombre y tipo de organización",
            "nome e tipo da organização",
            "name und art der bildungs",
            "instituição",
            "instituição de ensino",
            "universidade",
            "escola",
            "faculdade",
            "universiteit",
            "hogeschool",
            "onderwijsinstelling",
            "instelling",
            "opleidingsinstituut",
            "uczelnia",
            "szkoła",
            "skola",
            "lärosäte",
            "üniversite",
            "okul",
        ],
        Labelled::School,
    ),
    (
        &[
            "board",
            "group",
            "university/board",
            "board/university",
            "session",
            "principal subjects/occupational skills covered",
            "level in national or international classification",
        ],
        Labelled::Nothing,
    ),
];

/// Labels of a degree, lower case. Some are forms of degrees themselves: they are labels where the value behind them is a degree.
const OF_DEGREES: &[&str] = &[
    "degree",
    "degree obtained",
    "degree name",
    "qualification",
    "qualification obtained",
    "title of qualification awarded",
    "award",
    "course",
    "programme",
    "program",
    "diploma",
    "diploma obtained",
    "abschluss",
    "bildungsabschluss",
    "schulabschluss",
    "studiengang",
    "diplôme",
    "diplome",
    "diplôme obtenu",
    "título",
    "titulo",
    "título obtenido",
    "titulación",
    "estudios",
    "carrera",
    "grado",
    "titolo",
    "titolo di studio",
    "qualifica conseguita",
    "titolo della qualifica rilasciata",
    "curso",
    "formação",
    "opleiding",
    "studie",
    "examen",
    "kierunek",
    "utbildning",
];

/// Longest label, in bytes.
const MAX_LABEL: usize = 70;
/// The same of those of degrees.
const MAX_DEGREE_LABEL: usize = 40;

/// `Institute : Blue Bay College` → what the label says, and the bytes of the value.
pub(super) fn labelled(text: &str) -> Option<(Labelled, Range<usize>)> {
    // A short label in front of a tab is the head of a column.
    let tab = || text.find('\t').filter(|tab| *tab > 20);
    let colon = text.find(':').or_else(tab).filter(|colon| *colon < MAX_LABEL)?;
    let label = text[..colon].trim().to_lowercase();
    // The labels of the European form go on: "… di istruzione o formazione".
    let is_label = |name: &&str| label == **name || name.len() > 20 && label.starts_with(*name);
    let (_, kind) = LABELS.iter().find(|(names, _)| names.iter().any(is_label))?;
    let value = fields::trim(text, colon + 1..text.len());
    (!value.is_empty()).then_some((*kind, value))
}

/// Bytes of the label in `Abschluss: B.A. Fischerei`, with its colon, where a degree stands behind it.
pub(super) fn of_degree(text: &str, lexicon: &Lexicon) -> Option<Range<usize>> {
    let colon = text.bytes().take(MAX_DEGREE_LABEL).position(|byte| byte == b':')?;
    let label = text[..colon].trim().to_lowercase();
    let is_one = OF_DEGREES.contains(&label.as_str());
    (is_one && !lexicon.degrees().find(&text[colon + 1..], true).is_empty()).then_some(0..colon + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_and_their_values() {
        let check = |text: &str, expected: Option<(Labelled, &str)>| {
            assert_eq!(labelled(text).map(|(kind, value)| (kind, &text[value])), expected, "{text}");
        };
        check("Institute : Blue Bay College", Some((Labelled::School, "Blue Bay College")));
        check("Établissement : Lycée des Embruns", Some((Labelled::School, "Lycée des Embruns")));
        check("Board: CBSE", Some((Labelled::Nothing, "CBSE")));
        check("Blue Bay College: Fishery", None);
    }

    #[test]
    fn labels_of_degrees() {
        let lexicon = Lexicon::builtin();
        let check = |text: &str, expected: Option<usize>| {
            assert_eq!(of_degree(text, &lexicon).map(|span| span.end), expected, "{text}");
        };
        check("Degree: BSc Fishery", Some(7));
        check("Diploma: BSc Fishery", Some(8));
        check("Diploma: Fishery", None);
        check("Fishery: BSc", None);
    }
}
