import { CronExpressionParser } from 'cron-parser'
import type { Schedule } from '../queue.ts'

/**
 * The next time of a schedule after `after`, both in milliseconds since 1970.
 * @throws Error for a cron expression or time zone that cannot be read
 */
export function nextCronTime({ cron, timeZone }: Pick<Schedule, 'cron' | 'timeZone'>, after: number): number {
  // The parser fills in fields that are missing and takes an unnamed zone for the system's.
  if (cron.trim().split(/\s+/).length !== 5)
    throw new Error(`the cron expression “${cron}” must have five fields, as in “30 4 * * 1”`)
  new Intl.DateTimeFormat('en', { timeZone })
  return CronExpressionParser.parse(cron, { tz: timeZone, currentDate: after }).next().getTime()
}
