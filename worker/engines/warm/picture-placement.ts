/** Places a picture on its page: a page of its own size, unless paper was requested. */
import { PAPERS } from '#lib/vocabulary/formats.ts'
import type { PageSize } from '#worker/uno/page-size.ts'
import type { PicturePlacement } from '#worker/uno/picture-page.ts'

/** All lengths in hundredths of a millimetre. PDF allows no side beyond 14,400 pt. */
const LONGEST = 507_900
/** Viewers show no page that is narrower than 3 pt. */
const SHORTEST = 106
const MARGIN = 1_000

/**
 * On a page of its own size, or on this paper in the picture's orientation. A picture is shrunk to fit, never enlarged.
 */
export function placementOf(picture: PageSize, paper: string | undefined): PicturePlacement {
  const sides = PAPERS[paper ?? '']
  return sides ? onPaper(picture, sides) : onItsOwn(picture)
}

function onItsOwn(picture: PageSize): PicturePlacement {
  const { width, height } = shrunkInto(picture, { width: LONGEST, height: LONGEST })
  // A very narrow picture is stretched until it is visible.
  const page = { width: Math.max(SHORTEST, width), height: Math.max(SHORTEST, height) }
  return centred(page, page)
}

function onPaper(picture: PageSize, [short, long]: readonly [number, number]): PicturePlacement {
  const page =
    picture.width > picture.height ? { width: long, height: short } : { width: short, height: long }
  const room = { width: page.width - 2 * MARGIN, height: page.height - 2 * MARGIN }
  return centred(shrunkInto(picture, room), page)
}

function shrunkInto({ width, height }: PageSize, room: PageSize): PageSize {
  const scale = Math.min(1, room.width / width, room.height / height)
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}

function centred({ width, height }: PageSize, page: PageSize): PicturePlacement {
  const left = Math.round((page.width - width) / 2)
  return { page, left, top: Math.round((page.height - height) / 2), width, height }
}
