//! Lines that introduce the text of an entry or a group of entries: `Responsibilities`, `Key Accomplishments`, `Additional Experience`. In:
//! a field in small letters. Out: whether it is such a line. None of them names an employer.

use crate::lexicon::table::WordSet;

/// Lines that introduce the text of an entry.
static LABELS: WordSet = WordSet::of(&[
    "responsibilities",
    "roles and responsibilities",
    "roles & responsibilities",
    "role and responsibilities",
    "duties",
    "achievements",
    "key achievements",
    "achievements/tasks",
    "tasks/achievements",
    "tasks",
    "main tasks",
    "key tasks",
    "key responsibilities",
    "accomplishments",
    "description",
    "job description",
    "project description",
    "technologies",
    "technologies used",
    "tech stack",
    "environment",
    "tools",
    "projects",
    "key projects",
    "highlights",
    "skills",
    "skills used",
    "tools used",
    "summary",
    "overview",
    "job profile",
    "responsibility",
    "main responsibilities",
    "selected projects",
    "contributions",
    "deliverables",
    "stack",
    "project",
    "key skills",
    "courses",
    "coursework",
    "duties, accomplishments and related skills",
    "duties and accomplishments",
    "job duties",
    "main duties",
    "key duties",
    "aufgaben",
    "aufgabengebiet",
    "aufgabengebiete",
    "aufgabenbereich",
    "aufgabenbereiche",
    "tätigkeiten",
    "tätigkeitsschwerpunkte",
    "schwerpunkte",
    "erfolge",
    "missions",
    "missions principales",
    "missions réalisées",
    "tâches",
    "tâches principales",
    "réalisations",
    "activités",
    "funciones",
    "funciones principales",
    "principales funciones",
    "funciones realizadas",
    "tareas",
    "tareas realizadas",
    "logros",
    "responsabilidades",
    "mansioni",
    "attività",
    "responsabilità",
    "atividades",
    "principais atividades",
    "taken",
    "werkzaamheden",
    "verantwoordelijkheden",
    "arbetsuppgifter",
    "ansvarsområden",
    "arbeidsoppgaver",
    "obowiązki",
]);

/// Last words of lines that introduce the text of an entry, or a group of entries, and words in front of them.
const TEXT_HEADS: &[&str] = &[
    "accomplishments",
    "achievements",
    "responsibilities",
    "duties",
    "contributions",
    "highlights",
    "skills",
    "projects",
    "tasks",
    "experience",
    "positions",
    "employment",
    "clients",
];
const OF_HEADS: &[&str] = &[
    "key",
    "selected",
    "main",
    "major",
    "notable",
    "specific",
    "general",
    "additional",
    "other",
    "relevant",
    "earlier",
    "previous",
    "prior",
    "past",
    "primary",
    "significant",
    "core",
    "principal",
    "career",
    "professional",
    "daily",
    "current",
    "sample",
    "representative",
    "recent",
    "further",
];

/// All of `lower` is such a line, without the colon.
pub(super) fn is_one(lower: &str) -> bool {
    LABELS.contains(lower) || is_described(lower)
}

/// `key accomplishments`, `additional experience`: a word of either list, and at most two between them.
fn is_described(lower: &str) -> bool {
    // All words of the list end so.
    if !lower.ends_with(['e', 's', 't']) {
        return false;
    }
    let mut words = lower.split([' ', '-']);
    let (first, last) = (words.next().unwrap_or(""), words.next_back().unwrap_or(""));
    TEXT_HEADS.contains(&last) && OF_HEADS.contains(&first) && words.count() <= 2
}

#[cfg(test)]
mod tests {
    use super::is_one;

    #[test]
    fn heads_of_text_and_names() {
        for text in ["responsibilities", "key accomplishments", "additional experience", "other relevant experience"] {
            assert!(is_one(text), "{text}");
        }
        for text in ["experience design", "gull experience", "current foods", "key"] {
            assert!(!is_one(text), "{text}");
        }
    }
}
