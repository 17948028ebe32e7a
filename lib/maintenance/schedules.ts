/** By the clock of UTC. Files that have expired are refused at once, whether they are deleted or not. */
export const SCHEDULES = {
  statistics: '* * * * *',
  expired: '* * * * *',
  history: '11 * * * *',
  results: '26 * * * *',
  orphans: '41 * * * *',
  'self-check': '56 * * * *',
} as const

export type ScheduleName = keyof typeof SCHEDULES

export const SCHEDULE_NAMES = Object.keys(SCHEDULES) as ScheduleName[]

export function isScheduleName(name: string): name is ScheduleName {
  return Object.hasOwn(SCHEDULES, name)
}
