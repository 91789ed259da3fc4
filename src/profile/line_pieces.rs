//! Pieces of a head line with what was looked up of them: [`Pieces`]. In: a line, byte ranges. Out: cues and places. A piece is looked up
//! once, however often the splits of the line ask for it; decides nothing.

use super::cues::{self, Cues};
use super::place_forms;
use crate::lexicon::Lexicon;
use crate::lexicon::words::Words;
use crate::model::Place;
use std::cell::RefCell;
use std::ops::Range;
use std::rc::Rc;

/// A piece and the place that all of it is, if it is one.
type Placed = (Range<usize>, Option<Rc<Place>>);

/// One line and its pieces so far.
pub(super) struct Pieces<'a> {
    /// The line, as far as it is a head.
    pub text: &'a str,
    /// What the program knows of the world.
    pub lexicon: &'a Lexicon,
    named: RefCell<Vec<(Range<usize>, Cues, Words)>>,
    places: RefCell<Vec<Placed>>,
}

impl<'a> Pieces<'a> {
    /// A line of which nothing was looked up.
    pub fn of(text: &'a str, lexicon: &'a Lexicon) -> Pieces<'a> {
        Pieces { text, lexicon, named: RefCell::default(), places: RefCell::default() }
    }

    /// The cues of a piece without schools of the table, degrees and places (see [`cues::in_short`]).
    pub fn in_short(&self, span: &Range<usize>) -> Cues {
        self.with_named(span, |cues, _| cues)
    }

    /// All cues of a piece.
    pub fn cues(&self, span: &Range<usize>) -> Cues {
        let piece = &self.text[span.clone()];
        self.with_named(span, |short, words| cues::of(piece, (short, words), self.lexicon, || self.place(span)))
    }

    /// All of the piece is a place, and its first part is known.
    pub fn is_place(&self, span: &Range<usize>) -> bool {
        let piece = &self.text[span.clone()];
        !place_forms::begins_unknown(piece, self.lexicon)
            && self.place(span).is_some_and(|place| place_forms::is_known(piece, &place, self.lexicon))
    }

    /// The place that all of a piece is, where somebody asked for it before.
    pub fn known_place(&self, span: &Range<usize>) -> Option<Rc<Place>> {
        self.places.borrow().iter().find(|(known, _)| known == span).and_then(|(_, place)| place.clone())
    }

    fn with_named<T>(&self, span: &Range<usize>, read: impl FnOnce(Cues, &Words) -> T) -> T {
        let mut named = self.named.borrow_mut();
        let at = named.iter().position(|(known, ..)| known == span).unwrap_or_else(|| {
            let (cues, words) = cues::in_short(&self.text[span.clone()], self.lexicon);
            named.push((span.clone(), cues, words));
            named.len() - 1
        });
        read(named[at].1, &named[at].2)
    }

    /// Takes note of the place that all of a piece is.
    pub fn remember(&self, span: &Range<usize>, place: Place) {
        self.places.borrow_mut().push((span.clone(), Some(Rc::new(place))));
    }

    /// The place that all of a piece is.
    fn place(&self, span: &Range<usize>) -> Option<Rc<Place>> {
        let mut places = self.places.borrow_mut();
        let at = places.iter().position(|(known, _)| known == span).unwrap_or_else(|| {
            places.push((span.clone(), place_forms::parse(&self.text[span.clone()], self.lexicon).map(Rc::new)));
            places.len() - 1
        });
        places[at].1.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_piece_asked_for_again_is_the_same() {
        let (lexicon, text) = (Lexicon::builtin(), "Busy Cook, Bergen, Norway");
        let pieces = Pieces::of(text, &lexicon);
        for _ in 0..2 {
            assert!(pieces.in_short(&(0..9)).title_edge && !pieces.in_short(&(0..4)).title_edge);
            assert!(pieces.is_place(&(11..25)) && pieces.cues(&(11..25)).place);
            assert!(!pieces.is_place(&(0..9)) && !pieces.cues(&(0..9)).place);
        }
    }
}
