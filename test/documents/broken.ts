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
