//! The facets that benches count: eight, as the goals have it. Out: requests. Used by `parts` and `scale`.

use vitae::engine::FacetRequest;
use vitae::model::FieldId;

const EIGHT: [FieldId; 8] = [
    FieldId::Skill,
    FieldId::School,
    FieldId::Employer,
    FieldId::Title,
    FieldId::Degree,
    FieldId::Location,
    FieldId::Years,
    FieldId::Graduated,
];

/// Eight facets with ten values each.
pub fn eight() -> Vec<FacetRequest> {
    EIGHT.iter().map(|field| FacetRequest::of(*field, 10)).collect()
}
