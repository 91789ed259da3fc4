//! `vitae suggest`: completion with counts, spelling, related values.

use super::{json, stderr, vitae};
use serde_json::Value;

fn values(found: &Value) -> Vec<&str> {
    found["values"].as_array().unwrap().iter().map(|one| one["value"].as_str().unwrap()).collect()
}

#[test]
fn values_complete_what_is_typed_and_count_like_a_search() {
    let found = json(&["suggest", "skill", "kube", "--json"]);
    assert_eq!(values(&found)[0], "Kubernetes");
    let first = &found["values"][0];
    // A search also finds names that hold the word ("Kubernetes operators").
    let total = json(&["search", first["query"].as_str().unwrap(), "--json"])["total"].as_u64().unwrap();
    assert!(total >= first["candidates"].as_u64().unwrap() && total > 10, "{first}");
    assert_eq!(values(&json(&["suggest", "skill", "k8s", "--json"])), ["Kubernetes"]);
    assert!(
        values(&json(&["suggest", "title", "nurse", "--json"]))
            .iter()
            .all(|title| title.to_lowercase().contains("nurse"))
    );
    assert!(values(&json(&["suggest", "text", "kubern", "--json"])).contains(&"kubernetes"));
    assert_eq!(json(&["suggest", "skill", "-n", "3", "--json"])["values"].as_array().unwrap().len(), 3);
}

#[test]
fn a_misspelling_gets_what_is_spelt_nearly_so() {
    let found = json(&["suggest", "skill", "kuberntes", "--json"]);
    assert_eq!((values(&found)[0], &found["near"]), ("Kubernetes", &Value::Bool(true)));
    vitae(&["suggest", "skill", "xqzzyvv"]).assert().code(1);
}

#[test]
fn related_skills_are_counted_and_the_skill_itself_is_none_of_them() {
    let found = json(&["suggest", "related", "k8s", "--json"]);
    let names = values(&found);
    assert!(!names.contains(&"Kubernetes") && names.contains(&"Terraform"), "{names:?}");
    let first = &found["values"][0];
    let both = format!("{} AND {}", found["query"].as_str().unwrap(), first["query"].as_str().unwrap());
    let total = json(&["search", &both, "--json"])["total"].as_u64().unwrap();
    assert!(total >= first["together"].as_u64().unwrap(), "{both}");
    assert!(first["lift"].as_f64().unwrap() > 1.0);
    let employers = json(&["suggest", "related", "title:nurse", "--by", "location", "--json"]);
    assert_eq!(employers["field"], "location");
}

#[test]
fn what_cannot_be_completed_says_what_can() {
    let error = stderr(&["suggest", "shoe", "x"]);
    assert!(error.contains("no field called `shoe`") && error.contains("skill"), "{error}");
    let error = stderr(&["suggest", "phone", "555"]);
    assert!(error.contains("`phone` has no values"), "{error}");
}
