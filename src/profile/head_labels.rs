//! Labels in heads of entries (`Employer: …`, `Designation⇥…`) → what they say of the value behind them. In: a field or its label. Out:
//! points per role, or that the field says nothing. Knows forms in several languages; reads no values.

use super::fields::{Field, Separator};
use super::roles::Points;
use crate::lexicon::table::WordSet;

/// Labels that say what follows, with the points they give: title, employer, place.
const LABELS: &[(&[&str], [f32; 3])] = &[
    (
        &[
            "company",
            "name",
            "employer",
            "organization",
            "organisation",
            "client",
            "firm",
            "company name",
            "company worked for",
            "worked for",
            "workplace",
            "place of work",
            "organization name",
            "organisation name",
            "name of the company",
            "name of the organization",
            "name of the organisation",
            "name of organisation",
            "name of firm",
            "name of company",
            "unternehmen",
            "entreprise",
            "empresa",
            "name of employer",
            "name and address of employer",
            "employer name",
            "company name and location",
            "arbeitgeber",
            "employeur",
            "datore di lavoro",
            "nome e indirizzo del datore di lavoro",
            "nom et adresse de l'employeur",
            "nom et adresse de l’employeur",
            "nombre y dirección de la empresa o empleador",
            "nombre de la empresa",
            "nome da empresa",
            "nome e morada do empregador",
            "name und adresse des arbeitgebers",
            "nazwa i adres pracodawcy",
            "numele şi adresa angajatorului",
            "firma",
            "bedrijf",
            "bedrijfsnaam",
            "organisatie",
            "azienda",
            "ditta",
            "società",
            "société",
            "structure",
            "organisme",
            "nom de l'entreprise",
            "nom de l’entreprise",
            "empleador",
            "lugar de trabajo",
            "centro de trabajo",
            "compañía",
            "organización",
            "empresa/institución",
            "nombre de empresa",
            "empregador",
            "instituição",
            "betrieb",
            "einrichtung",
            "arbeitgeber/ort",
            "firma/ort",
            "name of institution",
            "name of organization",
            "employer/company",
            "employer name and address",
            "employer name & address",
            "arbetsgivare",
            "företag",
            "arbeidsgiver",
            "arbejdsgiver",
            "virksomhed",
            "työnantaja",
            "işveren",
            "şirket",
            "zaměstnavatel",
            "munkáltató",
            "firm name",
            "organization name and location",
            "pracodawca",
            "werkgever",
            "公司名称",
            "公司",
            "单位名称",
            "单位",
            "工作单位",
            "企业名称",
            "公司名稱",
        ],
        [-6.0, 8.0, -6.0],
    ),
    (
        &[
            "role",
            "designation",
            "position",
            "title",
            "job title",
            "post",
            "poste",
            "puesto",
            "cargo",
            "position held",
            "occupation or position held",
            "occupation",
            "position title",
            "funktion",
            "stanowisko",
            "functie",
            "mansione",
            "função",
            "puesto desempeñado",
            "tipo di impiego",
            "tipo de puesto",
            "fonction ou poste occupé",
            "profesión o cargo desempeñado",
            "cargo desempeñado",
            "função ou cargo ocupado",
            "beruf oder funktion",
            "zajmowane stanowisko",
            "funcţia sau postul ocupat",
            "qualifica",
            "role/position",
            "tätigkeit",
            "tätigkeit als",
            "berufsbezeichnung",
            "stelle",
            "stellenbezeichnung",
            "rolle",
            "beruf",
            "fonction",
            "emploi",
            "emploi occupé",
            "poste occupé",
            "intitulé du poste",
            "intitulé de poste",
            "posición",
            "función",
            "ocupación",
            "puesto de trabajo",
            "cargo ocupado",
            "cargo/función",
            "posizione",
            "posizione ricoperta",
            "ruolo",
            "ruolo ricoperto",
            "incarico",
            "posição",
            "função exercida",
            "functietitel",
            "befattning",
            "roll",
            "stilling",
            "titel",
            "job role",
            "current position",
            "current designation",
            "post held",
            "title held",
            "positions held",
            "position/designation",
            "capacity",
            "pozisyon",
            "görev",
            "pozice",
            "beosztás",
            "position/title",
            "designation/role",
            "rol",
            "rôle",
            "职位名称",
            "职位",
            "岗位",
            "职务",
            "担任职务",
            "職稱",
            "職位",
        ],
        [8.0, -6.0, -6.0],
    ),
    (
        &[
            "location",
            "place",
            "city",
            "ort",
            "lieu",
            "lugar",
            "ubicación",
            "localidad",
            "ciudad",
            "ville",
            "luogo",
            "sede",
            "plaats",
            "cidade",
            "standort",
            "einsatzort",
            "work location",
            "job location",
            "place of posting",
            "工作地点",
            "地点",
        ],
        [-6.0, -6.0, 8.0],
    ),
    (&["税前月薪", "月薪", "薪资", "工作职责", "工作内容", "离职原因", "证明人"], [-8.0, -8.0, -8.0]),
];

/// Labels of the period: nothing is left of such a field when its date is cut out.
static PERIOD_LABELS: WordSet = WordSet::of(&[
    "duration",
    "dates",
    "period",
    "time period",
    "tenure",
    "project duration",
    "period of employment",
    "employment period",
    "dates of employment",
    "date (da – a)",
    "date (da - a)",
    "periodo",
    "período",
    "période",
    "zeitraum",
    "fechas",
    "datas",
    "durée",
    "duración",
    "okres zatrudnienia",
    "okres",
    "periode",
    "dauer",
    "beschäftigungsdauer",
    "beschäftigungszeitraum",
    "von – bis",
    "von - bis",
    "tijdvak",
    "looptijd",
    "durata",
    "data",
    "dates d'emploi",
    "dates d’emploi",
    "fecha",
    "duração",
    "dates employed",
    "date employed",
    "employment dates",
    "inclusive dates",
    "inclusive date",
    "dates attended",
    "service period",
    "period of service",
    "working period",
    "work period",
    "from-to",
    "from - to",
    "from/to",
    "since",
    "anställningstid",
    "tidsperiod",
    "süre",
    "tarih",
    "období",
    "időszak",
    "perioada",
    "from – to",
    "date",
    "years",
    "timeline",
    "在职时间",
    "工作时间",
    "任职时间",
    "起止时间",
    "时间",
]);

/// The field is the label of a date that was cut out, the number of a project, or a term.
pub(super) fn says_nothing(piece: &str) -> bool {
    PERIOD_LABELS.contains_in_small(piece.trim_end_matches([':', '：', ' ']))
        || is_project_number(piece)
        || is_term(piece)
}

/// `Semester B`, `Term 2`: when something was taught.
fn is_term(piece: &str) -> bool {
    if piece.len() > 12 {
        return false;
    }
    let Some((word, number)) = piece.split_once(' ') else { return false };
    let is_term = ["semester", "term", "trimester"].iter().any(|term| word.eq_ignore_ascii_case(term));
    is_term && (number.len() == 1 || number.bytes().all(|byte| matches!(byte, b'I' | b'V' | b'0'..=b'9')))
}

/// The sign that ends a label, and its length.
pub(super) fn sign(piece: &str) -> Option<(usize, usize)> {
    let narrow = memchr::memchr2(b':', b'\t', piece.as_bytes()).map(|at| (at, 1));
    let wide = if piece.is_ascii() { None } else { piece.find('：').map(|at| (at, '：'.len_utf8())) };
    narrow.into_iter().chain(wide).min()
}

/// `Project #2: Ferry booking`: what was worked on, neither title nor employer.
fn is_project_number(piece: &str) -> bool {
    let starts = piece.get(..7).is_some_and(|start| start.eq_ignore_ascii_case("project"));
    let number = || piece[7..].trim_start_matches([' ', '#', '-', '–', '.']);
    starts && number().len() < piece.len() - 7 && number().starts_with(|letter: char| letter.is_ascii_digit())
}

/// Bytes of a label from which its beginning tells it.
const MIN_BEGUN: usize = 14;

/// The first cell of the line is a label of title, employer or place.
pub(super) fn opens(text: &str) -> bool {
    let end = memchr::memchr(b'\t', text.as_bytes());
    end.is_some_and(|tab| points(text[..tab].trim_end_matches([':', '：', ' '])).is_some())
}

/// What a label in front of a value says of it.
pub(super) fn points(label: &str) -> Option<Points> {
    if label.len() > 50 {
        return None;
    }
    let lower = label.trim().to_lowercase();
    // "Name and address of⇥Blue Fish Inn": the label goes on in the next line of its cell.
    let is_begun = |name: &&str| {
        lower.len() >= MIN_BEGUN && name.strip_prefix(lower.as_str()).is_some_and(|rest| rest.starts_with(' '))
    };
    let named = |names: &&[&str]| {
        names.contains(&lower.as_str()) || lower.starts_with(names[0]) && lower.len() < 24 || names.iter().any(is_begun)
    };
    let (_, points) = LABELS.iter().find(|(names, _)| named(names))?;
    Some(Points { title: points[0], employer: points[1], place: points[2] })
}

/// `Position held⇥Cook`: a label in a cell of its own and the cell behind it are one field, as `Position held: Cook` is.
pub(super) fn join(text: &str, fields: &mut Vec<Field>) {
    let mut at = 0;
    while at < fields.len() {
        let first = &fields[at];
        let label = text[first.span.clone()].trim_end_matches([':', '：']);
        let wide = text[first.span.end..].trim_start_matches([':', '：', ' ']).starts_with('\t');
        if wide && PERIOD_LABELS.contains_in_small(label) {
            fields.remove(at);
            continue;
        }
        let next = fields.get(at + 1).filter(|next| wide && next.before == Separator::Wide);
        // Behind the first cell only a colon tells a label from a value.
        let may_label = at == 0 || text[first.span.end..].starts_with([':', '：']);
        if let Some(end) = next.map(|next| next.span.end).filter(|_| may_label && points(label).is_some()) {
            fields[at].span.end = end;
            fields.remove(at + 1);
        }
        at += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_of_periods_and_numbers_of_projects_say_nothing() {
        for text in ["Duration:", "Duration", "在职时间：", "Project #2: Ferry booking", "Project 3", "Semester B"]
        {
            assert!(says_nothing(text), "{text}");
        }
        for text in ["Project Manager", "Duration Systems Ltd", "Project: Ferry"] {
            assert!(!says_nothing(text), "{text}");
        }
    }

    #[test]
    fn a_long_label_is_told_by_its_beginning() {
        let employer = |label: &str| points(label).is_some_and(|points| points.employer > 0.0);
        assert!(employer("Nome e indirizzo del datore di") && employer("Name and address of"));
        assert!(!employer("Nome e indi") && !employer("Name and addres"));
    }

    #[test]
    fn several_cells_with_labels_are_one_field_each() {
        let text = "Company:\tBlue Bay Ltd\tRole:\tCook\tDuration:\t";
        let mut fields = super::super::fields::split(text, 0, &[]);
        join(text, &mut fields);
        let found: Vec<&str> = fields.iter().map(|field| &text[field.span.clone()]).collect();
        assert_eq!(found, ["Company:\tBlue Bay Ltd", "Role:\tCook"]);
    }
}
