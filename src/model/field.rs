//! FIELDS: the one table of what can be searched. Names, aliases, kinds, weights, facets and help all come from here;
//! the parser, the schema, the ranking, `--help` and docs/query-language.md read it. A new field is a new row.

use serde::{Deserialize, Serialize};

/// Identity of a searchable field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldId {
    /// The whole text of the résumé.
    Text,
    /// Name of the person.
    Name,
    /// Job titles.
    Title,
    /// Employers.
    Employer,
    /// Schools.
    School,
    /// Degree: level by name, or the words as written.
    Degree,
    /// Subject of a degree.
    Subject,
    /// Skills by canonical name.
    Skill,
    /// Skills shown in a dated or described job: ranking only, no name of its own in queries.
    SkillInJob,
    /// Places of the person and of the jobs.
    Location,
    /// Certificates.
    Cert,
    /// Spoken languages.
    Lang,
    /// Projects.
    Project,
    /// E-mail addresses.
    Email,
    /// Phone numbers.
    Phone,
    /// File path inside the folder.
    Path,
    /// File format.
    Format,
    /// Month a degree was awarded.
    Graduated,
    /// Years of experience.
    Years,
    /// Grade on a scale of 4.
    Gpa,
    /// Date of the file's last change.
    Updated,
    /// Presence of a value.
    Has,
    /// What became of the file: indexed, skipped, or the reason.
    Status,
    /// Inside `job(…)`: the job's period overlaps.
    During,
    /// Inside `skill(…)`: last used.
    Used,
}

/// How values of a field are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldKind {
    /// Words, phrases, prefixes.
    Words,
    /// A degree level or words.
    Degree,
    /// Months or days, as ranges.
    Date,
    /// Numbers, as ranges.
    Number,
    /// One of a list of names (`has:email`).
    Presence,
    /// A path pattern with `*` and `?`.
    Pattern,
    /// What became of a file: `indexed`, `skipped`, or the reason.
    State,
}

/// One row of [`FIELDS`].
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// Identity.
    pub id: FieldId,
    /// The name in queries, JSON and facets.
    pub name: &'static str,
    /// Other names accepted in queries.
    pub aliases: &'static [&'static str],
    /// How values are compared.
    pub kind: FieldKind,
    /// Weight of a match in this field for words without a field; 0 = not searched by them.
    pub boost: f32,
    /// Inside `job(…)` (also `current`, `past`).
    pub in_job: bool,
    /// Inside `education(…)`.
    pub in_education: bool,
    /// Offers a facet of this name.
    pub facet: bool,
    /// An example that parses.
    pub example: &'static str,
    /// One line for help.
    pub help: &'static str,
}

const ROW: Field = Field {
    id: FieldId::Text,
    name: "text",
    aliases: &[],
    kind: FieldKind::Words,
    boost: 0.0,
    in_job: false,
    in_education: false,
    facet: false,
    example: "",
    help: "",
};

/// All searchable fields, in the order of help and docs.
///
/// A change of boosts comes with the relevance figures before and after (`vitae eval`, the dev ranking sets). nDCG@10 of the dev sets, .796 as
/// it is: skill 2.0 with 1.0 in jobs .787, since nearly all who say a word have the skill, which then drowns how often they say it; title 3.0
/// .794, 5.0 lowers needs of many words; degree, subject and school at a third to a half the same.
pub const FIELDS: &[Field] = &[
    Field {
        id: FieldId::Text,
        name: "text",
        aliases: &["body", "resume", "cv"],
        boost: 1.0,
        in_job: true,
        in_education: true,
        example: "text:\"machine learning\"",
        help: "the whole résumé",
        ..ROW
    },
    Field {
        id: FieldId::Skill,
        name: "skill",
        aliases: &["skills", "tech", "technology"],
        boost: 1.0,
        in_job: true,
        facet: true,
        example: "skill:kubernetes",
        help: "skills; aliases are one skill (k8s = kubernetes)",
        ..ROW
    },
    Field {
        id: FieldId::SkillInJob,
        name: "skill_in_job",
        boost: 0.5,
        help: "skills shown in a job (ranking only)",
        example: "",
        ..ROW
    },
    Field {
        id: FieldId::Title,
        name: "title",
        aliases: &["role", "position", "jobtitle", "job_title", "designation"],
        boost: 4.0,
        in_job: true,
        facet: true,
        example: "title:lead",
        help: "job titles",
        ..ROW
    },
    Field {
        id: FieldId::Employer,
        name: "employer",
        aliases: &["company", "organisation", "organization", "org", "firm", "worked_at"],
        boost: 1.5,
        in_job: true,
        facet: true,
        example: "employer:oracle",
        help: "employers",
        ..ROW
    },
    Field {
        id: FieldId::School,
        name: "school",
        aliases: &["university", "college", "institution", "alma_mater"],
        boost: 1.5,
        in_education: true,
        facet: true,
        example: "school:\"georgia tech\"",
        help: "schools",
        ..ROW
    },
    Field {
        id: FieldId::Degree,
        name: "degree",
        aliases: &["qualification"],
        kind: FieldKind::Degree,
        boost: 1.0,
        in_education: true,
        facet: true,
        example: "degree>=bachelor",
        help: "level (secondary … doctorate) or the degree as written",
        ..ROW
    },
    Field {
        id: FieldId::Subject,
        name: "field",
        aliases: &["subject", "major", "area", "study"],
        boost: 1.0,
        in_education: true,
        example: "field:\"computer science\"",
        help: "subject of a degree",
        ..ROW
    },
    Field {
        id: FieldId::Graduated,
        name: "graduated",
        aliases: &["grad", "graduation", "grad_year"],
        kind: FieldKind::Date,
        in_education: true,
        facet: true,
        example: "graduated:2020..2024",
        help: "when a degree was awarded",
        ..ROW
    },
    Field {
        id: FieldId::Gpa,
        name: "gpa",
        aliases: &["cgpa", "grade"],
        kind: FieldKind::Number,
        in_education: true,
        example: "gpa>=3.5",
        help: "grade on a scale of 4",
        ..ROW
    },
    Field {
        id: FieldId::Years,
        name: "years",
        aliases: &["experience", "exp", "yoe"],
        kind: FieldKind::Number,
        facet: true,
        example: "years>=5",
        help: "years of employment, overlaps counted once",
        ..ROW
    },
    Field {
        id: FieldId::Location,
        name: "location",
        aliases: &["city", "country", "place", "loc", "where"],
        boost: 0.8,
        in_job: true,
        in_education: true,
        facet: true,
        example: "location:bangalore",
        help: "places of the person and the jobs",
        ..ROW
    },
    Field {
        id: FieldId::Name,
        name: "name",
        aliases: &["candidate", "person"],
        boost: 2.0,
        example: "name:\"jose garcia\"",
        help: "the person's name, accents ignored",
        ..ROW
    },
    Field {
        id: FieldId::Cert,
        name: "cert",
        aliases: &["certificate", "certification", "license", "licence"],
        boost: 1.5,
        facet: true,
        example: "cert:cka",
        help: "certificates and licences",
        ..ROW
    },
    Field {
        id: FieldId::Lang,
        name: "lang",
        aliases: &["language", "languages", "speaks"],
        boost: 0.5,
        facet: true,
        example: "lang:german",
        help: "spoken languages",
        ..ROW
    },
    Field {
        id: FieldId::Project,
        name: "project",
        aliases: &["projects"],
        boost: 0.8,
        example: "project:raft",
        help: "names of projects and publications",
        ..ROW
    },
    Field {
        id: FieldId::Email,
        name: "email",
        aliases: &["mail", "e-mail"],
        example: "email:@example.com",
        help: "address, or @domain",
        ..ROW
    },
    Field {
        id: FieldId::Phone,
        name: "phone",
        aliases: &["tel", "mobile"],
        example: "phone:555-010-0199",
        help: "phone number in any spelling",
        ..ROW
    },
    Field {
        id: FieldId::Path,
        name: "path",
        aliases: &["file", "filename", "folder"],
        kind: FieldKind::Pattern,
        example: "path:2026/*",
        help: "file path, * and ? allowed",
        ..ROW
    },
    Field {
        id: FieldId::Format,
        name: "format",
        aliases: &["filetype", "type"],
        facet: true,
        example: "format:pdf",
        help: "markdown, text, html, jsonresume, pdf, docx",
        ..ROW
    },
    Field {
        id: FieldId::Updated,
        name: "updated",
        aliases: &["modified", "changed"],
        kind: FieldKind::Date,
        example: "updated:<90d",
        help: "last change of the file",
        ..ROW
    },
    Field {
        id: FieldId::Has,
        name: "has",
        kind: FieldKind::Presence,
        example: "has:email",
        help: "a value is present: email, link, gpa, job, cert …",
        ..ROW
    },
    Field {
        id: FieldId::Status,
        name: "status",
        aliases: &["state", "reason"],
        kind: FieldKind::State,
        example: "status:scan",
        help: "state of the file: indexed, ocr, partial, scan, skipped …",
        ..ROW
    },
    Field {
        id: FieldId::During,
        name: "during",
        aliases: &["when"],
        kind: FieldKind::Date,
        in_job: true,
        example: "job(during:2022..2024)",
        help: "inside job(…): the job overlaps this time",
        ..ROW
    },
    Field {
        id: FieldId::Used,
        name: "used",
        aliases: &["last", "last_used"],
        kind: FieldKind::Date,
        example: "skill(rust used>=2024)",
        help: "inside skill(…): last used then or later",
        ..ROW
    },
];

impl FieldId {
    /// The row of this field.
    pub fn row(self) -> &'static Field {
        // Every variant has a row: `every_field_has_one_row` below.
        FIELDS.iter().find(|field| field.id == self).unwrap_or(&ROW)
    }

    /// The field called `name` (any case), by name or alias.
    pub fn named(name: &str) -> Option<FieldId> {
        let name = name.to_lowercase();
        let row = FIELDS.iter().find(|row| row.name == name || row.aliases.contains(&name.as_str()))?;
        (row.id != FieldId::SkillInJob).then_some(row.id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_and_alias_is_unique() {
        let mut names: Vec<&str> =
            FIELDS.iter().flat_map(|row| row.aliases.iter().copied().chain([row.name])).collect();
        names.sort_unstable();
        let before = names.len();
        names.dedup();
        assert_eq!(names.len(), before);
    }

    #[test]
    fn every_field_has_one_row() {
        for row in FIELDS {
            assert_eq!(row.id.row().name, row.name);
        }
        assert_eq!(FieldId::named("Company"), Some(FieldId::Employer));
    }
}
