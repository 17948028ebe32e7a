/** How long an action takes, in milliseconds. */
export async function tookMs(action: () => Promise<unknown>): Promise<number> {
  const begun = performance.now()
  await action()
  return performance.now() - begun
}

/**
 * Each action once a round, the first of the rounds uncounted, because it warms up; who begins changes with the round.
 * Resolves to the milliseconds of each, by its name, without those that `clear` takes after it.
 */
export async function inTurns<K extends string>(
  rounds: number,
  actions: Readonly<Record<K, () => Promise<unknown>>>,
  clear: () => Promise<unknown> = async () => {},
): Promise<Record<K, number[]>> {
  const names = Object.keys(actions) as K[]
  const times = Object.fromEntries(names.map(name => [name, [] as number[]])) as Record<K, number[]>
  for (let round = 0; round <= rounds; round++)
    for (const index of names.keys()) {
      const name = names[(index + round) % names.length] as K
      const ms = await tookMs(actions[name])
      if (round > 0) times[name].push(ms)
      await clear()
    }
  return times
}

/** The median of the ratios round by round: what slows one round slows both. */
export function ratioOf(ours: readonly number[], theirs: readonly number[]): number {
  return middleOf(ours.map((ms, round) => ms / (theirs[round] ?? Number.NaN)))
}

export function middleOf(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}

/** `count` calls of `work`, `lanes` side by side. */
export async function sideBySide(
  lanes: number,
  count: number,
  work: (index: number) => Promise<unknown>,
): Promise<void> {
  let next = 0
  const lane = async () => {
    while (next < count) await work(next++)
  }
  await Promise.all(Array.from({ length: lanes }, lane))
}
