//! Small pictures of large ones: made once, when they are first asked for, in a thread that may work long, and with
//! limits for pictures that say they are larger than anybody could look at.

use std::io::Cursor;
use std::sync::Arc;

use bytes::Bytes;
use futures_util::StreamExt;
use image::{ImageFormat, ImageReader, Limits};

use super::content::FileContent;
use super::kind::is_picture;
use super::storage::Part;
use crate::error::{AppOsError, Result};

/// Longer side of a small picture, in pixels.
const SIDE: u32 = 256;
/// Largest file of which one is made.
const MAX_SIZE: u64 = 32 << 20;
/// Longest side of a picture of which one is made, in pixels.
const MAX_SIDE: u32 = 12_000;
/// Most memory for one picture.
const MAX_ALLOCATION: u64 = 256 << 20;

/// A small picture of a document's picture, as JPEG; whoever may read that has opened it.
///
/// # Errors
/// There is none of this file (code `no_thumbnail`), or it cannot be read.
pub(crate) async fn thumbnail(content: FileContent) -> Result<Bytes> {
    let id = content.entry().content;
    let files = content.files()?;
    if !is_picture(content.content_type()) || content.size() > MAX_SIZE {
        return Err(none());
    }
    let kept = files.storage().read(id, Part::Thumbnail, (0, MAX_SIZE)).await;
    match kept {
        Ok(mut parts) => {
            let mut all = Vec::new();
            while let Some(part) = parts.next().await {
                all.extend_from_slice(&part?);
            }
            return Ok(all.into());
        }
        Err(error) if error.code() == "file_missing" => {}
        Err(error) => return Err(error),
    }
    // Few at a time: each takes memory.
    let turn = files.thumbnails.clone().acquire_owned().await.map_err(|error| none().caused_by(error))?;
    let engine = content.engine();
    let bytes = content.bytes().await?;
    let made = tokio::task::spawn_blocking(move || {
        let made = small(&bytes);
        drop(turn);
        made
    });
    let made = made.await.map_err(|error| none().caused_by(error))?.map_err(|error| none().caused_by(error))?;
    let made = Bytes::from(made);
    let files = super::receive::files_of(&engine)?;
    let mut writing = files.storage().write(id, Part::Thumbnail);
    // Without room for it, it is made again next time.
    match writing.put(made.clone()).await {
        Ok(()) => drop(writing.finish().await),
        Err(_) => writing.give_up().await,
    }
    Ok(made)
}

fn small(bytes: &[u8]) -> Result<Vec<u8>, image::ImageError> {
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format()?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(MAX_SIDE);
    limits.max_image_height = Some(MAX_SIDE);
    limits.max_alloc = Some(MAX_ALLOCATION);
    reader.limits(limits);
    let picture = reader.decode()?.thumbnail(SIDE, SIDE).to_rgb8();
    let mut small = Vec::new();
    picture.write_to(&mut Cursor::new(&mut small), ImageFormat::Jpeg)?;
    Ok(small)
}

fn none() -> AppOsError {
    AppOsError::dispatch("there is no small picture of this file").code_is("no_thumbnail")
}

/// How many are made at the same time.
pub(super) fn turns() -> Arc<tokio::sync::Semaphore> {
    Arc::new(tokio::sync::Semaphore::new(2))
}

#[cfg(test)]
mod tests {
    use super::small;

    #[test]
    fn a_picture_that_says_it_is_too_large_is_not_read() {
        // A PNG of one pixel says that it has 100,000 times 100,000.
        let mut png = Vec::new();
        let pixel = image::RgbImage::new(1, 1);
        pixel.write_to(&mut std::io::Cursor::new(&mut png), image::ImageFormat::Png).unwrap();
        assert!(small(&png).is_ok());
        png[16..24].copy_from_slice(&[0, 1, 0x86, 0xa0, 0, 1, 0x86, 0xa0]);
        assert!(small(&png).is_err());
        assert!(small(b"\x89PNG\r\n\x1a\n").is_err());
    }
}
