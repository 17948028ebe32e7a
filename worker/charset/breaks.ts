/** Bytes below this are never part of a multi-byte character. */
const BREAKS_BELOW = 0x30

/** The last offset up to `at` where a character certainly begins; `at` where there is none back to `least`. */
export function breakBefore(chunk: Buffer, at: number, least: number): number {
  if (at >= chunk.length) return chunk.length
  for (let place = at; place > least; place--) if ((chunk[place - 1] as number) < BREAKS_BELOW) return place
  return at
}
