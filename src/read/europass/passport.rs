//! The Europass schema of 2013 to 2020 (`SkillsPassport/LearnerInfo`) → the shape of JSON Resume.

use super::tree::Node;
use super::{place, texts};
use serde_json::{Map, Value, json};

/// Skill descriptions in reading order: element and the group's name.
const SKILL_GROUPS: &[(&str, &str)] = &[
    ("Computer", "Digital skills"),
    ("JobRelated", "Job-related skills"),
    ("Organisational", "Organisational skills"),
    ("Communication", "Communication skills"),
    ("Other", "Other skills"),
];

/// The résumé of a whole file.
pub(super) fn resume(root: &Node) -> Map<String, Value> {
    let learner = root.all("LearnerInfo").into_iter().next().unwrap_or(root);
    let mut resume = Map::new();
    let mut put = |key: &str, value: Value| drop(resume.insert(key.to_owned(), value));
    put("basics", basics(learner));
    let list = |path: &str, entry: fn(&Node) -> Value| Value::Array(learner.all(path).into_iter().map(entry).collect());
    put("work", list("WorkExperienceList/WorkExperience", work));
    put("education", list("EducationList/Education", education));
    put("skills", skills(learner));
    put("languages", languages(learner));
    put("awards", list("AchievementList/Achievement", achievement));
    resume
}

fn basics(learner: &Node) -> Value {
    let who = |paths: &[&str]| learner.all("Identification").first().and_then(|node| node.value(paths));
    let name: Vec<String> =
        [who(&["PersonName/FirstName"]), who(&["PersonName/Surname"])].into_iter().flatten().collect();
    let phones = learner.all("Identification/ContactInfo/TelephoneList/Telephone/Contact");
    let sites = learner.all("Identification/ContactInfo/WebsiteList/Website/Contact");
    let sites: Vec<Value> = sites.iter().map(|site| json!({"url": site.text()})).collect();
    let address = "ContactInfo/Address/Contact";
    let part = |name: &str| who(&[&format!("{address}/{name}")]);
    json!({
        "name": name.join(" "),
        "label": learner.value(&["Headline/Description/Label"]),
        "email": who(&["ContactInfo/Email/Contact"]),
        "phone": phones.iter().map(|phone| phone.text()).collect::<Vec<_>>(),
        "location": place([
            ("address", part("AddressLine")),
            ("postalCode", part("PostalCode")),
            ("city", part("Municipality")),
            ("country", part("Country/Label")),
        ]),
        "profiles": sites,
    })
}

fn work(entry: &Node) -> Value {
    let mut fields = period(entry);
    let address = "Employer/ContactInfo/Address/Contact";
    fields.insert("name".into(), json!(entry.value(&["Employer/Name"])));
    fields.insert("position".into(), json!(entry.value(&["Position/Label"])));
    fields.insert("location".into(), town(entry, address));
    fields.insert("highlights".into(), texts(entry.value(&["Activities"])));
    Value::Object(fields)
}

fn education(entry: &Node) -> Value {
    let mut fields = period(entry);
    let address = "Organisation/ContactInfo/Address/Contact";
    fields.insert("institution".into(), json!(entry.value(&["Organisation/Name"])));
    fields.insert("studyType".into(), json!(entry.value(&["Title"])));
    fields.insert("area".into(), json!(entry.value(&["Field/Label"])));
    fields.insert("location".into(), town(entry, address));
    fields.insert("highlights".into(), texts(entry.value(&["Activities"])));
    Value::Object(fields)
}

fn town(entry: &Node, address: &str) -> Value {
    let part = |name: &str| entry.value(&[&format!("{address}/{name}")]);
    let (town, country) = (part("Municipality"), part("Country/Label"));
    place([("address", None), ("postalCode", None), ("city", town), ("country", country)])
}

/// `<Period><From year="2012" month="--05"/><Current>true</Current></Period>`.
fn period(entry: &Node) -> Map<String, Value> {
    let date = |path: &str| {
        let node = entry.all(path).into_iter().next()?;
        let year = node.attribute("year")?;
        let month = node.attribute("month").map(|month| month.trim_start_matches('-'));
        let month = month.and_then(|month| month.parse::<u8>().ok()).filter(|month| (1..=12).contains(month));
        Some(month.map_or(year.to_owned(), |month| format!("{year}-{month:02}")))
    };
    let is_open = entry.value(&["Period/Current"]).as_deref() == Some("true");
    let (start, end) = (date("Period/From"), date("Period/To"));
    let end = if is_open { Some("Present".to_owned()) } else { end.or_else(|| start.clone()) };
    [("startDate".to_owned(), json!(start)), ("endDate".to_owned(), json!(end))].into_iter().collect()
}

fn skills(learner: &Node) -> Value {
    let groups = SKILL_GROUPS.iter().filter_map(|(element, name)| {
        let lines = texts(learner.value(&[&format!("Skills/{element}/Description")]));
        lines.as_array().is_some_and(|lines| !lines.is_empty()).then(|| json!({"name": name, "keywords": lines}))
    });
    Value::Array(groups.collect())
}

fn languages(learner: &Node) -> Value {
    let mother = learner.all("Skills/Linguistic/MotherTongueList/MotherTongue").into_iter();
    let mother = mother.map(|node| json!({"language": node.value(&["Description/Label"]), "fluency": "Native"}));
    let foreign = learner.all("Skills/Linguistic/ForeignLanguageList/ForeignLanguage").into_iter().map(|node| {
        let level = node.value(&[
            "ProficiencyLevel/SpokenInteraction",
            "ProficiencyLevel/Listening",
            "ProficiencyLevel/Writing",
        ]);
        json!({"language": node.value(&["Description/Label"]), "fluency": level})
    });
    Value::Array(mother.chain(foreign).collect())
}

fn achievement(entry: &Node) -> Value {
    let summary = texts(entry.value(&["Description"]));
    json!({"title": entry.value(&["Title/Label"]), "summary": summary})
}
