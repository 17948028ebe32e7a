import { compound } from './sample-compound.ts'

const INCH = 914_400
/** Publisher 97 counts from a point so far left of and above the page's middle. */
const ORIGIN = 25 * INCH

/** The smallest Publisher 97 document (.pub): one page, with these words, in letters of ASCII, on it. */
export function publication(words: string): Buffer {
  const text = Buffer.from(`${words}\f`, 'latin1')
  const [textAt, pageAt, documentAt, frameAt, tableAt] = [0x40, 0x200, 0x240, 0x280, 0x300]
  const contents = Buffer.alloc(0x400)
  contents.set([0xe8, 0xac, 0x22, 0x00])
  contents.writeUInt32LE(0x1a, 0x12)
  contents.writeUInt32LE(tableAt, 0x16)
  // Of the text no more is told than where it begins and ends.
  contents.writeUInt32LE(textAt, 0x1a + 14)
  contents.writeUInt32LE(textAt + text.length, 0x1a + 18)
  contents.set(text, textAt)
  contents.writeUInt16LE(0x14, pageAt)
  contents.writeUInt16LE(0x15, documentAt)
  contents.writeUInt32LE(8 * INCH, documentAt + 0x14)
  contents.writeUInt32LE(6 * INCH, documentAt + 0x18)
  // What is left zero tells the rest: a frame of text is of type 0, and this is the text of number 0.
  const corners = [-3, -2, 1, -1]
  corners.forEach((inches, index) => {
    contents.writeInt32LE(ORIGIN + inches * INCH, frameAt + 6 + index * 4)
  })
  const parts = [
    [1, 0, documentAt],
    [2, 1, pageAt],
    [3, 2, frameAt],
  ] as const
  contents.writeUInt16LE(parts.length, tableAt)
  parts.forEach(([id, parent, place], index) => {
    const at = tableAt + 2 + index * 10
    contents.writeUInt16LE(id, at + 2)
    contents.writeUInt16LE(parent, at + 4)
    contents.writeUInt32LE(place, at + 6)
  })
  return compound({ Contents: contents })
}
