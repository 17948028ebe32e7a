/** Bytes below are no part of any letter of several bytes. */
const BREAKS_BELOW = 0x30

/** Where a letter begins for sure, at `at` or before it; `at` where none does, back to `least`. */
export function breakBefore(chunk: Buffer, at: number, least: number): number {
  if (at >= chunk.length) return chunk.length
  for (let place = at; place > least; place--) if ((chunk[place - 1] as number) < BREAKS_BELOW) return place
  return at
}
