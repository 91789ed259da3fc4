//! A ZIP archive → its files, unpacked within limits. A member that breaks a limit is named with the reason, never dropped
//! silently. Folders, hidden files and the copies macOS adds are no files. Does not read what it unpacks.

use super::Member;
use super::limits::{MAX_ARCHIVE_BYTES, MAX_MEMBER_BYTES, MAX_MEMBERS, MAX_RATIO};
use crate::model::SkipReason;
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// Sizes below this may unpack to any multiple: a page of blanks is no bomb.
const RATIO_FROM: u64 = 1 << 20;

/// What the ledger says of a file beyond [`MAX_MEMBER_BYTES`] and [`MAX_ARCHIVE_BYTES`].
const TOO_MUCH: &str = "an archive is read up to 64 MiB a file and 2 GiB in all; unpack it and index the folder";

/// Gives every file to `sink`, in the archive's order.
pub(super) fn members(bytes: &[u8], sink: &mut dyn FnMut(Member)) -> Result<(), SkipReason> {
    let mut archive = ZipArchive::new(Cursor::new(bytes))
        .map_err(|error| SkipReason::Corrupt(format!("not a whole ZIP archive ({error})")))?;
    if archive.len() > MAX_MEMBERS {
        let what = format!("a ZIP archive of {} files; unpack it and index the folder", archive.len());
        return Err(SkipReason::Unsupported(what));
    }
    let mut left = MAX_ARCHIVE_BYTES;
    for index in 0..archive.len() {
        let Some(name) = name_of(&mut archive, index) else { continue };
        let content = unpack(&mut archive, index, left);
        left -= content.as_ref().map_or(0, |content| content.len() as u64).min(left);
        sink(Member { name, content });
    }
    Ok(())
}

/// The member's path with `/`; `None` for what is no file of the sender.
fn name_of(archive: &mut ZipArchive<Cursor<&[u8]>>, index: usize) -> Option<String> {
    let raw = archive.by_index_raw(index).ok();
    let is_dir = raw.as_ref().is_some_and(|member| member.is_dir());
    let name = raw.and_then(|member| member.name().ok().map(|name| name.into_owned()));
    let name = name.unwrap_or_else(|| format!("file-{}", index + 1)).replace('\\', "/");
    let hidden = name.split('/').any(|part| part.starts_with('.') && part != "." && part != "..");
    (!is_dir && !hidden && !name.ends_with('/') && !name.starts_with("__MACOSX/")).then_some(name)
}

fn unpack(archive: &mut ZipArchive<Cursor<&[u8]>>, index: usize, left: u64) -> Result<Vec<u8>, SkipReason> {
    if archive.by_index_raw(index).is_ok_and(|member| member.encrypted()) {
        return Err(SkipReason::Encrypted);
    }
    let member = archive.by_index(index).map_err(|error| SkipReason::Corrupt(error.to_string()))?;
    let packed = member.compressed_size().max(1);
    let limit = MAX_MEMBER_BYTES.min(left);
    let mut content = Vec::new();
    // The directory's sizes may lie: what counts is what comes out.
    member.take(limit + 1).read_to_end(&mut content).map_err(|error| SkipReason::Corrupt(error.to_string()))?;
    let size = content.len() as u64;
    if size > RATIO_FROM && size / packed > MAX_RATIO {
        return Err(SkipReason::Corrupt(format!(
            "unpacks to more than {MAX_RATIO} times its size (a ZIP bomb); unpack it if you trust it"
        )));
    }
    if size > limit {
        return Err(SkipReason::Unsupported(TOO_MUCH.into()));
    }
    Ok(content)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;
    use zip::write::SimpleFileOptions;

    fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in files {
            writer.start_file(*name, SimpleFileOptions::default()).unwrap();
            writer.write_all(content).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    fn check(files: &[(&str, &[u8])], expected: &[&str]) {
        let mut found = Vec::new();
        let sink = &mut |member: Member| {
            let state =
                member.content.map_or_else(|reason| reason.name().to_owned(), |content| content.len().to_string());
            found.push(format!("{}={state}", member.name));
        };
        members(&archive(files), sink).unwrap();
        assert_eq!(found, expected);
    }

    #[test]
    fn files_come_out_and_droppings_do_not() {
        check(
            &[("a.txt", b"Ada"), ("sub\\b.txt", b""), ("__MACOSX/a.txt", b"x"), (".DS_Store", b"x")],
            &["a.txt=3", "sub/b.txt=0"],
        );
    }

    #[test]
    fn bombs_are_named() {
        let zeros = vec![0; 8 << 20];
        check(&[("bomb.txt", &zeros), ("b.txt", b"x")], &["bomb.txt=corrupt", "b.txt=1"]);
    }

    #[test]
    fn half_an_archive_is_corrupt() {
        let whole = archive(&[("a.txt", b"Ada")]);
        let reason = members(&whole[..whole.len() / 2], &mut |_| {}).unwrap_err();
        assert_eq!(reason.name(), "corrupt");
    }
}
