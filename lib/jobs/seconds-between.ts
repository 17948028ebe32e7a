/** Never negative: the two times may be from the clocks of two machines. */
export function secondsBetween(from: Date | null, to: Date | null): number {
  return from && to ? Math.max(0, (to.getTime() - from.getTime()) / 1000) : 0
}
