//! Words that stand beside each other in the query and in the text: `network administrator` as said, not a network engineer who is also
//! a database administrator. In: a compiled query. Out: extra points for a document; who is found does not change.
//!
//! One place in the text is enough and more of them give no more, so that the points have a bound: only documents that the bound could
//! lift among the best are looked at (`collect`), and the order is still exact.

use super::leaf::Leaf;
use super::located::Located;
use super::plan::Plan;
use super::rank;
use super::spans::Spans;
use crate::engine::pattern::Pattern;
use crate::model::{FieldId, ScorePart};
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
    left: Pattern,
    right: Pattern,
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

/// The pairs of neighbours among the operands of the plan of a whole query.
pub fn pairs(plan: &Plan) -> Vec<Beside> {
    let Plan::And { required, .. } = plan else { return Vec::new() };
    let said: Vec<Option<Said>> = required.iter().map(said).collect();
    let pairs = said.windows(2).filter_map(|pair| match pair {
        [Some(left), Some(right)] => Some(Beside {
            name: format!("{} {}", left.name, right.name),
            left: left.last.clone(),
            right: right.first.clone(),
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
    reader: &'a SegmentReader,
    text: Field,
    /// Opened for the first document that is asked for.
    open: Option<Vec<OpenPair<'a>>>,
}

struct OpenPair<'a> {
    pair: &'a Beside,
    left: Spans,
    right: Spans,
    /// Where the first ends and the second starts.
    places: [Vec<u32>; 2],
}

impl<'a> BesideCursors<'a> {
    /// Reads nothing yet.
    pub fn new(pairs: &'a [Beside], reader: &'a SegmentReader, text: Field) -> BesideCursors<'a> {
        BesideCursors { pairs, reader, text, open: None }
    }

    /// Most points that a document can get.
    pub fn bound(&self) -> f32 {
        self.pairs.iter().map(|pair| pair.points).sum()
    }

    /// The points of a document; none as soon as it is plain that with at most `most` points for all else it gets fewer than `least`.
    /// Documents are asked for in rising order.
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn points(&mut self, doc: DocId, most: f32, least: f32) -> tantivy::Result<Option<f32>> {
        let open = self.opened()?;
        let mut left: f32 = open.iter().map(|open| open.pair.points).sum();
        let mut found = 0.0;
        for open in open {
            if most + found + left < least {
                return Ok(None);
            }
            left -= open.pair.points;
            found += if open.stands(doc) { open.pair.points } else { 0.0 };
        }
        Ok((most + found >= least).then_some(found))
    }

    /// The points of a document by pair.
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn parts(&mut self, doc: DocId, out: &mut Vec<ScorePart>) -> tantivy::Result<()> {
        for open in self.opened()? {
            if open.stands(doc) {
                let detail = format!("mean rarity of the words × {}", rank::BESIDE);
                let name = format!("{} side by side", open.pair.name);
                out.push(ScorePart { name, field: Some(FieldId::Text), points: open.pair.points, detail });
            }
        }
        Ok(())
    }

    fn opened(&mut self) -> tantivy::Result<&mut Vec<OpenPair<'a>>> {
        let open = match self.open.take() {
            Some(open) => open,
            None => self.all()?,
        };
        Ok(self.open.insert(open))
    }

    /// The pairs of which both words stand in the segment.
    fn all(&self) -> tantivy::Result<Vec<OpenPair<'a>>> {
        let mut open = Vec::with_capacity(self.pairs.len());
        for pair in self.pairs {
            let left = Located::find(&pair.left, self.reader, self.text)?;
            let right = Located::find(&pair.right, self.reader, self.text)?;
            if let (Some(left), Some(right)) = (left, right) {
                open.push(OpenPair {
                    pair,
                    left: left.open(true)?,
                    right: right.open(true)?,
                    places: Default::default(),
                });
            }
        }
        // Whoever has not the first ones is sooner known to be none of the best.
        open.sort_by(|one, other| other.pair.points.total_cmp(&one.pair.points));
        Ok(open)
    }
}

impl OpenPair<'_> {
    /// Whether the second word directly follows the first somewhere in the document.
    fn stands(&mut self, doc: DocId) -> bool {
        if !self.left.has(doc) || !self.right.has(doc) {
            return false;
        }
        let [ends, starts] = &mut self.places;
        self.left.ends(ends);
        self.right.starts(starts);
        let mut starts = starts.iter().copied().peekable();
        ends.iter().any(|end| {
            while starts.next_if(|start| start < end).is_some() {}
            starts.peek() == Some(end)
        })
    }
}
