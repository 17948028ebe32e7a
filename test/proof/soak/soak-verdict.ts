import { type HeldResources, ROLES, type Sample } from './sample.ts'

export interface SoakVerdict {
  text: string
  isLevel: boolean
}

/** A quantity with what it may grow by between the first and the last third of the time that counts. */
interface Quantity {
  name: string
  unit: string
  of(held: HeldResources): number
  /** Noise: a share of the first median, and as much on top. */
  share: number
  extra: number
}

const QUANTITIES: readonly Quantity[] = [
  { name: 'descriptors', unit: '', of: held => held.descriptors, share: 0.05, extra: 5 },
  { name: 'memory', unit: ' MB', of: held => held.rss, share: 0.05, extra: 10 },
  { name: 'heap', unit: ' MB', of: held => held.heap, share: 0.05, extra: 2 },
  { name: 'children’s descriptors', unit: '', of: held => held.children.descriptors, share: 0.1, extra: 10 },
  { name: 'children’s memory', unit: ' MB', of: held => held.children.rss, share: 0.1, extra: 50 },
]

/** Whether what web and worker hold is level from a third of the time on: the medians of thirds are compared. */
export function verdictOn(samples: readonly Sample[]): SoakVerdict[] {
  const counted = samples.slice(Math.ceil(samples.length / 3))
  const third = Math.floor(counted.length / 3)
  if (third === 0) return [{ text: 'too few samples to tell', isLevel: false }]
  return ROLES.flatMap(role => {
    const held = counted.map(sample => sample[role])
    const isOneProcess = held.every(({ pid }) => pid === held[0]?.pid)
    const levels = QUANTITIES.filter(({ of }) => held.some(each => of(each) > 0)).map(quantity => {
      const values = held.map(quantity.of)
      const [before, after] = [median(values.slice(0, third)), median(values.slice(-third))]
      const isLevel = after <= before * (1 + quantity.share) + quantity.extra
      return { text: `${role}: ${quantity.name} ${inWords(before, after, quantity.unit)}`, isLevel }
    })
    return [{ text: `${role}: the same process all the time`, isLevel: isOneProcess }, ...levels]
  })
}

function inWords(before: number, after: number, unit: string): string {
  return `${before.toFixed(0)}${unit} in the first third, ${after.toFixed(0)}${unit} in the last`
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}
