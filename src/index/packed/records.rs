//! What a profile consists of, in the order it is packed. In: the types of [`crate::model`]. Out: their [`Packed`]. A field that is added
//! to a type and forgotten here does not compile.

use super::wire::{Packed, Reader, Writer};
use crate::model::{
    Certificate, DateFlag, DatePoint, Degree, DegreeLevel, DegreeStatus, Education, End, Evidence, Experience, Flag,
    Found, Gpa, Job, JobKind, MentionPlace, Month, Period, Phone, Place, Profile, Project, Publication, SpokenLanguage,
    WebLink,
};
use std::ops::Range;

/// A record: its fields one after the other.
macro_rules! record {
    ($record:ident: $($field:ident)*) => {
        impl Packed for $record {
            fn pack<'p>(&'p self, to: &mut Writer<'p>) {
                let $record { $($field),* } = self;
                $($field.pack(to);)*
            }

            fn unpack(from: &mut Reader<'_>) -> Option<$record> {
                $(let $field = Packed::unpack(from)?;)*
                Some($record { $($field),* })
            }
        }
    };
}

/// A closed set: a number each; never reorder, only append.
macro_rules! codes {
    ($set:ident: $($name:ident = $code:literal)*) => {
        impl Packed for $set {
            fn pack<'p>(&'p self, to: &mut Writer<'p>) {
                to.number(match self { $($set::$name => $code),* });
            }

            fn unpack(from: &mut Reader<'_>) -> Option<$set> {
                Some(match from.number()? { $($code => $set::$name,)* _ => return None })
            }
        }
    };
}

// Skills first: most evidence is theirs. The as-of month before all others, which lie around it.
record!(Profile: as_of skills name headline emails phones links location summary education jobs activities certificates projects
    publications awards languages experience flags);
record!(Phone: raw digits);
record!(WebLink: url network username);
record!(Place: raw city region country remote);
record!(Education: school school_known_as degrees status period gpa location courses lines);
record!(Degree: raw canonical level subject);
record!(Gpa: raw value scale inferred);
record!(Job: titles employers kind location period lines body);
record!(Certificate: name known_as issuer period ongoing);
record!(Project: name technologies period url lines);
record!(Publication: title venue year role url lines);
record!(SpokenLanguage: language level);
record!(Experience: months internship_months claimed_months);
record!(Flag: name detail line);
record!(Period: start end flags);

codes!(DegreeLevel: Secondary = 0 Certificate = 1 Associate = 2 Bachelor = 3 Master = 4 Professional = 5 Doctorate = 6);
codes!(DegreeStatus: Completed = 0 InProgress = 1 Abandoned = 2);
codes!(JobKind: Employment = 0 Internship = 1 Freelance = 2 Volunteering = 3);
codes!(DateFlag: Ambiguous = 0 Reversed = 1 TwoDigitYear = 2 Expected = 3);

impl Packed for bool {
    fn pack<'p>(&'p self, to: &mut Writer<'p>) {
        to.number(u64::from(*self));
    }

    fn unpack(from: &mut Reader<'_>) -> Option<bool> {
        Some(from.number()? == 1)
    }
}

impl Packed for u32 {
    fn pack<'p>(&'p self, to: &mut Writer<'p>) {
        to.number(u64::from(*self));
    }

    fn unpack(from: &mut Reader<'_>) -> Option<u32> {
        u32::try_from(from.number()?).ok()
    }
}

impl Packed for i32 {
    fn pack<'p>(&'p self, to: &mut Writer<'p>) {
        to.signed(i64::from(*self));
    }

    fn unpack(from: &mut Reader<'_>) -> Option<i32> {
        i32::try_from(from.signed()?).ok()
    }
}

impl Packed for f32 {
    fn pack<'p>(&'p self, to: &mut Writer<'p>) {
        to.fraction(*self);
    }

    fn unpack(from: &mut Reader<'_>) -> Option<f32> {
        from.fraction()
    }
}

impl Packed for String {
    fn pack<'p>(&'p self, to: &mut Writer<'p>) {
        to.text(self);
    }

    fn unpack(from: &mut Reader<'_>) -> Option<String> {
        from.text()
    }
}

impl<T: Packed> Packed for Option<T> {
    fn pack<'p>(&'p self, to: &mut Writer<'p>) {
        to.number(u64::from(self.is_some()));
        self.iter().for_each(|value| value.pack(to));
    }

    fn unpack(from: &mut Reader<'_>) -> Option<Option<T>> {
        Some(if from.number()? == 1 { Some(T::unpack(from)?) } else { None })
    }
}

impl<T: Packed> Packed for Vec<T> {
    fn pack<'p>(&'p self, to: &mut Writer<'p>) {
        to.number(self.len() as u64);
        self.iter().for_each(|value| value.pack(to));
    }

    fn unpack(from: &mut Reader<'_>) -> Option<Vec<T>> {
        (0..from.length()?).map(|_| T::unpack(from)).collect()
    }
}

/// Lines of an entry.
impl Packed for Range<usize> {
    fn pack<'p>(&'p self, to: &mut Writer<'p>) {
        to.line(self.start as i64);
        to.signed(self.end as i64 - self.start as i64);
    }

    fn unpack(from: &mut Reader<'_>) -> Option<Range<usize>> {
        let start = from.line()?;
        let end = start.checked_add(from.signed()?)?;
        Some(usize::try_from(start).ok()?..usize::try_from(end).ok()?)
    }
}

impl Packed for Month {
    fn pack<'p>(&'p self, to: &mut Writer<'p>) {
        to.month(i64::from(self.0));
    }

    fn unpack(from: &mut Reader<'_>) -> Option<Month> {
        i32::try_from(from.month()?).ok().map(Month)
    }
}

impl Packed for DatePoint {
    fn pack<'p>(&'p self, to: &mut Writer<'p>) {
        self.earliest.pack(to);
        to.signed(i64::from(self.latest.0) - i64::from(self.earliest.0));
    }

    fn unpack(from: &mut Reader<'_>) -> Option<DatePoint> {
        let earliest = Month::unpack(from)?;
        let latest = i64::from(earliest.0).checked_add(from.signed()?)?;
        Some(DatePoint { earliest, latest: Month(i32::try_from(latest).ok()?) })
    }
}

impl Packed for End {
    fn pack<'p>(&'p self, to: &mut Writer<'p>) {
        match self {
            End::Unknown => to.number(0),
            End::Open { implied } => to.number(1 + u64::from(*implied)),
            End::At(point) => {
                to.number(3);
                point.pack(to);
            }
        }
    }

    fn unpack(from: &mut Reader<'_>) -> Option<End> {
        Some(match from.number()? {
            0 => End::Unknown,
            1 => End::Open { implied: false },
            2 => End::Open { implied: true },
            3 => End::At(DatePoint::unpack(from)?),
            _ => return None,
        })
    }
}

/// The evidence first: it tells where the value stands.
impl<T: Packed> Packed for Found<T> {
    fn pack<'p>(&'p self, to: &mut Writer<'p>) {
        self.evidence.pack(to);
        self.value.pack(to);
    }

    fn unpack(from: &mut Reader<'_>) -> Option<Found<T>> {
        let evidence = Evidence::unpack(from)?;
        Some(Found { value: T::unpack(from)?, evidence })
    }
}

impl Packed for Evidence {
    fn pack<'p>(&'p self, to: &mut Writer<'p>) {
        to.style(self, false);
        to.place(self);
    }

    fn unpack(from: &mut Reader<'_>) -> Option<Evidence> {
        let (mut evidence, _) = from.style()?;
        from.place(&mut evidence)?;
        Some(evidence)
    }
}

/// The number of the entry and the kind of place in one number.
impl Packed for MentionPlace {
    fn pack<'p>(&'p self, to: &mut Writer<'p>) {
        let (kind, number) = match *self {
            MentionPlace::Listed => (0, 0),
            MentionPlace::Summary => (0, 1),
            MentionPlace::Other => (0, 2),
            MentionPlace::Job(number) => (1, number),
            MentionPlace::Activity(number) => (2, number),
            MentionPlace::Project(number) => (3, number),
            MentionPlace::Education(number) => (4, number),
        };
        to.number(number as u64 * 5 + kind);
    }

    fn unpack(from: &mut Reader<'_>) -> Option<MentionPlace> {
        let code = from.number()?;
        let number = usize::try_from(code / 5).ok()?;
        Some(match (code % 5, number) {
            (0, 0) => MentionPlace::Listed,
            (0, 1) => MentionPlace::Summary,
            (0, 2) => MentionPlace::Other,
            (1, _) => MentionPlace::Job(number),
            (2, _) => MentionPlace::Activity(number),
            (3, _) => MentionPlace::Project(number),
            (4, _) => MentionPlace::Education(number),
            _ => return None,
        })
    }
}
