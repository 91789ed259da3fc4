//! The words by which a job description says what it wants: headings of its parts, words that raise or lower the grade of a line.
//! Tables only. Folded (lower case, no accents), English first, then German, French, Spanish, Italian, Dutch, Portuguese, Polish where
//! advertisements commonly use them. Source: compiled by hand for this project.

use super::parts::Part;

/// Phrases in headings, with the part that follows. The first row that fits decides: `Preferred qualifications` is no must.
#[rustfmt::skip]
pub const HEADINGS: &[(Part, &[&str])] = &[
    (
        Part::Nice,
        &[
            "nice to have", "nice-to-have", "nice to haves", "preferred", "desirable", "desired", "bonus",
            "preferred qualifications", "preferred skills", "preferred experience", "preferred requirements",
            "desired qualifications", "desired skills", "desired experience", "desirable skills", "desirable criteria",
            "desirable experience", "nice-to-haves", "bonus points", "bonus skills", "bonus qualifications",
            "extra credit", "good to have", "would be a plus", "is a plus", "a plus", "pluses", "plus points", "extra points",
            "brownie points", "additional skills", "optional", "von vorteil", "wunschenswert", "idealerweise",
            "atouts", "un plus", "serait un plus", "se valora", "deseable", "costituisce titolo preferenziale",
            "pluspunten", "pre", "mile widziane", "diferenciais",
        ],
    ),
    (
        Part::Silent,
        &[
            "about us", "about the company", "about the team", "who we are", "our company", "our team", "the team",
            "our values", "benefits", "what we offer", "we offer", "what's in it for you", "what is in it for you",
            "why join", "why work", "why us", "perks", "compensation", "salary", "pay range", "package", "rewards",
            "how to apply", "to apply", "application", "next steps", "interview process", "equal opportunity",
            "equal opportunities", "diversity", "inclusion", "privacy", "contact", "disclaimer", "wir bieten",
            "das bieten wir", "unser angebot", "uber uns", "bewerbung", "kontakt", "ce que nous offrons",
            "nous offrons", "qui sommes-nous", "avantages", "a propos", "ofrecemos", "que ofrecemos",
            "sobre nosotros", "cosa offriamo", "offriamo", "chi siamo", "wij bieden", "wat wij bieden", "over ons",
            "oferecemos", "oferujemy", "o nas",
        ],
    ),
    (
        Part::Must,
        &[
            "requirements", "requirement", "required", "must have", "must-have", "must haves", "qualifications",
            "essential", "what you need", "what you'll need", "what you will need", "what you bring",
            "what you'll bring", "what you will bring", "you bring", "you have", "you'll have", "you will have",
            "your profile", "your background", "your skills", "who you are", "about you", "what we expect",
            "what we're looking for", "what we are looking for", "we are looking for", "we're looking for",
            "looking for", "ideal candidate", "the candidate", "person specification", "skills and experience",
            "experience and skills", "key skills", "skills", "experience", "education", "certifications", "licenses",
            "licences", "languages", "minimum", "anforderungen", "ihr profil", "dein profil", "das bringst du mit",
            "das bringen sie mit", "qualifikationen", "voraussetzungen", "profil recherche", "votre profil",
            "ton profil", "competences", "requisitos", "perfil", "tu perfil", "requisiti", "il tuo profilo",
            "profilo", "functie-eisen", "jouw profiel", "wat vragen wij", "wymagania", "profil",
        ],
    ),
    (
        Part::Tasks,
        &[
            "responsibilities", "responsibility", "what you'll do", "what you will do", "what you do", "you will",
            "duties", "tasks", "the role", "your role", "role", "your mission", "the job", "job description",
            "description", "overview", "summary", "the position", "your day", "day to day", "day-to-day", "scope",
            "purpose", "tech stack", "our stack", "technologies", "tools", "aufgaben", "ihre aufgaben",
            "deine aufgaben", "missions", "vos missions", "le poste", "responsabilidades", "funciones", "mansioni",
            "responsabilita", "taken", "jouw taken", "atividades", "obowiazki", "zakres obowiazkow",
        ],
    ),
];

/// A line or clause with one of these is nice to have, with this weight. The first row that fits decides.
#[rustfmt::skip]
pub const NICE: &[(f32, &[&str])] = &[
    (
        2.0,
        &[
            "strong plus", "big plus", "huge plus", "major plus", "strongly preferred", "highly desirable",
            "highly preferred", "strong advantage",
        ],
    ),
    (
        1.0,
        &[
            "nice to have", "nice-to-have", "good to have", "preferred", "preferably", "preference", "a plus",
            "plus", "bonus", "desirable", "desired", "ideally", "an advantage", "advantage", "advantageous",
            "an asset", "beneficial", "would be great", "would be nice", "helpful", "appreciated", "welcome",
            "we'd love", "optional", "von vorteil", "idealerweise", "wunschenswert", "gern gesehen", "un plus",
            "un atout", "idealement", "apprecie", "appreciee", "se valora", "se valorara", "valorable", "deseable",
            "preferibilmente", "gradito", "gradita", "een pre", "bij voorkeur", "mile widziane", "mile widziana",
            "desejavel", "diferencial",
        ],
    ),
];

/// A clause with one of these is a must wherever it stands.
#[rustfmt::skip]
pub const MUST: &[&str] = &[
    "must have", "must-have", "must be", "must hold", "you must", "must", "required", "is essential", "essential",
    "mandatory", "at least", "minimum", "min.", "we require", "requires", "non-negotiable", "you need", "zwingend",
    "erforderlich", "voraussetzung", "mindestens", "indispensable", "obligatoire", "exige", "imprescindible",
    "obligatorio", "minimo", "indispensabile", "obbligatorio", "vereist", "minimaal", "wymagane", "wymagana",
    "obrigatorio",
];

/// A clause with one of these asks for nothing.
#[rustfmt::skip]
pub const NOT: &[&str] = &[
    "not required", "not necessary", "not needed", "not essential", "not a requirement", "no need", "is not a must",
    "no prior", "no previous experience", "no experience", "not mandatory", "nicht erforderlich", "nicht notwendig",
    "pas necessaire", "no es necesario",
];

/// A degree that something else may stand in for is no must.
#[rustfmt::skip]
pub const EQUIVALENT: &[&str] = &[
    "or equivalent", "or comparable", "equivalent experience", "equivalent practical", "or relevant experience",
    "or similar experience", "oder vergleichbar", "ou equivalent", "o equivalente", "or commensurate",
];

/// A clause that names a spoken language speaks of speaking: `French market` and `Polish the interface` do not.
#[rustfmt::skip]
pub const SPEAKING: &[&str] = &[
    "fluent", "fluency", "fluently", "native", "speak", "speaks", "speaker", "speaking", "spoken", "language",
    "languages", "bilingual", "business level", "business-level", "conversational", "proficient in",
    "proficiency in", "proficiency", "command of", "working knowledge of", "verbal", "oral", "written and", "a2",
    "b1", "b2", "c1", "c2", "fliessend", "fliessende", "verhandlungssicher", "kenntnisse", "courant", "couramment",
    "maitrise", "fluido", "dominio", "idioma", "nivel", "fluente", "vloeiend", "biegle", "madrelingua",
];

/// Words before a place that make it the place of work.
#[rustfmt::skip]
pub const AT_PLACE: &[&str] = &[
    "based in", "located in", "live in", "living in", "reside in", "commutable to", "commuting distance of",
    "on-site in", "onsite in", "on site in", "work from our office in", "standort", "arbeitsort",
];

/// What is written before the place of work, with a colon.
#[rustfmt::skip]
pub const PLACE_LABELS: &[&str] = &[
    "location", "locations", "office", "place of work", "work location", "job location", "where", "city", "site",
    "based", "standort", "arbeitsort", "einsatzort", "lieu", "localisation", "ubicacion", "lugar", "sede", "locatie",
    "standplaats", "lokalizacja", "local",
];

/// What is written before the title of the job, with a colon.
#[rustfmt::skip]
pub const TITLE_LABELS: &[&str] = &[
    "job title", "title", "position", "role", "job", "vacancy", "we are hiring", "now hiring", "hiring", "wanted",
    "stelle", "position title", "poste", "intitule du poste", "puesto", "cargo", "posizione", "functie",
    "stanowisko",
];

/// Words that join skills of one wish.
#[rustfmt::skip]
pub const JOINTS: &[&str] = &[
    "and", "or", "und", "oder", "et", "ou", "y", "o", "e", "i", "en", "of", "and/or", "including", "e.g", "eg",
    "such", "as", "like", "the", "a", "an", "with", "either", "another", "other", "similar", "comparable", "equivalent",
];

/// Joints that make the skills alternatives.
#[rustfmt::skip]
pub const EITHER: &[&str] = &["or", "oder", "ou", "o", "lub", "either", "and/or"];

/// Words before skills that make them examples: one of them is enough.
#[rustfmt::skip]
pub const EXAMPLES: &[&str] = &[
    "such as", "e.g", "eg", "for example", "for instance", "like", "one of", "any of", "at least one", "one or more",
    "one or more of", "either", "z.b", "zum beispiel", "par exemple", "por ejemplo", "ad esempio", "similar to",
];

/// Words for a degree without a level: a university degree is a bachelor's at least.
#[rustfmt::skip]
pub const ANY_DEGREE: &[&str] = &[
    "university degree", "college degree", "academic degree", "degree in", "undergraduate degree", "a degree",
    "degree educated", "educated to degree", "hochschulabschluss", "abgeschlossenes studium",
    "diplome universitaire", "titulo universitario", "laurea in",
];

/// Folded words of `cues` stand in `folded` as whole words.
pub fn holds(folded: &str, cues: &[&str]) -> bool {
    cues.iter().any(|cue| place(folded, cue).is_some())
}

/// First byte of a cue in folded text, as whole words.
pub fn place(folded: &str, cue: &str) -> Option<usize> {
    folded.match_indices(cue).map(|(at, _)| at).find(|at| {
        let before = folded[..*at].chars().next_back().is_some_and(char::is_alphanumeric);
        let after = folded[at + cue.len()..].chars().next().is_some_and(char::is_alphanumeric);
        !before && !after
    })
}
