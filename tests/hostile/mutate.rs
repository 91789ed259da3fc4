//! Bytes → damaged bytes: what mail servers, bad disks and ill-meaning people do. Same number, same damage.

/// A small generator (SplitMix64): the same on every machine.
pub struct Random(pub u64);

impl Random {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    pub fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit.max(1) as u64) as usize
    }

    /// A range of at most `longest` bytes.
    fn range(&mut self, bytes: &[u8], longest: usize) -> std::ops::Range<usize> {
        let start = self.below(bytes.len());
        start..(start + 1 + self.below(longest)).min(bytes.len())
    }
}

/// Damages a copy; the answer also says how.
pub fn mutate(original: &[u8], number: u64) -> (Vec<u8>, &'static str) {
    let mut random = Random(number);
    let mut bytes = original.to_vec();
    let kind = match random.below(8) {
        0 => {
            bytes.truncate(random.below(original.len()));
            "cut off"
        }
        1 => {
            for _ in 0..=random.below(40) {
                let at = random.below(bytes.len());
                bytes[at] ^= 1 << random.below(8);
            }
            "flipped bits"
        }
        2 => {
            for _ in 0..=random.below(200) {
                let at = random.below(bytes.len());
                bytes[at] = random.next() as u8;
            }
            "wrong bytes"
        }
        3 => {
            // Blocks change places, as on a disk that was put together wrongly.
            let size = 64 << random.below(6);
            let mut blocks: Vec<Vec<u8>> = bytes.chunks(size).map(<[u8]>::to_vec).collect();
            for at in (1..blocks.len()).rev() {
                blocks.swap(at, random.below(at + 1));
            }
            bytes = blocks.concat();
            "shuffled blocks"
        }
        4 => {
            let range = random.range(&bytes, 4096);
            bytes.drain(range);
            "missing bytes"
        }
        5 => {
            let range = random.range(&bytes, 4096);
            let again = bytes[range.clone()].to_vec();
            bytes.splice(range.start..range.start, again);
            "repeated bytes"
        }
        6 => {
            let range = random.range(&bytes, 2048);
            bytes[range].fill(0);
            "zeroed bytes"
        }
        _ => {
            // Lengths, offsets and object numbers of a PDF; times and sizes of a ZIP only by chance.
            for _ in 0..=random.below(60) {
                let from = random.below(bytes.len());
                if let Some(at) = bytes[from..].iter().position(u8::is_ascii_digit) {
                    bytes[from + at] = b'0' + random.below(10) as u8;
                }
            }
            "wrong digits"
        }
    };
    (bytes, kind)
}
