//! How characters look as far as one place of an office file says it: a style, a property list, the text itself. In: what DOCX, ODT and
//! DOC say, each read in its own folder. Out: looks laid over each other, and the [`Mark`] of a text. Knows no format.

use super::rich::Mark;

/// Smaller than this, in points, is not for people.
pub(super) const TINY_PT: f32 = 2.0;

/// How characters look; what a place does not mention is unset.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct CharacterLook {
    pub bold: Option<bool>,
    pub italic: Option<bool>,
    pub hidden: Option<bool>,
    /// Taken out in a tracked change.
    pub deleted: Option<bool>,
    pub white: Option<bool>,
    /// Stands on a coloured ground.
    pub shaded: Option<bool>,
    pub size_pt: Option<f32>,
}

impl CharacterLook {
    /// What `self` says, with `over` on top.
    pub fn with(self, over: CharacterLook) -> CharacterLook {
        CharacterLook {
            bold: over.bold.or(self.bold),
            italic: over.italic.or(self.italic),
            hidden: over.hidden.or(self.hidden),
            deleted: over.deleted.or(self.deleted),
            white: over.white.or(self.white),
            shaded: over.shaded.or(self.shaded),
            size_pt: over.size_pt.or(self.size_pt),
        }
    }

    /// The mark of a text; `on_paper`: nothing coloured lies behind it, so that white letters cannot be seen.
    pub fn mark(&self, on_paper: bool, link: u32) -> Mark {
        let is_white = self.white == Some(true) && self.shaded != Some(true) && on_paper;
        Mark {
            bold: self.bold == Some(true),
            italic: self.italic == Some(true),
            hidden: self.hidden == Some(true) || is_white,
            link,
        }
    }
}
