//! Words that stand beside each other in the query and in the text: `network administrator` as said, not a network engineer who is also
//! a database administrator. In: a compiled query. Out: extra points for a document; who is found does not change.
//!
//! One place in the text is enough and more of them give no more, so that the points have a bound: only documents that the bound could
//! lift among the best are looked at (`collect`), and the order is still exact.

use super::bits::Bits;
use super::leaf::Leaf;
use super::most::Most;
use super::pairs::{OpenPair, Pair, Pairs};
use super::plan::Plan;
use super::rank;
use crate::engine::pattern::Pattern;
use crate::model::{FieldId, ScorePart};
use std::sync::Arc;
use tantivy::DocId;
use tantivy::index::SegmentReader;
use tantivy::schema::Field;

/// A word with more forms than this (`manag*`) is no part of a pair.
const MOST_FORMS: usize = 24;

/// Two neighbours of the query.
#[derive(Debug, Clone)]
pub struct Beside {
    /// `network administrator`.
    name: String,
    /// The words.
    pub pair: Arc<Pair>,
    /// Points where they stand beside each other.
    points: f32,
}

/// One operand of the top-level AND as words of the text.
struct Said {
    name: String,
    /// Its first word, which can follow another, and its last: the same for a word alone.
    first: Pattern,
    last: Pattern,
    rarity: f32,
    boost: f32,
}

/// The pairs of neighbours among the operands of the plan of a whole query, for an index with so many segments.
pub fn pairs(plan: &Plan, known: &Pairs, segments: usize) -> Vec<Beside> {
    let Plan::And { required, .. } = plan else { return Vec::new() };
    let said: Vec<Option<Said>> = required.iter().map(said).collect();
    let pairs = said.windows(2).filter_map(|pair| match pair {
        [Some(left), Some(right)] => Some(Beside {
            name: format!("{} {}", left.name, right.name),
            pair: known.of(left.last.clone(), right.first.clone(), segments),
            points: rank::grained(
                rank::BESIDE * (left.rarity + right.rarity) / 2.0 * left.boost.min(right.boost).max(0.0),
            ),
        }),
        _ => None,
    });
    pairs.filter(|pair| pair.points > 0.0).collect()
}

/// Words without a field; of the alternatives that the parser makes of `front end` and `machine learning` the words as typed.
fn said(plan: &Plan) -> Option<Said> {
    match plan {
        Plan::Words(leaf) => word(leaf),
        Plan::AtLeast(1, of) | Plan::Best(of) => match of.first()? {
            Plan::And { required, .. } => {
                let words: Option<Vec<Said>> = required.iter().map(said).collect();
                let words = words?;
                let (first, last) = (words.first()?.first.clone(), words.last()?.last.clone());
                let rarity = words.iter().map(|word| word.rarity).sum::<f32>() / words.len() as f32;
                let name = words.iter().map(|word| word.name.as_str()).collect::<Vec<_>>().join(" ");
                Some(Said { name, first, last, rarity, boost: words.last()?.boost })
            }
            _ => None,
        },
        _ => None,
    }
}

fn word(leaf: &Leaf) -> Option<Said> {
    let mut forms: Vec<Pattern> = leaf
        .branches
        .iter()
        .filter(|branch| branch.field == FieldId::Text)
        .map(|branch| branch.pattern.clone())
        .collect();
    let mut terms = Vec::new();
    forms.iter().for_each(|form| form.terms(&mut terms));
    if terms.is_empty() || terms.len() > MOST_FORMS {
        return None;
    }
    let pattern = if forms.len() == 1 { forms.swap_remove(0) } else { Pattern::Either(forms) };
    Some(Said {
        name: leaf.name.clone(),
        first: pattern.clone(),
        last: pattern,
        rarity: leaf.rarity,
        boost: leaf.boost,
    })
}

/// Pairs on one segment, in the field of the whole text.
pub struct BesideCursors<'a> {
    pairs: &'a [Beside],
    segment: (u32, &'a SegmentReader),
    text: Field,
    /// Opened for the first document that is asked for.
    open: Option<Vec<Words<'a>>>,
}

/// The words of a pair.
struct Words<'a> {
    beside: &'a Beside,
    who: Who<'a>,
}

/// Who has the words side by side.
enum Who<'a> {
    Known(&'a Bits),
    Asked(Box<OpenPair<'a>>),
}

impl<'a> BesideCursors<'a> {
    /// Reads nothing yet.
    pub fn new(pairs: &'a [Beside], segment: (u32, &'a SegmentReader), text: Field) -> BesideCursors<'a> {
        BesideCursors { pairs, segment, text, open: None }
    }

    /// Adds the most points that documents can get.
    pub fn most(&self, docs: &[DocId], out: &mut Most) {
        for beside in self.pairs {
            let known = beside.pair.holding(self.segment.0);
            for (at, _) in docs.iter().enumerate().filter(|(_, doc)| known.is_none_or(|known| known.contains(**doc))) {
                out.words[at] += beside.points;
            }
        }
    }

    /// From the first document on again.
    pub fn restart(&mut self) {
        self.open = None;
    }

    /// The points of a document; none as soon as it is plain that with at most `most` points for all else it gets fewer than `least`.
    /// Documents are asked for in rising order.
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn points(&mut self, doc: DocId, most: f32, least: f32) -> tantivy::Result<Option<f32>> {
        let open = self.opened()?;
        let mut left: f32 = open.iter().map(|open| open.beside.points).sum();
        let mut found = 0.0;
        for open in open {
            if most + found + left < least {
                return Ok(None);
            }
            left -= open.beside.points;
            found += if open.stand(doc) { open.beside.points } else { 0.0 };
        }
        Ok((most + found >= least).then_some(found))
    }

    /// The points of a document by pair.
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn parts(&mut self, doc: DocId, out: &mut Vec<ScorePart>) -> tantivy::Result<()> {
        for open in self.opened()? {
            if open.stand(doc) {
                let detail = format!("mean rarity of the words × {}", rank::BESIDE);
                let name = format!("{} side by side", open.beside.name);
                out.push(ScorePart { name, field: Some(FieldId::Text), points: open.beside.points, detail });
            }
        }
        Ok(())
    }

    fn opened(&mut self) -> tantivy::Result<&mut Vec<Words<'a>>> {
        let open = match self.open.take() {
            Some(open) => open,
            None => self.all()?,
        };
        Ok(self.open.insert(open))
    }

    /// The pairs of which both words stand in the segment.
    fn all(&self) -> tantivy::Result<Vec<Words<'a>>> {
        let mut open = Vec::with_capacity(self.pairs.len());
        for beside in self.pairs {
            let who = match beside.pair.holding(self.segment.0) {
                Some(known) => Some(Who::Known(known)),
                None => beside.pair.open(self.segment, self.text)?.map(|open| Who::Asked(Box::new(open))),
            };
            open.extend(who.map(|who| Words { beside, who }));
        }
        // Whoever has not the first ones is sooner known to be none of the best.
        open.sort_by(|one, other| other.beside.points.total_cmp(&one.beside.points));
        Ok(open)
    }
}

impl Words<'_> {
    /// Whether the words stand side by side somewhere in the document.
    fn stand(&mut self, doc: DocId) -> bool {
        match &mut self.who {
            Who::Known(known) => known.contains(doc),
            Who::Asked(open) => open.stands(doc),
        }
    }
}
