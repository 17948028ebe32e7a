import { randomUUID } from 'node:crypto'
import { isTerminal } from '#lib/vocabulary/job.ts'
import { deck } from '#test/documents/deck.ts'
import { eventfulDeck } from '#test/documents/eventful.ts'
import { letter } from '#test/documents/letter.ts'
import { lockedDeck } from '#test/documents/locked.ts'
import { sheet } from '#test/documents/sheet.ts'
import { newPerson, type Person } from './person.ts'
import type { RowEditor } from './row-editor.ts'

const hasEnded = (job: { state: Parameters<typeof isTerminal>[0] }) => isTerminal(job.state)

/** The jobs of somebody, by what the states call them. */
export interface JobsOf<Name extends string> {
  person: Person
  ids: Readonly<Record<Name, string>>
}

/** Sends each file and waits until all have ended. */
async function converted<Name extends string>(
  person: Person,
  files: Record<Name, Parameters<Person['send']>[0]>,
): Promise<Record<Name, string>> {
  const ids = { ...files } as unknown as Record<Name, string>
  for (const name of Object.keys(files) as Name[]) ids[name] = await person.send(files[name])
  for (const id of Object.values<string>(ids)) await person.reach(id, hasEnded)
  return ids
}

export type Completed = 'whole' | 'lossy' | 'changed' | 'longName' | 'arabicName' | 'archive'

/** A webhook that was never reached. */
const WEBHOOK = {
  ...{
    url: 'https://hooks.example.com/nightshift?key=secret',
    of: 'job',
    step: 1,
    state: 'failed',
    tries: 3,
  },
  log: [
    { status: 503, error: null, ms: 120 },
    { status: null, error: 'timed_out', ms: 10_000 },
    { status: 410, error: null, ms: 95 },
  ].map((answer, index) => ({
    ...{ at: Date.now() - (3 - index) * 60_000, event: 'job.completed', id: 'msg_1', attempt: index + 1 },
    ...answer,
  })),
}

/** Results of every kind; one has a webhook and a trace. */
export async function completedJobs(url: string, rows: RowEditor): Promise<JobsOf<Completed>> {
  const person = await newPerson(url)
  const longName = `Report on the state of the regional archives, third revision, ${'with comments, '.repeat(4)}final (3).docx`
  const ids = await converted(person, {
    archive: {
      name: 'Onboarding.pptx',
      bytes: await deck({ slides: 4 }),
      target: 'png',
      options: { pages: '1-3' },
    },
    arabicName: { name: 'العرض السنوي للإدارة 2026.pptx', bytes: await deck({ slides: 2 }) },
    longName: { name: longName, bytes: await letter({ pages: 3, title: 'Archives' }) },
    changed: { name: 'Brand guide.pptx', bytes: await deck({ slides: 6, font: 'Nowhere Grotesk' }) },
    lossy: { name: 'All hands.pptx', bytes: await eventfulDeck() },
    whole: {
      name: 'Quarterly review 2026.pptx',
      bytes: await deck({ slides: 12, title: 'Quarterly review' }),
    },
  })
  const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01'
  await rows.write(ids.changed, { webhook: WEBHOOK, traceparent })
  return { person, ids }
}

/** How a job fails that no small file can make fail: its code, what fills its sentences, and whether a retry may help. */
const FAILURES = {
  tooLong: { code: 'time_limit', details: { seconds: 600 }, retryable: false },
  crashed: { code: 'engine_crashed', details: {}, retryable: true },
  stalled: { code: 'stalled', details: { seconds: 120, place: ' at slide 31' }, retryable: true },
  tooLarge: { code: 'out_of_memory', details: { limit: 2000 }, retryable: false },
} as const

export type Failed = keyof typeof FAILURES | 'noSuchPage' | 'hidden'

/** Failures with a next step each: other settings, the same again, another file. */
export async function failedJobs(url: string, rows: RowEditor): Promise<JobsOf<Failed>> {
  const person = await newPerson(url)
  const noSuchPage = { pages: '9' }
  const bytes = await deck({ slides: 1 })
  const ids = await converted(person, {
    tooLarge: { name: 'Site plan.pptx', bytes, options: noSuchPage },
    stalled: { name: 'Trade fair.pptx', bytes, options: noSuchPage },
    crashed: { name: 'Minutes 2026-11-20.pptx', bytes, options: noSuchPage },
    tooLong: { name: 'Catalogue.pptx', bytes, options: noSuchPage },
    hidden: { name: 'Drafts.pptx', bytes: await deck({ slides: 2, hidden: [1, 2] }) },
    noSuchPage: { name: 'Two pages.pptx', bytes, options: noSuchPage },
  })
  for (const name of Object.keys(FAILURES) as (keyof typeof FAILURES)[])
    await rows.write(ids[name], { error: FAILURES[name] })
  return { person, ids }
}

export type WithoutFiles = 'cancelled' | 'deleted' | 'expired' | 'lost' | 'forgotten'

/** What is left of a job when its files are not. */
export async function jobsWithoutFiles(
  rows: RowEditor,
  cancelled: { person: Person; id: string },
): Promise<JobsOf<WithoutFiles>> {
  const { person } = cancelled
  const ids = await converted(person, {
    lost: { name: 'Lost and found.docx', bytes: await letter({ pages: 2 }) },
    expired: { name: 'Last month.docx', bytes: await letter({ pages: 1 }) },
    deleted: { name: 'Draft.docx', bytes: await letter({ pages: 1 }) },
    forgotten: { name: 'Salaries.xlsx', bytes: await sheet({ rows: 20 }) },
  })
  // Under this name there is none, so no sweep takes the mark away.
  const lost = { key: `jobs/${ids.lost}/no-result`, lost: true }
  await rows.write(ids.lost, { result: { ...(await rows.read(ids.lost, 'result')), ...lost } })
  await rows.write(ids.expired, { expires_at: new Date(Date.now() - 60_000) })
  await person.ask('DELETE', `/api/jobs/${ids.deleted}`)
  await person.ask('DELETE', `/api/jobs/${ids.forgotten}?purge=1`)
  await person.reach(ids.expired, ({ receipt }) => Boolean(receipt?.deletedAt))
  return { person, ids: { ...ids, cancelled: cancelled.id } }
}

export type Locked = 'locked' | 'asked' | 'refused'

/** Files that need their passwords. */
export async function lockedJobs(url: string, rows: RowEditor): Promise<JobsOf<Locked>> {
  const person = await newPerson(url)
  const send = async (name: string) => person.send({ name, bytes: await lockedDeck() })
  const ids = { refused: await send('Board 2025.pptx'), asked: await send('Board 2026.pptx') }
  for (const id of Object.values(ids)) {
    await person.reach(id, ({ needs }) => needs === 'password')
    await person.ask('POST', `/api/jobs/${id}/password`, { password: 'not this one' })
    await person.reach(id, ({ error, state }) => state === 'queued' && error !== null)
  }
  await person.ask('DELETE', `/api/jobs/${ids.refused}`)
  const error = { code: 'wrong_password', details: {}, retryable: false }
  await rows.write(ids.refused, { state: 'failed', needs: null, error })
  return { person, ids: { ...ids, locked: await send('Salaries 2026.pptx') } }
}

export type Talk = 'opening' | 'closing' | 'workshop' | 'failed'

/** A folder of decks, one of which failed, and what two of them were merged into. */
export async function folderOfTalks(url: string): Promise<JobsOf<Talk | 'merged'>> {
  const person = await newPerson(url)
  const batchId = randomUUID()
  const talk = async (name: string, path: string, slides: number) => ({
    ...{ name, batchId, path, bytes: await deck({ slides, title: name }) },
  })
  const ids = await converted<Talk>(person, {
    opening: await talk('Opening.pptx', 'Talks/Opening.pptx', 4),
    workshop: await talk(
      'Workshop on accessible charts.pptx',
      'Talks/2026/Workshop on accessible charts.pptx',
      3,
    ),
    closing: await talk('Closing.pptx', 'Talks/2026/Closing.pptx', 2),
    failed: { ...(await talk('Teaser.pptx', 'Talks/Teaser.pptx', 1)), options: { pages: '9' } },
  })
  const sources = [ids.opening, ids.closing].map(jobId => ({ jobId }))
  const merge = { sources, fileName: 'All talks.pdf', target: 'pdf' }
  const merged = await (await person.ask('POST', '/api/jobs', merge)).json()
  await person.reach(merged.id, hasEnded)
  return { person, ids: { ...ids, merged: merged.id } }
}
