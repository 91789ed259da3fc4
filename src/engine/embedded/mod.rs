//! The engine on this machine: a tantivy index. The only user of tantivy.
//!
//! Writing: [`schema`] what is in an index, [`tokens`] our tokenizer in tantivy's form, [`stores`] texts and profiles beside its own files ([`blocks`] of them), [`sink`] documents into segments ([`values`] one on its way, [`queue`] how many wait, [`inverted`] their tokens with the [`vocabulary`] of a segment, [`merging`] which segments become one, [`windows`] how those are read in a [`folder`]), [`shared`] what they have in common, [`marks`] which are one person's.
//! Searching, from the outside in: `search` the engine, [`mapped`] the files it reads ([`check`] all of them), `compile` query tree → [`plan`], `words` and `expand` words → terms of the
//! index, [`ledger`] what that finds out, [`filter`] conditions on values ([`answers`] kept of them), [`rank`] every weight, [`beside`] neighbours ([`pairs`] of words), [`why`] what is near an empty result; on one
//! segment: [`algebra`] boolean algebra on sets ([`bits`]), [`leaf`] one term (`branch` one alternative), [`together`] what its points cannot exceed ([`bounds`] of it [`by_document`]; [`located`] in the dictionary, [`spans`] with positions and the [`entries`] they stand in),
//! [`group`] conditions within one entry ([`slots`] sets of entries), [`columns`] values, [`name_table`] names over all segments, [`code_table`] numbers of facets, [`warm`] and [`recent`] kept between searches, [`later`] made beside them, [`ahead`] made before them; on one document: [`among`]; several of one person: [`versions`], [`people`]; to compare with: [`plain`].

pub mod ahead;
pub mod algebra;
pub mod among;
pub mod answers;
pub mod beside;
pub mod bits;
pub mod blocks;
pub mod bounds;
mod branch;
pub mod by_document;
pub mod check;
pub mod code_table;
pub mod collect;
pub mod columns;
pub mod compile;
pub mod cursor;
pub mod entries;
pub mod expand;
pub mod facet_names;
pub mod facets;
pub mod filter;
#[cfg(test)]
pub(crate) mod fixture;
pub mod folder;
pub mod group;
pub mod group_facets;
pub mod group_values;
pub mod inverted;
pub mod later;
pub mod leaf;
pub mod ledger;
pub mod located;
pub mod mapped;
pub mod marks;
pub mod merging;
pub mod most;
pub mod name_table;
pub mod numbers;
pub mod pairs;
pub mod people;
pub mod plain;
pub mod plan;
#[cfg(test)]
mod properties;
pub mod queue;
pub mod rank;
#[cfg(test)]
mod ranking_tests;
pub mod recent;
pub mod schema;
pub mod search;
pub mod shared;
pub mod sink;
pub mod slots;
pub mod spans;
pub mod stored;
pub mod stores;
pub mod terms;
#[cfg(test)]
mod tests;
pub mod together;
pub mod tokens;
pub mod values;
pub mod versions;
pub mod vocabulary;
pub mod walk;
pub mod warm;
pub mod why;
pub mod windows;
pub mod words;

pub use search::Embedded;
