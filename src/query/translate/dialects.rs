//! The tools whose strings we read, and how they differ, as tables. Sources: LinkedIn Recruiter help, "Use Boolean to filter search results"
//! and its 2013 tip sheet (AND before OR, blank = AND); Bullhorn help on Boolean search and the field names of its candidate index;
//! Textkernel, "Search! query language"; dtSearch, "Boolean search requests"; Apache Lucene, classic query parser. Reads no string.

use crate::model::FieldId;
use serde::Serialize;

/// A tool whose search strings we read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Dialect {
    /// LinkedIn and LinkedIn Recruiter.
    LinkedIn,
    /// Bullhorn.
    Bullhorn,
    /// Textkernel Search!.
    Textkernel,
    /// dtSearch and what is built on it.
    DtSearch,
    /// Apache Lucene's classic syntax: Solr, Elasticsearch, many applicant tracking systems.
    Lucene,
}

/// What a field of another tool is here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// This field.
    Field(FieldId),
    /// Nothing a résumé says (a flag, an owner, a status): left out.
    Nothing,
}

impl Dialect {
    /// All of them by the name of `--from`.
    pub const NAMES: [(&str, Dialect); 5] = [
        ("linkedin", Dialect::LinkedIn),
        ("bullhorn", Dialect::Bullhorn),
        ("textkernel", Dialect::Textkernel),
        ("dtsearch", Dialect::DtSearch),
        ("lucene", Dialect::Lucene),
    ];

    /// As people write it.
    pub fn label(self) -> &'static str {
        match self {
            Dialect::LinkedIn => "LinkedIn",
            Dialect::Bullhorn => "Bullhorn",
            Dialect::Textkernel => "Textkernel",
            Dialect::DtSearch => "dtSearch",
            Dialect::Lucene => "Lucene",
        }
    }

    /// `and`, `or`, `not` in lower case are operators.
    pub(super) fn reads_lower_case(self) -> bool {
        matches!(self, Dialect::Bullhorn | Dialect::DtSearch)
    }

    /// `+x` and `-x` mean something.
    pub(super) fn has_signs(self) -> bool {
        !matches!(self, Dialect::LinkedIn)
    }

    /// `field:value`.
    pub(super) fn has_fields(self) -> bool {
        !matches!(self, Dialect::DtSearch)
    }

    /// What a field of this tool is here; none when the tool may well have it and we do not know it.
    pub(super) fn field(self, name: &str) -> Option<Target> {
        let name = name.to_ascii_lowercase();
        let own = FIELDS.iter().find(|(dialect, known, _)| *dialect == self && *known == name).map(|row| row.2);
        own.or_else(|| FieldId::named(&name).map(Target::Field))
    }
}

use Target::{Field, Nothing};

/// Fields that are called otherwise there. What is called the same (`title:`, `company:`) needs no row.
const FIELDS: &[(Dialect, &str, Target)] = &[
    (Dialect::LinkedIn, "firstname", Field(FieldId::Name)),
    (Dialect::LinkedIn, "lastname", Field(FieldId::Name)),
    (Dialect::LinkedIn, "headline", Field(FieldId::Title)),
    (Dialect::LinkedIn, "industry", Field(FieldId::Text)),
    (Dialect::LinkedIn, "keywords", Field(FieldId::Text)),
    (Dialect::Bullhorn, "firstname", Field(FieldId::Name)),
    (Dialect::Bullhorn, "lastname", Field(FieldId::Name)),
    (Dialect::Bullhorn, "occupation", Field(FieldId::Title)),
    (Dialect::Bullhorn, "companyname", Field(FieldId::Employer)),
    (Dialect::Bullhorn, "skillset", Field(FieldId::Skill)),
    (Dialect::Bullhorn, "skillid", Nothing),
    (Dialect::Bullhorn, "primaryskills", Field(FieldId::Skill)),
    (Dialect::Bullhorn, "primaryskills.name", Field(FieldId::Skill)),
    (Dialect::Bullhorn, "secondaryskills", Field(FieldId::Skill)),
    (Dialect::Bullhorn, "secondaryskills.name", Field(FieldId::Skill)),
    (Dialect::Bullhorn, "description", Field(FieldId::Text)),
    (Dialect::Bullhorn, "address.city", Field(FieldId::Location)),
    (Dialect::Bullhorn, "address.state", Field(FieldId::Location)),
    (Dialect::Bullhorn, "address.zip", Field(FieldId::Text)),
    (Dialect::Bullhorn, "address.countryname", Field(FieldId::Location)),
    (Dialect::Bullhorn, "certifications", Field(FieldId::Cert)),
    (Dialect::Bullhorn, "educationdegree", Field(FieldId::Degree)),
    (Dialect::Bullhorn, "degreelist", Field(FieldId::Degree)),
    (Dialect::Bullhorn, "educations.degree", Field(FieldId::Degree)),
    (Dialect::Bullhorn, "educations.school", Field(FieldId::School)),
    (Dialect::Bullhorn, "educations.major", Field(FieldId::Subject)),
    (Dialect::Bullhorn, "datelastmodified", Field(FieldId::Updated)),
    (Dialect::Bullhorn, "isdeleted", Nothing),
    (Dialect::Bullhorn, "status", Nothing),
    (Dialect::Bullhorn, "owner", Nothing),
    (Dialect::Bullhorn, "owner.id", Nothing),
    (Dialect::Bullhorn, "category", Nothing),
    (Dialect::Bullhorn, "category.id", Nothing),
    (Dialect::Bullhorn, "employmentpreference", Nothing),
    (Dialect::Bullhorn, "dateadded", Nothing),
    (Dialect::Bullhorn, "dateavailable", Nothing),
    (Dialect::Bullhorn, "salary", Nothing),
    (Dialect::Textkernel, "jobtitle", Field(FieldId::Title)),
    (Dialect::Textkernel, "jobtitles", Field(FieldId::Title)),
    (Dialect::Textkernel, "lastjobtitle", Field(FieldId::Title)),
    (Dialect::Textkernel, "lastemployer", Field(FieldId::Employer)),
    (Dialect::Textkernel, "compskills", Field(FieldId::Skill)),
    (Dialect::Textkernel, "itskills", Field(FieldId::Skill)),
    (Dialect::Textkernel, "softskills", Field(FieldId::Skill)),
    (Dialect::Textkernel, "edulevel", Field(FieldId::Degree)),
    (Dialect::Textkernel, "educationlevel", Field(FieldId::Degree)),
    (Dialect::Textkernel, "langskills", Field(FieldId::Lang)),
    (Dialect::Textkernel, "experienceyears", Field(FieldId::Years)),
    (Dialect::Textkernel, "region", Field(FieldId::Location)),
    (Dialect::DtSearch, "author", Field(FieldId::Name)),
    (Dialect::DtSearch, "subject", Field(FieldId::Text)),
];
