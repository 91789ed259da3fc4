//! The Europass schema since 2020 (`Candidate`, after HR Open) → the shape of JSON Resume.

use super::tree::Node;
use super::{place, texts};
use serde_json::{Map, Value, json};

/// Languages by their ISO 639 code, as the form offers them.
const LANGUAGES: &[(&str, &str)] = &[
    ("bul", "Bulgarian"),
    ("ces", "Czech"),
    ("dan", "Danish"),
    ("deu", "German"),
    ("ell", "Greek"),
    ("eng", "English"),
    ("est", "Estonian"),
    ("fin", "Finnish"),
    ("fra", "French"),
    ("gle", "Irish"),
    ("hrv", "Croatian"),
    ("hun", "Hungarian"),
    ("ita", "Italian"),
    ("lav", "Latvian"),
    ("lit", "Lithuanian"),
    ("mlt", "Maltese"),
    ("nld", "Dutch"),
    ("pol", "Polish"),
    ("por", "Portuguese"),
    ("ron", "Romanian"),
    ("slk", "Slovak"),
    ("slv", "Slovenian"),
    ("spa", "Spanish"),
    ("swe", "Swedish"),
    ("tur", "Turkish"),
    ("ukr", "Ukrainian"),
    ("rus", "Russian"),
    ("ara", "Arabic"),
    ("zho", "Chinese"),
    ("nor", "Norwegian"),
    ("isl", "Icelandic"),
    ("srp", "Serbian"),
    ("cat", "Catalan"),
    ("hin", "Hindi"),
    ("jpn", "Japanese"),
];

/// The résumé of a whole file.
pub(super) fn resume(root: &Node) -> Map<String, Value> {
    // The form's first profile is the one that was printed.
    let profile = root.all("CandidateProfile").into_iter().next().unwrap_or(root);
    let mut resume = Map::new();
    let mut put = |key: &str, value: Value| drop(resume.insert(key.to_owned(), value));
    put("basics", basics(root, profile));
    let list = |path: &str, entry: fn(&Node) -> Value| Value::Array(profile.all(path).into_iter().map(entry).collect());
    let work = profile.all("EmploymentHistory/EmployerHistory").into_iter().flat_map(jobs);
    put("work", Value::Array(work.collect()));
    put("education", list("EducationHistory/EducationOrganizationAttendance", education));
    put("skills", skills(profile));
    put("languages", languages(root, profile));
    put("publications", list("PublicationHistory/Publication", publication));
    put("certificates", list("Certifications/Certification", certificate));
    resume
}

fn basics(root: &Node, profile: &Node) -> Value {
    let person = root.all("CandidatePerson").into_iter().next().unwrap_or(root);
    let name: Vec<String> = [person.value(&["PersonName/GivenName"]), person.value(&["PersonName/FamilyName"])]
        .into_iter()
        .flatten()
        .collect();
    let (mut email, mut phones, mut sites, mut home) = (None, Vec::new(), Vec::new(), Value::Null);
    for channel in person.all("Communication") {
        let uri = channel.value(&["URI"]);
        match channel.value(&["ChannelCode"]).unwrap_or_default().as_str() {
            "Email" => email = email.or(uri),
            "Telephone" | "Mobile" | "Phone" => {
                let country =
                    channel.value(&["CountryDialing"]).map(|code| format!("+{} ", code.trim_start_matches('+')));
                if let Some(number) = channel.value(&["DialNumber", "FormattedNumber"]).or(uri) {
                    phones.push(country.unwrap_or_default() + &number);
                }
            }
            _ => sites.extend(uri.map(|uri| json!({"url": uri}))),
        }
        if let Some(address) = channel.all("Address").into_iter().next() {
            home = place([
                ("address", address.value(&["AddressLine"])),
                ("postalCode", address.value(&["PostalCode"])),
                ("city", address.value(&["CityName"])),
                ("countryCode", address.value(&["CountryCode"]).map(|code| code.to_uppercase())),
            ]);
        }
    }
    json!({
        "name": name.join(" "),
        "email": email,
        "phone": phones,
        "location": home,
        "profiles": sites,
        "summary": texts(profile.value(&["ExecutiveSummary", "PersonalStatement"])),
    })
}

/// One job per position; an employer may hold several.
fn jobs(employer: &Node) -> Vec<Value> {
    let name = employer.value(&["OrganizationName"]);
    let positions = employer.all("PositionHistory");
    let one = |position: &Node| {
        let mut fields = period(position, "EmploymentPeriod");
        if fields.is_empty() {
            fields = period(employer, "EmploymentPeriod");
        }
        let town = position
            .value(&["City"])
            .or_else(|| employer.value(&["OrganizationContact/Communication/Address/CityName"]));
        let country = position.value(&["Country"]);
        let country = country.or_else(|| employer.value(&["OrganizationContact/Communication/Address/CountryCode"]));
        fields.insert("name".into(), json!(name));
        fields.insert("position".into(), json!(position.value(&["PositionTitle"])));
        let country = country.map(|code| code.to_uppercase());
        let place = place([("address", None), ("postalCode", None), ("city", town), ("countryCode", country)]);
        fields.insert("location".into(), place);
        fields.insert("highlights".into(), texts(position.value(&["Description"])));
        Value::Object(fields)
    };
    if positions.is_empty() { vec![one(employer)] } else { positions.into_iter().map(one).collect() }
}

fn education(entry: &Node) -> Value {
    let mut fields = period(entry, "AttendancePeriod");
    let address = "OrganizationContact/Communication/Address";
    let part = |name: &str| entry.value(&[&format!("{address}/{name}")]);
    fields.insert("institution".into(), json!(entry.value(&["OrganizationName"])));
    fields.insert("studyType".into(), json!(entry.value(&["EducationDegree/DegreeName"])));
    fields.insert("area".into(), json!(entry.value(&["EducationDegree/Major", "ProgramName"])));
    fields.insert("score".into(), json!(entry.value(&["EducationDegree/FinalGrade/ScoreText"])));
    let country = part("CountryCode").map(|code| code.to_uppercase());
    let place = place([("address", None), ("postalCode", None), ("city", part("CityName")), ("countryCode", country)]);
    fields.insert("location".into(), place);
    fields.insert("highlights".into(), texts(entry.value(&["EducationDegree/OccupationalSkillsCovered"])));
    Value::Object(fields)
}

/// `<StartDate><FormattedDateTime>2019-03</…></…>`; empty without any date.
fn period(entry: &Node, element: &str) -> Map<String, Value> {
    let value =
        |name: &str| entry.value(&[&format!("{element}/{name}/FormattedDateTime"), &format!("{element}/{name}")]);
    let is_open = value("CurrentIndicator").as_deref() == Some("true");
    let (start, end) = (value("StartDate"), value("EndDate"));
    let end = if is_open { Some("Present".to_owned()) } else { end.or_else(|| start.clone()) };
    let dates = [("startDate", start), ("endDate", end)];
    dates.into_iter().filter_map(|(key, date)| Some((key.to_owned(), json!(date?)))).collect()
}

fn skills(profile: &Node) -> Value {
    let plain = profile.all("PersonQualifications/PersonCompetency").into_iter().filter(|node| !is_language(node));
    let names: Vec<String> = plain.filter_map(|node| node.value(&["CompetencyName", "CompetencyID"])).collect();
    let mut groups: Vec<Value> = if names.is_empty() { Vec::new() } else { vec![json!({"keywords": names})] };
    // "Digital skills" and sections of one's own are lists of names under a title.
    for group in profile.all("Skills/SkillGroup").into_iter().chain(profile.all("DigitalSkills/SkillGroup")) {
        let skills: Vec<String> =
            group.all("Skill").into_iter().filter_map(|skill| skill.value(&["Name", "SkillName"])).collect();
        groups.push(json!({"name": group.value(&["Title", "Name"]), "keywords": skills}));
    }
    Value::Array(groups)
}

fn is_language(competency: &Node) -> bool {
    competency.value(&["TaxonomyID"]).as_deref() == Some("language")
}

fn languages(root: &Node, profile: &Node) -> Value {
    let named = |code: String| {
        let found = LANGUAGES.iter().find(|(known, _)| code.eq_ignore_ascii_case(known));
        found.map_or(code.clone(), |(_, name)| (*name).to_owned())
    };
    let mother = root.all("CandidatePerson/PrimaryLanguageCode").into_iter();
    let mother = mother.map(|node| json!({"language": named(node.text().to_owned()), "fluency": "Native"}));
    let foreign = profile.all("PersonQualifications/PersonCompetency").into_iter().filter(|node| is_language(node));
    let foreign = foreign.filter_map(|node| {
        let level = node.value(&["CompetencyDimension/Score/ScoreText", "CompetencyDimension/ScoreText"]);
        Some(json!({"language": named(node.value(&["CompetencyID"])?), "fluency": level}))
    });
    Value::Array(mother.chain(foreign).collect())
}

fn publication(entry: &Node) -> Value {
    json!({
        "name": entry.value(&["FormattedPublicationDescription", "Title"]),
        "date": entry.value(&["Year", "PublicationDate"]),
        "url": entry.value(&["Link", "URI"]),
    })
}

fn certificate(entry: &Node) -> Value {
    json!({
        "name": entry.value(&["CertificationTypeCode", "CertificationName"]),
        "date": entry.value(&["FirstIssuedDate/FormattedDateTime", "EffectiveTimePeriod/StartDate/FormattedDateTime"]),
        "issuer": entry.value(&["IssuingAuthority/Name", "IssuingAuthorityName"]),
    })
}
