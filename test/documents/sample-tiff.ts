/** A page of four quarters in `GREYS`, of its own size; `isThumbnail` marks a smaller copy of another. */
export interface TiffPage {
  width: number
  height: number
  isThumbnail?: boolean
  orientation?: number
}

/** Of the quarters: upper left, upper right, lower right, lower left. */
export const GREYS = [0x20, 0x60, 0xa0, 0xe0] as const

const [SHORT, LONG] = [3, 4]

/** A TIFF of several pages. */
export function tiff(pages: readonly TiffPage[], order: 'II' | 'MM' = 'II'): Buffer {
  const number = (value: number, size: 2 | 4) => {
    const bytes = Buffer.alloc(size)
    if (order === 'II') bytes.writeUIntLE(value, 0, size)
    else bytes.writeUIntBE(value, 0, size)
    return bytes
  }
  const tag = (id: number, type: number, value: number) => {
    const padded = type === SHORT ? [number(value, 2), Buffer.alloc(2)] : [number(value, 4)]
    return Buffer.concat([number(id, 2), number(type, 2), number(1, 4), ...padded])
  }
  let at = 8
  const parts = pages.map(({ width, height, isThumbnail = false, orientation = 1 }, index) => {
    const pixels = quartersOf(width, height)
    const tags = [
      tag(254, LONG, isThumbnail ? 1 : 0),
      ...[tag(256, LONG, width), tag(257, LONG, height), tag(258, SHORT, 8), tag(259, SHORT, 1)],
      ...[
        tag(262, SHORT, 1),
        tag(273, LONG, at),
        tag(274, SHORT, orientation),
        tag(277, SHORT, 1),
        tag(278, LONG, height),
      ],
      tag(279, LONG, width * height),
    ]
    const list = at + pixels.length
    const end = list + 2 + tags.length * 12 + 4
    at = end
    const isLast = index === pages.length - 1
    return { list, end, pixels, tags, isLast }
  })
  const bodies = parts.map(({ pixels, tags, isLast }, index) => {
    const next = isLast ? 0 : (parts[index + 1]?.list ?? 0)
    return Buffer.concat([pixels, number(tags.length, 2), ...tags, number(next, 4)])
  })
  return Buffer.concat([Buffer.from(order), number(42, 2), number(parts[0]?.list ?? 0, 4), ...bodies])
}

/** A byte for each pixel, and an even number of them. */
function quartersOf(width: number, height: number): Buffer {
  const pixels = Buffer.alloc(width * height + ((width * height) % 2))
  for (let at = 0; at < width * height; at++) {
    const [left, right] = at < (width * height) / 2 ? [0, 1] : [3, 2]
    pixels[at] = GREYS[at % width < width / 2 ? left : right] ?? 0
  }
  return pixels
}
