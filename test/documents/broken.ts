/** Files that nobody can convert, as they come in every day. */

/** An honest text that somebody named .pptx. */
export function textNamedPptx(): Buffer {
  return Buffer.from('Dear all,\nthis is no presentation, whatever its name says.\n')
}

/** What is left of a file when its upload was cut off. */
export function truncated(document: Buffer, share = 0.6): Buffer {
  return document.subarray(0, Math.floor(document.length * share))
}

/** A document with one bit changed on the way, behind the name of the part that it hits. */
export function bitFlipped(document: Buffer, part: string): Buffer {
  const flipped = Buffer.from(document)
  const at = flipped.indexOf(part) + part.length + 20
  flipped.writeUInt8(flipped.readUInt8(at) ^ 0x10, at)
  return flipped
}

/** A file whose middle third is turned over: its beginning, its end and what lies there are as they were. */
export function spoiled(file: Buffer): Buffer {
  const [from, to] = [Math.floor(file.length / 3), Math.floor((2 * file.length) / 3)]
  return Buffer.from(file.map((byte, index) => (index >= from && index < to ? ~byte : byte)))
}
