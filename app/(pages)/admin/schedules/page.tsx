import type { Metadata } from 'next'
import { SCHEDULE_NAMES, SCHEDULES, type ScheduleName } from '#lib/maintenance/schedules.ts'
import { nextCronTime } from '#lib/queues/cron.ts'
import type { ScheduleRun } from '#lib/records/schedule-runs.ts'
import { duration } from '../../live/format.ts'
import type { AdminText } from '../../messages/admin-texts.ts'
import { ActionForm } from '../action-form.tsx'
import { Outcome } from '../outcome.tsx'
import type { PageQuery } from '../search-params.ts'
import { type AdminContext, signedIn } from '../signed-in.ts'
import { UtcTime } from '../utc-time.tsx'

interface Props {
  searchParams: Promise<PageQuery>
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await signedIn()).a('schedules.title') }
}

export default async function SchedulesRoute({ searchParams }: Props) {
  const context = await signedIn()
  const { a, texts, role, scheduleRuns } = context
  const runs = new Map((await scheduleRuns.list()).map(run => [run.schedule, run]))
  return (
    <>
      <h1>{a('schedules.title')}</h1>
      <Outcome query={await searchParams} a={a} texts={texts} />
      <p className="hint">{a('schedules.about')}</p>
      {role !== 'admin' && <p className="hint">{a('shell.lookOnly')}</p>}
      <div className="table">
        <table>
          <thead>
            <tr>
              {(['name', 'every', 'last', 'took', 'outcome', 'next'] as const).map(name => (
                <th key={name} scope="col">
                  {a(`schedules.${name}`)}
                </th>
              ))}
              {role === 'admin' && <th scope="col">{a('schedules.actions')}</th>}
            </tr>
          </thead>
          <tbody>
            {SCHEDULE_NAMES.map(name => (
              <ScheduleRow key={name} name={name} run={runs.get(name)} context={context} />
            ))}
          </tbody>
        </table>
      </div>
    </>
  )
}

interface RowProps {
  name: ScheduleName
  run: ScheduleRun | undefined
  context: AdminContext
}

function ScheduleRow({ name, run, context }: RowProps) {
  const { a, texts, role } = context
  const cron = SCHEDULES[name]
  return (
    <tr>
      <td>
        <code>{name}</code>
        <div className="hint">{a(`schedules.${name}`)}</div>
      </td>
      <td className="often">{howOften(a, cron)}</td>
      <td>{run ? <UtcTime at={run.startedAt} /> : a('schedules.never')}</td>
      <td className="short">{run && duration(texts, run.tookMs)}</td>
      <td>
        {run && (run.error === null ? a('schedules.well') : a('schedules.notWell', { problem: run.error }))}
      </td>
      <td>
        <UtcTime at={new Date(nextCronTime({ cron, timeZone: 'UTC' }, Date.now()))} />
      </td>
      {role === 'admin' && (
        <td>
          <ActionForm
            path="/admin/schedules/run"
            to="/admin/schedules"
            label={a('schedules.run')}
            fields={{ schedule: name }}
          />
        </td>
      )}
    </tr>
  )
}

function howOften(a: AdminText, cron: string): string {
  const [minute = '*'] = cron.split(' ')
  return minute === '*' ? a('schedules.everyMinute') : a('schedules.everyHour', { minute })
}
