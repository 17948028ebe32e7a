import { sumOf } from './histogram.ts'
import type { Period } from './statistics-store.ts'

/** Several periods as one. */
export function addedUp(startsAt: Date, periods: readonly Period[]): Period {
  const sum = (of: (period: Period) => number) => periods.reduce((total, period) => total + of(period), 0)
  return {
    startsAt,
    created: sum(({ created }) => created),
    completed: sum(({ completed }) => completed),
    failed: sum(({ failed }) => failed),
    bytes: sum(({ bytes }) => bytes),
    waited: sumOf(periods.map(({ waited }) => waited)),
    took: sumOf(periods.map(({ took }) => took)),
  }
}
