//! The engine: an index on disk that answers query trees. In: a folder with an index, queries. Out: [`Found`]. Reads the document
//! store only for the hits that are shown. Writes nothing (`sink` does).

use super::among;
use super::answers::{Asked, Asking};
use super::beside::{self, Beside, BesideCursors};
use super::collect::{self, Keep, Matching, Ranked, matches};
use super::columns::Years;
use super::compile::{Compiler, WHOLE};
use super::cursor::LeafCursor;
use super::expand::broken;
use super::facets;
use super::group_facets;
use super::later::Later;
use super::leaf::{EntryKind, Leaf};
use super::ledger::Ledger;
use super::mapped::Mapped;
use super::marks::Marks;
use super::people::People;
use super::plan::{Plan, Segment};
use super::schema::{self, Fields};
use super::stored;
use super::stores::{self, Stores};
use super::terms::TermCompiler;
use super::tokens;
use super::warm::Warm;
use super::why::{self, Clauses, Tally};
use crate::engine::{Document, Engine, FacetRequest, Found, FoundHit, SearchOptions, Stats};
use crate::error::{Error, Result};
use crate::model::{Facet, Month, ScorePart};
use crate::query::ast::{Node, Query};
use rayon::prelude::*;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tantivy::schema::Field;
use tantivy::{DocAddress, Index, IndexReader, ReloadPolicy, Searcher};

/// An index on this machine.
pub struct Embedded {
    reader: IndexReader,
    fields: Fields,
    /// Of the commit that is seen: its number, and what costs a look through the whole index.
    seen: Mutex<(u64, Seen)>,
    /// Does what later searches profit from.
    later: Later,
}

/// What is kept of a commit; filled when first asked for.
#[derive(Default)]
struct Seen {
    marks: Option<Arc<Marks>>,
    stores: Option<Arc<Stores>>,
    people: Option<Arc<People>>,
    asked: Arc<Asked>,
    warm: Option<Arc<Warm>>,
}

impl Embedded {
    /// Opens the index in a folder; the files are mapped into memory, not read.
    ///
    /// # Errors
    /// Input: there is no index, or one of another version. Environment: it cannot be read.
    pub fn open(folder: &Path) -> Result<Embedded> {
        let missing = || Error::input("no index here").at(folder).hint("make one: vitae index FOLDER");
        let segments = folder.join("tantivy");
        if !segments.join("meta.json").is_file() {
            return Err(missing());
        }
        let mapped = Mapped::open(&segments).map_err(|error| broken(error.into()).at(folder))?;
        let mut index = Index::open(mapped).map_err(|error| broken(error).at(folder))?;
        stores::register(&mut index);
        Embedded::of(&index).map_err(|error| error.at(folder))
    }

    /// An engine on an opened index.
    ///
    /// # Errors
    /// Input: the index is of another version.
    pub fn of(index: &Index) -> Result<Embedded> {
        let (schema, fields) = schema::schema();
        if index.schema() != schema {
            return Err(Error::input("the index was written by another version of vitae")
                .hint("write it anew: vitae index FOLDER"));
        }
        tokens::register(index);
        let builder = index.reader_builder().reload_policy(ReloadPolicy::Manual);
        let later = Later::default();
        let seen = Seen { asked: Arc::new(Asked::new(later.clone())), ..Seen::default() };
        let reader = builder.try_into().map_err(broken)?;
        Ok(Embedded { reader, fields, seen: Mutex::new((0, seen)), later })
    }

    /// Waits for what is made beside the searches for those that come later.
    pub fn rest(&self) {
        self.later.wait();
    }

    /// Sees what has been committed since.
    ///
    /// # Errors
    /// Environment: the index cannot be read.
    pub fn reload(&self) -> Result<()> {
        self.reader.reload().map_err(broken)
    }

    /// The note of the last commit, which names the record of its run ([`crate::index::ledger()`]).
    ///
    /// # Errors
    /// Environment: the index cannot be read.
    pub fn note(&self) -> Result<String> {
        let metas = self.reader.searcher().index().load_metas().map_err(broken)?;
        Ok(metas.payload.unwrap_or_default())
    }

    pub(super) fn searcher(&self) -> Searcher {
        self.reader.searcher()
    }

    pub(super) fn fields(&self) -> &Fields {
        &self.fields
    }

    /// Ids of all matches, best first, without reading the documents.
    #[cfg(test)]
    pub fn ids(&self, root: &crate::query::ast::Node, options: &SearchOptions) -> Result<Vec<String>> {
        let searcher = self.reader.searcher();
        let plan = self.compiler(&searcher, options.as_of)?.node(root, WHOLE)?;
        let keep = Keep { best: usize::MAX, sort: options.sort, ..Keep::nothing(false) };
        let best = matches(&searcher, &plan, keep, options.as_of)?.best;
        best.iter().map(|ranked| collect::id_at(&searcher, ranked.address).map_err(broken)).collect()
    }

    /// What is known of the commit that a searcher sees.
    fn seen(&self, searcher: &Searcher) -> MutexGuard<'_, (u64, Seen)> {
        let commit = searcher.generation().generation_id();
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if seen.0 != commit {
            *seen = (commit, Seen { asked: Arc::new(Asked::new(self.later.clone())), ..Seen::default() });
        }
        seen
    }

    /// Number of candidates: several documents of a person are one.
    fn candidates(&self, searcher: &Searcher) -> Result<u64> {
        Ok(searcher.num_docs().saturating_sub(self.marks(searcher)?.older()))
    }

    /// Who has other documents.
    fn marks(&self, searcher: &Searcher) -> Result<Arc<Marks>> {
        if let Some(known) = &self.seen(searcher).1.marks {
            return Ok(known.clone());
        }
        let marks = Arc::new(Marks::of(searcher)?);
        self.seen(searcher).1.marks = Some(marks.clone());
        Ok(marks)
    }

    /// What is kept of the segments, seen from a month; of the last month only.
    pub(super) fn warm(&self, searcher: &Searcher, as_of: Month) -> Result<Arc<Warm>> {
        let marks = self.marks(searcher)?;
        let mut seen = self.seen(searcher);
        Ok(match &seen.1.warm {
            Some(warm) if warm.as_of == as_of => warm.clone(),
            _ => seen.1.warm.insert(Arc::new(Warm::new(searcher, as_of, marks, self.later.clone()))).clone(),
        })
    }

    /// The neighbours among the words of a plan.
    pub(super) fn pairs(&self, searcher: &Searcher, plan: &Plan, warm: &Warm) -> Vec<Beside> {
        beside::pairs(plan, &warm.pairs, searcher.segment_readers().len())
    }

    /// Has made of the words of a plan and their neighbours what later searches need not make, if it is due, or `all` of it.
    pub(super) fn make_later(
        &self,
        searcher: &Searcher,
        (plan, pairs): (&Plan, &[Beside]),
        warm: &Arc<Warm>,
        all: bool,
    ) {
        if !all && !collect::is_large(searcher) {
            return;
        }
        // An index that cannot be read is told by the next search that needs it.
        plan.each_leaf(&mut |leaf, kind| {
            if all || leaf.is_due() {
                let (leaf, searcher, warm) = (leaf.clone(), searcher.clone(), warm.clone());
                self.later.run(move || complete(&leaf, kind, &searcher, &warm).unwrap_or_default());
            }
        });
        for pair in pairs.iter().map(|beside| &beside.pair).filter(|pair| all || pair.is_due()) {
            let (pair, searcher, text) = (pair.clone(), searcher.clone(), self.fields.body);
            self.later.run(move || pair.complete(&searcher, text).unwrap_or_default());
        }
    }

    /// What is stored of documents.
    fn stores(&self, searcher: &Searcher) -> Arc<Stores> {
        let mut seen = self.seen(searcher);
        seen.1.stores.get_or_insert_with(|| Arc::new(Stores::of(searcher))).clone()
    }

    /// Who is one person.
    fn people(&self, searcher: &Searcher, warm: &Warm) -> Result<Arc<People>> {
        if let Some(known) = &self.seen(searcher).1.people {
            return Ok(known.clone());
        }
        let people = Arc::new(People::of(searcher, warm)?);
        self.seen(searcher).1.people = Some(people.clone());
        Ok(people)
    }

    pub(super) fn compiler<'s>(&self, searcher: &'s Searcher, as_of: Month) -> Result<Compiler<'s>> {
        let total = searcher.segment_readers().iter().map(|segment| u64::from(segment.max_doc())).sum();
        let recent = self.warm(searcher, as_of)?.recent.clone();
        let asked = self.seen(searcher).1.asked.clone();
        let terms = TermCompiler { searcher, fields: self.fields, total, ledger: Ledger::default(), recent };
        Ok(Compiler { terms, asked: Some((asked, as_of)), asking: Asking::Again })
    }
}

impl Engine for Embedded {
    fn search(&self, query: &Query, options: &SearchOptions) -> Result<Found> {
        let searcher = self.reader.searcher();
        let mut compiler = self.compiler(&searcher, options.as_of)?;
        compiler.asking = if options.hits_only { Asking::Again } else { Asking::Search };
        let plan = compiler.node(&query.root, WHOLE)?;
        let ledger = std::mem::take(&mut compiler.terms.ledger);
        let best = if options.count_only { 0 } else { options.offset.saturating_add(options.limit) };
        let counts_values = !options.facets.is_empty() || !options.group_facets.is_empty();
        let warm = self.warm(&searcher, options.as_of)?;
        let pairs = self.pairs(&searcher, &plan, &warm);
        let beside = (!pairs.is_empty()).then_some((self.fields.body, &pairs[..]));
        let nodes = why::clauses(&query.root);
        let own = Own::of(&options.facets, &nodes, &plan);
        let keep = Keep {
            best,
            sort: options.sort,
            documents: counts_values,
            beside,
            unknown: !options.hits_only && nodes.iter().any(|node| matches!(node, Node::Filter(_))),
            without: &own.conditions,
            warm: Some(&warm),
        };
        let found = matches(&searcher, &plan, keep, options.as_of)?;
        if !options.hits_only {
            self.make_later(&searcher, (&plan, &pairs), &warm, false);
        }
        let nothing = found.total == 0 && !options.hits_only;
        // Each clause is counted alone then.
        compiler.asking = if nothing || options.clause_counts { Asking::All } else { Asking::Again };
        let asks_clauses = nothing || options.clause_counts || own.asks_clauses;
        let clauses = Clauses::if_needed(&query.root, asks_clauses, &mut compiler)?;
        let count = |(at, request): (usize, &FacetRequest)| {
            let documents = own.documents[at].map_or(&found.documents, |at| &found.without[at]);
            facet(&searcher, documents, own.documents[at].is_some(), &clauses, *request, &warm)
        };
        let facets: Result<Vec<Facet>> = if collect::is_large(&searcher) {
            options.facets.par_iter().enumerate().map(count).collect()
        } else {
            options.facets.iter().enumerate().map(count).collect()
        };
        let mut facets = facets?;
        let stores = self.stores(&searcher);
        for request in &options.group_facets {
            facets.push(group_facets::facet(&stores, &found.documents, *request, options.as_of)?);
        }
        let people = if nothing || options.clause_counts { Some(self.people(&searcher, &warm)?) } else { None };
        let expansions = match options.hits_only || ledger.expansions.is_empty() {
            true => Vec::new(),
            false => ledger.expansions(&searcher, &self.fields, &*self.people(&searcher, &warm)?)?,
        };
        let tally = people.as_ref().map(|people| Tally::of(&searcher, &clauses, people, options)).transpose()?;
        let shown = found.best.get(options.offset..).unwrap_or_default();
        let years = years(&searcher, shown, &warm)?;
        let hit = |(at, ranked): (usize, &Ranked)| {
            let parts = match options.explain {
                true => parts(&searcher, &plan, beside, ranked.address, options)?,
                false => Vec::new(),
            };
            let document = stored::document(&searcher, &stores, &self.fields, &warm.marks, ranked.address)?;
            let (id, matched) = (document.id.clone(), ranked.versions.clone());
            Ok(FoundHit { id, score: ranked.score, parts, years: years[at], document, matched })
        };
        // Each is in other blocks of the stores.
        let hits: Result<Vec<FoundHit>> = match collect::is_large(&searcher) && shown.len() > 1 {
            true => shown.par_iter().enumerate().map(hit).collect(),
            false => shown.iter().enumerate().map(hit).collect(),
        };
        Ok(Found {
            total: found.total,
            searched: self.candidates(&searcher)?,
            hits: hits?,
            facets,
            expansions,
            unknown: why::unknown(&nodes, &found.unknown),
            clauses: tally.as_ref().map(|tally| tally.alone(&clauses)).unwrap_or_default(),
            relaxed: match &tally {
                Some(tally) if nothing => why::relaxed(&searcher, &clauses, tally, &mut compiler, options)?,
                _ => Vec::new(),
            },
            instead: match options.hits_only {
                true => Vec::new(),
                false => why::instead(&searcher, &ledger.nobody, nothing, &mut compiler, options)?,
            },
            marks: ledger.marks,
        })
    }

    fn document(&self, key: &str) -> Result<Option<Document>> {
        let searcher = self.reader.searcher();
        let Some(address) = stored::address(&searcher, &self.fields, key)? else { return Ok(None) };
        let (stores, marks) = (self.stores(&searcher), self.marks(&searcher)?);
        stored::document(&searcher, &stores, &self.fields, &marks, address).map(Some)
    }

    fn satisfying(&self, query: &Query, ids: &[&str], as_of: Month) -> Result<Vec<bool>> {
        let searcher = self.reader.searcher();
        let plan = self.compiler(&searcher, as_of)?.node(&query.root, WHOLE)?;
        ids.iter().map(|id| among::satisfies(&searcher, &self.fields, &plan, id, as_of)).collect()
    }

    fn frequent_words(&self, most: usize) -> Result<Vec<String>> {
        self.most_frequent(most)
    }

    fn prepare(&self, query: &Query, as_of: Month) -> Result<()> {
        self.prepare_all(&query.root, as_of)
    }

    fn stats(&self) -> Result<Stats> {
        stored::stats(&self.reader.searcher(), &self.fields)
    }
}

/// Makes what can be made of the posting lists of a term, and the sets of who has other documents.
fn complete(leaf: &Leaf, kind: Option<EntryKind>, searcher: &Searcher, warm: &Warm) -> tantivy::Result<()> {
    (0..).zip(searcher.segment_readers()).try_for_each(|segment| {
        let segment = Segment::new(segment, warm.as_of).with(Some(warm));
        segment.warm().folds(segment.reader, &warm.marks)?.marked();
        LeafCursor::open(leaf, &segment, kind.is_some())?.complete(kind)
    })
}

/// Facets of fields that the query itself asks for: they count without those clauses.
struct Own {
    /// Sets of conditions on values that are left out, by place.
    conditions: Vec<Vec<usize>>,
    /// By facet: which of these sets; none when the facet needs none.
    documents: Vec<Option<usize>>,
    /// Some facet leaves out another kind of clause.
    asks_clauses: bool,
}

impl Own {
    fn of(requests: &[FacetRequest], nodes: &[&Node], plan: &Plan) -> Own {
        let mut all = Own { conditions: Vec::new(), documents: Vec::new(), asks_clauses: false };
        for request in requests {
            let own: Vec<usize> = (0..nodes.len()).filter(|at| facets::is_own(nodes[*at], request.field)).collect();
            let places: Vec<usize> = own.iter().map(|at| why::place(nodes, *at)).collect();
            let is_simple = places.iter().all(|place| plan.is_condition(*place));
            all.asks_clauses |= !is_simple;
            let is_set = is_simple && !places.is_empty();
            all.documents.push(is_set.then_some(all.conditions.len()));
            all.conditions.extend(is_set.then_some(places));
        }
        all
    }
}

/// One facet; when the query asks for the facet's own field, the counts are those without that clause: `documents` already are, or the
/// rest of the query is asked.
fn facet(
    searcher: &Searcher,
    documents: &Matching,
    is_without: bool,
    clauses: &Clauses<'_>,
    request: FacetRequest,
    warm: &Warm,
) -> Result<Facet> {
    let own = |at: usize| facets::is_own(clauses.nodes[at], request.field);
    if is_without || !(0..clauses.nodes.len()).any(own) {
        return facets::facet(searcher, documents, request, &clauses.nodes, warm);
    }
    let keep = Keep { warm: Some(warm), ..Keep::nothing(true) };
    let wider = matches(searcher, &clauses.without(own), keep, warm.as_of)?;
    facets::facet(searcher, &wider.documents, request, &clauses.nodes, warm)
}

/// Years of employment of matches; the columns of a segment are opened once.
fn years(searcher: &Searcher, shown: &[Ranked], warm: &Warm) -> Result<Vec<Option<f32>>> {
    let mut columns: HashMap<u32, Years> = HashMap::new();
    let mut all = Vec::with_capacity(shown.len());
    for at in shown.iter().map(|ranked| ranked.address) {
        let years = match columns.entry(at.segment_ord) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(new) => {
                let reader = searcher.segment_reader(at.segment_ord);
                let segment = Segment::new((at.segment_ord, reader), warm.as_of).with(Some(warm));
                new.insert(Years::open(&segment, 0).map_err(broken)?)
            }
        };
        all.push(years.of(at.doc_id).map(|years| (years * 10.0).round() as f32 / 10.0));
    }
    Ok(all)
}

/// The named parts of the score of one match, most points first.
fn parts(
    searcher: &Searcher,
    plan: &Plan,
    beside: Option<(Field, &[Beside])>,
    at: DocAddress,
    options: &SearchOptions,
) -> Result<Vec<ScorePart>> {
    let reader = searcher.segment_reader(at.segment_ord);
    let segment = Segment::new((at.segment_ord, reader), options.as_of);
    let mut parts = Vec::new();
    if let Some(mut part) = among::part_at(plan, &segment, at.doc_id).map_err(broken)? {
        part.parts(at.doc_id, &mut parts).map_err(broken)?;
    }
    if let Some((field, pairs)) = beside {
        BesideCursors::new(pairs, (at.segment_ord, reader), field).parts(at.doc_id, &mut parts).map_err(broken)?;
    }
    parts.retain(|part| part.points != 0.0);
    parts.sort_by(|one, other| other.points.total_cmp(&one.points));
    Ok(parts)
}
